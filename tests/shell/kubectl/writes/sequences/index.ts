// All sequences of command lines that both kubectls play.

import type { Sequence } from '../playBoth.ts';
import { APPLY } from './apply.ts';
import { CREATE } from './create.ts';
import { NODES } from './nodes.ts';
import { OUTPUT } from './output.ts';
import { PATCH } from './patch.ts';
import { ROLLOUT } from './rollout.ts';
import { SET } from './set.ts';

export const SEQUENCES: readonly Sequence[] = [CREATE, OUTPUT, APPLY, PATCH, ROLLOUT, SET, NODES];
