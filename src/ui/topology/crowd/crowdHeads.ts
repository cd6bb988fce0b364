// What stands over the Pods of a band at the Objects level of a large lab: its Services, their slices and what made the
// Pods. Each is a chip in one row; of many of a kind there is one for all, in which each has a part.

import type { Box } from '../geometry.ts';
import type { Band } from '../objectBands.ts';
import { OBJECT_WORDS } from '../objectWords.ts';
import type { CrowdCell, Head } from './crowd.ts';
import { CROWD_WORDS } from './words.ts';

/** A chip before it has a place. */
export interface HeadPlan {
  readonly texts: readonly string[];
  readonly members: readonly Omit<CrowdCell, 'box'>[];
}

/** More of a kind than these share a chip. */
const MOST_OF_A_KIND = 2;
/** A chip is no wider than this many times its height: a kind, a name and an address. */
const WIDEST = 12;
/** The form of a part of a shared chip: this much wider than high. */
const PART_FORM = 4;

export function headsOf({ services, slices, workloads }: Band): readonly HeadPlan[] {
  return [
    ...kindOf(
      services.map(({ id, name, clusterIP }) => ({ id, name, look: 'service' as const, detail: clusterIP })),
      CROWD_WORDS.service,
      CROWD_WORDS.manyServices,
    ),
    ...kindOf(
      slices.map(({ id, name, endpoints }) => {
        const ready = endpoints.filter(endpoint => endpoint.ready).length;
        return { id, name, look: 'object' as const, detail: OBJECT_WORDS.readyOf(ready, endpoints.length) };
      }),
      CROWD_WORDS.slice,
      CROWD_WORDS.manySlices,
    ),
    ...kindOf(
      workloads.map(({ id, name, ready, replicas }) => {
        const detail = CROWD_WORDS.replicas(ready, replicas);
        return { id, name, look: 'object' as const, detail };
      }),
      CROWD_WORDS.deployment,
      CROWD_WORDS.manyDeployments,
    ),
  ];
}

function kindOf(members: HeadPlan['members'], kind: string, many: (count: number) => string): readonly HeadPlan[] {
  if (members.length > MOST_OF_A_KIND) return [{ texts: [many(members.length)], members }];
  return members.map(member => ({ texts: [kind, member.name, member.detail], members: [member] }));
}

/** The chips side by side from the left of a row. */
export function placeHeads(plans: readonly HeadPlan[], row: Box): readonly Head[] {
  const gap = row.height * 0.3;
  const width = Math.min(WIDEST * row.height, (row.width + gap) / Math.max(1, plans.length) - gap);
  return plans.map(({ texts, members }, i): Head => {
    const box = { ...row, x: row.x + i * (width + gap), width };
    return { box, texts, cells: partsOf(box, members) };
  });
}

/** Row by row, in parts of one size. */
function partsOf(box: Box, members: HeadPlan['members']): readonly CrowdCell[] {
  const form = box.width / box.height / PART_FORM;
  const columns = Math.min(members.length, Math.ceil(Math.sqrt(members.length * form)));
  const rows = Math.ceil(members.length / columns);
  const [width, height] = [box.width / columns, box.height / rows];
  return members.map((member, i) => ({
    ...member,
    box: { x: box.x + (i % columns) * width, y: box.y + Math.floor(i / columns) * height, width, height },
  }));
}
