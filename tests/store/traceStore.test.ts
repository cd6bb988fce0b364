import { describe, expect, it } from 'vitest';
import type { LabClient } from '../../src/client/port.ts';
import type { ExchangeView } from '../../src/sim/index.ts';
import { decidingPlace, mainJourney, momentAt } from '../../src/store/journey.ts';
import { reduceTrace } from '../../src/store/reduceTrace.ts';
import { createTraceStore, type TraceAction, type TraceState } from '../../src/store/traceStore.ts';
import recorded from '../ui/fixture/recorded.json';

const exchanges = recorded.lesson.exchanges as unknown as readonly ExchangeView[];

function first(): ExchangeView {
  const [exchange] = exchanges;
  if (exchange === undefined) throw new Error('recorded.json has no exchange');
  return exchange;
}

const journey = mainJourney(first());
const last = journey.steps.length - 1;
const open: TraceState = {
  phase: { kind: 'open' },
  journey,
  cursor: 0,
  arrival: 'cut',
  play: 'paused',
  speed: '1',
  beside: { kind: 'none' },
};
const at = (cursor: number, change: Partial<TraceState> = {}): TraceState => ({ ...open, cursor, ...change });
const reduced = (state: TraceState, ...actions: TraceAction[]): TraceState => actions.reduce(reduceTrace, state);

describe('reduceTrace', () => {
  it('has a journey of two packets to step through', () => {
    expect(journey.legs.map(leg => leg.direction)).toEqual(['request', 'reply']);
    expect(last).toBeGreaterThan(10);
  });

  it.each<[string, TraceState, TraceAction, Partial<TraceState>]>([
    ['one step forward is a movement', at(3), { kind: 'step', by: 1 }, { cursor: 4, arrival: 'moved' }],
    ['one step back is a cut', at(3), { kind: 'step', by: -1 }, { cursor: 2, arrival: 'cut' }],
    ['before the first step is nothing', at(0), { kind: 'step', by: -1 }, { cursor: 0 }],
    ['after the last step is nothing', at(last), { kind: 'step', by: 1 }, { cursor: last, play: 'paused' }],
    ['a step forward goes on playing', at(3, { play: 'playing' }), { kind: 'step', by: 1 }, { play: 'playing' }],
    ['a step back pauses', at(3, { play: 'playing' }), { kind: 'step', by: -1 }, { play: 'paused' }],
    ['the last step ends playing', at(last - 1, { play: 'playing' }), { kind: 'step', by: 1 }, { play: 'paused' }],
    ['start', at(5, { play: 'playing' }), { kind: 'start' }, { cursor: 0, play: 'paused', arrival: 'cut' }],
    ['end', at(5), { kind: 'end' }, { cursor: last }],
    ['go', at(5, { arrival: 'moved' }), { kind: 'go', to: 7 }, { cursor: 7, arrival: 'cut' }],
    ['go too far', at(5), { kind: 'go', to: 9999 }, { cursor: last }],
    ['go below 0', at(5), { kind: 'go', to: -4 }, { cursor: 0 }],
    ['what decided', at(0), { kind: 'deciding' }, { cursor: decidingPlace(journey).index }],
    ['play', at(5), { kind: 'play' }, { cursor: 5, play: 'playing' }],
    ['play at the end begins again', at(last), { kind: 'play' }, { cursor: 0, play: 'playing', arrival: 'cut' }],
    ['pause', at(5, { play: 'playing' }), { kind: 'pause' }, { cursor: 5, play: 'paused' }],
  ])('%s', (_, state, action, expected) => {
    expect(reduceTrace(state, action)).toMatchObject(expected);
  });

  it('changes the hop, forward to its first step', () => {
    const next = reduced(at(0), { kind: 'hop', by: 1 });
    const before = momentAt(journey, next.cursor - 1);
    const moment = momentAt(journey, next.cursor);
    expect(moment?.place.step).toBe(0);
    expect(moment?.hop).not.toBe(before?.hop);
    expect(reduced(next, { kind: 'hop', by: -1 }).cursor).toBe(0);
  });

  it('steps through every step once', () => {
    let state = at(0, { play: 'playing' });
    const seen = [state.cursor];
    while (state.play === 'playing') {
      state = reduced(state, { kind: 'step', by: 1 });
      seen.push(state.cursor);
    }
    expect(seen).toEqual(journey.steps.map((_, index) => index));
  });

  it('shows another packet of the exchange, and the main one again', () => {
    const other = first().traces.find(trace => !journey.legs.some(leg => leg.trace.id === trace.id));
    if (other !== undefined) {
      const shown = reduced(at(4), { kind: 'packet', trace: other.id });
      expect(shown.journey?.legs.map(leg => leg.trace.id)).toEqual([other.id]);
      expect(shown.cursor).toBe(0);
    }
    const reply = journey.legs[1]?.trace.id ?? -1;
    const main = reduced(at(4), { kind: 'packet', trace: reply });
    expect(main.journey).toEqual(journey);
    expect(momentAt(journey, main.cursor)?.leg.trace.id).toBe(reply);
  });

  it('goes to what decided, also in a packet that is not shown', () => {
    const later = first().traces.find(trace => !journey.legs.some(leg => leg.trace.id === trace.id));
    const lost = mainJourney({ ...first(), decidedBy: { trace: later?.id ?? -1, step: 2 } });
    const state = reduced({ ...open, journey: lost }, { kind: 'deciding' });
    expect(state.journey?.legs.map(leg => leg.trace.id)).toEqual([later?.id]);
    expect(state.cursor).toBe(2);
  });

  it('stays at the start of a journey that nothing decided', () => {
    const { decidedBy: _, ...undecided } = first();
    expect(reduced({ ...open, journey: mainJourney(undecided), cursor: 5 }, { kind: 'deciding' }).cursor).toBe(0);
  });

  it('does nothing without a journey', () => {
    const none: TraceState = { ...open, journey: undefined, phase: { kind: 'none' } };
    expect(reduced(none, { kind: 'step', by: 1 }, { kind: 'play' }, { kind: 'end' })).toBe(none);
  });
});

