// Words of the graph's bar. Each is exported on its own, as those of its scenes are.

export const title = 'Graph';
export const label =
  'The cluster as a graph. The list beside it has the same content and can be used with the keyboard.';
export const level = 'What the graph draws';
export const levels = { objects: 'Objects', network: 'Network', packets: 'Packets' } as const;
export const namespace = 'Namespace';
export const allNamespaces = 'all namespaces';
export const list = 'List';
export const fit = 'Fit';
export const legend = 'Legend';
export const find = 'Find';
export const findTip = 'Find on the graph';
export const filter = 'Filter';
export const picture = 'Picture';
export const closeLegend = 'Close the legend';
export const loading = 'The graph is loading.';
