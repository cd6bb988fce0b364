// What a cluster with Services needs at the Network level: a chunk of its own, since the first lesson has none.

export { ServiceInside } from './ServiceInside.tsx';
export { selectionLinks } from './selectionLinks.ts';
