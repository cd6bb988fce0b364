// All commands of the terminal.

import type { Command } from './command.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { probe } from './probe.ts';
import { PROGRAMS } from './programs.ts';

export const COMMANDS: readonly Command[] = [kubectl, ...PROGRAMS];

/** Of a recorded cluster, which is Linux only. */
export const RECORDED_COMMANDS: readonly Command[] = [probe, ...PROGRAMS];
