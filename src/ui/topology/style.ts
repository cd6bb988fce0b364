// How Cytoscape draws boxes and lines. A canvas knows no custom properties, so the tokens are read as colours, again
// whenever the theme changes.

import type { StylesheetJson } from 'cytoscape';

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

export function graphStyle(colour: Palette): StylesheetJson {
  const link = { 'line-color': colour.edge, 'target-arrow-color': colour.edge, 'z-index': 1 };
  const taxi = { 'curve-style': 'taxi', 'taxi-direction': 'rightward', 'taxi-turn': 20 } as const;
  // From a Service under the LAN: one run over it, then straight up to each Pod, behind the Pods between (upward.ts).
  const upward = {
    'curve-style': 'segments',
    'edge-distances': 'endpoints',
    'source-endpoint': '0% -50%',
    'target-endpoint': '-42% 50%',
    'segment-weights': 'data(weights)',
    'segment-distances': 'data(distances)',
  } as const;
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        'corner-radius': '8px',
        width: 'data(width)',
        height: 'data(height)',
        'background-color': colour.surface,
        'border-width': 1.25,
        'border-color': colour.edge,
        'border-position': 'inside',
        'overlay-opacity': 0,
        'z-index-compare': 'manual',
        'z-index': 10,
      },
    },
    {
      selector: 'node.namespace',
      style: { 'background-opacity': 0, 'border-style': 'dashed', 'z-index': 0, events: 'no' },
    },
    {
      selector: 'node.frame',
      // As the frame of a namespace: dots come out denser at the sides than at the top.
      style: { 'background-opacity': 0, 'border-style': 'dashed', 'z-index': 0, events: 'no' },
    },
    { selector: 'node.node', style: { 'z-index': 2 } },
    { selector: 'node.painted', style: { 'background-opacity': 0, events: 'no' } },
    { selector: 'node.bridge', style: { 'background-color': colour.sunken, 'corner-radius': '4px', 'z-index': 4 } },
    { selector: 'node.group', style: { 'border-style': 'dashed', 'background-color': colour.canvas } },
    {
      selector: 'node.lan',
      style: { 'background-color': colour.line, 'corner-radius': '3px', 'border-width': 1, 'z-index': 3 },
    },
    { selector: 'node.host', style: { 'z-index': 4 } },
    { selector: 'node.not-ready', style: { 'border-style': 'dashed', 'border-color': colour.pending } },
    { selector: 'node.terminating', style: { opacity: 0.6 } },
    { selector: 'node.current', style: { 'border-width': 2, 'border-color': colour.ink } },
    { selector: 'node.selected', style: { 'border-width': 2, 'border-color': colour.ink } },
    {
      selector: 'node.kept',
      style: {
        'outline-width': 1.5,
        'outline-color': colour['ink-2'],
        'outline-offset': 3,
        'outline-opacity': 1,
      },
    },
    {
      selector: 'node.lit',
      style: {
        'border-width': 2,
        'border-color': colour.ink,
        'outline-width': 4,
        'outline-color': colour.marker,
        'outline-offset': 0,
        'outline-opacity': 1,
      },
    },
    {
      selector: 'node.bridge.lit, node.lan.lit',
      style: { 'background-color': colour['marker-wash'] },
    },
    {
      selector: 'node.candidate',
      style: {
        'outline-width': 1.5,
        'outline-style': 'dashed',
        'outline-color': colour['ink-2'],
        'outline-offset': 3,
        'outline-opacity': 1,
      },
    },
    {
      selector: 'node.chosen',
      style: {
        'border-width': 2.5,
        'border-color': colour.ink,
        'outline-width': 5,
        'outline-color': colour.marker,
        'outline-offset': 1,
        'outline-opacity': 1,
      },
    },
    { selector: 'edge', style: { width: 1.5, 'curve-style': 'straight', 'overlay-opacity': 0, events: 'no', ...link } },
    {
      selector: 'edge.selection',
      style: { ...upward, 'line-color': colour.ink, 'z-index': 5, 'z-index-compare': 'manual' },
    },
    {
      selector: 'edge.unready-selection',
      style: { ...upward, 'line-color': colour.ink, 'line-style': 'dashed', 'z-index': 5, 'z-index-compare': 'manual' },
    },
    {
      selector: 'edge.request',
      style: {
        ...taxi,
        'taxi-turn': 30,
        width: 3,
        'line-color': colour.request,
        'target-arrow-color': colour.request,
        'target-arrow-shape': 'vee',
        'arrow-scale': 1,
        // Under the cards that it passes, over all other lines.
        'z-index': 6,
        'z-index-compare': 'manual',
      },
    },
  ];
}
