// What the lab says of the selected element, asked again whenever something in the lab changed.

import { useEffect, useRef, useState } from 'react';
import type { Inspection } from '../../client/port.ts';
import type { ElementId } from '../../sim/index.ts';
import { messageOf } from '../../store/labStore.ts';
import { useLab, useStores } from '../StoresContext.ts';
import { oneAtATime } from './oneAtATime.ts';

/** After this long without an answer the page says that it waits, in milliseconds. */
const PATIENCE_MS = 300;

export type InspectionAnswer =
  /** Asked a moment ago: nothing to say yet. */
  | { readonly kind: 'asked' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'known'; readonly inspection: Inspection }
  /** The lab has no such element, or not any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly message: string };

const ASKED: InspectionAnswer = { kind: 'asked' };

/** An answer, and what was asked. */
interface Told {
  readonly of: ElementId;
  readonly section: string | undefined;
  readonly answer: InspectionAnswer;
}

/**
 * The newest answer about an element; an older one stays until the next is there, or until that takes long. One question
 * is under way at a time: what happens meanwhile is asked about once, after it.
 * @param section the title of the section to show
 */
export function useInspection(element: ElementId, section: string | undefined): InspectionAnswer {
  const { client } = useStores();
  const elements = useLab(state => state.elements);
  const events = useLab(state => state.events);
  const exchanges = useLab(state => state.exchanges);
  const [told, setTold] = useState<Told | undefined>(undefined);
  const wish = useRef<() => void>(() => undefined);

  useEffect(() => {
    let isCurrent = true;
    const tell = (answer: InspectionAnswer): void => {
      if (isCurrent) setTold({ of: element, section, answer });
    };
    const timer = setTimeout(() => {
      if (isCurrent)
        setTold(before =>
          before?.of === element && before.section === section
            ? before
            : { of: element, section, answer: { kind: 'waiting' } },
        );
    }, PATIENCE_MS);
    wish.current = oneAtATime(async () => {
      if (!isCurrent) return;
      try {
        const inspection = await client.inspect(element, section);
        tell(inspection === undefined ? { kind: 'gone' } : { kind: 'known', inspection });
      } catch (error) {
        tell({ kind: 'failed', message: messageOf(error) });
      }
      clearTimeout(timer);
    });
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, element, section]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: packets and writes change what the tools print: ask again.
  useEffect(() => wish.current(), [client, element, section, elements, events, exchanges]);

  if (told === undefined) return ASKED;
  // For a moment the element before stays, so that nothing flashes and a link that was followed keeps the focus near.
  return told.of === element || told.answer.kind === 'known' ? told.answer : ASKED;
}