describe('the trace store', () => {
  const storeWith = (exchange: LabClient['exchange']) => createTraceStore({ exchange } as LabClient);

  it('opens a journey at its first step', async () => {
    const store = storeWith(async () => first());
    const opened = store.open('x1');
    expect(store.getState().phase).toEqual({ kind: 'loading', exchange: 'x1' });
    await opened;
    expect(store.getState()).toMatchObject({ phase: { kind: 'open' }, cursor: 0, play: 'paused' });
    expect(store.getState().journey).toEqual(journey);
  });

  it('says that a journey is gone', async () => {
    const store = storeWith(async () => undefined);
    await store.open('x1');
    expect(store.getState().phase).toMatchObject({
      kind: 'gone',
      message: expect.stringContaining('this one is older'),
    });
    expect(store.getState().journey).toBeUndefined();
  });

  it('says what failed', async () => {
    const store = storeWith(() => Promise.reject(new Error('the lab stopped')));
    await store.open('x1');
    expect(store.getState().phase).toEqual({ kind: 'gone', message: 'the lab stopped' });
  });

  it('shows the journey that was asked for last', async () => {
    const answers = new Map<string, (view: ExchangeView) => void>();
    const store = storeWith(id => new Promise(resolve => answers.set(id, resolve)));
    const slow = store.open('slow');
    const quick = store.open('quick');
    answers.get('quick')?.({ ...first(), id: 'quick' });
    answers.get('slow')?.({ ...first(), id: 'slow' });
    await Promise.all([slow, quick]);
    expect(store.getState().journey?.exchange.id).toBe('quick');
  });

  it('forgets a journey that arrives after it was cleared, and keeps the speed', async () => {
    let answer: (view: ExchangeView) => void = () => undefined;
    const store = storeWith(
      () =>
        new Promise(resolve => {
          answer = resolve;
        }),
    );
    store.setSpeed('2');
    const opened = store.open('x1');
    store.clear();
    answer(first());
    await opened;
    expect(store.getState()).toMatchObject({ phase: { kind: 'none' }, journey: undefined, speed: '2' });
  });

  it('passes actions on', async () => {
    const store = storeWith(async () => first());
    await store.open('x1');
    store.dispatch({ kind: 'step', by: 1 });
    expect(store.getState()).toMatchObject({ cursor: 1, arrival: 'moved' });
  });

  it('puts another journey beside the open one, and takes it away', async () => {
    const store = storeWith(async id => ({ ...first(), id }));
    await store.compare();
    expect(store.getState().beside).toEqual({ kind: 'choosing' });
    const slow = store.compare('slow');
    expect(store.getState().beside).toEqual({ kind: 'loading', exchange: 'slow' });
    await Promise.all([slow, store.compare('x2')]);
    expect(store.getState().beside).toMatchObject({ kind: 'open', journey: { exchange: { id: 'x2' } } });
    store.stopComparing();
    expect(store.getState().beside).toEqual({ kind: 'none' });
  });

  it.each<[string, LabClient['exchange']]>([
    ['is not kept any more', async () => undefined],
    ['cannot be asked for', () => Promise.reject(new Error('the lab stopped'))],
  ])('says of another journey that it %s', async (_, exchange) => {
    const store = storeWith(exchange);
    await store.compare('x2');
    expect(store.getState().beside).toEqual({ kind: 'gone' });
  });
});
