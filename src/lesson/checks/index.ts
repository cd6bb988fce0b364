// The registry: every kind of check. A new kind is one file and one line here.

import type { CheckKind } from './checkKind.ts';
import { PAGE_CHECKS } from './page.ts';
import { path } from './path.ts';
import { probe } from './probe.ts';
import { ran } from './ran.ts';
import { resource } from './resource.ts';
import { seen } from './seen.ts';

/** Every kind, in the order in which messages list them. */
export const CHECKS: readonly CheckKind[] = [resource, probe, path, seen, ran, ...PAGE_CHECKS];
