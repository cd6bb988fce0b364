// kubectl create -f, and the generators below it.
//
// Omits:   --edit and --raw.
// Read:    kubectl pkg/cmd/create/create.go.

import { configMap, genericSecret, registrySecret, tlsSecret } from './create/configuration.ts';
import { generatorVerb, nameOf } from './create/generator.ts';
import { ingress } from './create/ingress.ts';
import { namespace, podDisruptionBudget, priorityClass, quota, serviceAccount } from './create/policies.ts';
import { clusterRole, clusterRoleBinding, role, roleBinding } from './create/rbac.ts';
import { clusterIp, externalName, loadBalancer, nodePort } from './create/services.ts';
import { cronJob, deployment, job } from './create/workloads.ts';
import { objectAt, textAt } from './fields.ts';
import { DRY_RUN, FILES, fieldManager, PRINT, RECORD, SAVE_CONFIG, SELECTOR, VALIDATE } from './flagGroups.ts';
import { withLastApplied } from './lastApplied.ts';
import { closingMessages, joined, manifestsOf } from './manifests.ts';
import { withChangeCause } from './record.ts';
import { type KubectlCall, KubectlError, print, printError, type Refusal, serverRefusal } from './session.ts';
import type { Verb } from './verb.ts';
import { dryRunOf, printDone, send, usageError, validationOf } from './writing.ts';

export const create: Verb = {
  summary: 'Create a resource from a file or from stdin',
  usage: 'kubectl create -f FILENAME',
  flags: {
    ...FILES,
    ...PRINT,
    ...DRY_RUN,
    ...SAVE_CONFIG,
    ...SELECTOR,
    ...VALIDATE,
    ...RECORD,
    ...fieldManager('kubectl-create'),
    edit: { kind: 'flag' },
    raw: { kind: 'value' },
    'windows-line-endings': { kind: 'flag' },
  },
  subcommands: {
    clusterrole: generatorVerb('create clusterrole', clusterRole),
    clusterrolebinding: generatorVerb('create clusterrolebinding', clusterRoleBinding),
    configmap: generatorVerb('create configmap', configMap),
    cronjob: generatorVerb('create cronjob', cronJob),
    deployment: generatorVerb('create deployment', deployment),
    ingress: generatorVerb('create ingress', ingress),
    job: generatorVerb('create job', job),
    namespace: generatorVerb('create namespace', namespace),
    poddisruptionbudget: generatorVerb('create poddisruptionbudget', podDisruptionBudget),
    priorityclass: generatorVerb('create priorityclass', priorityClass),
    quota: generatorVerb('create quota', quota),
    role: generatorVerb('create role', role),
    rolebinding: generatorVerb('create rolebinding', roleBinding),
    secret: {
      summary: 'Create a secret using a specified subcommand',
      usage: 'kubectl create secret (docker-registry | generic | tls)',
      flags: {},
      subcommands: {
        'docker-registry': generatorVerb('create secret docker-registry', registrySecret),
        generic: generatorVerb('create secret generic', genericSecret),
        tls: generatorVerb('create secret tls', tlsSecret),
      },
    },
    service: {
      summary: 'Create a service using a specified subcommand',
      usage: 'kubectl create service',
      aliases: ['svc'],
      flags: {},
      subcommands: {
        clusterip: generatorVerb('create service clusterip', clusterIp),
        externalname: generatorVerb('create service externalname', externalName),
        loadbalancer: generatorVerb('create service loadbalancer', loadBalancer),
        nodeport: generatorVerb('create service nodeport', nodePort),
      },
    },
    serviceaccount: generatorVerb('create serviceaccount', serviceAccount),
    token: {
      summary: 'Request a service account token',
      usage: 'kubectl create token SERVICE_ACCOUNT_NAME',
      flags: { ...PRINT, audience: { kind: 'list' }, duration: { kind: 'duration' } },
      run: requestToken,
    },
  },
  run: createFiles,
};

async function requestToken(call: KubectlCall): Promise<number> {
  const name = nameOf(call, 'create token');
  const response = await call.context.request({
    method: 'POST',
    path: `/api/v1/namespaces/${call.namespace}/serviceaccounts/${encodeURIComponent(name)}/token`,
    headers: { 'content-type': 'application/json' },
    body: { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', metadata: {}, spec: {} },
  });
  if (response.status >= 400)
    throw new KubectlError(`error: failed to create token: ${textAt(response.body, 'message')}`);
  print(call, `${textAt(response.body, 'status', 'token')}\n`);
  return 0;
}

async function createFiles(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.list('filename').length === 0 && flags.value('kustomize') === undefined)
    throw flags.words.length > 0
      ? usageError('create', `Unexpected args: [${flags.words.join(' ')}]`)
      : new KubectlError('error: must specify one of -f and -k');
  if (flags.words.length > 0) throw usageError('create', `Unexpected args: [${flags.words.join(' ')}]`);
  for (const absent of ['edit', 'raw'])
    if (flags.value(absent) !== undefined)
      throw new KubectlError(
        `error: this kubectl has no --${absent}: write the object in the editor and create it with -f`,
      );
  const validation = validationOf(call);
  const dryRun = dryRunOf(call);
  const read = await manifestsOf(call);
  const problems: Refusal[] = [];
  let count = 0;
  for (const { object, resource, namespace, source } of read.manifests) {
    const recorded = withChangeCause(call, 'create', object);
    const body = flags.has('save-config') ? withLastApplied(recorded) : recorded;
    count += 1;
    if (dryRun === 'client') {
      printDone(call, body, 'created');
      continue;
    }
    const response = await send(call, {
      kind: 'create',
      resource,
      namespace,
      manager: 'kubectl-create',
      validation,
      body,
    });
    if (response.status >= 400) problems.push(serverRefusal(response, `error when creating "${source}": `));
    else printDone(call, objectAt(response.body), 'created');
  }
  const all = problems.length === 0 ? read.problems : [...problems, ...joined(read.problems)];
  if (count === 0 && all.length === 0) throw new KubectlError('error: no objects passed to create');
  if (all.length > 0) printError(call, closingMessages(all));
  return all.length > 0 ? 1 : 0;
}
