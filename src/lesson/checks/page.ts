// The kinds of checks that the page answers by itself.

import { answer } from './answer.ts';
import type { CheckKind } from './checkKind.ts';
import { click } from './click.ts';

/** The kinds that need no lab. */
export const PAGE_CHECKS: readonly CheckKind[] = [answer, click];
