// What was done in a lab, in order: the lab is deterministic, so doing it again gives the same lab.

import type { ApiRequest, VirtualMs } from '../sim/index.ts';
import type { EditorFile } from './port.ts';

export type JournalEntry =
  /** A command line: of the terminal, or on the learner's own machine wherever the terminal is. */
  | ({ readonly kind: 'run'; readonly line: string; readonly from?: 'home' } & AtSeat)
  /** A write that came to the API server from elsewhere: a program that talks to a served lab. */
  | { readonly kind: 'request'; readonly request: ApiRequest }
  /** The editor's files from now on, as commands with `-f` see them. */
  | ({ readonly kind: 'files'; readonly files: readonly EditorFile[] } & AtSeat)
  /** What labs that were saved earlier have for `kubectl apply -f` of the editor's file. */
  | ({ readonly kind: 'apply'; readonly file: EditorFile } & AtSeat)
  | { readonly kind: 'undo' | 'redo' | 'reset' }
  /** The clock ran. */
  | { readonly kind: 'advance'; readonly ms: VirtualMs };

interface AtSeat {
  /** Whose terminal it was; absent: the page's own. */
  readonly seat?: number;
}

/** The opened text and all that came after it. */
export interface LabRecord {
  readonly source: string;
  /** What the text is: as in the kinds of LabSource. */
  readonly form: 'manifests' | 'kernel';
  /** What its clock said at first; absent: 0. */
  readonly startsAt?: VirtualMs;
  readonly entries: readonly JournalEntry[];
}

/** The acts so far. */
export class Journal {
  readonly #entries: JournalEntry[];

  constructor(entries: readonly JournalEntry[] = []) {
    this.#entries = [...entries];
  }

  /** Time that passed without anything between counts as one entry. */
  note(entry: JournalEntry): void {
    const last = this.#entries.at(-1);
    if (entry.kind === 'advance' && last?.kind === 'advance')
      this.#entries[this.#entries.length - 1] = { kind: 'advance', ms: last.ms + entry.ms };
    else this.#entries.push(entry);
  }

  entries(): readonly JournalEntry[] {
    return [...this.#entries];
  }
}

/** Reads what {@link writeRecord} wrote; undefined when it is something else. */
export function readRecord(text: string): LabRecord | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('source' in value) || !('entries' in value)) return undefined;
    const { source, entries } = value;
    // Labs that were saved before there was another form do not name theirs.
    const form = 'form' in value ? value.form : 'manifests';
    if (form !== 'manifests' && form !== 'kernel') return undefined;
    if (typeof source !== 'string' || !Array.isArray(entries) || !entries.every(isEntry)) return undefined;
    const startsAt = 'startsAt' in value ? value.startsAt : undefined;
    if (startsAt !== undefined && !(typeof startsAt === 'number' && startsAt >= 0)) return undefined;
    return { source, form, entries, ...(startsAt !== undefined && { startsAt }) };
  } catch {
    return undefined;
  }
}

export function writeRecord(record: LabRecord): string {
  return JSON.stringify(record);
}

function isFile(value: unknown): value is EditorFile {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'text' in value &&
    typeof value.text === 'string'
  );
}

function isRequest(value: unknown): value is ApiRequest {
  return (
    typeof value === 'object' &&
    value !== null &&
    'method' in value &&
    typeof value.method === 'string' &&
    ['POST', 'PUT', 'PATCH', 'DELETE'].includes(value.method) &&
    'path' in value &&
    typeof value.path === 'string'
  );
}

function isEntry(value: unknown): value is JournalEntry {
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  if ('seat' in value && !Number.isInteger(value.seat)) return false;
  switch (value.kind) {
    case 'run':
      return 'line' in value && typeof value.line === 'string' && (!('from' in value) || value.from === 'home');
    case 'files':
      return 'files' in value && Array.isArray(value.files) && value.files.every(isFile);
    case 'apply':
      return 'file' in value && isFile(value.file);
    case 'request':
      return 'request' in value && isRequest(value.request);
    case 'advance':
      return 'ms' in value && typeof value.ms === 'number' && value.ms >= 0 && Number.isFinite(value.ms);
    default:
      return value.kind === 'undo' || value.kind === 'redo' || value.kind === 'reset';
  }
}
