// kubectl set env: environment variables of Pods and Pod templates.
//
// Omits:   --resolve of fields and resources, which only a running Pod has.
// Read:    kubectl pkg/cmd/set/set_env.go, pkg/cmd/set/env.

import type { Json, JsonObject } from '../../../sim/index.ts';
import { at, listAt, objectAt, textAt } from '../fields.ts';
import { closingMessages } from '../manifests.ts';
import { type KubectlCall, KubectlError, ownRefusal, print, printError, type Refusal } from '../session.ts';
import type { Target } from '../targets.ts';
import type { Verb } from '../verb.ts';
import { type EnvSource, sourceOf, valueFrom, variablesFrom } from './envSource.ts';
import { isSelected, mapContainers, podSpecPlace, withValue } from './podSpec.ts';
import { pluralName, SET_FLAGS, sendUpdate, setTargets } from './update.ts';

export const env: Verb = {
  summary: 'Update environment variables on a pod template',
  usage: 'kubectl set env RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  flags: {
    ...SET_FLAGS,
    containers: { short: 'c', kind: 'value', initial: "'*'" },
    env: { short: 'e', kind: 'list' },
    from: { kind: 'value' },
    keys: { kind: 'words' },
    list: { kind: 'flag' },
    overwrite: { kind: 'flag', initial: 'true' },
    prefix: { kind: 'value' },
    resolve: { kind: 'flag' },
  },
  run: setEnv,
};

/** What is to change, by variable: an entry of `env`, or null when it goes. */
type Wanted = ReadonlyMap<string, JsonObject | null>;

async function setEnv(call: KubectlCall): Promise<number> {
  const { flags } = call;
  const isVariable = (word: string): boolean => word.includes('=') || (word.endsWith('-') && word !== '-');
  const resources = flags.words.filter(word => !isVariable(word) && word !== '-');
  const variables = [...flags.words.filter(isVariable), ...flags.list('env'), ...linesOfStdin(call)];
  if (resources.length === 0 && flags.list('filename').length === 0)
    throw new KubectlError('error: one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const wanted = new Map(variables.map(readVariable));
  const from = flags.value('from') ?? '';
  if (from !== '')
    for (const entry of variablesFrom(await sourceOf(call, from), flags.value('prefix') ?? '', flags.list('keys'))) {
      if (entry.warning !== undefined) printError(call, `${entry.warning}\n`);
      wanted.set(textAt(entry.variable, 'name'), entry.variable);
    }
  const { targets, problems } = await setTargets(call, resources);
  const refused: Refusal[] = [...problems];
  for (const target of targets) {
    const problem = await changeOne(call, target, wanted);
    if (problem !== undefined) refused.push(problem);
  }
  printError(call, closingMessages(refused));
  return refused.length > 0 ? 1 : 0;
}

function linesOfStdin({ flags, context }: KubectlCall): readonly string[] {
  return flags.words.includes('-') ? (context.stdin ?? '').split('\n').filter(line => line.includes('=')) : [];
}

const NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;

function readVariable(text: string): readonly [string, JsonObject | null] {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text.slice(0, -1) : text.slice(0, equals);
  if (!NAME.test(name))
    throw new KubectlError(
      `error: ${JSON.stringify(name)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
    );
  return [name, equals < 0 ? null : { name, value: text.slice(equals + 1) }];
}

async function changeOne(call: KubectlCall, target: Target, wanted: Wanted): Promise<Refusal | undefined> {
  const { flags } = call;
  const place = podSpecPlace(target);
  if (place.kind === 'none') return place.problem;
  const spec = objectAt(target.object, ...place.path);
  const pattern = flags.value('containers') ?? '*';
  const selected = listAt(spec, 'containers').filter(each => isSelected(pattern, objectAt(each)));
  if (selected.length === 0) {
    printError(
      call,
      `Warning: ${target.resource.kind}/${target.name} does not have any containers matching ${JSON.stringify(pattern)}\n`,
    );
    return undefined;
  }
  const mayOverwrite = flags.value('overwrite') === undefined || flags.has('overwrite');
  if (!mayOverwrite)
    for (const variable of selected.flatMap(each => listAt(each, 'env'))) {
      const name = textAt(variable, 'name');
      if (wanted.get(name))
        return ownRefusal(
          `${pluralName(target)} '${name}' already has a value (${textAt(variable, 'value')}), and --overwrite is false`,
        );
    }
  const updated = mapContainers(spec, 'containers', container =>
    isSelected(pattern, container) ? withVariables(container, wanted) : container,
  );
  if (flags.has('list')) {
    await listVariables(
      call,
      target,
      listAt(updated, 'containers').filter(each => isSelected(pattern, objectAt(each))),
    );
    return undefined;
  }
  return sendUpdate(call, target, withValue(target.object, place.path, updated), {
    path: 'set env',
    done: 'env updated',
    failure: 'failed to patch env update to pod template: ',
    unchanged: 'silent',
  });
}

function withVariables(container: JsonObject, wanted: Wanted): JsonObject {
  const now = listAt(container, 'env');
  const names = new Set(now.map(variable => textAt(variable, 'name')));
  const kept = now.flatMap((variable): Json[] => {
    const change = wanted.get(textAt(variable, 'name'));
    return change === undefined ? [variable] : change === null ? [] : [change];
  });
  const added = [...wanted].flatMap(([name, variable]) => (variable === null || names.has(name) ? [] : [variable]));
  if (now.length === 0 && added.length === 0) return container;
  const { env: _, ...rest } = container;
  return kept.length + added.length === 0 ? rest : { ...rest, env: [...kept, ...added] };
}

async function listVariables(
  call: KubectlCall,
  { resource, name }: Target,
  containers: readonly Json[],
): Promise<void> {
  const sources = new Map<string, EnvSource>();
  for (const container of containers) {
    print(call, `# ${resource.kind} ${name}, container ${textAt(container, 'name')}\n`);
    for (const variable of listAt(container, 'env')) {
      const key = textAt(variable, 'name');
      if (at(variable, 'valueFrom') === undefined) print(call, `${key}=${textAt(variable, 'value')}\n`);
      else print(call, `${await valueFrom(call, variable, sources)}\n`);
    }
  }
}
