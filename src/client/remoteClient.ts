// A lab at the other end of a link: what the page uses. A link that died is replaced when a lab is opened again.

import type { Link, LinkEvents } from './link.ts';
import { closed } from './linkWords.ts';
import type { CommandOutput, EditorFile, LabClient, LabUpdate } from './port.ts';
import { METHODS, type Method } from './rpc.ts';
import { createSuccession } from './succession.ts';

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
  let reason = closed;
  let patience = 1;
  const succession = createSuccession(() => connect(undefined, morePatience()));

  const morePatience = (): number => Math.min(MOST_PATIENCE, patience * MORE_PATIENCE);

  function connect(place: LabPlace, patient: number): Link {
    const link: Link = start(
      place,
      {
        onUpdate(update) {
          for (const listener of listeners) listener(update);
        },
        onDone: succession.done,
        onSnapshot: port => succession.beginAt({ kind: 'snapshot', port }),
        onDoubt: doubt => succession[doubt](link),
        onDeath(message, cause) {
          // An heir that dies has nothing to open: that is told to who asked.
          if (current?.link !== link) return;
          if (cause === 'silence') patience = morePatience();
          current = undefined;
          reason = message;
          onFailure(message);
        },
      },
      patient,
    );
    return link;
  }

  function linkTo(place: LabPlace): Link {
    if (current !== undefined && current.place === place) return current.link;
    current?.link.end();
    current = undefined;
    const link = (place === undefined && succession.takeHeir()) || connect(place, patience);
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
    open: async source => succession.open(linkTo(source.kind === 'served' ? source.url : undefined), source),
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
      succession.beginAt(undefined);
      current?.link.end();
      current = undefined;
    },
  };
}
