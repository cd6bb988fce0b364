// Which Pods stand behind a Service, and why none do.

import { isPodReady, isPodTerminal, type Pod } from '../../api/kinds/pod.ts';
import type { Service } from '../../api/kinds/service.ts';
import { formatLabels, matchesMap } from '../../api/selectors.ts';
import { addressesOf, targetPortOf } from '../../controllers/endpointSlice.ts';
import type { Listener } from '../../linux/sockets.ts';
import { cause, counted, type Evidence, fact, inNamespace, listed, type WhyAnswer } from './answer.ts';
import { nearMisses } from './nearMiss.ts';

export interface EndpointFacts {
  /** All Pods of the cluster. */
  readonly pods: readonly Pod[];
  /** What listens in a Pod's network namespace. */
  listeners(pod: Pod): readonly Listener[];
  /** Why a Pod is not Ready, in a sentence. */
  reason(pod: Pod): string | undefined;
}

/** Differing labels, and Pods of one sort, that are shown one by one. */
const MOST = 6;

/** @param endpoints how many ready endpoints its EndpointSlices have */
export function whyEndpoints(service: Service, endpoints: number, facts: EndpointFacts): WhyAnswer {
  const { namespace, name } = service.metadata;
  const { selector, type, externalName } = service.spec;
  const question = endpoints === 0 ? 'Why has it no endpoints?' : 'Which Pods are behind it?';
  const slices = `kubectl get endpointslices -l kubernetes.io/service-name=${name}${inNamespace(namespace)}`;
  if (type === 'ExternalName')
    return { question, evidence: [cause(`It is another name for ${externalName}: it never has endpoints.`)] };
  if (selector === undefined)
    return {
      question,
      evidence: [
        (endpoints === 0 ? cause : fact)(
          `It has no selector, so nobody fills its EndpointSlices: ${endpoints === 0 ? 'there are none with a ready address' : `they were written by hand and have ${counted(endpoints, 'ready address', 'ready addresses')}`}.`,
          { command: slices },
        ),
      ],
    };
  const here = facts.pods.filter(pod => pod.metadata.namespace === namespace);
  const chosen = here.filter(pod => matchesMap(selector, pod.metadata.labels));
  const evidence =
    chosen.length === 0 ? unmatched(service, selector, here, facts.pods) : behind(service, chosen, facts);
  return { question, evidence };
}

function unmatched(
  { metadata: { namespace = 'default', name } }: Service,
  selector: Readonly<Record<string, string>>,
  here: readonly Pod[],
  all: readonly Pod[],
): readonly Evidence[] {
  const wanted = formatLabels(selector);
  const labels = `kubectl get pods --show-labels${inNamespace(namespace)}`;
  const rows: Evidence[] = [
    cause(`Its selector asks for ${wanted}, and no Pod in ${namespace} has that.`, {
      element: `svc/${namespace}/${name}`,
      command: labels,
    }),
  ];
  const misses = nearMisses(selector, here);
  for (const { pods, differing } of misses.slice(0, MOST)) {
    const [first] = pods;
    const who = `${named(pods)} ${pods.length === 1 ? 'has' : 'have'}`;
    const what = differing.map(({ key, has }) => (has === undefined ? `no label ${key}` : `${key}=${has}`));
    rows.push(
      (rows.length === 1 ? cause : fact)(
        `${who} ${listed(what)}; the selector asks for ${listed(differing.map(({ key, wants }) => `${key}=${wants}`))}.`,
        { ...(first !== undefined && { element: `pod/${namespace}/${first.metadata.name}` }), command: labels },
      ),
    );
  }
  if (misses.length > MOST)
    rows.push(fact(`${misses.length - MOST} other sets of labels differ more.`, { command: labels }));
  const elsewhere = all.find(pod => pod.metadata.namespace !== namespace && matchesMap(selector, pod.metadata.labels));
  if (elsewhere !== undefined) {
    const other = elsewhere.metadata.namespace ?? '';
    rows.push(
      cause(
        `Pod ${elsewhere.metadata.name} has these labels, in ${other}: a selector finds Pods of its own namespace only.`,
        {
          element: `pod/${other}/${elsewhere.metadata.name}`,
          command: `kubectl get pods -A -l ${wanted}`,
        },
      ),
    );
  }
  if (here.length === 0) rows.push(fact(`There is no Pod in ${namespace} at all.`, { command: labels }));
  return rows;
}

