// A lab at the other end of a link: what the page uses. A link that died is replaced when a lab is opened again.

import type { JournalEntry } from './journal.ts';
import type { Link, LinkEvents } from './link.ts';
import type { CommandOutput, EditorFile, LabClient, LabSource, LabUpdate, OpenReport, Remains } from './port.ts';
import { METHODS, type Method } from './rpc.ts';

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
  /** From which the lab can be made again if it dies, and the entries that are still to come. */
  let remains: (Remains & { readonly since: JournalEntry[] }) | undefined;

  function beginAt(base: Remains['base'] | undefined): void {
    // A snapshot that nobody will open would be kept for ever.
    if (remains?.base.kind === 'snapshot') remains.base.port.close();
    remains = base && { base, since: [] };
  }

  async function open(source: LabSource): Promise<OpenReport> {
    const link = linkTo(source.kind === 'served' ? source.url : undefined);
    const isLost = source.kind === 'lost';
    const ports = isLost && remains?.base.kind === 'snapshot' ? [remains.base.port] : [];
    const given = isLost ? { ...source, remains } : source;
    // A port that goes to the Worker is empty here: the next snapshot takes its place.
    if (ports.length > 0) remains = undefined;
    const report = await link.call<OpenReport>('open', [given], { ports });
    if (report.kind === 'opened' && !isLost) beginAt(source.kind === 'served' ? undefined : source);
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
        onDone: entries => void remains?.since.push(...entries),
        onSnapshot: port => beginAt({ kind: 'snapshot', port }),
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

  // The lab's half (answerCalls.ts) calls the method of the same name with the same arguments.
  const calls = Object.fromEntries(
    METHODS.map(method => [method, (...args: readonly unknown[]) => call(method, args)]),
  ) as unknown as Pick<LabClient, (typeof METHODS)[number]>;

  return {
    ...calls,
    open,
    onUpdate(listener) {
      listeners.add(listener);
      call('sendUpdates', []).catch(() => undefined);
      return () => listeners.delete(listener);
    },
    run: (id, line, onOutput) => call('run', [id, line], onOutput),
    runOnFiles: (verb, names, onOutput) => call('runOnFiles', [verb, names], onOutput),
    setFiles(list) {
      files = list;
      return call('setFiles', [list]);
    },
    close() {
      current?.link.end();
      current = undefined;
    },
  };
}
