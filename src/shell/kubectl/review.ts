// What applying a file would change, one document after the other: `kubectl diff` of each, and whether the file or the
// cluster went its own way since the last apply. Everything is asked as a dry run.

import { isLabConfig, type JsonObject, type LabHost, readManifests } from '../../sim/index.ts';
import type { CommandContext } from '../command.ts';
import { diff, differencesOf, pairOf } from './diff.ts';
import { textAt } from './fields.ts';
import { parseFlags } from './flags.ts';
import { LAST_APPLIED, rememberedText } from './lastApplied.ts';
import { manifestsOf } from './manifests.ts';
import { type KubectlCall, KubectlError } from './session.ts';

/** What applying one document would do. */
export interface ReviewedDocument {
  /** Counted from 1, and the line at which it begins. */
  readonly document: number;
  readonly line: number;
  /** `Service web`; what has no kind is a `Document`. */
  readonly object: string;
  /**
   * - `new`: the cluster does not have it.
   * - `same`: applying it changes nothing.
   * - `changed`: the file is not what was applied last.
   * - `differs`: the cluster has something else, although the file is what was applied last (or never was applied).
   * - `refused`: the server would not take it.
   */
  readonly state: 'new' | 'same' | 'changed' | 'differs' | 'refused';
  /** Hunks of a unified diff, from the object as it is to the object as it would be. */
  readonly hunks: string;
  /** Why it would be refused, in kubectl's words. */
  readonly message?: string;
}

/** A larger file is not compared: it would hold up whoever types. */
export const MOST_REVIEWED = 100;

export interface ReviewedLab {
  readonly lab: LabHost;
  request: CommandContext['request'];
}

/** Compares a file with the cluster; what is beyond {@link MOST_REVIEWED} documents is left out. */
export async function reviewManifests(
  text: string,
  { lab, request }: ReviewedLab,
): Promise<readonly ReviewedDocument[]> {
  const read = readManifests(text);
  if (read.kind === 'refused') return [];
  const ask = rememberAnswers(request);
  const reviewed: ReviewedDocument[] = [];
  for (const document of read.documents.slice(0, MOST_REVIEWED)) {
    const { value, number } = document;
    if (value !== undefined && isLabConfig(value)) continue;
    const [problem] = document.problems;
    const place = { document: number, line: problem?.span.startLine ?? document.spanOf([], 'value').startLine };
    if (value === undefined) {
      const message = `yaml: line ${place.line}: ${problem?.message ?? 'no value'}`;
      reviewed.push({ ...place, object: 'Document', state: 'refused', hunks: '', message });
      continue;
    }
    const object = [textAt(value, 'kind') || 'Document', textAt(value, 'metadata', 'name')].join(' ').trim();
    reviewed.push({ ...place, object, ...(await reviewOne(callWith(JSON.stringify(value), lab, ask))) });
  }
  return reviewed;
}

type Finding = Pick<ReviewedDocument, 'state' | 'hunks' | 'message'>;

async function reviewOne(call: KubectlCall): Promise<Finding> {
  try {
    const { manifests, problems } = await manifestsOf(call);
    const [problem] = problems;
    if (problem !== undefined) throw new KubectlError(problem.alone);
    const found: Finding[] = [];
    for (const manifest of manifests) {
      const pair = await pairOf(call, manifest);
      const hunks = differencesOf(call, pair);
      found.push({ state: stateOf(pair.live, manifest.object, hunks), hunks });
    }
    return joined(found);
  } catch (error) {
    if (!(error instanceof KubectlError)) throw error;
    return { state: 'refused', hunks: '', message: error.message };
  }
}

function stateOf(live: JsonObject | undefined, object: JsonObject, hunks: string): ReviewedDocument['state'] {
  if (live === undefined) return 'new';
  if (hunks === '') return 'same';
  const before = textAt(live, 'metadata', 'annotations', LAST_APPLIED);
  return before === '' || before === rememberedText(object) ? 'differs' : 'changed';
}

/** A List is one document with several objects: the first state that asks for attention is its own. */
function joined(found: readonly Finding[]): Finding {
  const order = ['changed', 'differs', 'new', 'same'] as const;
  const state = order.find(each => found.some(finding => finding.state === each)) ?? 'same';
  return { state, hunks: found.map(({ hunks }) => hunks).join('') };
}

/** `kubectl diff -f -` with one document at its input, on a machine that can do nothing but ask the server. */
function callWith(stdin: string, lab: LabHost, request: CommandContext['request']): KubectlCall {
  const parsed = parseFlags(['-f', '-'], diff.flags);
  if (parsed.kind === 'refused') throw new KubectlError(parsed.message);
  const context: CommandContext = {
    place: { kind: 'host', netns: '', hostname: '', prompt: '', hasKubectl: true },
    isTerminal: false,
    stdin,
    output: { write: () => undefined },
    request,
    lab,
    files: new Map(),
    exchange: () => {
      throw new KubectlError('error: a review sends no packets');
    },
    sleep: () => undefined,
    isCancelled: () => false,
    breathe: () => Promise.resolve(),
    runAt: () => Promise.resolve(127),
    enter: () => undefined,
  };
  return { flags: parsed.flags, context, namespace: 'default' };
}

/** Nothing changes during a review, so what was read once is not asked again: discovery above all. */
function rememberAnswers(request: CommandContext['request']): CommandContext['request'] {
  const answers = new Map<string, ReturnType<CommandContext['request']>>();
  return asked => {
    if (asked.method !== 'GET') return request(asked);
    const key = `${asked.path} ${JSON.stringify(asked.query ?? {})}`;
    const answer = answers.get(key) ?? request(asked);
    answers.set(key, answer);
    return answer;
  };
}
