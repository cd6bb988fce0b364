// What the rest of the page asks of keeping and sharing. Loaded when it is asked for.

export { acceptDrops } from './acceptDrops.ts';
export { openLink } from './openText.tsx';
