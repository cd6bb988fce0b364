import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { Button, IconButton } from '../common/Button.tsx';
import { onResized } from '../common/onResized.ts';
import { readRoute } from '../frame/routes.ts';
import { usePageForm } from '../hooks/useMedia.ts';
import { useStores } from '../StoresContext.ts';
import { type Area, placeCard } from './placeCard.ts';
import { type Stop, tourStops } from './stops.ts';
import styles from './Tour.module.css';
import { TOUR_WORDS } from './words.ts';

/** Points at the parts of the page, one after the other. Escape ends it, and the page is laid out as before. */
export function Tour() {
  const { layout } = useStores();
  const form = usePageForm();
  const dialog = useRef<HTMLDialogElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const next = useRef<HTMLButtonElement>(null);
  const id = useId();
  const [number, setNumber] = useState(0);
  const [before] = useState(() => layout.getState());
  const stops = tourStops(readRoute(location.hash)?.kind === 'sandbox' ? 'sandbox' : 'lesson', form);
  const stop = stops[number] ?? stops[0];
  const target = useTarget(stop);
  const isLast = number === stops.length - 1;

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    next.current?.focus();
    layout.set({ tour: 'seen' });
    return () => element?.close();
  }, [layout]);
  usePlaced(card, target);

  const end = (): void => {
    const { tab, phonePane, sheet, side, drawer } = before;
    dialog.current?.close();
    layout.set({ overlay: undefined, tab, phonePane, sheet, side, drawer });
    // The offer that began it is gone.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('[role=tabpanel]')?.focus();
  };
  return (
    <dialog
      ref={dialog}
      className={styles.tour}
      aria-label={TOUR_WORDS.title}
      onCancel={event => {
        event.preventDefault();
        end();
      }}
    >
      <div className={styles.light} style={target} />
      <div ref={card} className={styles.card}>
        <div className={styles.head}>
          <span className={styles.place}>{TOUR_WORDS.place(number + 1, stops.length)}</span>
          <IconButton icon="close" dense label={TOUR_WORDS.end} onPress={end} />
        </div>
        <div id={id} aria-live="polite">
          <h2 className={styles.title}>{stop?.title}</h2>
          <p className={styles.text}>{stop?.text}</p>
        </div>
        <div className={styles.buttons}>
          {number > 0 && <Button onPress={() => setNumber(number - 1)}>{TOUR_WORDS.back}</Button>}
          <Button ref={next} look="primary" onPress={() => (isLast ? end() : setNumber(number + 1))}>
            {isLast ? TOUR_WORDS.done : TOUR_WORDS.next}
          </Button>
        </div>
      </div>
    </dialog>
  );
}

/** Where a stop's target is in the window, after the page is laid out for it; again whenever the window changes. */
function useTarget(stop: Stop | undefined): Area | undefined {
  const { layout } = useStores();
  const [area, setArea] = useState<Area | undefined>(undefined);
  const id = stop?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stop of this id
  useEffect(() => {
    if (stop === undefined) return;
    layout.set(stop.layout);
    const measure = (): void => {
      const element = stop.targets.map(selector => document.querySelector(selector)).find(found => found !== null);
      if (element === undefined || element === null) return;
      const { left, top, width, height } = element.getBoundingClientRect();
      setArea({ left, top, width, height });
    };
    const frame = requestAnimationFrame(measure);
    const stopMeasuring = onResized(measure);
    return () => {
      cancelAnimationFrame(frame);
      stopMeasuring();
    };
  }, [id, layout]);
  return area;
}

/** Keeps the card beside the target. */
function usePlaced(card: RefObject<HTMLElement | null>, target: Area | undefined): void {
  useLayoutEffect(() => {
    const element = card.current;
    if (element === null || target === undefined) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const { left, top } = placeCard(target, { width, height }, { width: innerWidth, height: innerHeight });
    element.style.left = `${left}px`;
    element.style.top = `${top}px`;
  });
}
