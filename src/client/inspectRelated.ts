// What an element has to do with others: rows that lead to them.

import type { ElementId, LabElement } from '../sim/index.ts';
import type { Row } from './inspectFacts.ts';
import type { ReachEnd } from './port.ts';

/** Rows of one sort; more of them are a list of their own, in another section. */
const MOST = 12;

/** @param end what can be asked of it, if anything can */
export function relatedRows(
  element: LabElement,
  elements: ReadonlyMap<ElementId, LabElement>,
  end: ReachEnd | undefined,
): readonly Row[] {
  const all = [...elements.values()];
  const { id } = element;
  switch (element.kind) {
    case 'pod':
      return [
        ...listening(end),
        ...listed(
          'Endpoint of',
          all.flatMap(other =>
            other.kind === 'slice' && other.endpoints.some(({ pod }) => pod === id) ? (other.service ?? []) : [],
          ),
        ),
      ];
    case 'node':
      return [
        ...listening(end),
        ...listed('Pod', idsOf(all.filter(other => other.kind === 'pod' && other.node === element.name))),
      ];
    case 'outside':
      return listening(end);
    case 'service': {
      const slices = all.filter(other => other.kind === 'slice').filter(({ service }) => service === id);
      return [
        ...listed('EndpointSlice', idsOf(slices)),
        ...capped(
          slices.flatMap(slice =>
            slice.endpoints.map(({ address, pod, ready }) => ({
              name: ready ? 'Endpoint' : 'Endpoint, not ready',
              value: address,
              ...(pod !== undefined && { element: pod }),
            })),
          ),
          'Endpoint',
        ),
      ];
    }
    case 'deployment':
      return listed('ReplicaSet', idsOf(all.filter(other => other.kind === 'replicaset' && other.owner === id)));
    case 'replicaset':
      return listed('Pod', idsOf(all.filter(other => other.kind === 'pod' && other.owner === id)));
    case 'namespace': {
      const here = all.filter(other => 'namespace' in other && other.namespace === element.name);
      return [
        ...listed('Service', idsOf(here.filter(({ kind }) => kind === 'service'))),
        ...listed('Deployment', idsOf(here.filter(({ kind }) => kind === 'deployment'))),
        ...listed('Pod', idsOf(here.filter(({ kind }) => kind === 'pod'))),
      ];
    }
    default:
      return [];
  }
}

const idsOf = (elements: readonly LabElement[]): readonly ElementId[] => elements.map(({ id }) => id);

const listed = (name: string, ids: readonly ElementId[]): readonly Row[] =>
  capped(
    [...new Set(ids)].map(id => ({ name, value: id.slice(id.lastIndexOf('/') + 1), element: id })),
    name,
  );

function capped(rows: readonly Row[], name: string): readonly Row[] {
  return rows.length <= MOST ? rows : [...rows.slice(0, MOST), { name, value: `and ${rows.length - MOST} more` }];
}

function listening(end: ReachEnd | undefined): readonly Row[] {
  if (end === undefined || end.ports.length === 0) return [];
  return [
    {
      name: 'Listens on',
      value: end.ports.map(({ port, protocol }) => `${port}/${protocol.toUpperCase()}`).join(', '),
    },
  ];
}
