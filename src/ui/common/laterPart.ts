// Parts of the page that nobody sees before they do something: each is a chunk of its own, so that the first lesson
// opens sooner. With the first movement, key or touch all of them are fetched, before they are asked for.

import { useEffect, useState } from 'react';

/** A part of the page that is fetched once; after a fetch that failed the next tries again, which in Chromium needs a reload. */
export interface LaterPart<Part> {
  /** The part, if it has come. */
  now(): Part | undefined;
  fetch(): Promise<Part>;
  /** When it has come, whoever asked for it. */
  readonly arrival: Promise<Part>;
}

const FIRST_SIGNS = ['pointermove', 'pointerdown', 'keydown'] as const;
const parts = new Set<LaterPart<unknown>>();

/** Somebody is here. */
function fetchAll(): void {
  for (const sign of FIRST_SIGNS) removeEventListener(sign, fetchAll, true);
  for (const part of parts) part.fetch().catch(() => undefined);
}
for (const sign of FIRST_SIGNS) globalThis.addEventListener?.(sign, fetchAll, true);

/** Names a part by how it is imported: `laterPart(() => import('./traceOverlay.ts'))`. */
export function laterPart<Part>(load: () => Promise<Part>): LaterPart<Part> {
  let come: Part | undefined;
  let tell: (part: Part) => void;
  let underWay: Promise<Part> | undefined;
  const fetched = async (): Promise<Part> => {
    try {
      come = await load();
      tell(come);
      return come;
    } catch (error) {
      underWay = undefined;
      throw error;
    }
  };
  const part: LaterPart<Part> = {
    now: () => come,
    arrival: new Promise(resolve => {
      tell = resolve;
    }),
    fetch() {
      underWay ??= fetched();
      return underWay;
    },
  };
  parts.add(part);
  return part;
}

export type LaterState<Part> =
  | { readonly kind: 'loading' | 'failed' }
  | { readonly kind: 'ready'; readonly part: Part };

/** A part as soon as it is there; asked for only while it is `wanted`. `awaited`: once somebody is here. */
export function useLater<Part>(
  later: LaterPart<Part>,
  wish: 'wanted' | 'awaited' | 'unwanted' = 'wanted',
): LaterState<Part> {
  const [ended, setEnded] = useState<'ready' | 'failed' | undefined>(undefined);
  const part = later.now();
  useEffect(() => {
    if (wish === 'unwanted' || part !== undefined || ended === 'failed') return;
    let listening: 'yes' | 'no' = 'yes';
    const settle = (outcome: 'ready' | 'failed') => (): void => {
      if (listening === 'yes') setEnded(outcome);
    };
    (wish === 'awaited' ? later.arrival : later.fetch()).then(settle('ready'), settle('failed'));
    return () => {
      listening = 'no';
    };
  }, [later, wish, part, ended]);
  if (part !== undefined) return { kind: 'ready', part };
  return { kind: ended === 'failed' ? 'failed' : 'loading' };
}
