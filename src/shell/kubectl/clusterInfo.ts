// kubectl cluster-info.
//
// Omits:   `dump`.
// Read:    kubectl pkg/cmd/clusterinfo.

import { listAt, numberAt, textAt } from './fields.ts';
import { serverOf } from './kubeconfig.ts';
import { mustGet, print } from './session.ts';
import type { Verb } from './verb.ts';

export const clusterInfo: Verb = {
  summary: 'Display cluster information',
  usage: 'kubectl cluster-info [flags]',
  flags: {},
  run: async call => {
    const server = serverOf(call);
    // Services that say so of themselves; those of the system when nobody named a namespace.
    const namespace = call.flags.value('namespace') || 'kube-system';
    const services = await mustGet(call, `/api/v1/namespaces/${namespace}/services`, {
      labelSelector: 'kubernetes.io/cluster-service=true',
    });
    const lines = listAt(services, 'items').map(service => {
      const name = textAt(service, 'metadata', 'name');
      const [ingress] = listAt(service, 'status', 'loadBalancer', 'ingress');
      const ports = listAt(service, 'spec', 'ports');
      const title = textAt(service, 'metadata', 'labels', 'kubernetes.io/name') || name;
      if (ingress !== undefined) {
        const host = textAt(ingress, 'ip') || textAt(ingress, 'hostname');
        const links = ports.map(port => `http://${host}:${numberAt(port, 'port') ?? 0} `).join('');
        return `${title} is running at ${links}\n`;
      }
      const [port] = ports;
      const named = textAt(port, 'name') === '' ? name : `${name}:${textAt(port, 'name')}`;
      const secure = numberAt(port, 'port') === 443 || textAt(port, 'name') === 'https' ? 'https:' : '';
      const link = `${server}/api/v1/namespaces/${textAt(service, 'metadata', 'namespace')}/services/${secure}${named}/proxy`;
      return `${title} is running at ${link}\n`;
    });
    print(
      call,
      `Kubernetes control plane is running at ${server}\n${lines.join('')}\n` +
        "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n",
    );
    return 0;
  },
};
