// The page while it shows the past: what it shows at each event, and that the lab goes on meanwhile.

import { beforeEach, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import type { LabClient } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import { createLabStore, type LabStore } from '../../src/store/labStore.ts';
import { changesOf, createPlaybackStore, type PlaybackStore } from '../../src/store/playbackStore.ts';

let client: LabClient;
let lab: LabStore;
let playback: PlaybackStore;
beforeEach(async () => {
  client = createInProcessClient();
  lab = createLabStore(client);
  playback = createPlaybackStore(client, lab);
  await lab.open({ kind: 'manifests', text: SANDBOX_LAB });
  await run('kubectl create namespace blue');
  await run('kubectl create namespace red');
});

const run = (line: string) => client.run('test', line, () => undefined);
const namespaces = (): readonly string[] =>
  [...lab.getState().elements.values()].flatMap(element =>
    element.kind === 'namespace' && /blue|red|green/.test(element.name) ? [element.name] : [],
  );
const changes = () => changesOf(lab.getState().events, lab.getState().nextEvent);
async function begin(which: number): Promise<void> {
  const change = changes()[which];
  if (change === undefined) throw new Error(`no change ${which}`);
  await playback.begin(change);
}

describe('changes of a lab', () => {
  it('are its commands, each with what came of it', () => {
    expect(changes().map(({ name }) => name)).toEqual([
      'kubectl create namespace blue',
      'kubectl create namespace red',
    ]);
    const [blue, red] = changes();
    expect(blue?.to).toBe(red?.from);
    expect(red?.to).toBe(lab.getState().nextEvent);
  });
});

describe('a change that is played back', () => {
  it('begins before its first event, goes on by steps, and ends with now', async () => {
    await begin(0);
    expect(playback.getState()).toMatchObject({ kind: 'shown', cursor: -1, play: 'playing' });
    expect(namespaces()).toEqual([]);
    playback.goTo(99);
    expect(playback.getState()).toMatchObject({ play: 'paused' });
    expect(namespaces()).toEqual(['blue']);
    playback.goTo(-1);
    expect(namespaces()).toEqual([]);
    playback.end();
    expect(playback.getState()).toEqual({ kind: 'idle' });
    expect(namespaces()).toEqual(['blue', 'red']);
  });

  it.each<[string, () => Promise<unknown>]>([
    ['a command', () => run('kubectl create namespace green')],
    ['undo', () => lab.undo()],
    ['a step of the clock', () => lab.stepClock()],
    ['the clock that is started', () => lab.setClock(true)],
  ])('ends when somebody acts on the lab, and what they did is seen: %s', async (_, act) => {
    await begin(1);
    expect(namespaces()).toEqual(['blue']);
    await act();
    await lab.setClock(false);
    expect(playback.getState()).toEqual({ kind: 'idle' });
    expect(namespaces()).toContain('blue');
    expect(lab.getState().elements.has('pod/default/client')).toBe(true);
  });

  it('goes on when the lab only tells of itself', async () => {
    await begin(1);
    await run('kubectl get pods');
    expect(playback.getState()).toMatchObject({ kind: 'shown' });
  });

  it('plays to its end by the clock, and from its start when it is played again', async () => {
    await begin(0);
    const state = playback.getState();
    const count = state.kind === 'shown' ? state.events.length : 0;
    expect(count).toBeGreaterThan(1);
    for (let i = 0; i < count; i++) playback.goTo(i, 'clock');
    expect(playback.getState()).toMatchObject({ cursor: count - 1, play: 'paused' });
    playback.setPlay('playing');
    expect(playback.getState()).toMatchObject({ cursor: -1, play: 'playing' });
  });

  it('ends when another lab is opened', async () => {
    await begin(0);
    await lab.open({ kind: 'manifests', text: SANDBOX_LAB });
    expect(playback.getState()).toEqual({ kind: 'idle' });
    expect(lab.getState().elements.has('pod/default/client')).toBe(true);
  });

  it('is refused in plain kinds when the lab has nothing of it', async () => {
    await playback.begin({ name: 'x', from: 9000, to: 9001 });
    expect(playback.getState()).toEqual({ kind: 'refused', name: 'x', reason: 'other' });
  });
});
