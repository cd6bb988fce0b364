// Captures of journeys: every checksum and length holds, and tcpdump reads them as the journey that the lab shows.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checksum } from '../../../src/sim/capture/bytes.ts';
import { captureOf } from '../../../src/sim/capture/capture.ts';
import { sightingsOf } from '../../../src/sim/capture/sightings.ts';
import { trainOf } from '../../../src/sim/capture/train.ts';
import { frameOnWire } from '../../../src/sim/capture/wire.ts';
import type { ExchangeRecord } from '../../../src/sim/index.ts';
import { frameBytes, ipBytes } from '../../../src/sim/net/size.ts';
import { openLab } from './clientAndWeb.ts';

const LINES = [
  'curl -s http://web',
  'curl -s http://10.244.2.2:9999',
  'ping -c 1 10.244.2.2',
  'ping -c 1 -s 3000 10.244.2.2',
  'ping -c 1 -t 1 10.244.2.2',
  `curl -s -H X-Long:${'x'.repeat(4000)} http://10.96.40.10`,
  'curl -s --connect-timeout 1 http://10.244.1.77',
  'curl -s http://127.0.0.1:81',
  'nslookup nothing.default.svc.cluster.local',
];

let records: readonly ExchangeRecord[] = [];

beforeAll(async () => {
  const { lab, run } = openLab();
  for (const line of LINES) await run(`kubectl exec client -- ${line}`);
  records = lab.journeys();
});

const SENDER = { window: 64_240, stamp: 1, echoed: 2 };

/** The sums over an IPv4 packet, its body, and packets inside of it: each is 0 when its checksum holds. */
function sumsOf(packet: Uint8Array<ArrayBuffer>): readonly number[] {
  const head = packet.slice(0, 20);
  const body = packet.slice(20);
  const pseudo = (): Uint8Array<ArrayBuffer> =>
    Uint8Array.from([...packet.slice(12, 20), 0, packet[9] ?? 0, body.length >> 8, body.length & 255]);
  const sums = [checksum([head])];
  const protocol = packet[9];
  // A fragment holds a part of what its body's checksum was made for.
  if (((packet[6] ?? 0) & 0x3f) !== 0 || packet[7] !== 0) return sums;
  if (protocol === 6) return [...sums, checksum([pseudo(), body])];
  if (protocol === 1) return [...sums, checksum([body])];
  if (protocol === 4) return [...sums, ...sumsOf(body)];
  // UDP without a checksum is VXLAN here: what it carries has sums of its own, behind 8 + 8 + 14 bytes.
  if (protocol === 17 && body[6] === 0 && body[7] === 0) return [...sums, ...sumsOf(body.slice(30))];
  return [...sums, checksum([pseudo(), body])];
}

describe('a packet on the wire', () => {
  it('is as long as the lab counts it, and its checksums hold', () => {
    const seen = records.flatMap(sightingsOf).flatMap(({ frame }) => trainOf(frame));
    expect(seen.length).toBeGreaterThan(200);
    for (const frame of seen) {
      const written = frameOnWire(frame, SENDER);
      const { payload, ethernet } = frame;
      if (payload.kind === 'arp') expect(written.length).toBe(frameBytes(frame));
      else {
        expect(written.length).toBe(ethernet === undefined ? ipBytes(payload) : frameBytes(frame));
        expect(new Set(sumsOf(written.slice(ethernet === undefined ? 0 : 14)))).toEqual(new Set([0]));
      }
    }
  });

  it('is a segment of a train, all of which together carry what was said', () => {
    const request = records.flatMap(sightingsOf).find(({ frame }) => trainOf(frame).length > 1);
    const texts = trainOf(request?.frame ?? { payload: fail() }).map(frame =>
      String.fromCharCode(...frameOnWire(frame, SENDER).slice(14 + 20 + 32)),
    );
    expect(texts.length).toBe(3);
    expect(texts.join('')).toMatch(/^GET \/ HTTP\/1\.1\r\nHost: 10\.96\.40\.10\r\n[\s\S]*X-Long: x{4000}\r\n\r\n$/);
  });
});

describe('what is caught at an interface', () => {
  const caughtBy = async (line: string, device: string): Promise<readonly string[]> => {
    const { lab, run } = openLab();
    await run(`kubectl exec client -- ${line}`);
    const seen = lab.journeys().flatMap(sightingsOf);
    return seen
      .filter(sighting => sighting.netns.includes('client') && sighting.device === device)
      .map(({ way, frame: { payload } }) =>
        payload.kind === 'arp' ? `${way} arp ${payload.operation}` : `${way} ${payload.body.kind}`,
      );
  };

  it('stands in the order in which it happened: a datagram waits for its neighbour, and then goes piece by piece', async () => {
    expect(await caughtBy('ping -c 1 -s 3000 10.244.2.2', 'eth0')).toEqual([
      'out arp request',
      // The bridge floods it back: the port is in hairpin mode.
      'in arp request',
      'in arp reply',
      ...['out icmp', 'out icmp', 'out icmp'],
      ...['in icmp', 'in icmp', 'in icmp'],
    ]);
  });

  it('is on a loopback device one sight of each packet', async () => {
    expect(await caughtBy('curl -s http://127.0.0.1:81', 'lo')).toEqual(['in tcp', 'in tcp']);
  });
});

function fail(): never {
  throw new Error('a train of segments was expected among the packets');
}

/** What tcpdump says of a capture, without times. */
function readBack(capture: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'capture-'));
  try {
    writeFileSync(join(folder, 'journey.pcapng'), capture);
    return spawnSync('tcpdump', ['-tnr', join(folder, 'journey.pcapng')], { encoding: 'utf8' }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const hasTcpdump = spawnSync('tcpdump', ['--version']).status === 0;
if (!hasTcpdump) console.log('skipped: captures are not read back, because there is no tcpdump on the PATH');

describe.skipIf(!hasTcpdump)('a capture at an interface is to tcpdump what the terminal prints of it', () => {
  it.each(LINES.filter(line => !line.includes('X-Long')))('%s', async line => {
    const { lab, run } = openLab();
    await run(`kubectl exec client -- ${line}`);
    const device = line.includes('127.0.0.1') ? 'lo' : 'eth0';
    const isThere = (netns: string, name: string): boolean => netns.includes('client') && name === device;
    const captures = lab.journeys().map(record => captureOf(record, String, isThere));
    const { out } = await run(`kubectl exec client -- tcpdump -tni ${device}`);
    expect(out).not.toBe('');
    expect(captures.map(readBack).join('')).toBe(out);
  });
});
