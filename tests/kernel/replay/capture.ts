// One tcpdump in each namespace, and what all of them saw, in the order of time.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import type { Sighting } from './attribute.ts';
import type { Namespaces } from './namespaces.ts';
import { readPacket } from './packets.ts';
import { readCapture } from './pcap.ts';
import { collected, end } from './processes.ts';

export interface Capture {
  /** Ends it. */
  stop(): Promise<readonly Sighting[]>;
}

/** Headers of a packet, of what is quoted or tunnelled in it, and a tag. */
const SNAP_BYTES = 320;
const OPTIONS = ['-i', 'any', '-y', 'LINUX_SLL2', '-n', '-U', '--immediate-mode', '-s', String(SNAP_BYTES)];
/** The kernel switches time stamps of packets on a moment after it was asked to. */
const STAMPS_MS = 100;
/** Until the last packets have been written. */
const SETTLE_MS = 60;

export async function startCapture({ names, devices }: Namespaces, vxlanPorts: ReadonlySet<number>): Promise<Capture> {
  const taps = await Promise.all(
    [...names].map(async ([host, netns]) => {
      const child = spawn('ip', [
        ...['netns', 'exec', netns, 'tcpdump', ...OPTIONS],
        ...['--time-stamp-precision=nano', '-Z', 'root', '-w', '-', 'ip'],
      ]);
      const file = collected(child.stdout);
      await listening(child);
      return { host, child, file };
    }),
  );
  await wait(STAMPS_MS);
  return {
    stop: async () => {
      await wait(SETTLE_MS);
      await Promise.all(taps.map(({ child }) => end(child)));
      const frames = taps.flatMap(({ host, file }) => readCapture(file()).map(frame => ({ host, ...frame })));
      // Sorting keeps the order of those that a namespace saw at the same time.
      frames.sort((a, b) => Number(a.nanoseconds - b.nanoseconds));
      return frames.flatMap(({ host, ifindex, way, bytes, nanoseconds }): readonly Sighting[] => {
        const packet = readPacket(bytes, vxlanPorts);
        const device = devices.get(host)?.get(ifindex) ?? `if${ifindex}`;
        if (packet === undefined) return [];
        const ms = Number(nanoseconds / 1_000_000n);
        const seen = { host, device, way, packet, ms };
        // tcpdump shows what goes through `lo` once, as it comes in.
        return device === 'lo' ? [{ ...seen, way: '>' }, seen] : [seen];
      });
    },
  };
}

export const wait = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));

function listening(child: ChildProcessWithoutNullStreams): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr.on('data', (part: Buffer) => {
      text += part.toString();
      if (text.includes('listening on')) resolve();
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`tcpdump: ${text.trim()}`)));
  });
}
