// The YAML fences of a lesson: ```yaml check (goals) and ```yaml when (near misses).

import type { Code, Nodes } from 'mdast';
import type { Json } from '../../sim/index.ts';
import type { CheckSpec } from '../check.ts';
import type { ReadyCheck } from '../checks/checkKind.ts';
import { CHECKS } from '../checks/index.ts';
import { readCheck } from '../checks/readCheck.ts';
import { faultMessage } from '../faultWords.ts';
import { isList, isMap, type Path } from '../schema.ts';
import { type Compilation, placeOf, report } from './compilation.ts';
import { type LocatedYaml, readYaml } from './locatedYaml.ts';

/** A check as it was written, and read. */
export interface CompiledCheck {
  readonly spec: CheckSpec;
  readonly check: ReadyCheck;
  /** The author's words for the goal. */
  readonly goal?: string;
  readonly node: Code;
}

/** Whether a node is such a fence. */
export function isFence(node: Nodes, purpose: 'check' | 'when'): node is Code {
  return node.type === 'code' && node.lang === 'yaml' && node.meta?.trim() === purpose;
}

/** The checks of a fence; what cannot be read is reported and left out. */
export function compileFence(compilation: Compilation, node: Code): readonly CompiledCheck[] {
  const origin = placeOf(node);
  const yaml = readYaml(node.value, { line: origin.line + 1, column: origin.column });
  if (yaml.kind === 'faulty') {
    for (const fault of yaml.faults) report(compilation, fault, fault.message, fault.expected);
    return [];
  }
  const { value } = yaml;
  const entries: readonly Json[] = isList(value) ? value : [value];
  if (entries.length === 0) report(compilation, node, 'the block holds no check', '"- probe: {...}" or another check');
  return entries.flatMap((entry, index) => {
    const at: Path = isList(value) ? [index] : [];
    const prefix = entries.length > 1 ? `check ${index + 1}: ` : '';
    return compileEntry(compilation, node, entry, { yaml, at, prefix });
  });
}

interface EntryPlace {
  readonly yaml: Extract<LocatedYaml, { readonly kind: 'read' }>;
  readonly at: Path;
  readonly prefix: string;
}

function compileEntry(
  compilation: Compilation,
  node: Code,
  entry: Json,
  { yaml, at, prefix }: EntryPlace,
): readonly CompiledCheck[] {
  const { goal, spec } = withoutGoal(entry);
  if (goal !== undefined && (typeof goal !== 'string' || goal.trim() === '')) {
    report(compilation, yaml.placeOf([...at, 'goal']), `${prefix}"goal" must be a sentence`, 'a sentence');
  }
  const reading = readCheck(spec, CHECKS);
  if (reading.kind === 'faulty') {
    for (const fault of reading.faults) {
      report(compilation, yaml.placeOf([...at, ...fault.path]), `${prefix}${faultMessage(fault)}`, fault.expected);
    }
    return [];
  }
  const check = reading.value;
  return isSpec(spec) ? [{ spec, check, node, ...(typeof goal === 'string' && { goal: goal.trim() }) }] : [];
}

function withoutGoal(entry: Json): { readonly goal: Json | undefined; readonly spec: Json } {
  if (!isMap(entry) || !Object.hasOwn(entry, 'goal')) return { goal: undefined, spec: entry };
  const { goal, ...spec } = entry;
  return { goal, spec };
}

function isSpec(value: Json): value is CheckSpec & { readonly [key: string]: Json } {
  return isMap(value);
}
