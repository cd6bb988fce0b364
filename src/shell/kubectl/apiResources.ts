// kubectl api-resources and api-versions: what the server has.
//
// Read:    kubectl pkg/cmd/apiresources.

import { compare } from './describe/lines.ts';
import { listAt, textAt } from './fields.ts';
import type { Flags } from './flags.ts';
import { type ApiResource, discover } from './resources.ts';
import { KubectlError, mustGet, print, refuseWords } from './session.ts';
import { alignTabs, TABLE_STYLE } from './tabwriter.ts';
import type { Verb } from './verb.ts';

export const apiResources: Verb = {
  summary: 'Print the supported API resources on the server',
  usage: 'kubectl api-resources [flags]',
  flags: {
    'api-group': { kind: 'value' },
    cached: { kind: 'flag' },
    categories: { kind: 'words' },
    namespaced: { kind: 'flag', initial: 'true' },
    'no-headers': { kind: 'flag' },
    output: { short: 'o', kind: 'value' },
    'sort-by': { kind: 'value' },
    verbs: { kind: 'words' },
  },
  run: async call => {
    const { flags } = call;
    refuseWords(call, 'api-resources');
    const output = flags.value('output') ?? '';
    if (!['', 'wide', 'name'].includes(output)) throw new KubectlError(`error: --output ${output} is not available`);
    const field = flags.value('sort-by') ?? '';
    if (!['', 'name', 'kind'].includes(field)) throw new KubectlError('error: --sort-by accepts only name or kind');
    const resources = [...(await discover(call))]
      .filter(resource => resource.verbs.length > 0 && isWanted(resource, flags))
      .sort((a, b) => compare(a.group, b.group) || compare(a.name, b.name));
    if (field === 'name') resources.sort((a, b) => compare(a.name, b.name));
    if (field === 'kind') resources.sort((a, b) => compare(a.kind, b.kind));
    if (output === 'name') {
      print(call, resources.map(({ name, group }) => `${name}${group === '' ? '' : `.${group}`}\n`).join(''));
      return 0;
    }
    const isWide = output === 'wide';
    const lines = resources.map(resource =>
      [
        resource.name,
        resource.shortNames.join(','),
        resource.apiVersion,
        String(resource.namespaced),
        resource.kind,
        ...(isWide ? [resource.verbs.join(','), resource.categories.join(',')] : []),
      ].join('\t'),
    );
    const header = [
      'NAME',
      'SHORTNAMES',
      'APIVERSION',
      'NAMESPACED',
      'KIND',
      ...(isWide ? ['VERBS', 'CATEGORIES'] : []),
    ];
    const all = [...(flags.has('no-headers') ? [] : [header.join('\t')]), ...lines];
    if (all.length > 0) print(call, `${alignTabs(all.join('\n'), TABLE_STYLE)}\n`);
    return 0;
  },
};

function isWanted({ group, namespaced, verbs, categories }: ApiResource, flags: Flags): boolean {
  const inGroup = flags.value('api-group') === undefined || flags.value('api-group') === group;
  const inScope = flags.value('namespaced') === undefined || flags.has('namespaced') === namespaced;
  return (
    inGroup &&
    inScope &&
    flags.list('verbs').every(verb => verbs.includes(verb)) &&
    flags.list('categories').every(category => categories.includes(category))
  );
}

export const apiVersions: Verb = {
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  usage: 'kubectl api-versions',
  flags: {},
  run: async call => {
    refuseWords(call, 'api-versions');
    const core = listAt(await mustGet(call, '/api'), 'versions').map(String);
    const groups = listAt(await mustGet(call, '/apis'), 'groups').flatMap(group =>
      listAt(group, 'versions').map(version => textAt(version, 'groupVersion')),
    );
    print(
      call,
      [...core, ...groups]
        .sort(compare)
        .map(version => `${version}\n`)
        .join(''),
    );
    return 0;
  },
};
