// Every word of the page in one place, by area: what a translation has to give, key by key. The page itself takes the
// words of an area from that area, so that each comes with the part that shows them.

import * as inspected from '../../client/inspectWords.ts';
import * as moved from '../../client/keeping/words.ts';
import * as links from '../../client/linkWords.ts';
import * as fieldNotes from '../../client/manifest/fieldWords.ts';
import * as served from '../../client/servedWords.ts';
import * as lab from '../../client/words.ts';
import * as stores from '../../store/words.ts';
import * as actions from '../actions/words.ts';
import * as common from '../common/words.ts';
import * as editor from '../editor/words.ts';
import * as events from '../events/words.ts';
import * as find from '../find/words.ts';
import * as notes from '../frame/noteWords.ts';
import * as page from '../frame/pageWords.ts';
import * as pick from '../frame/pickWords.ts';
import * as quiet from '../frame/quietWords.ts';
import * as frame from '../frame/words.ts';
import * as inspect from '../inspect/words.ts';
import * as keeping from '../keeping/words.ts';
import * as noLesson from '../lesson/noLessonWords.ts';
import * as fields from '../lesson/question/fieldWords.ts';
import * as question from '../lesson/question/words.ts';
import * as quiz from '../lesson/quiz/words.ts';
import * as lesson from '../lesson/words.ts';
import * as list from '../list/words.ts';
import * as matrix from '../matrix/words.ts';
import * as menu from '../menu/words.ts';
import * as picture from '../picture/words.ts';
import * as probes from '../probes/words.ts';
import * as sight from '../sight/words.ts';
import * as surviving from '../surviving/words.ts';
import * as blocks from '../terminal/blockWords.ts';
import * as candidates from '../terminal/candidateWords.ts';
import * as terminal from '../terminal/words.ts';
import * as crowd from '../topology/crowd/words.ts';
import * as graph from '../topology/graphWords.ts';
import * as legend from '../topology/legendWords.ts';
import * as objects from '../topology/objectWords.ts';
import * as scenes from '../topology/words.ts';
import * as tour from '../tour/words.ts';
import * as compare from '../trace/compare/words.ts';
import * as repeat from '../trace/repeat/words.ts';
import * as trace from '../trace/words.ts';

export const CATALOGUE = {
  actions,
  blocks,
  candidates,
  common,
  compare,
  crowd,
  editor,
  events,
  fieldNotes,
  fields,
  find,
  frame,
  graph,
  inspect,
  inspected,
  keeping,
  lab,
  legend,
  lesson,
  links,
  list,
  matrix,
  menu,
  moved,
  noLesson,
  notes,
  objects,
  page,
  pick,
  quiet,
  picture,
  probes,
  question,
  quiz,
  repeat,
  scenes,
  served,
  sight,
  stores,
  surviving,
  terminal,
  tour,
  trace,
};