/** `Pod web-1`, `Pods web-1, web-2 and 3 more` */
function named(pods: readonly Pod[]): string {
  const names = pods.slice(0, 3).map(pod => pod.metadata.name);
  const rest = pods.length - names.length;
  return `${pods.length === 1 ? 'Pod' : 'Pods'} ${listed(rest === 0 ? names : [...names, `${rest} more`])}`;
}

function behind(service: Service, chosen: readonly Pod[], facts: EndpointFacts): readonly Evidence[] {
  const rows = chosen.map(pod => stateOf(service, pod, facts));
  const shown = rows.slice(0, MOST);
  return rows.length > MOST ? [...shown, fact(`${rows.length - MOST} more Pods match its selector.`)] : shown;
}

function stateOf(service: Service, pod: Pod, facts: EndpointFacts): Evidence {
  const { namespace = 'default', name } = pod.metadata;
  const source = {
    element: `pod/${namespace}/${name}`,
    command: `kubectl describe pod ${name}${inNamespace(namespace)}`,
  };
  if (isPodTerminal(pod)) return cause(`Pod ${name} matches and has ended (${pod.status?.phase}).`, source);
  if (addressesOf(pod).length === 0)
    return cause(`Pod ${name} matches and has no address: ${facts.reason(pod) ?? 'it is not started yet.'}`, source);
  const unnamed = (service.spec.ports ?? []).find(port => targetPortOf(port, pod) === undefined);
  if (unnamed !== undefined)
    return cause(
      `Pod ${name} matches, and none of its containers names a port ${unnamed.targetPort} (${unnamed.protocol ?? 'TCP'}): ${portNames(pod)}.`,
      source,
    );
  if (!isPodReady(pod) && service.spec.publishNotReadyAddresses !== true)
    return cause(`Pod ${name} matches and is not Ready: ${facts.reason(pod) ?? 'nothing says why.'}`, source);
  return listening(service, pod, facts, source);
}

/** An endpoint is an address and a port: whether anybody listens there, only the Pod's sockets say. */
function listening(
  service: Service,
  pod: Pod,
  facts: EndpointFacts,
  source: { readonly element: string; readonly command: string },
): Evidence {
  const { name } = pod.metadata;
  const sockets = facts.listeners(pod).filter(({ address }) => !address.startsWith('127.'));
  const deaf = (service.spec.ports ?? []).find(port => {
    const number = targetPortOf(port, pod);
    return !sockets.some(other => other.port === number && other.protocol === (port.protocol ?? 'TCP').toLowerCase());
  });
  const [address = ''] = addressesOf(pod);
  if (deaf === undefined) {
    const ports = (service.spec.ports ?? []).map(port => targetPortOf(port, pod));
    return fact(`Pod ${name} is Ready and listens on ${address}:${listed(ports.map(String))}.`, source);
  }
  const heard = [...new Set(sockets.map(({ port }) => String(port)))];
  return cause(
    `Pod ${name} is Ready, but ${heard.length === 0 ? 'listens on no port' : `listens on ${listed(heard)}`}, not ${targetPortOf(deaf, pod)}.`,
    source,
  );
}

function portNames({ spec }: Pod): string {
  const names = spec.containers.flatMap(({ ports = [] }) => ports.flatMap(port => port.name ?? []));
  return names.length === 0 ? 'they name none' : `they name ${listed(names)}`;
}
