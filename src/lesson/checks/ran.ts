// `ran`: a command of the learner printed this. Only where nothing but the command can tell: looking something up.
//
// What was printed counts, not what was typed: `kubectl get pods -o wide` and `kubectl describe pod web` both show web's
// address. `command` narrows it to command lines that match, for the rare case where the tool itself is the goal.

import type { CheckResult } from '../check.ts';
import type { CommandRun, LabFacts } from '../checkContext.ts';
import { oneOrMore, type RecordOf, record } from '../schema.ts';
import { defineLabCheck } from './checkKind.ts';
import { pattern } from './pattern.ts';

/** Longer outputs are judged by their beginning. */
const LONGEST_OUTPUT = 100_000;

const required = { prints: oneOrMore(pattern()) };
const optional = { command: pattern() };
type Fields = RecordOf<typeof required, typeof optional>;

/** Passed by a command that printed this. */
export const ran = defineLabCheck<Fields>({
  name: 'ran',
  sort: 'happened',
  fields: record(required, optional),
  goal: () => 'Look it up in the terminal',
  evaluate,
});

function evaluate(fields: Fields, facts: LabFacts): CheckResult {
  const runs = facts.commands();
  const fitting = [...runs].reverse().find(run => fits(fields, run));
  if (fitting !== undefined) {
    return { kind: 'passed', evidence: `"${fitting.line}" printed it`, stamp: fitting.sequence };
  }
  const last = runs[runs.length - 1];
  return {
    kind: 'failed',
    because: last === undefined ? 'no command was run yet' : `"${last.line}" did not print it`,
  };
}

function fits(fields: Fields, run: CommandRun): boolean {
  if (fields.command !== undefined && !fields.command.test(run.line)) return false;
  const output = run.output.slice(0, LONGEST_OUTPUT);
  return fields.prints.every(wanted => wanted.test(output));
}
