import { type RefObject, useEffect, useRef } from 'react';

/**
 * Takes the focus when the control that had it is gone: a button that checks an answer goes away with the right one.
 * @param isDone when this becomes true, the control was removed
 */
export function useKeptFocus(box: RefObject<HTMLElement | null>, isDone: boolean): void {
  const was = useRef(isDone);
  useEffect(() => {
    if (was.current === isDone) return;
    was.current = isDone;
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (isDone && isLost) box.current?.focus({ preventScroll: true });
  }, [box, isDone]);
}
