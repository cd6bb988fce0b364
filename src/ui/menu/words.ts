// Words of what can be done with an element.

export const ACTION_WORDS = {
  menu: (name: string) => `Actions for ${name}`,
  inspect: 'Inspect',
  fill: 'Show it large',
  shell: 'Open a shell there',
  traceFrom: 'Trace from here…',
  traceTo: 'Trace to here…',
  manifest: 'Show the manifest',
} as const;

export const ENDS_WORDS = {
  from: (name: string) => ['Trace from', name, 'Choose where the packet goes: on the graph or in the list.'] as const,
  to: (name: string) => ['Trace to', name, 'Choose where the packet starts: on the graph or in the list.'] as const,
  cancel: 'Cancel',
  noWay: (from: string, to: string) => `No command sends a packet from ${from} to ${to}. Choose something else.`,
} as const;
