// `kubectl describe endpointslice`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeEndpointSliceV1`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { headLines, line } from './lines.ts';
import type { Lines, Related } from './related.ts';
import { orNone } from './selectorText.ts';

export function endpointSliceLines(slice: Json, related: Related): Lines {
  const ports = listAt(slice, 'ports');
  const endpoints = listAt(slice, 'endpoints');
  return [
    ...headLines(slice),
    line(0, 'AddressType:', textAt(slice, 'addressType')),
    ...(ports.length === 0 ? [line(0, 'Ports: <unset>')] : portLines(ports)),
    ...(endpoints.length === 0
      ? [line(0, 'Endpoints: <none>')]
      : [line(0, 'Endpoints:'), ...endpoints.flatMap(endpointLines)]),
    ...eventLines(related),
  ];
}

function portLines(ports: readonly Json[]): Lines {
  return [
    line(0, 'Ports:'),
    line(1, 'Name', 'Port', 'Protocol'),
    line(1, '----', '----', '--------'),
    ...ports.map(port =>
      line(1, orUnset(textAt(port, 'name')), orUnset(textAt(port, 'port')), textAt(port, 'protocol')),
    ),
  ];
}

function endpointLines(endpoint: Json): Lines {
  const ready = at(endpoint, 'conditions', 'ready');
  const target = at(endpoint, 'targetRef');
  return [
    line(1, '- Addresses:', orNone(listAt(endpoint, 'addresses').map(String).join(', '))),
    line(2, 'Conditions:'),
    line(3, 'Ready:', ready === undefined ? '<unset>' : String(ready)),
    line(2, 'Hostname:', orUnset(textAt(endpoint, 'hostname'))),
    ...(target === undefined ? [] : [line(2, 'TargetRef:', `${textAt(target, 'kind')}/${textAt(target, 'name')}`)]),
    line(2, 'NodeName:', orUnset(textAt(endpoint, 'nodeName'))),
    line(2, 'Zone:', orUnset(textAt(endpoint, 'zone'))),
  ];
}

function orUnset(text: string): string {
  return text === '' ? '<unset>' : text;
}
