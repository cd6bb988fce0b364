// What an element has to do with others: rows that lead to them.

import type { ElementId, LabElement } from '../sim/index.ts';
import type { Row } from './inspectFacts.ts';
import { FACTS, VALUES } from './inspectWords.ts';
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
          FACTS.endpointOf,
          all.flatMap(other =>
            other.kind === 'slice' && other.endpoints.some(({ pod }) => pod === id) ? (other.service ?? []) : [],
          ),
        ),
      ];
    case 'node':
      return [
        ...listening(end),
        ...listed(FACTS.pod, idsOf(all.filter(other => other.kind === 'pod' && other.node === element.name))),
      ];
    case 'outside':
      return listening(end);
    case 'service': {
      const slices = all.filter(other => other.kind === 'slice').filter(({ service }) => service === id);
      return [
        ...listed(FACTS.slice, idsOf(slices)),
        ...capped(
          slices.flatMap(slice => endpointRows(slice, all)),
          FACTS.endpoint,
        ),
      ];
    }
    case 'slice':
      return capped(endpointRows(element, all), FACTS.endpoint);
    case 'deployment':
      return listed(FACTS.replicaSet, idsOf(all.filter(other => other.kind === 'replicaset' && other.owner === id)));
    case 'replicaset':
      return listed(FACTS.pod, idsOf(all.filter(other => other.kind === 'pod' && other.owner === id)));
    case 'namespace': {
      const here = all.filter(other => 'namespace' in other && other.namespace === element.name);
      return [
        ...listed(FACTS.service, idsOf(here.filter(({ kind }) => kind === 'service'))),
        ...listed(FACTS.deployment, idsOf(here.filter(({ kind }) => kind === 'deployment'))),
        ...listed(FACTS.pod, idsOf(here.filter(({ kind }) => kind === 'pod'))),
      ];
    }
    default:
      return [];
  }
}

/** Each leads to its Pod, or to the machine that has the address. */
function endpointRows(
  { endpoints }: Extract<LabElement, { readonly kind: 'slice' }>,
  all: readonly LabElement[],
): readonly Row[] {
  return endpoints.map(({ address, pod, ready }) => {
    const whose = pod ?? all.find(other => isMachine(other) && other.address === address)?.id;
    return {
      name: ready ? FACTS.endpoint : FACTS.endpointNotReady,
      value: address,
      ...(whose !== undefined && { element: whose }),
    };
  });
}

const isMachine = (element: LabElement): element is Extract<LabElement, { readonly kind: 'node' | 'outside' }> =>
  element.kind === 'node' || element.kind === 'outside';

const idsOf = (elements: readonly LabElement[]): readonly ElementId[] => elements.map(({ id }) => id);

const listed = (name: string, ids: readonly ElementId[]): readonly Row[] =>
  capped(
    [...new Set(ids)].map(id => ({ name, value: id.slice(id.lastIndexOf('/') + 1), element: id })),
    name,
  );

function capped(rows: readonly Row[], name: string): readonly Row[] {
  return rows.length <= MOST ? rows : [...rows.slice(0, MOST), { name, value: VALUES.more(rows.length - MOST) }];
}

function listening(end: ReachEnd | undefined): readonly Row[] {
  if (end === undefined || end.ports.length === 0) return [];
  return [
    {
      name: FACTS.listensOn,
      value: end.ports.map(({ port, protocol }) => `${port}/${protocol.toUpperCase()}`).join(', '),
    },
  ];
}
