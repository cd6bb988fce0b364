// The wish for a layout of the cluster that traces are recorded in: what lies between its two workers.

import type { LayoutWish } from '../../../src/ui/topology/layout.ts';

export const betweenNodes = (form: LayoutWish['form']): LayoutWish => ({
  form,
  ends: ['node/node-1', 'node/node-2'],
  drawn: new Set(),
  namespace: undefined,
  capacity: 0,
});
