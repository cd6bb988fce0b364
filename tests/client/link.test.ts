// How the page tells a lab that works from one that hangs.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createBeat } from '../../src/client/beat.ts';
import { linkOver } from '../../src/client/link.ts';
import type { Method, ReplyMessage } from '../../src/client/rpc.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Listening {
  /** What the lab says. */
  say(message: ReplyMessage): void;
  ask(method: Method): void;
  /** Another stands ready. */
  hurry(): void;
  /** What was told of doubts, in order. */
  doubts(): readonly string[];
  /** How it died, and by what. */
  death(): string;
  /** The same, and that is all. */
  end(): string;
}

/** @param patience how many times as long as it said it may be silent */
function listen(patience = 1): Listening {
  let death = 'alive';
  const doubts: string[] = [];
  let say: Listening['say'] = () => undefined;
  const link = linkOver(
    ({ onMessage }) => {
      say = onMessage;
      return { post: () => undefined, close: () => undefined };
    },
    {
      onUpdate: () => undefined,
      onDone: () => undefined,
      onSnapshot: () => undefined,
      onDoubt: doubt => void doubts.push(doubt),
      onDeath(message, cause) {
        death = `${message} (${cause})`;
      },
    },
    patience,
  );
  return {
    say: message => say(message),
    hurry: () => link.hurry(),
    doubts: () => doubts,
    ask: method => void link.call(method, []).catch(() => undefined),
    death: () => death,
    end() {
      link.end();
      return death;
    },
  };
}

const BEAT: ReplyMessage = { kind: 'beat', silentFor: 1500 };
const DEAD = 'it does not answer (silence)';
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** Time that passed while nothing ran: the machine slept, or the page was busy. */
let frozen = 0;
beforeEach(() => {
  frozen = 0;
  const now = performance.now.bind(performance);
  vi.spyOn(performance, 'now').mockImplementation(() => now() + frozen);
});
afterEach(() => void vi.restoreAllMocks());

describe('a lab that has spoken and owes an answer', () => {
  it.each([
    ['is alive for a second of silence', 1000, 'alive'],
    ['is given up after that', 2000, DEAD],
  ] as const)('%s', async (_, ms, expected) => {
    const lab = listen();
    lab.say(BEAT);
    lab.ask('run');
    await pass(ms);
    expect(lab.end()).toBe(expected);
  });

  it('is alive for as long as it says that it works, be it minutes', async () => {
    const lab = listen();
    lab.ask('run');
    for (let i = 0; i < 300; i++) {
      lab.say(BEAT);
      await pass(1000);
    }
    expect(lab.end()).toBe('alive');
  });

  it('is given up when it stops saying so in the middle of a call', async () => {
    const lab = listen();
    lab.ask('run');
    for (let i = 0; i < 30; i++) {
      lab.say(BEAT);
      await pass(100);
    }
    await pass(2000);
    expect(lab.end()).toBe(DEAD);
  });

  it('may be silent for as long as it said last', async () => {
    const lab = listen();
    lab.say({ kind: 'beat', silentFor: 10_000 });
    lab.ask('run');
    await pass(9000);
    lab.say({ kind: 'output', id: 1, output: { stream: 'out', text: 'working' } });
    await pass(9000);
    expect(lab.death()).toBe('alive');
    lab.say(BEAT);
    await pass(2000);
    expect(lab.end()).toBe(DEAD);
  });

  it('may be silent for several times as long where one was given up before', async () => {
    const lab = listen(4);
    lab.say(BEAT);
    lab.ask('run');
    await pass(5000);
    expect(lab.death()).toBe('alive');
    await pass(2000);
    expect(lab.end()).toBe(DEAD);
  });

  it('is given up when it works on and on although it was told to stop', async () => {
    const lab = listen();
    lab.ask('run');
    lab.ask('cancel');
    for (let i = 0; i < 110; i++) {
      lab.say(BEAT);
      await pass(100);
    }
    expect(lab.end()).toBe(DEAD);
  });
});

