// Go templates, filled in with an object: `-o go-template=...`.
//
// Read:    pkg.go.dev/text/template, exec.go for the words about what fails.

import { goText, isJsonArray, isJsonObject, type Json } from '../../../sim/index.ts';
import { FUNCTIONS, FunctionError, typeOf } from './functions.ts';
import { type Operand, type ParsedTemplate, type Pipe, parseTemplate, type TemplateNode } from './parse.ts';
import { isTrue, type Value } from './value.ts';

export type Rendered =
  | { readonly kind: 'text'; readonly text: string }
  /** What was printed before, and what went wrong, in Go's words. */
  | { readonly kind: 'failed'; readonly text: string; readonly message: string };

/** @throws TemplateSyntaxError */
export function parseGoTemplate(source: string): ParsedTemplate {
  return parseTemplate(source, Object.keys(FUNCTIONS));
}

class ExecutionError extends Error {}

interface Run {
  readonly source: string;
  readonly template: ParsedTemplate;
  readonly missing: 'empty' | 'error';
  text: string;
}

/** What a node sees: `.`, and the variables, the newest last. */
interface Scope {
  readonly dot: Value;
  readonly variables: { readonly name: string; value: Value }[];
}

type Flow = 'on' | 'break' | 'continue';

export function renderGoTemplate(
  source: string,
  template: ParsedTemplate,
  root: Json,
  missing: 'empty' | 'error',
): Rendered {
  const run: Run = { source, template, missing, text: '' };
  try {
    walk(run, template.nodes, { dot: root, variables: [{ name: '$', value: root }] });
    return { kind: 'text', text: run.text };
  } catch (error) {
    if (error instanceof ExecutionError) return { kind: 'failed', text: run.text, message: error.message };
    throw error;
  }
}

function failure(run: Run, at: number, text: string, message: string): ExecutionError {
  const before = run.source.slice(0, at).split('\n');
  return new ExecutionError(
    `template: output:${before.length}:${before.at(-1)?.length ?? 0}: executing "output" at <${text}>: ${message}`,
  );
}

function walk(run: Run, nodes: readonly TemplateNode[], scope: Scope): Flow {
  for (const node of nodes) {
    const flow = step(run, node, scope);
    if (flow !== 'on') return flow;
  }
  return 'on';
}

function inner(scope: Scope, dot: Value): Scope {
  return { dot, variables: [...scope.variables] };
}

function step(run: Run, node: TemplateNode, scope: Scope): Flow {
  switch (node.kind) {
    case 'text':
      run.text += node.text;
      return 'on';
    case 'print': {
      const value = pipeValue(run, node.pipe, scope);
      if (node.pipe.variables.length === 0)
        run.text += value === undefined || value === null ? '<no value>' : goText(value);
      return 'on';
    }
    case 'if':
    case 'with': {
      const own = inner(scope, scope.dot);
      const value = pipeValue(run, node.pipe, own);
      if (!isTrue(value)) return walk(run, node.otherwise, own);
      return walk(run, node.body, node.kind === 'with' ? inner(own, value) : own);
    }
    case 'range':
      return rangeOver(run, node, scope);
    case 'template': {
      const body = run.template.defined.get(node.name);
      if (body === undefined)
        throw failure(
          run,
          0,
          `{{template ${JSON.stringify(node.name)}}}`,
          `template ${JSON.stringify(node.name)} not defined`,
        );
      const dot = node.pipe === undefined ? undefined : pipeValue(run, node.pipe, scope);
      return walk(run, body, { dot, variables: [{ name: '$', value: dot }] });
    }
    case 'break':
    case 'continue':
      return node.kind;
  }
}

