/** The legend: a form and its word for every meaning that the graph draws now. */
export const LEGEND_WORDS = {
  title: 'Legend',
  rows: {
    request: ['Request', 'a packet on its way there'],
    reply: ['Reply', 'a packet on its way back'],
    dns: ['DNS', 'the address of a name is asked for'],
    encap: ['Encapsulated', 'a packet inside a packet'],
    nat: ['Translated', 'NAT rewrote an address'],
    ok: ['Delivered', 'it arrived'],
    drop: ['Dropped', 'it ended here'],
    refused: ['Refused', 'it was answered with "no"'],
    pending: ['Pending', 'not ready yet'],
    marker: ['Marker', 'you are here, or this decided'],
  },
  things: {
    pod: 'Pod',
    node: 'Node',
    service: 'Service',
    bridge: 'Bridge',
    route: 'Route table',
    port: 'Port',
  },
} as const;
