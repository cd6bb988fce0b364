// What the editor says about a file.

import type { Diagnostic } from '../../client/port.ts';

/** What the bar above the text says. */
export type FileStatus =
  | { readonly kind: 'checking'; readonly text: string }
  | { readonly kind: 'fine'; readonly text: string }
  | { readonly kind: 'problems'; readonly text: string };

const count = (number: number, one: string, more: string): string => `${number} ${number === 1 ? one : more}`;

/** Errors and warnings are problems; hints are counted for themselves. */
export function fileStatus(diagnostics: readonly Diagnostic[], checked: 'current' | 'waiting'): FileStatus {
  if (checked === 'waiting') return { kind: 'checking', text: 'Checking…' };
  const hints = diagnostics.filter(each => each.severity === 'hint').length;
  const problems = diagnostics.length - hints;
  const hintText = hints === 0 ? '' : `, ${count(hints, 'hint', 'hints')}`;
  if (problems > 0) return { kind: 'problems', text: count(problems, 'problem', 'problems') + hintText };
  return { kind: 'fine', text: `No problems${hintText}` };
}

/** Where a problem is: `Line 11 · Service web · spec.ports[0].port`; without a field that the message names. */
export function placeOf({ range, object, field, message }: Diagnostic): string {
  const named = field !== undefined && message.includes(field) ? undefined : field;
  return [`Line ${range.startLine}`, object, named].filter(part => part !== undefined).join(' · ');
}

/** A problem of the list with a key of its own. */
export interface ListedProblem {
  readonly key: string;
  readonly problem: Diagnostic;
}

/** The problems from top to bottom, each once. */
export function listProblems(diagnostics: readonly Diagnostic[]): readonly ListedProblem[] {
  const listed = new Map<string, Diagnostic>();
  for (const problem of diagnostics) {
    const { range, severity, field, message } = problem;
    listed.set(`${range.startLine}:${range.startColumn} ${severity} ${field} ${message}`, problem);
  }
  return [...listed]
    .map(([key, problem]) => ({ key, problem }))
    .sort((a, b) => a.problem.range.startLine - b.problem.range.startLine);
}

const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

/** How the key of commands is called on this machine. */
export const applyKeys = (): string => (isApple() ? '⌘ Enter' : 'Ctrl+Enter');
export const tabKeys = (): string => (isApple() ? '⌃⇧M' : 'Ctrl+M');
