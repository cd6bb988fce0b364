// kubectl create role, clusterrole, rolebinding and clusterrolebinding.
//
// Read:    kubectl pkg/cmd/create/create_role.go, create_clusterrole.go, create_rolebinding.go, create_clusterrolebinding.go.

import type { Json, JsonObject } from '../../../sim/index.ts';
import type { FlagTable } from '../flags.ts';
import { discover, findResource } from '../resources.ts';
import { type KubectlCall, KubectlError, printError } from '../session.ts';
import { type Generator, newMetadata } from './generator.ts';

const RULE: FlagTable = {
  resource: { kind: 'words' },
  'resource-name': { kind: 'list' },
  verb: { kind: 'words' },
};

const SUBJECTS: FlagTable = {
  group: { kind: 'list' },
  serviceaccount: { kind: 'list' },
  user: { kind: 'list' },
};

export const role: Generator = {
  summary: 'Create a role with single rule',
  usage:
    'NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: RULE,
  async make(call, name) {
    const verbs = verbsOf(call);
    if (verbs.length === 0) throw new KubectlError('error: at least one verb must be specified');
    warnOfVerbs(call, verbs, RESOURCE_VERBS, 'resource');
    if (call.flags.list('resource').length === 0)
      throw new KubectlError('error: at least one resource must be specified');
    return {
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'Role',
      metadata: newMetadata(name),
      rules: await resourceRules(call, verbs),
    };
  },
};

export const clusterRole: Generator = {
  summary: 'Create a cluster role',
  usage: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  flags: { ...RULE, 'aggregation-rule': { kind: 'list' }, 'non-resource-url': { kind: 'words' } },
  async make(call, name) {
    const { flags } = call;
    const object = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: newMetadata(name) };
    const aggregated = flags.list('aggregation-rule');
    const [verbs, urls] = [verbsOf(call), flags.list('non-resource-url')];
    if (aggregated.length > 0) {
      if (verbs.length + urls.length + flags.list('resource').length + flags.list('resource-name').length > 0)
        throw new KubectlError(
          'error: aggregation rule must be specified without nonResourceURLs, resources or resourceNames',
        );
      const labels = Object.fromEntries(
        aggregated
          .flatMap(text => text.split(','))
          .map(pair => {
            const at = pair.indexOf('=');
            return [pair.slice(0, at), pair.slice(at + 1)];
          }),
      );
      return { ...object, aggregationRule: { clusterRoleSelectors: [{ matchLabels: labels }] }, rules: null };
    }
    if (verbs.length === 0) throw new KubectlError('error: at least one verb must be specified');
    const hasResources = flags.list('resource').length > 0;
    if (!hasResources && urls.length === 0)
      throw new KubectlError('error: one of resource or nonResourceURL must be specified');
    if (hasResources) warnOfVerbs(call, verbs, RESOURCE_VERBS, 'resource');
    for (const url of urls) {
      if (url === '*') continue;
      if (url === '' || !url.startsWith('/')) throw new KubectlError('error: nonResourceURL should start with /');
      if (url.slice(0, -1).includes('*'))
        throw new KubectlError("error: nonResourceURL only supports wildcard matches when '*' is at the end");
    }
    if (urls.length > 0) warnOfVerbs(call, verbs, URL_VERBS, 'nonResource');
    return {
      ...object,
      rules: [
        ...(hasResources ? await resourceRules(call, verbs) : []),
        ...(urls.length > 0 ? [{ nonResourceURLs: urls, verbs }] : []),
      ],
    };
  },
};

/** Each verb once; `*` stands for all. */
function verbsOf(call: KubectlCall): readonly string[] {
  const verbs = call.flags.list('verb').map(verb => verb.trim());
  return verbs.includes('*') ? ['*'] : [...new Set(verbs)];
}

const RESOURCE_VERBS =
  '* get delete list create update patch watch proxy deletecollection use bind escalate impersonate'.split(' ');
const URL_VERBS = '* get put post head options delete patch'.split(' ');

function warnOfVerbs(call: KubectlCall, verbs: readonly string[], known: readonly string[], of: string): void {
  for (const verb of verbs)
    if (!known.includes(verb)) printError(call, `Warning: '${verb}' is not a standard ${of} verb\n`);
}

/** One rule for each API group. */
async function resourceRules(call: KubectlCall, verbs: readonly string[]): Promise<readonly Json[]> {
  const names = [...new Set(call.flags.list('resource-name'))];
  const all = await discover(call);
  const byGroup = new Map<string, string[]>();
  const asked = call.flags.list('resource');
  for (const text of asked.includes('*') ? ['*'] : asked) {
    const [word = '', subresource] = text.split('/');
    const resource = word === '*' ? { name: '*', group: '' } : findResource(all, word);
    if (resource === undefined)
      throw new KubectlError(
        word === ''
          ? 'error: resource name cannot be empty'
          : `the server doesn't have a resource type ${JSON.stringify(word.split('.')[0])}`,
      );
    const group = asked.includes('*') ? '*' : resource.group;
    const entry = subresource === undefined ? resource.name : `${resource.name}/${subresource}`;
    const known = byGroup.get(group) ?? [];
    if (!known.includes(entry)) byGroup.set(group, [...known, entry]);
  }
  return [...byGroup]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, resources]) => ({
      apiGroups: [group],
      ...(names.length > 0 && { resourceNames: names }),
      resources,
      verbs,
    }));
}

export const roleBinding: Generator = {
  summary: 'Create a role binding for a particular role or cluster role',
  usage:
    'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: { ...SUBJECTS, clusterrole: { kind: 'value' }, role: { kind: 'value' } },
  failure: 'failed to create rolebinding: ',
  make(call, name) {
    const [own = '', clusterWide = ''] = [call.flags.value('role'), call.flags.value('clusterrole')];
    if ((own === '') === (clusterWide === ''))
      throw new KubectlError('error: exactly one of clusterrole or role must be specified');
    const roleRef = own === '' ? refTo('ClusterRole', clusterWide) : refTo('Role', own);
    return bindingOf(call, 'RoleBinding', name, roleRef);
  },
};

export const clusterRoleBinding: Generator = {
  summary: 'Create a cluster role binding for a particular cluster role',
  usage:
    'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  flags: { ...SUBJECTS, clusterrole: { kind: 'value', isRequired: true } },
  failure: 'failed to create clusterrolebinding: ',
  make: (call, name) =>
    bindingOf(call, 'ClusterRoleBinding', name, refTo('ClusterRole', call.flags.value('clusterrole') ?? '')),
};

const refTo = (kind: string, name: string): JsonObject => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name });

function bindingOf(call: KubectlCall, kind: string, name: string, roleRef: JsonObject): JsonObject {
  const subjects = subjectsOf(call);
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: newMetadata(name),
    roleRef,
    ...(subjects.length > 0 && { subjects }),
  };
}

/** Who --user, --group and --serviceaccount name. */
export function subjectsOf(call: KubectlCall): readonly JsonObject[] {
  const { flags } = call;
  const people = (kind: string, flag: string): readonly JsonObject[] =>
    flags.list(flag).map(name => ({ apiGroup: 'rbac.authorization.k8s.io', kind, name }));
  const accounts = flags.list('serviceaccount').map(text => {
    const parts = text.split(':');
    const [namespace = '', name = ''] = parts;
    if (parts.length !== 2 || namespace === '' || name === '')
      throw new KubectlError('error: serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name, namespace };
  });
  return [...people('User', 'user'), ...people('Group', 'group'), ...accounts];
}
