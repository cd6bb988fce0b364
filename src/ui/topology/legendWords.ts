/** The legend: a form and its word for every meaning that the graph draws now. */
export const LEGEND_WORDS = {
  title: 'Legend',
  rows: {
    request: ['Request', 'solid line, arrow'],
    reply: ['Reply', 'dashed line, arrow back'],
    dns: ['DNS', 'dotted line, label on a string'],
    encap: ['Encapsulated', 'pipe: a packet inside a packet'],
    nat: ['Translated', 'NAT rewrote an address'],
    ok: ['Delivered', 'circle, tick'],
    drop: ['Dropped', 'octagon, and a reason'],
    refused: ['Refused', 'cross: somebody answered "no"'],
    pending: ['Pending', 'broken circle: not yet'],
    marker: ['Marker', 'you are here, or this decided'],
  },
} as const;
