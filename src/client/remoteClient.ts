// A lab at the other end of a link: what the page uses. A link that died is replaced when a lab is opened again.

import type { JournalEntry } from './journal.ts';
import type { Link, LinkEvents } from './link.ts';
import type { CommandOutput, EditorFile, LabClient, LabSource, LabUpdate, OpenReport, Remains } from './port.ts';
import type { Method } from './rpc.ts';

/** Where a lab is: the address of one that is served; undefined: in the page itself. */
export type LabPlace = string | undefined;

export interface RemoteOptions {
  /**
   * Links to a lab; throws where that cannot be.
   * @param patience how many times as long as usual it may be silent
   */
  start(place: LabPlace, events: LinkEvents, patience: number): Link;
  /** The link died: every call under way fails, and every later one until a lab is opened. */
  onFailure(message: string): void;
  /** `early`: links to a lab in the page before one is opened, so that its program loads meanwhile. */
  readonly link: 'early' | 'late';
}

/** A lab that was given up may only have been slow, on a machine that has much to do: the next one gets so many times as long. */
const MORE_PATIENCE = 4;
const MOST_PATIENCE = 64;

export function createRemoteClient({ start, onFailure, link: when }: RemoteOptions): LabClient {
  const listeners = new Set<(update: LabUpdate) => void>();
  let files: readonly EditorFile[] = [];
  let current: { readonly place: LabPlace; readonly link: Link } | undefined;
  /** Why there is no link. */
  let reason = 'the lab is closed';
  let patience = 1;
  /** From which the lab can be made again if it dies. */
  let base: Remains['base'] | undefined;
  let since: JournalEntry[] = [];

  /** A snapshot that nobody will open would be kept for ever. */
  function dropBase(): void {
    if (base?.kind === 'snapshot') base.port.close();
    base = undefined;
  }

  async function open(source: LabSource): Promise<OpenReport> {
    const link = linkTo(source.kind === 'served' ? source.url : undefined);
    if (source.kind === 'lost') {
      const remains = base === undefined ? undefined : { base, since };
      const ports = base?.kind === 'snapshot' ? [base.port] : [];
      const given = { ...source, ...(remains !== undefined && { remains }) };
      // The port is the Worker's now; what it opens is known when it says so.
      base = undefined;
      const report = await link.call<OpenReport>('open', [given], { ports });
      if (report.kind === 'opened' && remains?.base.kind === 'opened') base = remains.base;
      return report;
    }
    const report = await link.call<OpenReport>('open', [source]);
    if (report.kind === 'opened') {
      dropBase();
      base = source.kind === 'served' ? undefined : { kind: 'opened', source };
      since = [];
    }
    return report;
  }

  function linkTo(place: LabPlace): Link {
    if (current !== undefined && current.place === place) return current.link;
    current?.link.end();
    current = undefined;
    const link = start(
      place,
      {
        onUpdate(update) {
          for (const listener of listeners) listener(update);
        },
        onDone: entries => void since.push(...entries),
        onSnapshot(port) {
          dropBase();
          base = { kind: 'snapshot', port };
          since = [];
        },
        onDeath(message, cause) {
          if (cause === 'silence') patience = Math.min(MOST_PATIENCE, patience * MORE_PATIENCE);
          if (current?.link === link) current = undefined;
          reason = message;
          onFailure(message);
        },
      },
      patience,
    );
    current = { place, link };
    // A fresh link knows neither who listens nor the editor's files. When these fail, it died: that is told.
    if (listeners.size > 0) link.call('sendUpdates', []).catch(() => undefined);
    if (files.length > 0) link.call('setFiles', [files]).catch(() => undefined);
    return link;
  }

  const call = <T>(method: Method, args: readonly unknown[], onOutput?: (output: CommandOutput) => void): Promise<T> =>
    current === undefined
      ? Promise.reject(new Error(reason))
      : current.link.call<T>(method, args, onOutput === undefined ? {} : { onOutput });

  // Where that fails, `open` tries again and says why.
  try {
    if (when === 'early') linkTo(undefined);
  } catch {
    current = undefined;
  }

  return {
    open,
    onUpdate(listener) {
      listeners.add(listener);
      call('sendUpdates', []).catch(() => undefined);
      return () => listeners.delete(listener);
    },
    request: request => call('request', [request]),
    run: (id, line, onOutput) => call('run', [id, line], onOutput),
    cancel: id => call('cancel', [id]),
    prompt: () => call('prompt', []),
    complete: (line, cursor) => call('complete', [line, cursor]),
    validate: text => call('validate', [text]),
    runOnFiles: (verb, names, onOutput) => call('runOnFiles', [verb, names], onOutput),
    manifest: question => call('manifest', [question]),
    setFiles(list) {
      files = list;
      return call('setFiles', [list]);
    },
    exchange: id => call('exchange', [id]),
    capture: (id, at) => call('capture', [id, at]),
    repeat: (id, exchange, count) => call('repeat', [id, exchange, count]),
    inspect: (element, section) => call('inspect', [element, section]),
    reachEnds: () => call('reachEnds', []),
    reach: questions => call('reach', [questions]),
    send: question => call('send', [question]),
    readSelector: text => call('readSelector', [text]),
    check: (checks, since) => call('check', [checks, since]),
    undo: () => call('undo', []),
    redo: () => call('redo', []),
    steps: () => call('steps', []),
    travel: by => call('travel', [by]),
    reset: () => call('reset', []),
    setClock: (running, speed) => call('setClock', [running, speed]),
    stepClock: () => call('stepClock', []),
    save: () => call('save', []),
    manifests: () => call('manifests', []),
    realCluster: lines => call('realCluster', [lines]),
    playBack: (from, to) => call('playBack', [from, to]),
    readLab: text => call('readLab', [text]),
    close() {
      current?.link.end();
      current = undefined;
    },
  };
}
