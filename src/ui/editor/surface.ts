import type { TextRange } from '../../client/port.ts';

/** What holds the text of the open file: Monaco, or a plain textarea until Monaco is there. */
export interface Surface {
  /** Selects a place of the text, brings it into view and gives it the focus. */
  goTo(range: TextRange): void;
  focus(): void;
}

/** Where the learner was in the textarea when Monaco took its place; offsets in UTF-16 units. */
export interface Handover {
  readonly start: number;
  readonly end: number;
  readonly focus: 'had' | 'elsewhere';
}
