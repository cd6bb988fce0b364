// Keys that mean something in one place only, where that place reads them itself. tests/e2e/everywhere.spec.ts presses them.

import { PLACE_KEY_WORDS as DOES, PLACE_WORDS } from './words.ts';

export interface PlaceKeys {
  readonly place: string;
  readonly rows: readonly (readonly [keys: string, does: string])[];
}

export const PLACE_KEYS: readonly PlaceKeys[] = [
  {
    place: PLACE_WORDS.terminal,
    rows: [
      ['Enter', DOES.run],
      ['Shift+Enter', DOES.anotherLine],
      ['Tab', DOES.complete],
      ['ArrowUp', DOES.before],
      ['Ctrl+R', DOES.search],
      ['Ctrl+C', DOES.stop],
      ['Ctrl+L', DOES.clear],
      ['Escape', DOES.leave],
    ],
  },
  {
    place: PLACE_WORDS.editor,
    rows: [
      ['Mod+Enter', DOES.apply],
      ['Ctrl+Space', DOES.suggest],
      ['Shift+Alt+F', DOES.format],
      ['F8', DOES.nextProblem],
      ['Alt+ArrowLeft', DOES.moveTab],
      ['F2', DOES.rename],
      ['Ctrl+M', DOES.tabMoves],
    ],
  },
  {
    place: PLACE_WORDS.graph,
    rows: [
      ['Plus', DOES.larger],
      ['-', DOES.smaller],
      ['0', DOES.fit],
      ['ArrowLeft', DOES.move],
      ['Shift+F10', DOES.actionsOfSelected],
    ],
  },
  {
    place: PLACE_WORDS.matrix,
    rows: [
      ['ArrowDown', DOES.nextCell],
      ['Enter', DOES.openTrace],
    ],
  },
  {
    place: PLACE_WORDS.list,
    rows: [
      ['ArrowDown', DOES.nextLine],
      ['ArrowRight', DOES.open],
      ['ArrowLeft', DOES.close],
      ['Enter', DOES.inspect],
      ['/', DOES.find],
      ['Shift+F10', DOES.actions],
    ],
  },
  {
    place: PLACE_WORDS.timeline,
    rows: [
      ['ArrowRight', DOES.step],
      ['Ctrl+ArrowRight', DOES.nextHop],
      ['Home', DOES.toStart],
      ['End', DOES.toEnd],
    ],
  },
  { place: PLACE_WORDS.pick, rows: [['1', DOES.choose]] },
  {
    place: PLACE_WORDS.splitter,
    rows: [
      ['ArrowRight', DOES.wider],
      ['Enter', DOES.restore],
    ],
  },
];
