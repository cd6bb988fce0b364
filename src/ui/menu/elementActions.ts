// What can be done with an element of the graph or the list: the same by a menu, wherever it stands. Pure.

import type { LabElement } from '../../sim/index.ts';
import type { IconName } from '../common/iconDrawings.tsx';
import { ACTION_WORDS } from './words.ts';

export type ElementAct =
  | { readonly kind: 'inspect' }
  /** Brings it in sight on the graph, and fills the graph with it. */
  | { readonly kind: 'fill' }
  /** Runs a command where the learner can see it. */
  | { readonly kind: 'run'; readonly command: string }
  /** Its shell, in which the next commands run. */
  | { readonly kind: 'enter'; readonly command: string }
  /** One end of a trace; the other is asked for. */
  | { readonly kind: 'trace'; readonly side: 'from' | 'to' };

export interface ElementAction {
  readonly label: string;
  readonly hint?: string;
  readonly icon: IconName;
  readonly act: ElementAct;
}

/** @param lab `recorded`: Linux only, without an API server and shells */
export function elementActions(element: LabElement, lab: 'cluster' | 'recorded'): readonly ElementAction[] {
  const always: readonly ElementAction[] = [
    { label: ACTION_WORDS.inspect, icon: 'search', act: { kind: 'inspect' } },
    { label: ACTION_WORDS.fill, icon: 'fit', act: { kind: 'fill' } },
  ];
  if (lab === 'recorded') return always;
  const shell = shellCommand(element);
  const manifest = manifestCommand(element);
  return [
    ...always,
    ...(shell === undefined
      ? []
      : [
          { label: ACTION_WORDS.shell, hint: shell, icon: 'terminal', act: { kind: 'enter', command: shell } } as const,
        ]),
    ...(runnerOf(element) === undefined
      ? []
      : [{ label: ACTION_WORDS.traceFrom, icon: 'request', act: { kind: 'trace', side: 'from' } } as const]),
    ...(targetOf(element) === undefined
      ? []
      : [{ label: ACTION_WORDS.traceTo, icon: 'target', act: { kind: 'trace', side: 'to' } } as const]),
    ...(manifest === undefined
      ? []
      : [
          {
            label: ACTION_WORDS.manifest,
            hint: manifest,
            icon: 'file',
            act: { kind: 'run', command: manifest },
          } as const,
        ]),
  ];
}

/** Where commands of the terminal run at first. Source: sim/surroundings. */
const HOME = 'outside/laptop';

const inNamespace = (namespace: string): string => (namespace === 'default' ? '' : ` -n ${namespace}`);

function shellCommand(element: LabElement): string | undefined {
  if (element.kind === 'pod' && isRunning(element))
    return `kubectl exec -it ${element.name}${inNamespace(element.namespace)} -- sh`;
  return element.kind === 'node' || element.kind === 'router' ? `ssh ${element.name}` : undefined;
}

/** A Pod whose container runs. A terminating one does until it is gone. */
function isRunning(pod: Extract<LabElement, { readonly kind: 'pod' }>): boolean {
  return pod.address !== undefined && (pod.status === 'Running' || pod.status === 'Terminating');
}

/** What `kubectl get` calls the kinds that are objects of the API. */
const RESOURCES: Partial<Readonly<Record<LabElement['kind'], string>>> = {
  pod: 'pod',
  node: 'node',
  service: 'service',
  slice: 'endpointslice',
  deployment: 'deployment',
  replicaset: 'replicaset',
  namespace: 'namespace',
};

function manifestCommand(element: LabElement): string | undefined {
  const resource = RESOURCES[element.kind];
  const place = 'namespace' in element ? inNamespace(element.namespace) : '';
  return resource === undefined ? undefined : `kubectl get ${resource} ${element.name}${place} -o yaml`;
}

/** What stands before a command to run it there: nothing on the learner's own machine. */
function runnerOf(element: LabElement): string | undefined {
  if (element.id === HOME) return '';
  if (element.kind === 'pod' && isRunning(element))
    return `kubectl exec ${element.name}${inNamespace(element.namespace)} -- `;
  return element.kind === 'node' || element.kind === 'router' ? `ssh ${element.name} ` : undefined;
}

type Target =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'port'; readonly host: string; readonly port: number };

/** A Service is asked at its first TCP port, everything else by a ping: any port of it may be closed. */
function targetOf(element: LabElement): Target | undefined {
  if (element.kind === 'service') {
    const port = element.ports.find(({ protocol }) => protocol === 'TCP');
    if (port === undefined || element.clusterIP === 'None' || element.clusterIP === '') return undefined;
    return { kind: 'port', host: element.clusterIP, port: port.port };
  }
  if (element.kind === 'lan' || !('address' in element) || element.address === undefined || element.address === '')
    return undefined;
  return { kind: 'address', address: element.address };
}

/**
 * The command whose packets go from one element to another; undefined where there is none, or where both are the same.
 * In a Pod a Service is asked by its name, as its programs do; elsewhere by its address.
 */
export function traceCommand(from: LabElement, to: LabElement): string | undefined {
  const runner = runnerOf(from);
  const target = targetOf(to);
  if (runner === undefined || target === undefined || from.id === to.id) return undefined;
  if (target.kind === 'address') return `${runner}ping -c 1 ${target.address}`;
  const host = from.kind === 'pod' && to.kind === 'service' ? serviceName(to, from.namespace) : target.host;
  return `${runner}curl -s -m 5 http://${host}:${target.port}/`;
}

function serviceName({ name, namespace }: { readonly name: string; readonly namespace: string }, from: string): string {
  return namespace === from ? name : `${name}.${namespace}`;
}
