// The questions that an element raises, each answered from the objects and kernels of the cluster as they are now.

import type { ApiClient } from '../../api/client.ts';
import { endpointSlices, SERVICE_NAME_LABEL } from '../../api/kinds/endpointSlice.ts';
import { events, type KubernetesEvent } from '../../api/kinds/event.ts';
import { networkPolicies } from '../../api/kinds/networkPolicy.ts';
import { type Node, nodes } from '../../api/kinds/node.ts';
import { isPodReady, type Pod, pods } from '../../api/kinds/pod.ts';
import { replicaSets } from '../../api/kinds/replicaSet.ts';
import { type Service, services } from '../../api/kinds/service.ts';
import { matchesMap } from '../../api/selectors.ts';
import { netnsNameOf } from '../../kubelet/sandbox.ts';
import type { World } from '../../linux/world.ts';
import { ip, isIp } from '../../net/address.ts';
import type { ElementId } from '../elements.ts';
import { cause, counted, type Evidence, fact, inNamespace, listed, type WhyAnswer } from './answer.ts';
import { whyEndpoints } from './endpoints.ts';
import { nearMisses } from './nearMiss.ts';
import { firstCause, whyNotReady } from './podReady.ts';
import { policiesOf, whichPolicies } from './policies.ts';
import { type NodeRules, rulesOfAddress, rulesOfService } from './rules.ts';

/** A cluster to look into. */
export interface WhyWorld {
  readonly api: ApiClient;
  readonly world: World;
  /** Brings a node's lazy agents up to date before its kernel is read. */
  prepare(netns: string): void;
}

/** Pods of a workload that are shown one by one. */
const MOST_PODS = 8;
/** Services of a Pod that are shown one by one. */
const MOST_SERVICES = 12;

/** Of a headless Service. */
const NO_RULES: WhyAnswer = {
  question: 'Which rules are about it?',
  evidence: [
    fact('None: it has no ClusterIP that kube-proxy could translate. DNS answers with the addresses of its Pods.'),
  ],
};

/** Nothing, for an element that raises no question. */
export function why(cluster: WhyWorld, element: ElementId): readonly WhyAnswer[] {
  const [kind, namespace = '', name = ''] = element.split('/');
  const { api } = cluster;
  switch (kind) {
    case 'pod': {
      const pod = api.get(pods, { namespace, name });
      return pod === undefined ? [] : aboutPod(cluster, pod);
    }
    case 'svc': {
      const service = api.get(services, { namespace, name });
      if (service === undefined) return [];
      const { clusterIP } = service.spec;
      return [
        whyEndpoints(service, readyEndpoints(api, service), {
          pods: api.list(pods),
          listeners: pod => cluster.world.find(netnsNameOf(pod) ?? '')?.config.listeners ?? [],
          reason: pod => reasonOf(api, pod),
        }),
        clusterIP === 'None'
          ? NO_RULES
          : rulesOfService(
              `${namespace}/${name}`,
              clusterIP !== undefined && isIp(clusterIP) ? ip(clusterIP) : undefined,
              rulesOf(cluster),
            ),
      ];
    }
    case 'slice': {
      const service = api.get(endpointSlices, { namespace, name })?.metadata.labels?.[SERVICE_NAME_LABEL];
      return service === undefined ? [] : why(cluster, `svc/${namespace}/${service}`).slice(0, 1);
    }
    case 'deploy':
    case 'rs':
      return workloadAnswers(api, kind, namespace, name);
    case 'ns':
      return [policiesOf(namespace, api.list(networkPolicies, { namespace }), api.list(pods, { namespace }))];
    case 'node': {
      const node = api.get(nodes, { name: namespace });
      return node === undefined ? [] : aboutNode(node);
    }
    default:
      return [];
  }
}

function aboutPod(cluster: WhyWorld, pod: Pod): readonly WhyAnswer[] {
  const { api } = cluster;
  const { namespace = 'default' } = pod.metadata;
  const address = pod.status?.podIP;
  return [
    ...(isPodReady(pod) ? [] : [whyNotReady(pod, nodeOf(api, pod), eventsOf(api, pod))]),
    whichServices(api, pod),
    whichPolicies(pod, api.list(networkPolicies, { namespace })),
    ...(address !== undefined && isIp(address) && pod.spec.hostNetwork !== true
      ? [rulesOfAddress(ip(address), rulesOf(cluster))]
      : []),
  ];
}

function whichServices(api: ApiClient, pod: Pod): WhyAnswer {
  const { namespace = 'default', labels, name } = pod.metadata;
  const chosen = api
    .list(services, { namespace })
    .filter(({ spec }) => spec.selector !== undefined && matchesMap(spec.selector, labels));
  const evidence = chosen.slice(0, MOST_SERVICES).map((service): Evidence => {
    const ends = api
      .list(endpointSlices, { namespace, selector: { matchLabels: { [SERVICE_NAME_LABEL]: service.metadata.name } } })
      .flatMap(slice => slice.endpoints ?? [])
      .filter(end => end.targetRef?.kind === 'Pod' && end.targetRef.name === name);
    const source = {
      element: `svc/${namespace}/${service.metadata.name}`,
      command: `kubectl get endpointslices -l kubernetes.io/service-name=${service.metadata.name}${inNamespace(namespace)}`,
    };
    if (ends.length === 0)
      return cause(`Service ${service.metadata.name} chooses it and has no endpoint for it.`, source);
    return ends.some(end => end.conditions?.ready ?? true)
      ? fact(`Service ${service.metadata.name} sends it traffic.`, source)
      : cause(`Service ${service.metadata.name} chooses it, but its endpoint is not ready.`, source);
  });
  if (chosen.length > MOST_SERVICES) evidence.push(fact(`${chosen.length - MOST_SERVICES} more Services choose it.`));
  return {
    question: 'Which Services choose it?',
    evidence:
      evidence.length === 0
        ? [fact(`No Service in ${namespace} has a selector that it fits.`), ...nearServices(api, pod)]
        : evidence,
  };
}

