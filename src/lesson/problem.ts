// What an author got wrong, where, and what was expected.

/** Something in a lesson's files that is not as it must be. Lines and columns count from 1. */
export interface LessonProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What is wrong, as a sentence without a full stop. */
  readonly message: string;
  /** What was expected instead. */
  readonly expected: string;
}

/** A place in a file. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** `lessons/01-pod-network/01-four-problems.md:12:3: "expect" must be ... (expected ...)`. */
export function formatProblem(problem: LessonProblem): string {
  const { file, line, column, message, expected } = problem;
  const said = message.includes(expected) ? '' : ` (expected ${expected})`;
  return `${file}:${line}:${column}: ${message}${said}`;
}
