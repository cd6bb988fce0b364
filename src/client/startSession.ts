// A session from whatever a lab opens from: a text, what was saved, or what is left of a lab that died.

import { ENGINE_VERSION, Lab, type OpenProblem } from '../sim/index.ts';
import { type JournalEntry, type LabRecord, readRecord } from './journal.ts';
import { type LabSession, openSession, replay, restoreSession, type SessionPlace } from './labSession.ts';
import type { Diagnostic, DoubtedLab, LostLab, OpenReport, OwnSource, Remains, RestoredFrom } from './port.ts';
import { receiveSnapshot } from './snapshots.ts';
import { OPENING } from './words.ts';

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

/**
 * @param open the session that is there
 * @param onReady is told that there will be a session, before anything is done again in it
 */
export async function startSession(
  source: OwnSource | LostLab | DoubtedLab,
  place: SessionPlace,
  open: LabSession | undefined,
  onReady: () => void,
): Promise<StartedSession> {
  const begun =
    source.kind === 'lost'
      ? ((await beginAgain(source.remains, place, open)) ?? begin(source.otherwise, place, [], 'otherwise'))
      : source.kind === 'doubted'
        ? ((await beginAgain(source.remains, place, open)) ?? refused(OPENING.nothingLeft))
        : begin(source, place);
  if (begun.kind === 'refused') return begun;
  onReady();
  await replay(begun.session, begun.rest);
  // Whoever opens it knows of all that.
  begun.session.takeDone();
  return { kind: 'started', session: begun.session, from: begun.from };
}

/** Undefined: nothing is left. */
async function beginAgain(
  remains: Remains | undefined,
  place: SessionPlace,
  open: LabSession | undefined,
): Promise<Beginning | undefined> {
  if (remains === undefined) return undefined;
  const { base, since } = remains;
  if (base.kind !== 'snapshot' && base.kind !== 'heir') return begin(base, place, since, 'acts');
  const session = base.kind === 'heir' ? open : await restored(base.port, place);
  return session && { kind: 'begun', session, rest: since, from: 'snapshot' };
}

async function restored(port: MessagePort, place: SessionPlace): Promise<LabSession | undefined> {
  const snapshot = await receiveSnapshot(port);
  return snapshot && restoreSession(snapshot, place);
}

function begin(source: OwnSource, place: SessionPlace, since: readonly JournalEntry[] = [], from?: From): Beginning {
  if (source.kind === 'saved' && source.saved.engine !== ENGINE_VERSION) return refused(OPENING.otherVersion);
  const record = source.kind === 'saved' ? readRecord(source.saved.text) : textOf(source);
  if (record === undefined) return refused(OPENING.damaged);
  const opened = openSession(record, place);
  if (opened.kind === 'opened')
    return { kind: 'begun', session: opened.session, rest: [...record.entries, ...since], from };
  return { kind: 'refused', problems: opened.problems.map(diagnosticOf) };
}

/** Why the text of a recorded cluster does not open; nothing changes. None: it opens. */
export function readRecorded(text: string): readonly Diagnostic[] {
  const opened = Lab.openRecorded(text);
  return opened.kind === 'opened' ? [] : opened.problems.map(diagnosticOf);
}

function diagnosticOf({ message, span, document }: OpenProblem): Diagnostic {
  return { severity: 'error', message, range: span, document };
}

function textOf(source: Extract<OwnSource, { readonly kind: 'manifests' | 'kernel' }>): LabRecord {
  const startsAt = source.kind === 'manifests' ? source.startsAt : undefined;
  return { source: source.text, form: source.kind, entries: [], ...(startsAt !== undefined && { startsAt }) };
}

function refused(message: string): Refusal {
  const range = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  return { kind: 'refused', problems: [{ severity: 'error', message, range, document: 1 }] };
}
