// Keys that mean something in one place only, where that place reads them itself. tests/e2e/everywhere.spec.ts presses them.

import { PLACE_WORDS } from './words.ts';

export interface PlaceKeys {
  readonly place: string;
  readonly rows: readonly (readonly [keys: string, does: string])[];
}

export const PLACE_KEYS: readonly PlaceKeys[] = [
  {
    place: PLACE_WORDS.terminal,
    rows: [
      ['Enter', 'Run'],
      ['Shift+Enter', 'Another line'],
      ['Tab', 'Complete'],
      ['ArrowUp', 'The command before'],
      ['Ctrl+R', 'Search the commands so far'],
      ['Ctrl+C', 'Stop the command, or empty the line'],
      ['Ctrl+L', 'Clear'],
      ['Escape', 'Then Tab leaves the terminal'],
    ],
  },
  {
    place: PLACE_WORDS.editor,
    rows: [
      ['Mod+Enter', 'Apply'],
      ['Ctrl+Space', 'What can stand here'],
      ['Shift+Alt+F', 'Format'],
      ['F8', 'Next problem'],
      ['Alt+ArrowLeft', 'Move the tab of the file, when it has the focus'],
      ['F2', 'Rename the file, when its tab has the focus'],
      ['Ctrl+M', 'Tab moves the focus, or indents again'],
    ],
  },
  {
    place: PLACE_WORDS.graph,
    rows: [
      ['Plus', 'Larger'],
      ['-', 'Smaller'],
      ['0', 'Fit'],
      ['ArrowLeft', 'Move the view, as all arrows do'],
      ['Shift+F10', 'What can be done with the selected element'],
    ],
  },
  {
    place: PLACE_WORDS.matrix,
    rows: [
      ['ArrowDown', 'Next cell'],
      ['Enter', 'Open its trace'],
    ],
  },
  {
    place: PLACE_WORDS.list,
    rows: [
      ['ArrowDown', 'Next line'],
      ['ArrowRight', 'Open'],
      ['ArrowLeft', 'Close'],
      ['Enter', 'Inspect'],
      ['/', 'Find a name or an address'],
      ['Shift+F10', 'What can be done with the element'],
    ],
  },
  {
    place: PLACE_WORDS.timeline,
    rows: [
      ['ArrowRight', 'Step'],
      ['Ctrl+ArrowRight', 'Next hop'],
      ['Home', 'To the start'],
      ['End', 'To the end'],
    ],
  },
  { place: PLACE_WORDS.pick, rows: [['1', 'Choose the element with this number']] },
  {
    place: PLACE_WORDS.splitter,
    rows: [
      ['ArrowRight', 'Wider, or higher with the arrow down'],
      ['Enter', 'As it was at first'],
    ],
  },
];
