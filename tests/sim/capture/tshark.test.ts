// Captures of journeys as tshark reads them: nothing malformed, every checksum right, and the same flow as in the trace.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { captureOf } from '../../../src/sim/capture/capture.ts';
import { type ExchangeRecord, type Frame, sightingsOf } from '../../../src/sim/index.ts';
import { ipBytes } from '../../../src/sim/net/size.ts';
import { openLab } from './clientAndWeb.ts';

const hasTshark = spawnSync('tshark', ['--version']).status === 0;
if (!hasTshark) console.log('skipped: captures are not read by tshark, because there is none on the PATH');

/** The last journey that a command line of the client makes; LONG in it stands for a long word. */
async function journeyOf(line: string): Promise<ExchangeRecord> {
  const { lab, run } = openLab();
  await run(`kubectl exec client -- ${line.replace('LONG', 'x'.repeat(4000))}`);
  const record = lab.journeys().at(-1);
  if (record === undefined) throw new Error(`${line}: a journey was expected`);
  return record;
}

/** What tshark says of a capture: a row a packet, with these fields; VXLAN on the port of flannel. */
function rowsOf(capture: Uint8Array, fields: readonly string[], filter = ''): readonly string[][] {
  const folder = mkdtempSync(join(tmpdir(), 'tshark-'));
  try {
    const file = join(folder, 'journey.pcapng');
    writeFileSync(file, capture);
    const options = ['ip', 'tcp', 'udp'].flatMap(protocol => ['-o', `${protocol}.check_checksum:TRUE`]);
    const wanted = fields.flatMap(field => ['-e', field]);
    const shown = filter === '' ? [] : ['-Y', filter];
    const words = ['-r', file, '-d', 'udp.port==8472,vxlan', ...options, ...shown, '-T', 'fields', ...wanted];
    const { status, stdout, stderr } = spawnSync('tshark', [...words, '-E', 'occurrence=l'], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return stdout
      .split('\n')
      .filter(text => text !== '')
      .map(text => text.split('\t'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What tshark's fields say of a packet, the innermost where one is packed into another. */
const FACTS = ['frame.interface_name', 'ip.src', 'ip.dst', 'ip.ttl', 'ip.len'];

function factsOf(where: string, frame: Frame): readonly string[] {
  const { payload } = frame;
  if (payload.kind === 'arp') return [where, '', '', '', ''];
  const { body } = payload;
  if (body.kind === 'udp' && body.vxlan !== undefined) return factsOf(where, body.vxlan.frame);
  return [where, payload.src, payload.dst, payload.ttl, ipBytes(payload)].map(String);
}

const atClient = (netns: string, device: string): boolean => netns.includes('client') && device === 'eth0';

describe.skipIf(!hasTshark)('a capture that tshark reads', { timeout: 60_000 }, () => {
  it.each([
    'curl -s web',
    'curl -s http://10.244.2.2:9999',
    'ping -c 1 10.244.2.2',
    'ping -c 1 -s 3000 10.244.2.2',
    'ping -c 1 -t 1 10.244.2.2',
    'curl -s -A LONG http://10.96.40.10',
    'curl -s --connect-timeout 1 http://10.244.1.77',
    'nslookup nothing.default.svc.cluster.local',
  ])('has no wrong checksum, and nothing odd at one interface: %s', async line => {
    const record = await journeyOf(line);
    const wrong = ['ip', 'tcp', 'udp'].map(protocol => `${protocol}.checksum.status == 0`).join(' || ');
    expect(rowsOf(captureOf(record, String), ['frame.number', 'frame.protocols'], wrong)).toEqual([]);
    const one = captureOf(record, String, atClient);
    const odd = '_ws.malformed || tcp.analysis.flags || ip.fragment.error || _ws.unreassembled';
    expect(rowsOf(one, ['frame.number'])).not.toEqual([]);
    expect(rowsOf(one, ['frame.number', '_ws.expert.message'], odd)).toEqual([]);
  });

  it.each(['curl -s web', 'ping -c 1 -s 3000 10.244.2.2', 'curl -s http://10.244.2.2:9999'])(
    'shows the flow of the trace at every interface, packet by packet: %s',
    async line => {
      const record = await journeyOf(line);
      const seen = sightingsOf(record).map(({ netns, device, frame }) => factsOf(`${netns} ${device}`, frame));
      expect(seen.length).toBeGreaterThan(20);
      expect(rowsOf(captureOf(record, String), FACTS)).toEqual(seen);
    },
  );

  it('shows one packet of a loopback device once, as a real capture does', async () => {
    const record = await journeyOf('curl -s http://127.0.0.1:81');
    expect(rowsOf(captureOf(record, String), ['frame.interface_name', 'tcp.flags.str'])).toEqual([
      ['pod:default:client lo', '··········S·'],
      ['pod:default:client lo', '·······A·R··'],
    ]);
  });
});
