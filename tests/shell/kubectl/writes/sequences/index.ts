// All sequences of command lines that both kubectls play.

import type { Sequence } from '../playBoth.ts';
import { APPLY } from './apply.ts';
import { CREATE } from './create.ts';
import { DIFF } from './diff.ts';
import { KINDS } from './kinds.ts';
import { NODES } from './nodes.ts';
import { OUTPUT } from './output.ts';
import { PATCH } from './patch.ts';
import { POD_VERBS } from './podVerbs.ts';
import { ROLLOUT } from './rollout.ts';
import { SERVER_SIDE } from './serverSide.ts';
import { SET } from './set.ts';

export const SEQUENCES: readonly Sequence[] = [
  CREATE,
  OUTPUT,
  APPLY,
  SERVER_SIDE,
  DIFF,
  PATCH,
  ROLLOUT,
  SET,
  NODES,
  POD_VERBS,
  KINDS,
];
