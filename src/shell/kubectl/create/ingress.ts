// kubectl create ingress.
//
// Read:    kubectl pkg/cmd/create/create_ingress.go.

import type { Json, JsonObject } from '../../../sim/index.ts';
import { KubectlError } from '../session.ts';
import { type Generator, newMetadata } from './generator.ts';

export const ingress: Generator = {
  summary: 'Create an ingress with the specified name',
  usage: 'NAME --rule=host/path=service:port[,tls[=secret]] ',
  aliases: ['ing'],
  flags: {
    annotation: { kind: 'list' },
    class: { kind: 'value' },
    'default-backend': { kind: 'value' },
    rule: { kind: 'list' },
  },
  failure: 'failed to create ingress: ',
  make(call, name) {
    const { flags } = call;
    const defaultBackend = flags.value('default-backend') ?? '';
    const rules = flags.list('rule');
    if (defaultBackend === '' && rules.length === 0)
      throw new KubectlError(
        'error: not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    const read = rules.map(readRule);
    const annotations = flags.list('annotation').map(text => {
      const at = text.indexOf('=');
      if (at <= 0) throw new KubectlError(`error: annotation ${text} is invalid and should be in format key=[value]`);
      return [text.slice(0, at), text.slice(at + 1)] as const;
    });
    if (defaultBackend !== '' && !/^[\w.-]+:[\w-]+$/.test(defaultBackend))
      throw new KubectlError('error: default-backend should be in format servicename:serviceport');
    const tls = tlsOf(read);
    const className = flags.value('class') ?? '';
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: newMetadata(name, annotations.length > 0 ? { annotations: Object.fromEntries(annotations) } : {}),
      spec: {
        ...(defaultBackend !== '' && { defaultBackend: backendOf(defaultBackend) }),
        ...(className !== '' && { ingressClassName: className }),
        ...(read.length > 0 && { rules: rulesOf(read) }),
        ...(tls.length > 0 && { tls }),
      },
      status: { loadBalancer: {} },
    };
  },
};

interface Rule {
  readonly host: string;
  readonly path: string;
  readonly service: string;
  /** Absent: no TLS. Empty: TLS with the controller's own certificate. */
  readonly secret: string | undefined;
}

function readRule(text: string): Rule {
  const match = /^([\w*\-.]*)(\/[^=]*)=([\w\-.]+:[\w\-.]+)(?:,tls(?:=([\w\-.]*))?)?$/.exec(text);
  const [, host = '', path = '', service = '', secret = ''] = match ?? [];
  if (match === null)
    throw new KubectlError(
      `error: rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
    );
  return { host, path, service, secret: /,tls/.test(text) ? secret : undefined };
}

function backendOf(text: string): JsonObject {
  const [name = '', port = ''] = text.split(':');
  return { service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } } };
}

/** One rule a host, in the order in which they were first named. */
function rulesOf(rules: readonly Rule[]): readonly Json[] {
  const hosts = [...new Set(rules.map(rule => rule.host))];
  return hosts.map(host => ({
    ...(host !== '' && { host }),
    http: {
      paths: rules
        .filter(rule => rule.host === host)
        .map(({ path, service }) => ({
          backend: backendOf(service),
          path: path.replace(/\*$/, ''),
          pathType: path.endsWith('*') ? 'Prefix' : 'Exact',
        })),
    },
  }));
}

function tlsOf(rules: readonly Rule[]): readonly Json[] {
  const secrets = [...new Set(rules.flatMap(({ secret }) => (secret === undefined ? [] : [secret])))];
  return secrets.map(secret => {
    const hosts = [...new Set(rules.filter(rule => rule.secret === secret).map(rule => rule.host))];
    return {
      ...(hosts.some(host => host !== '') && { hosts: hosts.filter(host => host !== '') }),
      ...(secret !== '' && { secretName: secret }),
    };
  });
}