describe('a lab that is silent for longer than usual', () => {
  const USUAL: ReplyMessage = { kind: 'beat', silentFor: 1500, usually: 100 };

  it.each([
    ['is not doubted for twice that', 190, []],
    ['is doubted after that', 350, ['doubt']],
  ])('%s', async (_, ms, expected) => {
    const lab = listen();
    lab.say(USUAL);
    lab.ask('run');
    await pass(ms);
    expect(lab.doubts()).toEqual(expected);
    expect(lab.end()).toBe('alive');
  });

  it('is doubted no more when it says a word', async () => {
    const lab = listen();
    lab.say(USUAL);
    lab.ask('run');
    await pass(450);
    lab.say(USUAL);
    expect(lab.doubts()).toEqual(['doubt', 'trust']);
    await pass(150);
    expect(lab.doubts()).toEqual(['doubt', 'trust']);
    expect(lab.end()).toBe('alive');
  });

  it.each([
    ['is not given up before a third of what is allowed', 50, 400, 'alive'],
    ['is given up after a third of it', 50, 700, DEAD],
    ['has longer where its silences are longer', 250, 900, 'alive'],
    ['has four times the usual', 250, 1200, DEAD],
    ['never has longer than it said', 1000, 1700, DEAD],
  ])('with another that stands ready: %s', async (_, usually, ms, expected) => {
    const lab = listen();
    lab.say({ kind: 'beat', silentFor: 1500, usually });
    lab.ask('run');
    lab.hurry();
    await pass(ms);
    expect(lab.end()).toBe(expected);
  });

  it('has as long as ever where none stands ready', async () => {
    const lab = listen();
    lab.say(USUAL);
    lab.ask('run');
    await pass(1400);
    expect(lab.end()).toBe('alive');
  });

  it('has as long as ever after a word', async () => {
    const lab = listen();
    lab.say(USUAL);
    lab.ask('run');
    lab.hurry();
    lab.say(USUAL);
    await pass(1400);
    expect(lab.end()).toBe('alive');
  });

  it('is not doubted while nothing is known of its silences', async () => {
    const lab = listen();
    lab.say(BEAT);
    lab.ask('run');
    await pass(1400);
    expect(lab.doubts()).toEqual([]);
    expect(lab.end()).toBe('alive');
  });
});

describe('silence that says nothing of the lab', () => {
  it('is that of a lab that owes no answer', async () => {
    const lab = listen();
    lab.say(BEAT);
    lab.ask('prompt');
    lab.say({ kind: 'result', id: 1, value: '$', done: [] });
    await pass(60_000);
    expect(lab.end()).toBe('alive');
  });

  it('is that of a program that is still loaded, for a minute', async () => {
    const lab = listen();
    lab.ask('open');
    await pass(50_000);
    expect(lab.end()).toBe('alive');
  });

  it('is that of a page that slept or was busy, however often', async () => {
    const lab = listen();
    lab.say(BEAT);
    lab.ask('run');
    for (let i = 0; i < 5; i++) {
      frozen += 10_000;
      await pass(200);
    }
    expect(lab.end()).toBe('alive');
  });

  it('ends where the page is awake again: then it counts', async () => {
    const lab = listen();
    lab.say(BEAT);
    lab.ask('run');
    frozen += 10_000;
    await pass(2000);
    expect(lab.end()).toBe(DEAD);
  });
});

describe('the beat of a lab', () => {
  it('comes every tenth of a second while somebody waits for an answer, and in the middle of work', async () => {
    const said: number[] = [];
    const beat = createBeat(() => said.push(performance.now()));
    const began = performance.now();
    beat.begin();
    await pass(250);
    for (let i = 0; i < 1000; i++) beat.progress();
    beat.end();
    await pass(1000);
    expect(said.map(at => at - began)).toEqual([0, 100, 200]);
    // Work that nobody waits for: the clock that plays.
    beat.progress();
    beat.progress();
    expect(said.map(at => at - began)).toEqual([0, 100, 200, 1250]);
  });

  it('knows how long it said nothing while somebody waited', async () => {
    const gaps: number[] = [];
    const beat = createBeat(
      () => undefined,
      ms => gaps.push(ms),
    );
    beat.begin();
    frozen += 400;
    beat.progress();
    await pass(30);
    beat.end();
    await pass(5000);
    beat.begin();
    beat.end();
    expect(gaps).toEqual([400, 30, 0]);
  });

  it('goes on until the last one has an answer', async () => {
    let said = 0;
    const beat = createBeat(() => said++);
    beat.begin();
    beat.begin();
    beat.end();
    await pass(500);
    expect(said).toBe(7);
    beat.end();
    await pass(500);
    expect(said).toBe(7);
  });
});
