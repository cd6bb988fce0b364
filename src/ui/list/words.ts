// Words of the graph's list.

export const LIST_WORDS = {
  title: 'Cluster as a list',
  levels: {
    objects: 'Objects level, like the graph',
    network: 'Network level, like the graph',
    packets: 'Packets level, like the graph',
  },
  search: 'Find a name or an address',
  none: 'Nothing here has this name or address.',
  keys: { move: 'move', open: 'open', close: 'close', inspect: 'inspect', actions: 'actions' },
  routeTable: 'Route table',
  tags: {
    sent: 'sent',
    in: 'in',
    out: 'out',
    here: 'here',
    delivered: 'delivered',
    dropped: 'dropped',
    answered: 'answered',
    refused: 'refused',
  },
  key: { chosen: 'chosen, key ', free: 'may be chosen, key ' },
  decides: 'decides',
  moreRoutes: (count: number) => (count === 1 ? '1 more route' : `${count} more routes`),
  noMatch: 'no match',
  cableTo: (end: string) => `to ${end}`,
  partOf: (bridge: string) => `in ${bridge}`,
  down: 'down',
  noCarrier: 'no carrier',
  deployment: (ready: number, wanted: number) => `Deployment · ${ready}/${wanted}`,
  step: (number: number) => `step ${number}`,
} as const;
