/**
 * Does something once nothing is held down any more: a menu that opened while the button of the mouse is down would be
 * closed again by its release.
 */
export function afterRelease(event: MouseEvent, act: () => void): void {
  const isHeld = event.buttons !== 0 || (event instanceof PointerEvent && event.pointerType === 'touch');
  if (!isHeld) {
    act();
    return;
  }
  const listening = new AbortController();
  const onRelease = (): void => {
    listening.abort();
    setTimeout(act, 0);
  };
  for (const type of ['pointerup', 'pointercancel', 'touchend'])
    addEventListener(type, onRelease, { capture: true, signal: listening.signal });
}
