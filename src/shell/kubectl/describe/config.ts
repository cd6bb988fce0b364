// `kubectl describe` of a ConfigMap, a Secret, a ServiceAccount and Endpoints.
//
// Simplified: the keys of a ConfigMap and a Secret stand in order; kubectl writes them in Go's random order of maps.
// Read:    kubectl pkg/describe/describe.go, `ConfigMapDescriber`, `describeSecret`, `describeServiceAccount`,
//          `describeEndpoints`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { headLines, line, sortedEntries } from './lines.ts';
import type { Lines, Related } from './related.ts';
import { orNone } from './selectorText.ts';

export function configMapLines(configMap: Json, related: Related): Lines {
  return [
    ...headLines(configMap),
    '\nData\n====\n',
    ...sortedEntries(at(configMap, 'data')).map(([key, value]) => `${key}:\n----\n${value}\n\n`),
    '\nBinaryData\n====\n',
    ...sortedEntries(at(configMap, 'binaryData')).map(([key, value]) => `${key}: ${bytesOf(value)} bytes\n`),
    '\n',
    ...eventLines(related),
  ];
}

/** How many bytes a text in base64 stands for. */
function bytesOf(base64: string): number {
  const digits = base64.replace(/[^\w+/-]/g, '');
  return Math.floor((digits.length * 3) / 4);
}

export function secretLines(secret: Json): Lines {
  const isToken = textAt(secret, 'type') === 'kubernetes.io/service-account-token';
  return [
    ...headLines(secret),
    `\nType:\t${textAt(secret, 'type')}\n`,
    '\nData\n====\n',
    ...sortedEntries(at(secret, 'data')).map(([key, value]) =>
      line(0, `${key}:`, isToken && key === 'token' ? decoded(value) : `${bytesOf(value)} bytes`),
    ),
  ];
}

function decoded(base64: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(base64), letter => letter.charCodeAt(0)));
}

export async function serviceAccountLines(account: Json, related: Related): Promise<Lines> {
  const [name, namespace] = [textAt(account, 'metadata', 'name'), textAt(account, 'metadata', 'namespace')];
  const secrets = await related.list(`/api/v1/namespaces/${namespace}/secrets`).catch((): readonly Json[] => []);
  const known = secrets.map(secret => textAt(secret, 'metadata', 'name'));
  const tokens = secrets
    .filter(
      secret =>
        textAt(secret, 'type') === 'kubernetes.io/service-account-token' &&
        textAt(secret, 'metadata', 'annotations', 'kubernetes.io/service-account.name') === name,
    )
    .map(secret => textAt(secret, 'metadata', 'name'));
  const names = (field: string): readonly string[] => listAt(account, field).map(one => textAt(one, 'name'));
  const lines = (title: string, found: readonly string[]): Lines =>
    found.length === 0
      ? [line(0, title, '<none>')]
      : found.map((one, i) => line(0, i === 0 ? title : '', known.includes(one) ? one : `${one} (not found)`));
  return [
    ...headLines(account),
    ...lines('Image pull secrets:', names('imagePullSecrets')),
    ...lines('Mountable secrets:', names('secrets')),
    ...lines('Tokens:', tokens),
    ...eventLines(related),
  ];
}

export function endpointsLines(endpoints: Json, related: Related): Lines {
  return [
    ...headLines(endpoints),
    line(0, 'Subsets:'),
    ...listAt(endpoints, 'subsets').flatMap(subset => {
      const joined = (field: string): string =>
        orNone(
          listAt(subset, field)
            .map(address => textAt(address, 'ip'))
            .join(','),
        );
      const ports = listAt(subset, 'ports');
      return [
        line(1, 'Addresses:', joined('addresses')),
        line(1, 'NotReadyAddresses:', joined('notReadyAddresses')),
        ...(ports.length === 0
          ? []
          : [line(1, 'Ports:'), line(2, 'Name', 'Port', 'Protocol'), line(2, '----', '----', '--------')]),
        ...ports.map(port =>
          line(2, textAt(port, 'name') || '<unset>', textAt(port, 'port'), textAt(port, 'protocol')),
        ),
        line(0),
      ];
    }),
    ...eventLines(related),
  ];
}
