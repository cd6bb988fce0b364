// The layers of a packet are where a capture of it has them: each begins with the bytes that its protocol begins with.

import { beforeAll, describe, expect, it } from 'vitest';
import { sightingsOf } from '../../../src/sim/capture/sightings.ts';
import { trainOf } from '../../../src/sim/capture/train.ts';
import { frameOnWire } from '../../../src/sim/capture/wire.ts';
import type { Frame } from '../../../src/sim/net/packet.ts';
import type { LayerView } from '../../../src/sim/view/exchange.ts';
import { layersOf } from '../../../src/sim/view/layers.ts';
import { openLab } from '../capture/clientAndWeb.ts';

const LINES = [
  'curl -s http://10.244.2.2:8080',
  'curl -s http://10.244.2.2:9999',
  'ping -c 1 10.244.2.2',
  'ping -c 1 -s 3000 10.244.2.2',
  'ping -c 1 -t 1 -s 1000 10.244.2.2',
  `curl -s -H X-Long:${'x'.repeat(4000)} http://10.244.2.2:8080`,
  'nslookup nothing.default.svc.cluster.local',
];

let frames: readonly Frame[] = [];

beforeAll(async () => {
  const { lab, run } = openLab();
  for (const line of LINES) await run(`kubectl exec client -- ${line}`);
  frames = lab.journeys().flatMap(record => sightingsOf(record).map(({ frame }) => frame));
});

const SENDER = { window: 64_240, stamp: 1, echoed: 2 };
const bytesOf = (frame: Frame): Uint8Array => frameOnWire(trainOf(frame)[0] ?? frame, SENDER);
const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0);

/** What says, in the bytes of a layer, that it is that layer and how long its header is. */
const SIGNS: Partial<Record<LayerView['layer'], (bytes: Uint8Array, layer: LayerView) => boolean>> = {
  Ethernet: (bytes, { at, header }) => header === 14 && [0x0800, 0x0806].includes(word(bytes, at + 12)),
  ARP: (bytes, { at, header }) => header === 28 && word(bytes, at) === 1 && word(bytes, at + 2) === 0x0800,
  IP: (bytes, { at, header }) => bytes[at] === 0x45 && header === 20,
  TCP: (bytes, { at, header }) => ((bytes[at + 12] ?? 0) >> 4) * 4 === header,
  UDP: (bytes, { at, end, header }) => header === 8 && word(bytes, at + 4) === end - at,
  VXLAN: (bytes, { at, header }) => header === 8 && bytes[at] === 8,
};

describe('the layers of a packet', () => {
  it('end where its bytes end', () => {
    expect(frames.length).toBeGreaterThan(150);
    for (const frame of frames) expect(layersOf(frame)[0]?.end).toBe(bytesOf(frame).length);
  });

  it('each lie right behind the header of the one around it, and within it', () => {
    for (const layers of frames.map(layersOf))
      layers.forEach((layer, i) => {
        const around = layers[i - 1];
        expect(layer.at).toBe(around === undefined ? 0 : around.at + around.header);
        expect(layer.end).toBeLessThanOrEqual(around?.end ?? layer.end);
      });
  });

  it('begin with the bytes that their protocols begin with', () => {
    const seen = new Set<string>();
    for (const frame of frames) {
      const bytes = bytesOf(frame);
      for (const layer of layersOf(frame)) {
        const holds = SIGNS[layer.layer]?.(bytes, layer);
        if (holds === undefined) continue;
        seen.add(layer.layer);
        expect(holds, `${layer.layer} at ${layer.at} of ${layersOf(frame).map(other => other.layer)}`).toBe(true);
      }
    }
    expect([...seen].sort()).toEqual(Object.keys(SIGNS).sort());
  });

  it('are those of a tunnel and what it carries, with 50 bytes more', () => {
    const names = frames.map(frame =>
      layersOf(frame)
        .map(({ layer }) => layer)
        .join(' '),
    );
    expect(names).toContain('Ethernet IP UDP VXLAN Ethernet IP TCP');
    const tunnelled = frames.map(layersOf).find(layers => layers[3]?.layer === 'VXLAN');
    expect(tunnelled?.[4]?.at).toBe(50);
  });
});
