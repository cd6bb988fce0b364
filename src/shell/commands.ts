// All commands of the terminal.

import type { Command } from './command.ts';
import { kubectl } from './kubectl/kubectl.ts';
import { PROGRAMS } from './programs.ts';

export const COMMANDS: readonly Command[] = [kubectl, ...PROGRAMS];