function rangeOver(
  run: Run,
  node: Extract<TemplateNode, { readonly kind: 'if' | 'with' | 'range' }>,
  scope: Scope,
): Flow {
  const { pipe } = node;
  const value = pipeValue(run, { ...pipe, variables: [] }, scope);
  const entries: readonly (readonly [Json, Value])[] = isJsonArray(value)
    ? value.map((item, i) => [i, item] as const)
    : isJsonObject(value)
      ? Object.keys(value)
          .sort()
          .map(key => [key, value[key]] as const)
      : typeof value === 'number' && Number.isInteger(value)
        ? Array.from({ length: value }, (_, i) => [i, i] as const)
        : [];
  if (entries.length === 0 && value !== undefined && value !== null && typeof value !== 'object' && value !== 0) {
    const [first] = pipe.commands[0] ?? [];
    throw failure(run, first?.at ?? 0, first?.text ?? '', `range can't iterate over ${goText(value)}`);
  }
  if (entries.length === 0) return walk(run, node.otherwise, inner(scope, scope.dot));
  for (const [key, item] of entries) {
    const own = inner(scope, item);
    const names = pipe.variables;
    const values = names.length === 1 ? [item] : [key, item];
    own.variables.push(...names.map((name, i) => ({ name, value: values[i] })));
    if (walk(run, node.body, own) === 'break') break;
  }
  return 'on';
}

function pipeValue(run: Run, pipe: Pipe, scope: Scope): Value {
  let value: Value;
  pipe.commands.forEach((command, i) => {
    value = commandValue(run, command, scope, i === 0 ? [] : [value]);
  });
  for (const name of pipe.variables) {
    const known = pipe.sets === 'known' ? scope.variables.findLast(variable => variable.name === name) : undefined;
    if (known !== undefined) known.value = value;
    else scope.variables.push({ name, value });
  }
  return value;
}

/** @param piped what the command before in the pipeline gave: the last argument */
function commandValue(run: Run, command: readonly Operand[], scope: Scope, piped: readonly Value[]): Value {
  const [first, ...args] = command;
  if (first === undefined) return undefined;
  if (first.base.kind !== 'function' || first.fields.length > 0) {
    if (args.length + piped.length > 0)
      throw failure(run, first.at, first.text, `can't give argument to non-function ${first.text}`);
    return operandValue(run, first, scope);
  }
  const { name } = first.base;
  const last = args.at(-1) ?? first;
  const text = run.source.slice(first.at, last.at + last.text.length);
  if (name === 'nil') throw failure(run, first.at, text, 'nil is not a command');
  return call(run, name, [...args.map(arg => operandValue(run, arg, scope)), ...piped], { at: first.at, text });
}

interface Spot {
  readonly at: number;
  readonly text: string;
}

function call(run: Run, name: string, args: readonly Value[], { at, text }: Spot): Value {
  try {
    return FUNCTIONS[name]?.(args);
  } catch (error) {
    if (error instanceof FunctionError) throw failure(run, at, text, `error calling ${name}: ${error.message}`);
    throw error;
  }
}

function operandValue(run: Run, operand: Operand, scope: Scope): Value {
  const { base, fields } = operand;
  const start = ((): Value => {
    switch (base.kind) {
      case 'dot':
        return scope.dot;
      case 'variable':
        return scope.variables.findLast(({ name }) => name === base.name)?.value;
      case 'literal':
        return base.value;
      case 'pipe':
        return pipeValue(run, base.pipe, scope);
      case 'function':
        return base.name === 'nil' ? null : call(run, base.name, [], operand);
    }
  })();
  return fields.reduce<Value>((value, field, i) => {
    if (isJsonObject(value)) {
      if (Object.hasOwn(value, field)) return value[field];
      if (run.missing === 'empty') return undefined;
      throw fieldFailure(run, operand, i, `map has no entry for key ${JSON.stringify(field)}`);
    }
    if (value === undefined) return undefined;
    throw fieldFailure(
      run,
      operand,
      i,
      value === null
        ? `nil pointer evaluating interface {}.${field}`
        : `can't evaluate field ${field} in type ${shownType(value)}`,
    );
  }, start);
}

function shownType(value: Json): string {
  return isJsonArray(value) ? typeOf(value) : 'interface {}';
}

/** Of several fields the last one's place is told. */
function fieldFailure(run: Run, { text, at, fieldsAt }: Operand, i: number, message: string): ExecutionError {
  return failure(run, fieldsAt.length > 1 ? (fieldsAt[Math.max(i, 1)] ?? at) : at, text, message);
}
