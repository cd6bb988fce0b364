import { describe, expect, it } from 'vitest';
import type { LayerView } from '../../src/sim/index.ts';
import { layerDiff } from '../../src/ui/trace/layerDiff.ts';

/** A packet from names with lengths of headers: `Ethernet 14 ttl=64, IP 20`. Fields stand after the length. */
function packet(text: string): readonly LayerView[] {
  const parts = text.split(', ').map(part => part.split(' '));
  const end = parts.reduce((sum, [, bytes]) => sum + Number(bytes), 0);
  let at = 0;
  return parts.map(([layer, bytes, ...fields]): LayerView => {
    const start = at;
    at += Number(bytes);
    return {
      layer: layer as LayerView['layer'],
      at: start,
      header: Number(bytes),
      end,
      inside: layer === 'VXLAN' ? 'packet' : 'plain',
      fields: fields.map(field => {
        const [name = '', value = ''] = field.split('=');
        return { field: name, value, main: true };
      }),
    };
  });
}

/** `Ethernet added, IP changed TTL 64 to 63` */
function told(before: string, after: string): string {
  const { layers, removed, grown } = layerDiff(packet(before), packet(after));
  const parts = layers.map(({ layer, change, side, fields }) => {
    const changes = fields.flatMap(({ field, value, old }) =>
      old === undefined ? [] : [`${field} ${old} to ${value}`],
    );
    return [side === 'outer' ? `(${layer})` : layer, change === 'same' ? '' : change, ...changes]
      .filter(Boolean)
      .join(' ');
  });
  return [...parts, ...removed.map(({ layer }) => `${layer} off`), String(grown)].join(', ');
}

describe('two forms of a packet', () => {
  it.each([
    ['the same', 'Ethernet 14 src=a, IP 20 TTL=64', 'Ethernet 14 src=a, IP 20 TTL=64', 'Ethernet, IP, 0'],
    [
      'routed',
      'Ethernet 14 src=a, IP 20 TTL=64',
      'Ethernet 14 src=b, IP 20 TTL=63',
      'Ethernet changed src a to b, IP changed TTL 64 to 63, 0',
    ],
    [
      'given its frame',
      'IP 20 TTL=64, TCP 40',
      'Ethernet 14 src=a, IP 20 TTL=64, TCP 40',
      'Ethernet added, IP, TCP, 14',
    ],
    [
      'put into a tunnel',
      'Ethernet 14 src=a, IP 20 TTL=64, TCP 40',
      'Ethernet 14 src=c, IP 20 TTL=64, UDP 8, VXLAN 8, Ethernet 14 src=b, IP 20 TTL=63, TCP 40',
      '(Ethernet) added, (IP) added, (UDP) added, (VXLAN) added, Ethernet changed src a to b, IP changed TTL 64 to 63, TCP, 50',
    ],
    [
      'taken out of a tunnel',
      'Ethernet 14, IP 20, UDP 8, VXLAN 8, Ethernet 14, IP 20, TCP 40',
      'Ethernet 14, IP 20, TCP 40',
      'Ethernet, IP, TCP, Ethernet off, IP off, UDP off, VXLAN off, -50',
    ],
    ['made here', 'IP 20, TCP 40', 'Ethernet 14, ARP 28', 'Ethernet added, ARP added, IP off, TCP off, -18'],
  ])('%s', (_, before, after, expected) => {
    expect(told(before, after)).toBe(expected);
  });

  it('of nothing are nothing', () => {
    expect(layerDiff([], [])).toEqual({ layers: [], removed: [], grown: 0 });
  });
});
