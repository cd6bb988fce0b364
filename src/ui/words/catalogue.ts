// Every word of the page in one place, by area: what a translation has to give, key by key. The page itself takes the
// words of an area from that area, so that each comes with the part that shows them.

import * as actions from '../actions/words.ts';
import * as editor from '../editor/words.ts';
import * as events from '../events/words.ts';
import * as find from '../find/words.ts';
import * as notes from '../frame/noteWords.ts';
import * as pick from '../frame/pickWords.ts';
import * as frame from '../frame/words.ts';
import * as inspect from '../inspect/words.ts';
import * as keeping from '../keeping/words.ts';
import * as quiz from '../lesson/quiz/words.ts';
import * as list from '../list/words.ts';
import * as matrix from '../matrix/words.ts';
import * as menu from '../menu/words.ts';
import * as picture from '../picture/words.ts';
import * as probes from '../probes/words.ts';
import * as sight from '../sight/words.ts';
import * as surviving from '../surviving/words.ts';
import * as blocks from '../terminal/blockWords.ts';
import * as crowd from '../topology/crowd/words.ts';
import * as legend from '../topology/legendWords.ts';
import * as topology from '../topology/words.ts';
import * as tour from '../tour/words.ts';
import * as compare from '../trace/compare/words.ts';
import * as repeat from '../trace/repeat/words.ts';
import * as trace from '../trace/words.ts';

export const CATALOGUE = {
  actions,
  blocks,
  compare,
  crowd,
  editor,
  events,
  find,
  frame,
  inspect,
  keeping,
  legend,
  list,
  matrix,
  menu,
  notes,
  pick,
  picture,
  probes,
  quiz,
  repeat,
  sight,
  surviving,
  topology,
  tour,
  trace,
};
