// A piece of a lab's past, event by event. The lab is deterministic: what is in its journal is done again on a lab of its
// own, and what the page would show is taken down between any two events.

import { type ElementId, equalJson, type LabElement } from '../sim/index.ts';
import { type LabSession, openSession, replay, type SessionPlace } from './labSession.ts';
import type { Playback, PlaybackFrame } from './port.ts';

/** Frames of one playback; of more events only every so many-th has one. */
const MOST_FRAMES = 300;
/** Elements of all frames together that are looked at: a large lab has fewer frames. */
const MOST_LOOKS = 200_000;

type Elements = ReadonlyMap<ElementId, LabElement>;

/** @param from number of the first event; @param to of the first one that is not asked for */
export async function playBack(session: LabSession, place: SessionPlace, from: number, to: number): Promise<Playback> {
  const record = session.record();
  if (record === undefined) return { kind: 'not-kept' };
  const opened = openSession(record, place);
  if (opened.kind === 'refused') return { kind: 'other' };
  const { lab } = opened.session;
  const frames: PlaybackFrame[] = [];
  let start: Elements | undefined;
  let before: Elements = new Map();
  let stride = 1;

  const look = (): void => {
    const next = lab.eventCount;
    if (next < from || next > to) return;
    if (start === undefined) {
      start = before = lab.elements();
      const most = Math.max(10, Math.min(MOST_FRAMES, MOST_LOOKS / Math.max(1, start.size)));
      stride = Math.ceil((to - from) / most);
      return;
    }
    if ((next - from) % stride !== 0 && next !== to) return;
    const now = lab.elements();
    frames.push({ event: next - 1, ...difference(before, now) });
    before = now;
  };

  lab.beforeNextEvent(look);
  await replay(opened.session, record.entries, () => lab.eventCount >= to);
  if (lab.eventCount <= to) look();
  const [own, again] = [session.lab.eventsSince(from), lab.eventsSince(from)];
  const isSame = again.length >= to - from && equalJson(own.slice(0, to - from), again.slice(0, to - from));
  if (start === undefined || !isSame) return { kind: 'other' };
  return { kind: 'frames', start: [...(start as Elements).values()], frames };
}

function difference(before: Elements, now: Elements): Pick<PlaybackFrame, 'upserts' | 'removals'> {
  return {
    upserts: [...now].filter(([id, element]) => before.get(id) !== element).map(([, element]) => element),
    removals: [...before.keys()].filter(id => !now.has(id)),
  };
}
