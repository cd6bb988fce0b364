// kubectl create KIND NAME: an object made of flags.
//
// Read:    kubectl pkg/cmd/create/create.go and the files beside it, one a kind.

import type { JsonObject } from '../../../sim/index.ts';
import { createMade, inNamedNamespace } from '../createMade.ts';
import { GENERATOR } from '../flagGroups.ts';
import type { FlagTable } from '../flags.ts';
import type { KubectlCall } from '../session.ts';
import type { Verb } from '../verb.ts';
import { dryRunOf, usageError, validationOf } from '../writing.ts';

/** How an object is made of flags. */
export interface Generator {
  readonly summary: string;
  /** Behind `kubectl create NAME-OF-VERB`: `NAME --image=image`. */
  readonly usage: string;
  readonly aliases?: readonly string[];
  /** Beside those that all generators have. */
  readonly flags: FlagTable;
  /** What stands in front of the server's message when it refuses: `failed to create deployment: `. */
  readonly failure?: string;
  /** The object as Go prints it: with the fields that are there even when they are empty. */
  make(call: KubectlCall, name: string): Promise<JsonObject> | JsonObject;
}

/** @param path its words: `create deployment` */
export function generatorVerb(path: string, generator: Generator): Verb {
  return {
    summary: generator.summary,
    usage: `kubectl ${path} ${generator.usage}`,
    ...(generator.aliases !== undefined && { aliases: generator.aliases }),
    flags: { ...GENERATOR, ...generator.flags },
    async run(call) {
      const name = nameOf(call, path);
      dryRunOf(call);
      await createGenerated(call, await generator.make(call, name), generator.failure);
      return 0;
    },
  };
}

/** The one NAME of a command. Source: `NameFromCommandArgs`. */
export function nameOf(call: KubectlCall, path: string): string {
  const { words } = call.flags;
  const [name] = words;
  if (name === undefined || words.length !== 1)
    throw usageError(path, `exactly one NAME is required, got ${words.length}`);
  return name;
}

/** The command behind `--`, if there is one. */
export function commandOf(call: KubectlCall): { readonly command?: readonly string[] } {
  const { after = [] } = call.flags;
  return after.length === 0 ? {} : { command: after };
}

async function createGenerated(call: KubectlCall, made: JsonObject, failure: string | undefined): Promise<void> {
  const isNamespaced = made.kind !== 'Namespace' && !CLUSTER_KINDS.has(String(made.kind));
  const validation = validationOf(call);
  await createMade(call, isNamespaced ? inNamedNamespace(call, made) : made, {
    done: 'created',
    manager: 'kubectl-create',
    namespace: call.namespace,
    validation,
    failure,
  });
}

/** Kinds of generators that belong to no namespace. */
const CLUSTER_KINDS: ReadonlySet<string> = new Set(['ClusterRole', 'ClusterRoleBinding', 'PriorityClass']);

/** The metadata of a new object: Go 1.32 prints the time of its creation, which it does not have yet. */
export function newMetadata(name: string, more: JsonObject = {}): JsonObject {
  return { creationTimestamp: null, name, ...more };
}
