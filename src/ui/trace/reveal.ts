/** Scrolls a part of the panel into sight when the page has been drawn again: it opened further down than its button. */
export function revealSoon(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: 'nearest' }));
}
