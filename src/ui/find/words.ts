// Words of the search over the graph.

export const FIND_WORDS = {
  title: 'Find',
  field: 'Find a name, an address, a label or a kind',
  example: 'web, 10.244.2.2, app=web, svc',
  results: 'What was found',
  none: 'Nothing here has this name, address, label or kind.',
  count: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  first: (shown: number, count: number) => `the first ${shown} of ${count} results`,
  keys: { move: 'move', show: 'show on the graph', close: 'close' },
} as const;
