/** Scrolls a part of the panel to its top when the page has been drawn again: what it answers will stand below it. */
export function revealSoon(id: string): void {
  requestAnimationFrame(() => document.getElementById(id)?.scrollIntoView({ block: 'start' }));
}

/** The row of a table in which something was decided. */
export const DECIDES = { 'data-decides': '' } as const;

/** Scrolls to the row that decided when the page has been drawn again; not at all while it is in sight. */
export function revealDecided(): void {
  requestAnimationFrame(() => document.querySelector('[data-decides]')?.scrollIntoView({ block: 'nearest' }));
}
