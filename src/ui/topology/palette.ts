// The tokens as colours for what is drawn on a canvas, which knows no custom properties; they are read again whenever the
// theme changes.

/** Tokens that the canvas needs. */
const TOKENS = [
  'surface',
  'sunken',
  'canvas',
  'line',
  'edge',
  'ink',
  'ink-2',
  'ink-3',
  'marker',
  'marker-wash',
  'request',
  'reply',
  'drop',
  'pending',
] as const;

export type Palette = Readonly<Record<(typeof TOKENS)[number], string>>;

/** The colours of the theme that is shown now. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (token: string): string => style.getPropertyValue(`--${token}`).trim();
  return {
    surface: read('surface'),
    sunken: read('sunken'),
    canvas: read('canvas'),
    line: read('line'),
    edge: read('edge'),
    ink: read('ink'),
    'ink-2': read('ink-2'),
    'ink-3': read('ink-3'),
    marker: read('marker'),
    'marker-wash': read('marker-wash'),
    request: read('request'),
    reply: read('reply'),
    drop: read('drop'),
    pending: read('pending'),
  };
}
