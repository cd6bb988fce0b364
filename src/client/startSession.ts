// A session from whatever a lab opens from: a text, what was saved, or what is left of a lab that died.

import { ENGINE_VERSION } from '../sim/index.ts';
import { type JournalEntry, type LabRecord, readRecord } from './journal.ts';
import { type LabSession, openSession, replay, restoreSession, type SessionPlace } from './labSession.ts';
import type { Diagnostic, LostLab, OpenReport, OwnSource, RestoredFrom } from './port.ts';
import { receiveSnapshot } from './snapshots.ts';

type Refusal = Extract<OpenReport, { readonly kind: 'refused' }>;
/** Undefined: it was not lost. */
type From = RestoredFrom | undefined;

export type StartedSession = { readonly kind: 'started'; readonly session: LabSession; readonly from: From } | Refusal;

/** A session in which something has to be done again. */
type Beginning =
  | {
      readonly kind: 'begun';
      readonly session: LabSession;
      readonly rest: readonly JournalEntry[];
      readonly from: From;
    }
  | Refusal;

/** @param onReady is told that there will be a session, before anything is done again in it */
export async function startSession(
  source: OwnSource | LostLab,
  place: SessionPlace,
  onReady: () => void,
): Promise<StartedSession> {
  const begun = source.kind === 'lost' ? await beginLost(source, place) : begin(source, place);
  if (begun.kind === 'refused') return begun;
  onReady();
  await replay(begun.session, begun.rest);
  // Whoever opens it knows of all that.
  begun.session.takeDone();
  return { kind: 'started', session: begun.session, from: begun.from };
}

async function beginLost({ remains, otherwise }: LostLab, place: SessionPlace): Promise<Beginning> {
  if (remains === undefined) return begin(otherwise, place, [], 'otherwise');
  const { base, since } = remains;
  if (base.kind !== 'snapshot') return begin(base, place, since, 'acts');
  const snapshot = await receiveSnapshot(base.port);
  return snapshot === undefined
    ? begin(otherwise, place, [], 'otherwise')
    : { kind: 'begun', session: restoreSession(snapshot, place), rest: since, from: 'snapshot' };
}

function begin(source: OwnSource, place: SessionPlace, since: readonly JournalEntry[] = [], from?: From): Beginning {
  if (source.kind === 'saved' && source.saved.engine !== ENGINE_VERSION)
    return refused('This lab was saved by another version of Hoplab and does not open here.');
  const record = source.kind === 'saved' ? readRecord(source.saved.text) : textOf(source);
  if (record === undefined) return refused('What was saved of this lab is damaged.');
  const opened = openSession(record, place);
  if (opened.kind === 'opened')
    return { kind: 'begun', session: opened.session, rest: [...record.entries, ...since], from };
  const problems = opened.problems.map(
    (problem): Diagnostic => ({
      severity: 'error',
      message: problem.message,
      range: problem.span,
      document: problem.document,
    }),
  );
  return { kind: 'refused', problems };
}

function textOf(source: Extract<OwnSource, { readonly kind: 'manifests' | 'kernel' }>): LabRecord {
  const startsAt = source.kind === 'manifests' ? source.startsAt : undefined;
  return { source: source.text, form: source.kind, entries: [], ...(startsAt !== undefined && { startsAt }) };
}

function refused(message: string): Refusal {
  const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return { kind: 'refused', problems: [{ severity: 'error', message, range, document: 1 }] };
}
