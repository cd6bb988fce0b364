// Completion of kubectl's words: verbs, kinds, names, flags, containers.

import type { CommandContext } from '../command.ts';
import { listAt, textAt } from './fields.ts';
import { type FlagTable, parseFlags } from './flags.ts';
import { discover, findResource, pathOf } from './resources.ts';
import { type KubectlCall, mustGet } from './session.ts';

/** @param words what stands after `kubectl`; the last one is being typed */
export async function completeKubectl(
  words: readonly string[],
  context: CommandContext,
  verbs: Readonly<Record<string, { readonly flags: FlagTable }>>,
): Promise<readonly string[]> {
  const typed = words.at(-1) ?? '';
  const [name = ''] = words;
  if (words.length <= 1) return Object.keys(verbs);
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined || words.slice(1, -1).includes('--')) return [];
  const before = words.at(-2) ?? '';
  if (before === '-f' || before === '--filename') return [...context.files.keys(), '-'];
  if (before === '-o' || before === '--output') return ['wide', 'yaml', 'json', 'name', 'jsonpath='];
  const namesOf = async (kind: string, namespace: string): Promise<readonly string[]> => {
    const call = callFor(context, namespace);
    const resource = findResource(await discover(call), kind);
    if (resource === undefined) return [];
    const list = await mustGet(call, pathOf(resource, namespace));
    return listAt(list, 'items').map(item => textAt(item, 'metadata', 'name'));
  };
  if (before === '-n' || before === '--namespace') return namesOf('namespaces', 'default');
  if (typed.startsWith('-')) return Object.keys(verb.flags).map(flag => `--${flag}`);
  const parsed = parseFlags(words.slice(1, -1), verb.flags);
  if (parsed.kind === 'refused') return [];
  const { flags } = parsed;
  const namespace = flags.value('namespace') ?? 'default';
  if (name === 'exec') {
    if (flags.words.length > 0) return ['--'];
    return namesOf('pods', namespace);
  }
  if (name === 'run' || name === 'create' || name === 'apply')
    return name === 'create' ? ['deployment', 'service', 'namespace'] : [];
  const [kind] = flags.words;
  if (kind !== undefined) return namesOf(kind, namespace);
  if (typed.includes('/')) {
    const type = typed.slice(0, typed.indexOf('/'));
    return (await namesOf(type, namespace)).map(found => `${type}/${found}`);
  }
  const resources = await discover(callFor(context, namespace));
  // The short name that was typed is right as it is; otherwise the full names are offered.
  return resources.flatMap(resource => [resource.name, ...resource.shortNames.filter(short => short === typed)]);
}

function callFor(context: CommandContext, namespace: string): KubectlCall {
  const flags = { words: [], has: () => false, value: () => undefined, list: () => [], given: [] };
  return { flags, context, namespace };
}
