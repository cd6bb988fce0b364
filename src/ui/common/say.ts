// Read aloud what happened elsewhere than where the learner is: one polite region for the whole page.

/** A screen reader takes this long to notice a region that is new, in milliseconds; until then texts wait for each other. */
const NOTICED_MS = 100;

let region: HTMLElement | undefined;
let waiting: readonly string[] = [];

/** Has a screen reader read a text when it has read what it is at. The same text may come again. */
export function say(text: string): void {
  region ??= makeRegion();
  // While a dialog is open, all that is not in it is silent.
  const place = [...document.querySelectorAll('dialog:modal')].at(-1) ?? document.body;
  if (region.parentElement !== place) place.append(region);
  region.textContent = '';
  if (waiting.length === 0) setTimeout(speak, NOTICED_MS);
  waiting = [...waiting, text];
}

function speak(): void {
  if (region !== undefined) region.textContent = waiting.join(' ');
  waiting = [];
}

function makeRegion(): HTMLElement {
  const made = document.createElement('p');
  made.className = 'visually-hidden';
  made.setAttribute('role', 'status');
  return made;
}
