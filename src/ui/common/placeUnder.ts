/** Pixels between a button and its list, and between the list and the edge of the page. */
const GAP = 4;
const EDGE = 8;
/** Less room than this below the button: the list opens to the side with more. */
const ENOUGH = 240;

/** Puts an open popover next to its button, inside the page; it scrolls where it does not fit. */
export function placeUnder(button: HTMLElement, panel: HTMLElement): void {
  const frame = button.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const isBelow = innerHeight - frame.bottom >= ENOUGH || frame.top < innerHeight - frame.bottom;
  panel.style.maxHeight = `${(isBelow ? innerHeight - frame.bottom : frame.top) - GAP - EDGE}px`;
  panel.style.left = `${Math.max(EDGE, Math.min(frame.left, innerWidth - panel.offsetWidth - EDGE))}px`;
  panel.style.top = isBelow ? `${frame.bottom + GAP}px` : 'auto';
  panel.style.bottom = isBelow ? 'auto' : `${innerHeight - frame.top + GAP}px`;
}
