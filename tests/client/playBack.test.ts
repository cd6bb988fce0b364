// What a lab was like at each event of its past.

import { describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import type { LabClient, LabUpdate, Playback } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import type { LabElement, LabEvent } from '../../src/sim/index.ts';

interface Watched {
  readonly client: LabClient;
  readonly events: LabEvent[];
  readonly elements: Map<string, LabElement>;
}

async function sandbox(): Promise<Watched> {
  const client = createInProcessClient();
  const events: LabEvent[] = [];
  const elements = new Map<string, LabElement>();
  client.onUpdate((update: LabUpdate) => {
    events.push(...update.events);
    for (const id of update.removals) elements.delete(id);
    for (const element of update.upserts) elements.set(element.id, element);
  });
  await client.open({ kind: 'manifests', text: SANDBOX_LAB });
  return { client, events, elements };
}

async function run({ client, events }: Watched, line: string): Promise<{ from: number; to: number }> {
  const from = events.length;
  await client.run('test', line, () => undefined);
  return { from, to: events.length };
}

/** The elements at each frame, the start first. */
function states(playback: Playback): readonly ReadonlyMap<string, LabElement>[] {
  if (playback.kind !== 'frames') throw new Error(`no frames, but ${playback.kind}`);
  let now = new Map(playback.start.map(element => [element.id, element]));
  return [
    now,
    ...playback.frames.map(({ upserts, removals }) => {
      now = new Map(now);
      for (const id of removals) now.delete(id);
      for (const element of upserts) now.set(element.id, element);
      return now;
    }),
  ];
}

describe('playing back a change', () => {
  it('begins with what was there and ends with what is there', async () => {
    const lab = await sandbox();
    const before = new Map(lab.elements);
    const { from, to } = await run(lab, 'kubectl create deployment web --image=web --replicas=2');
    const played = states(await lab.client.playBack(from, to));
    expect(played[0]).toEqual(before);
    expect(played.at(-1)).toEqual(lab.elements);
  });

  it('shows objects in the order in which they came: a Pod without a node, then on one, then running', async () => {
    const lab = await sandbox();
    const { from, to } = await run(lab, 'kubectl create deployment web --image=web');
    const played = states(await lab.client.playBack(from, to));
    const pods = played.flatMap(state =>
      [...state.values()].filter(element => element.kind === 'pod' && element.name.startsWith('web-')),
    );
    const seen = [...new Set(pods.map(pod => (pod.kind === 'pod' ? `${pod.status} ${pod.node ?? 'nowhere'}` : '')))];
    expect(seen[0]).toBe('Pending nowhere');
    expect(seen.at(-1)).toMatch(/^Running node-/);
    const firstWith = (id: RegExp): number => played.findIndex(state => [...state.keys()].some(key => id.test(key)));
    expect(firstWith(/^deploy\//)).toBeLessThan(firstWith(/^rs\/default\/web/));
    expect(firstWith(/^rs\/default\/web/)).toBeLessThan(firstWith(/^pod\/default\/web/));
  });

  it('works after undo and redo, after others, and leaves the open lab alone', async () => {
    const lab = await sandbox();
    await run(lab, 'kubectl create namespace blue');
    await lab.client.undo();
    await lab.client.redo();
    const { from, to } = await run(lab, 'kubectl create namespace red');
    await run(lab, 'kubectl create namespace green');
    const [events, elements] = [lab.events.length, new Map(lab.elements)];
    const played = states(await lab.client.playBack(from, to));
    expect([played[0]?.has('ns/blue'), played[0]?.has('ns/red')]).toEqual([true, false]);
    expect([played.at(-1)?.has('ns/red'), played.at(-1)?.has('ns/green')]).toEqual([true, false]);
    expect([lab.events.length, lab.elements]).toEqual([events, elements]);
  });

  it('has an end, however many events there are', async () => {
    const lab = await sandbox();
    const { from, to } = await run(lab, 'kubectl create deployment web --image=web --replicas=100');
    const playback = await lab.client.playBack(from, to);
    expect(to - from).toBeGreaterThan(300);
    expect(playback.kind === 'frames' && playback.frames.length).toBeLessThanOrEqual(300);
    expect(states(playback).at(-1)).toEqual(lab.elements);
  });

  it('says so when there is nothing of it', async () => {
    const lab = await sandbox();
    const { to } = await run(lab, 'kubectl create namespace blue');
    expect(await lab.client.playBack(to + 5, to + 9)).toEqual({ kind: 'other' });
  });
});
