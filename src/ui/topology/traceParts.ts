// What an open journey needs of the graph: a chunk of its own, since the first lesson opens without one.

export { EndBubble } from './EndBubble.tsx';
export { PacketLayer } from './PacketLayer.tsx';
export { TraceScene } from './TraceScene.tsx';
export { journeyPaths, traceOverlay } from './traceOverlay.ts';