/** Services whose selector asks for other values of labels that it has. */
function nearServices(api: ApiClient, pod: Pod): readonly Evidence[] {
  const { namespace = 'default' } = pod.metadata;
  return api
    .list(services, { namespace })
    .flatMap(({ metadata, spec }): readonly Evidence[] => {
      const [near] = nearMisses(spec.selector ?? {}, [pod]);
      if (near === undefined) return [];
      const wants = listed(near.differing.map(label => `${label.key}=${label.wants}`));
      const has = listed(
        near.differing.map(({ key, has: value }) => (value === undefined ? `no label ${key}` : `${key}=${value}`)),
      );
      return [
        fact(`Service ${metadata.name} asks for ${wants}; it has ${has}.`, {
          element: `svc/${namespace}/${metadata.name}`,
        }),
      ];
    })
    .slice(0, MOST_SERVICES);
}

function workloadAnswers(api: ApiClient, kind: 'deploy' | 'rs', namespace: string, name: string): readonly WhyAnswer[] {
  const sets = api
    .list(replicaSets, { namespace })
    .filter(set =>
      kind === 'rs'
        ? set.metadata.name === name
        : set.metadata.ownerReferences?.some(owner => owner.kind === 'Deployment' && owner.name === name),
    );
  const own = sets.flatMap(set => api.list(pods, { controller: set.metadata.uid ?? '' }));
  const waiting = own.filter(pod => !isPodReady(pod));
  const wanted = sets.reduce((sum, { spec }) => sum + (spec.replicas ?? 1), 0);
  const evidence = waiting.slice(0, MOST_PODS).map(pod =>
    cause(`Pod ${pod.metadata.name}: ${reasonOf(api, pod) ?? 'nothing says why.'}`, {
      element: `pod/${namespace}/${pod.metadata.name}`,
    }),
  );
  if (waiting.length > MOST_PODS) evidence.push(fact(`${waiting.length - MOST_PODS} more Pods are not Ready.`));
  const refused = sets.flatMap(set => eventsOf(api, set).filter(({ type }) => type === 'Warning')).at(-1);
  if (own.length < wanted && refused !== undefined) evidence.push(cause(`${refused.reason}: ${refused.message}`));
  if (evidence.length > 0) return [{ question: 'Why are not all Pods Ready?', evidence }];
  return own.length < wanted
    ? [
        {
          question: 'Why are there too few Pods?',
          evidence: [fact(`${counted(own.length, 'Pod')} of ${wanted}; nothing says why.`)],
        },
      ]
    : [];
}

function aboutNode(node: Node): readonly WhyAnswer[] {
  const conditions = node.status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  const command = `kubectl describe node ${node.metadata.name}`;
  const taints = (node.spec?.taints ?? []).map(({ key, value, effect }) =>
    fact(
      `Taint ${key}${value === undefined || value === '' ? '' : `=${value}`}:${effect}: Pods that do not tolerate it stay away.`,
      { command },
    ),
  );
  if (ready?.status === 'True')
    return taints.length === 0 ? [] : [{ question: 'Which Pods stay away?', evidence: taints }];
  const said = ready?.message ?? ready?.reason;
  return [
    {
      question: 'Why is it not Ready?',
      evidence: [
        said === undefined
          ? fact('Nothing says why: it has no condition Ready.', { command })
          : cause(`Its condition Ready is ${ready?.status}: ${said}`, { command }),
        ...taints,
      ],
    },
  ];
}

const nodeOf = (api: ApiClient, { spec }: Pod): Node | undefined =>
  spec.nodeName === undefined ? undefined : api.get(nodes, { name: spec.nodeName });

const reasonOf = (api: ApiClient, pod: Pod): string | undefined =>
  firstCause(pod, nodeOf(api, pod), eventsOf(api, pod));

function eventsOf(
  api: ApiClient,
  {
    metadata: { namespace = 'default', uid },
  }: { readonly metadata: { readonly namespace?: string; readonly uid?: string } },
): readonly KubernetesEvent[] {
  return api
    .list(events, { namespace })
    .filter(({ involvedObject }) => involvedObject.uid === uid)
    .sort((a, b) => (a.lastTimestamp ?? '').localeCompare(b.lastTimestamp ?? ''));
}

/** Ready addresses with a port: without one kube-proxy sends them nothing. */
function readyEndpoints(api: ApiClient, service: Service): number {
  const { namespace = '', name } = service.metadata;
  const isPortless = (service.spec.ports ?? []).length === 0;
  return api
    .list(endpointSlices, { namespace, selector: { matchLabels: { [SERVICE_NAME_LABEL]: name } } })
    .filter(({ ports = [] }) => isPortless || ports.length > 0)
    .flatMap(slice => slice.endpoints ?? [])
    .filter(end => end.conditions?.ready ?? true).length;
}

function rulesOf({ api, world, prepare }: WhyWorld): readonly NodeRules[] {
  return api.list(nodes).flatMap(({ metadata: { name } }) => {
    prepare(name);
    const config = world.find(name)?.config;
    return config === undefined ? [] : [{ node: name, ruleset: config.netfilter, nftTables: config.nft.length }];
  });
}
