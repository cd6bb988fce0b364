// kubectl port-forward: it would have to go on while other lines are typed, and the terminal runs one at a time.
//
// Models:  what is said of Pods, Services and ports.
// Read:    kubectl pkg/cmd/portforward/portforward.go; k8s.io/client-go tools/portforward.

import type { Json } from '../../../sim/index.ts';
import { listAt, numberAt, textAt } from '../fields.ts';
import { type KubectlCall, KubectlError, mustGet } from '../session.ts';
import type { Verb } from '../verb.ts';
import { usageError } from '../writing.ts';
import { podAt } from './podAt.ts';

export const portForward: Verb = {
  summary: 'Forward one or more local ports to a pod',
  usage: 'kubectl port-forward TYPE/NAME [options] [LOCAL_PORT:]REMOTE_PORT [...[LOCAL_PORT_N:]REMOTE_PORT_N]',
  flags: {
    address: { kind: 'words', initial: '[localhost]' },
    'pod-running-timeout': { kind: 'duration', initial: '1m0s' },
  },
  run: forward,
};

async function forward(call: KubectlCall): Promise<number> {
  const [word, ...ports] = call.flags.words;
  if (word === undefined || ports.length === 0)
    throw usageError('port-forward', 'TYPE/NAME and list of ports are required for port-forward');
  const pod = await podAt(call, word);
  const service = /^(?:services?|svc)\/(.+)$/.exec(word)?.[1];
  const targets =
    service === undefined
      ? ports.map(text => remotePort(text, name => portOfPod(pod, name)))
      : await portsOfService(call, pod, service, ports);
  const [target] = targets;
  const [address, node] = [textAt(pod, 'status', 'podIP'), textAt(pod, 'spec', 'nodeName')];
  throw new KubectlError(
    `error: this terminal runs one line at a time, and a forwarded port needs a second: ssh ${node} 'curl -s http://${address}:${target ?? 80}' reaches the Pod`,
  );
}

/** `8080:80`, `80`, `:80`, `8080:http`. */
function remotePort(text: string, named: (name: string) => number): number {
  const [first = '', second, ...more] = text.split(':');
  if (more.length > 0) throw new KubectlError(`error: invalid port format '${text}'`);
  const remote = second ?? first;
  if (/^\d+$/.test(remote) && second !== undefined && first !== '') portNumber(first, 'local');
  return /^\d+$/.test(remote) ? portNumber(remote, 'remote') : named(remote);
}

function portNumber(text: string, side: 'local' | 'remote'): number {
  const why = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65535 ? 'value out of range' : undefined;
  if (why !== undefined)
    throw new KubectlError(
      `error: error parsing ${side} port '${text}': strconv.ParseUint: parsing ${JSON.stringify(text)}: ${why}`,
    );
  return Number(text);
}

function portOfPod(pod: Json, name: string): number {
  const found = listAt(pod, 'spec', 'containers')
    .flatMap(container => listAt(container, 'ports'))
    .find(port => textAt(port, 'name') === name);
  const number = numberAt(found, 'containerPort');
  if (number === undefined)
    throw new KubectlError(`error: Pod '${textAt(pod, 'metadata', 'name')}' does not have a named port '${name}'`);
  return number;
}

async function portsOfService(
  call: KubectlCall,
  pod: Json,
  name: string,
  ports: readonly string[],
): Promise<readonly number[]> {
  const service = await mustGet(call, `/api/v1/namespaces/${call.namespace}/services/${encodeURIComponent(name)}`);
  const entries = listAt(service, 'spec', 'ports');
  return ports.map(text => {
    const remote = text.split(':').at(-1) ?? text;
    const entry = entries.find(each => textAt(each, 'port') === remote || textAt(each, 'name') === remote);
    if (entry === undefined)
      throw new KubectlError(
        /^\d+$/.test(remote)
          ? `error: Service ${name} does not have a service port ${remote}`
          : `error: Service '${name}' does not have a named port '${remote}'`,
      );
    const target = textAt(entry, 'targetPort');
    return /^\d+$/.test(target) ? Number(target) : portOfPod(pod, target);
  });
}
