// Links in printed text: one stop of the Tab key, and the arrow keys from link to link.

import type { KeyboardEvent } from 'react';

const linksIn = (section: HTMLElement | null): readonly HTMLButtonElement[] => [
  ...(section?.querySelectorAll<HTMLButtonElement>('[data-element]') ?? []),
];

/** Makes the first link the one that Tab comes to. */
export function enterAtFirst(section: HTMLElement | null): void {
  for (const [number, link] of linksIn(section).entries()) link.tabIndex = number === 0 ? 0 : -1;
}

/** The arrow keys on a link go to the link beside it, Home and End to the first and last. */
export function moveBetweenLinks(event: KeyboardEvent<HTMLElement>): void {
  if (!(event.target instanceof HTMLButtonElement)) return;
  const links = linksIn(event.currentTarget);
  const at = links.indexOf(event.target);
  const to = {
    ArrowRight: at + 1,
    ArrowDown: at + 1,
    ArrowLeft: at - 1,
    ArrowUp: at - 1,
    Home: 0,
    End: links.length - 1,
  }[event.key];
  const next = to === undefined ? undefined : links[to];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
