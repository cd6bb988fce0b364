// kubectl set and its subcommands.
//
// Read:    kubectl pkg/cmd/set/set.go.

import type { Verb } from '../verb.ts';
import { env } from './env.ts';
import { image } from './image.ts';
import { resources } from './resources.ts';
import { selector } from './selector.ts';
import { serviceAccount } from './serviceAccount.ts';
import { subject } from './subject.ts';

export const set: Verb = {
  summary: 'Set specific features on objects',
  usage: 'kubectl set SUBCOMMAND',
  flags: {},
  subcommands: { env, image, resources, selector, serviceaccount: serviceAccount, subject },
};
