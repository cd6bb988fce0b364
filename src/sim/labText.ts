// The text that a lab opens from: a Lab config (anywhere in it, at most one), and objects.

import type { Json } from './api/request.ts';
import { isLabConfig, type LabConfig, readLabConfig } from './labConfig.ts';
import { type ManifestDocument, readManifests, type TextSpan } from './manifest/read.ts';

/** Why a text does not open as a lab, and where. */
export interface OpenProblem {
  readonly message: string;
  readonly span: TextSpan;
  readonly document: number;
}

export type ReadLabText =
  /** `documents`: the objects, in their order. */
  | { readonly kind: 'read'; readonly config: LabConfig; readonly documents: readonly ObjectDocument[] }
  | { readonly kind: 'refused'; readonly problems: readonly OpenProblem[] };

interface ObjectDocument extends ManifestDocument {
  readonly value: Json;
}

const TOP: TextSpan = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };

export function readLabText(text: string): ReadLabText {
  const read = readManifests(text);
  if (read.kind === 'refused') return { kind: 'refused', problems: [{ message: read.reason, span: TOP, document: 1 }] };
  const problems: OpenProblem[] = read.documents.flatMap(document =>
    document.problems.map(problem => ({
      message: `yaml: line ${problem.span.startLine}: ${problem.message}`,
      span: problem.span,
      document: document.number,
    })),
  );
  const documents = read.documents.filter(hasValue);
  const [first, ...extras] = documents.filter(({ value }) => isLabConfig(value));
  for (const extra of extras)
    problems.push({
      message: 'a second Lab config: one was expected',
      span: extra.spanOf([], 'key'),
      document: extra.number,
    });
  const config = readLabConfig(first?.value);
  if (config.kind === 'problems') {
    for (const problem of config.problems) {
      problems.push({
        message: `${problem.path.join('.')}: ${problem.message}`,
        span: first?.spanOf(problem.path, 'value') ?? TOP,
        document: first?.number ?? 1,
      });
    }
    return { kind: 'refused', problems };
  }
  if (problems.length > 0) return { kind: 'refused', problems };
  const objects = documents.filter(({ value }) => !isLabConfig(value));
  return { kind: 'read', config: config.config, documents: objects };
}

function hasValue(document: ManifestDocument): document is ObjectDocument {
  return document.value !== undefined;
}
