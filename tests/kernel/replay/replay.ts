// Builds a spec out of real network namespaces, asks its probes, and says what the kernel did: the same form of result
// that recordings have and that the model predicts.
//
// Omits:   repeated probes, later steps, own addresses of probes (own ports are used); the TTL of TCP; don't-fragment but
//          for echo requests; sizes below those that name themselves (20 bytes).

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { HostSpec, KernelSpec } from '../../../src/sim/linux/kernelSpec.ts';
import type { Probe, ProbeResult, RecordedSpec, ResultDocument } from '../conformance/recording.ts';
import { legsOf } from './attribute.ts';
import { startCapture, wait } from './capture.ts';
import { build, drawNames, type Namespaces, removeLeftOvers, tearDown } from './namespaces.ts';
import { end } from './processes.ts';
import { type ClientEvent, resultOf } from './verdict.ts';

const AGENT = fileURLToPath(new URL('./agent.mjs', import.meta.url));
/** Longer than the three seconds after which a neighbour counts as failed. */
const TIMEOUT_MS = 4_500;
/** Until a kernel gives a neighbour up. */
const ARP_MS = 3_200;
/** A probe that hangs does not keep the next one waiting longer than this. */
const PATIENCE_MS = 120;
/** Client ports below the range that the kernel picks others from. */
const FIRST_PORT = 20_000;

/**
 * - `overlapping`: a probe that hangs goes on while the next ones are asked.
 * - `one-by-one`: each has ended before the next begins, as in the model: nobody meets what another one's ARP taught. Where
 *   it hung, a last retransmission may have made a kernel ask again, when the client had given up: that ends, too.
 */
export type Pace = 'overlapping' | 'one-by-one';

/** @throws Error in the words of the tool that refused the spec */
export async function replay(spec: RecordedSpec, pace: Pace = 'overlapping'): Promise<ResultDocument> {
  const names = drawNames(spec);
  const agents: Agent[] = [];
  try {
    const namespaces = await build(spec, names);
    const capture = await startCapture(namespaces, vxlanPortsOf(spec));
    for (const host of spec.hosts) if (isBusy(spec, host)) agents.push(await startAgent(namespaces, host));
    const asked = await askAll(spec.probes, agents, pace);
    const sightings = await capture.stop();
    const claimed = new Set(asked.map(({ localPort }) => localPort));
    const results = asked.map((mine, at): ProbeResult => {
      const { probe, event, localPort, ...marks } = mine;
      const untilMs = asked[at + 1]?.askedMs ?? mine.askedMs + PATIENCE_MS;
      const mark = { ...marks, proto: probe.proto ?? 'tcp', from: probe.from, localPort, untilMs, claimed };
      const legs = legsOf(mark, sightings);
      return resultOf(probe, event, legs, localPort);
    });
    return { name: spec.name, results };
  } finally {
    await Promise.all(agents.map(agent => end(agent.child)));
    await tearDown(names);
  }
}

function vxlanPortsOf({ hosts }: KernelSpec): ReadonlySet<number> {
  const devices = hosts.flatMap(host => host.interfaces ?? []).filter(device => device.type === 'vxlan');
  return new Set(devices.map(({ port }) => port ?? 8472));
}

function isBusy({ probes }: RecordedSpec, host: HostSpec): boolean {
  return (host.listeners ?? []).length > 0 || probes.some(probe => probe.from === host.name);
}

interface Agent {
  readonly host: string;
  readonly child: ChildProcessWithoutNullStreams;
  ask(question: { readonly id: number } & Readonly<Record<string, unknown>>): Promise<ClientEvent>;
}

async function startAgent({ names }: Namespaces, host: HostSpec): Promise<Agent> {
  const listeners = (host.listeners ?? []).map(listener => ({ ...listener, name: listener.name ?? host.name }));
  const child = spawn('ip', [
    ...['netns', 'exec', names.get(host.name) ?? host.name],
    ...[process.execPath, AGENT, JSON.stringify(listeners)],
  ]);
  const waiting = new Map<number, (event: ClientEvent) => void>();
  await new Promise<void>((resolve, reject) => {
    let errors = '';
    child.stderr.on('data', (part: Buffer) => {
      errors += part.toString();
    });
    child.once('error', reject);
    child.once('close', () => reject(new Error(`agent of ${host.name}: ${errors.trim()}`)));
    createInterface({ input: child.stdout }).on('line', line => {
      const event: ClientEvent & { readonly ready?: boolean } = JSON.parse(line);
      if (event.ready === true) resolve();
      else if (event.ready === false) reject(new Error(`agent of ${host.name}: ${event.error}`));
      else waiting.get(event.id)?.(event);
    });
  });
  return {
    host: host.name,
    child,
    ask: question =>
      new Promise(resolve => {
        waiting.set(question.id, resolve);
        child.stdin.write(`${JSON.stringify(question)}\n`);
      }),
  };
}

interface Asked {
  readonly probe: Probe;
  readonly localPort: number;
  readonly tag: string;
  readonly askedMs: number;
  readonly event: ClientEvent;
}

async function askAll(probes: readonly Probe[], agents: readonly Agent[], pace: Pace): Promise<readonly Asked[]> {
  const asked: Promise<Asked>[] = [];
  // Another run on this machine may have put it back.
  liftErrorLimit();
  for (const [id, probe] of probes.entries()) {
    const agent = agents.find(({ host }) => host === probe.from);
    if (agent === undefined) throw new Error(`probe ${probe.id}: no host "${probe.from}"`);
    const tag = `HL${String(id).padStart(6, '0')} `;
    const localPort = Number(probe.bind?.split(':')[1] ?? FIRST_PORT + id);
    const { proto = 'tcp', to, port = 0, ttl, up, down, df } = probe;
    const askedMs = Date.now();
    const answer = agent
      .ask({ id, tag, proto, to, port, localPort, ttl, up, down, df, timeoutMs: TIMEOUT_MS })
      .then(event => ({ probe, localPort, tag, askedMs, event }));
    asked.push(answer);
    if (pace === 'overlapping') await Promise.race([answer, wait(PATIENCE_MS)]);
    else {
      await answer;
      if (Date.now() - askedMs > PATIENCE_MS) await wait(ARP_MS);
    }
  }
  return Promise.all(asked);
}

/** Errors about missing routes are limited for the whole machine, not for each namespace. */
const ERROR_COST = '/proc/sys/net/ipv4/route/error_cost';

/** What it is at a rate of 250 a second. A run that was killed leaves 0 behind. */
const USUAL_ERROR_COST = '250';

function liftErrorLimit(): void {
  try {
    writeFileSync(ERROR_COST, '0');
  } catch {
    // Not the machine's own namespace: the limit stays, and the tests say what they see.
  }
}

/** Runs `work` without that limit, and puts it back. What killed runs have left is taken away first. */
export async function withoutErrorLimit<Value>(work: () => Promise<Value>): Promise<Value> {
  await removeLeftOvers();
  let before: string | undefined;
  try {
    before = readFileSync(ERROR_COST, 'utf8').trim();
  } catch {
    // Not the machine's own namespace: the limit stays.
  }
  try {
    return await work();
  } finally {
    if (before !== undefined) writeFileSync(ERROR_COST, before === '0' ? USUAL_ERROR_COST : before);
  }
}
