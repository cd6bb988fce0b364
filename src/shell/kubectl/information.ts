// kubectl api-resources and version: what the server has.
//
// Read:    kubectl pkg/cmd/apiresources, pkg/cmd/version.

import type { FlagTable } from './flags.ts';
import { discover } from './resources.ts';
import { type KubectlCall, print } from './session.ts';
import { alignTabs, TABLE_STYLE } from './tabwriter.ts';

export const API_RESOURCES_FLAGS: FlagTable = { 'no-headers': { kind: 'flag' }, output: { short: 'o', kind: 'value' } };

export async function apiResources(call: KubectlCall): Promise<number> {
  const resources = [...(await discover(call))].sort((a, b) =>
    a.group === b.group ? (a.name < b.name ? -1 : 1) : a.group < b.group ? -1 : 1,
  );
  if (call.flags.value('output') === 'name') {
    print(call, resources.map(({ name, group }) => `${name}${group === '' ? '' : `.${group}`}\n`).join(''));
    return 0;
  }
  const lines = resources.map(({ name, shortNames, apiVersion, namespaced, kind }) =>
    [name, shortNames.join(','), apiVersion, String(namespaced), kind].join('\t'),
  );
  const header = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND'].join('\t');
  print(call, `${alignTabs([...(call.flags.has('no-headers') ? [] : [header]), ...lines].join('\n'), TABLE_STYLE)}\n`);
  return 0;
}
