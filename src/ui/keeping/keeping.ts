// What the rest of the page asks of keeping and sharing. Loaded when it is asked for.

export { acceptDrops } from './acceptDrops.ts';
export { askReset } from './askReset.tsx';
export { openLink } from './openText.tsx';
