// `kubectl describe service`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeService`, `formatEndpointSlices`.

import type { Json } from '../../../sim/index.ts';
import { at, listAt, numberAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { headLines, line } from './lines.ts';
import type { Lines, Related } from './related.ts';
import { mapSelectorText, orNone } from './selectorText.ts';

/** Addresses that a line of endpoints shows; the rest is counted. */
const SHOWN = 3;

export async function serviceLines(service: Json, related: Related): Promise<Lines> {
  const name = textAt(service, 'metadata', 'name');
  const slices = await related.list(
    `/apis/discovery.k8s.io/v1/namespaces/${textAt(service, 'metadata', 'namespace')}/endpointslices`,
    { labelSelector: `kubernetes.io/service-name=${name}` },
  );
  const spec = at(service, 'spec');
  const joined = (field: string): string => listAt(spec, field).map(String).join(',');
  return [
    ...headLines(service),
    line(0, 'Selector:', mapSelectorText(at(spec, 'selector'))),
    line(0, 'Type:', textAt(spec, 'type')),
    ...given('IP Family Policy:', textAt(spec, 'ipFamilyPolicy')),
    line(0, 'IP Families:', orNone(joined('ipFamilies'))),
    line(0, 'IP:', textAt(spec, 'clusterIP')),
    line(0, 'IPs:', orNone(joined('clusterIPs'))),
    ...given('External IPs:', joined('externalIPs')),
    ...given('Desired LoadBalancer IP:', textAt(spec, 'loadBalancerIP')),
    ...given('External Name:', textAt(spec, 'externalName')),
    ...given('LoadBalancer Ingress:', listAt(service, 'status', 'loadBalancer', 'ingress').map(ingressText).join(', ')),
    ...listAt(spec, 'ports').flatMap(port => portLines(port, slices)),
    line(0, 'Session Affinity:', textAt(spec, 'sessionAffinity')),
    ...given('External Traffic Policy:', textAt(spec, 'externalTrafficPolicy')),
    ...given('Internal Traffic Policy:', textAt(spec, 'internalTrafficPolicy')),
    ...given('HealthCheck NodePort:', (numberAt(spec, 'healthCheckNodePort') ?? 0) || ''),
    ...given('LoadBalancer Source Ranges:', joined('loadBalancerSourceRanges')),
    ...given('Traffic Distribution:', textAt(spec, 'trafficDistribution')),
    ...eventLines(related),
  ];
}

function given(title: string, value: string | number): Lines {
  return value === '' ? [] : [line(0, title, value)];
}

/** `192.168.10.200 (VIP)`, or the name of a load balancer without an address. */
function ingressText(ingress: Json): string {
  const address = textAt(ingress, 'ip');
  if (address === '') return textAt(ingress, 'hostname');
  const mode = textAt(ingress, 'ipMode');
  return mode === '' ? address : `${address} (${mode})`;
}

function portLines(port: Json, slices: readonly Json[]): Lines {
  const name = textAt(port, 'name');
  const shownName = name === '' ? '<unset>' : name;
  const protocol = textAt(port, 'protocol');
  const nodePort = numberAt(port, 'nodePort') ?? 0;
  return [
    line(0, 'Port:', shownName, `${textAt(port, 'port')}/${protocol}`),
    line(0, 'TargetPort:', `${textAt(port, 'targetPort') || '0'}/${protocol}`),
    ...(nodePort === 0 ? [] : [line(0, 'NodePort:', shownName, `${nodePort}/${protocol}`)]),
    line(0, 'Endpoints:', endpointsText(slices, name)),
  ];
}

/** `10.244.1.2:8080,10.244.2.2:8080,10.244.2.3:8080 + 2 more...`: those that are ready, behind one port of the Service. */
export function endpointsText(slices: readonly Json[], portName: string): string {
  if (slices.length === 0) return '<none>';
  const addresses: string[] = [];
  for (const slice of slices) {
    const ports = listAt(slice, 'ports');
    const ready = listAt(slice, 'endpoints')
      .filter(endpoint => at(endpoint, 'conditions', 'ready') !== false)
      .map(endpoint => textAt(endpoint, 'addresses', 0));
    // A headless Service can be without ports.
    if (ports.length === 0) addresses.push(...ready);
    for (const port of ports) {
      if (textAt(port, 'name') !== portName) continue;
      addresses.push(...ready.map(address => joinHostPort(address, textAt(port, 'port'))));
    }
  }
  const shown = addresses.slice(0, SHOWN).join(',');
  return addresses.length > SHOWN ? `${shown} + ${addresses.length - SHOWN} more...` : shown;
}

function joinHostPort(host: string, port: string): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
