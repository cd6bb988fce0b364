// The same command lines by both kubectls: the real one on a served lab, the page's on another lab of the same manifests.

import { parseLine } from '../../../../src/shell/language/parseLine.ts';
import { realKubectl } from '../../../support/realKubectl.ts';
import { type Printed, serveLabForTest } from '../../../support/servedLab.ts';

/** Command lines that build on each other. */
export interface Sequence {
  readonly name: string;
  /** Names and texts of the files that `-f` names: in a folder for the real kubectl, in the editor for the page's. */
  readonly files?: Readonly<Record<string, string>>;
  readonly lines: readonly Line[];
}

/** One kubectl, with a here-document at most; `differs`: why the two do not print the same (listed in MODEL.md). */
export type Line = string | { readonly line: string; readonly differs: string };

/** The command line. */
export function textOf(line: Line): string {
  return typeof line === 'string' ? line : line.line;
}

/** What the real kubectl prints. */
export async function playReal({ files = {}, lines }: Sequence): Promise<readonly Printed[]> {
  const served = await serveLabForTest();
  const kubectl = realKubectl(served.url, files);
  const printed: Printed[] = [];
  try {
    for (const line of lines) {
      const { args, stdin } = wordsOf(textOf(line));
      printed.push(plain(await kubectl.run(args, { stdin })));
    }
  } finally {
    kubectl.close();
    await served.close();
  }
  return printed;
}

/** What the page's prints. */
export async function playPage({ files = {}, lines }: Sequence): Promise<readonly Printed[]> {
  const served = await serveLabForTest({ files: Object.entries(files).map(([name, text]) => ({ name, text })) });
  const printed: Printed[] = [];
  try {
    for (const line of lines) printed.push(plain(await served.run(textOf(line))));
  } finally {
    await served.close();
  }
  return printed;
}

/** What no two runs have in common: folders and times of `kubectl diff`. */
function plain({ stdout, stderr, code }: Printed): Printed {
  const fixed = (text: string): string =>
    text.replaceAll(/\/tmp\/(LIVE|MERGED)-\d+/g, '/tmp/$1').replaceAll(/^((?:---|\+\+\+) \S+\t).*$/gm, '$1TIME');
  return { stdout: fixed(stdout), stderr, code };
}

/** A command line as a shell hands it to kubectl. */
function wordsOf(line: string): { readonly args: readonly string[]; readonly stdin: string } {
  const parsed = parseLine(line);
  const command = parsed.kind === 'line' && parsed.steps.length === 1 ? parsed.steps[0]?.pipeline[0] : undefined;
  const [name, ...args] =
    command?.words.map(({ parts }) => parts.map(part => (part.kind === 'text' ? part.text : '')).join('')) ?? [];
  if (name !== 'kubectl') throw new Error(`one kubectl was expected: ${line}`);
  const here = command?.redirects.find(redirect => redirect.kind === 'here');
  return { args, stdin: here?.kind === 'here' ? here.body : '' };
}
