// kubectl rollout and its subcommands.
//
// Read:    kubectl pkg/cmd/rollout/rollout.go.

import type { Verb } from '../verb.ts';
import { history } from './history.ts';
import { pause, restart, resume } from './pause.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';

export const rollout: Verb = {
  summary: 'Manage the rollout of a resource',
  usage: 'kubectl rollout SUBCOMMAND',
  flags: {},
  subcommands: { history, pause, restart, resume, status, undo },
};
