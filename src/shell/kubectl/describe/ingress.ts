// `kubectl describe` of an Ingress and an IngressClass.
//
// Read:    kubectl pkg/describe/describe.go, `describeIngressV1`, `describeBackendV1`, `describeIngressClassV1`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { annotationLines, headLines, labelLines, line } from './lines.ts';
import type { Lines, Related } from './related.ts';
import { orNone } from './selectorText.ts';
import { endpointsText } from './service.ts';

export async function ingressLines(ingress: Json, related: Related): Promise<Lines> {
  const namespace = textAt(ingress, 'metadata', 'namespace');
  const backendText = (backend: Json): Promise<string> => textOf(backend, namespace, related);
  const spec = at(ingress, 'spec');
  const fallback = at(spec, 'defaultBackend');
  const rules: string[] = [];
  for (const rule of listAt(spec, 'rules')) {
    const paths = listAt(rule, 'http', 'paths');
    if (at(rule, 'http') === undefined) continue;
    rules.push(line(1, textAt(rule, 'host') || '*', ''));
    for (const path of paths)
      rules.push(line(2, '', `${textAt(path, 'path')} `, await backendText(at(path, 'backend') ?? null)));
  }
  const tls = listAt(spec, 'tls');
  const addresses = listAt(ingress, 'status', 'loadBalancer', 'ingress').map(
    one => textAt(one, 'ip') || textAt(one, 'hostname'),
  );
  return [
    line(0, 'Name:', textAt(ingress, 'metadata', 'name')),
    ...labelLines('Labels', at(ingress, 'metadata', 'labels')),
    line(0, 'Namespace:', namespace),
    line(0, 'Address:', addresses.join(',')),
    line(0, 'Ingress Class:', orNone(textAt(spec, 'ingressClassName'))),
    line(0, 'Default backend:', fallback === undefined ? '<default>' : await backendText(fallback)),
    ...(tls.length === 0 ? [] : [line(0, 'TLS:')]),
    ...tls.map(one => {
      const secret = textAt(one, 'secretName');
      const hosts = listAt(one, 'hosts').map(String).join(',');
      return line(1, secret === '' ? `SNI routes ${hosts}` : `${secret} terminates ${hosts}`);
    }),
    line(0, 'Rules:'),
    line(1, 'Host', 'Path', 'Backends'),
    line(1, '----', '----', '--------'),
    ...(rules.length === 0
      ? [line(1, '*', '*', fallback === undefined ? '<default>' : await backendText(fallback))]
      : rules),
    ...annotationLines('Annotations', at(ingress, 'metadata', 'annotations')),
    ...eventLines(related),
  ];
}

/** `web:80 (10.244.1.2:8080)`. */
async function textOf(backend: Json, namespace: string, related: Related): Promise<string> {
  const resource = at(backend, 'resource');
  if (resource !== undefined) {
    const group = textAt(resource, 'apiGroup') || '<none>';
    return `APIGroup: ${group}, Kind: ${textAt(resource, 'kind')}, Name: ${textAt(resource, 'name')}`;
  }
  const name = textAt(backend, 'service', 'name');
  const port = textAt(backend, 'service', 'port', 'name') || textAt(backend, 'service', 'port', 'number');
  return `${name}:${port} (${await endpointsOf(name, port, namespace, related)})`;
}

async function endpointsOf(name: string, port: string, namespace: string, related: Related): Promise<string> {
  const services = await related.list(`/api/v1/namespaces/${namespace}/services`, {
    fieldSelector: `metadata.name=${name}`,
  });
  const [service] = services;
  if (service === undefined) return `<error: services ${JSON.stringify(name)} not found>`;
  const slices = await related.list(`/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`, {
    labelSelector: `kubernetes.io/service-name=${name}`,
  });
  const found = listAt(service, 'spec', 'ports').find(
    one => textAt(one, 'name') === port || String(numberAt(one, 'port')) === port,
  );
  return endpointsText(slices, textAt(found, 'name'));
}

export function ingressClassLines(ingressClass: Json, related: Related): Lines {
  const [name = '', , ...labels] = headLines(ingressClass);
  const parameters = at(ingressClass, 'spec', 'parameters');
  return [
    name,
    ...labels,
    line(0, 'Controller:', textAt(ingressClass, 'spec', 'controller')),
    ...(parameters === undefined
      ? []
      : [
          line(0, 'Parameters:'),
          ...(textAt(parameters, 'apiGroup') === '' ? [] : [line(1, 'APIGroup:', textAt(parameters, 'apiGroup'))]),
          line(1, 'Kind:', textAt(parameters, 'kind')),
          line(1, 'Name:', textAt(parameters, 'name')),
        ]),
    ...eventLines(related),
  ];
}
