// What a file's tab says of the file beside the cluster.

import type { ReviewedDocument } from '../../client/manifest/questions.ts';
import type { FileReview } from '../../store/fileReviews.ts';

/** The state of a file: that of the document that most asks for attention. `empty`: there is nothing to say. */
export type FileMark = ReviewedDocument['state'] | 'empty';

const ORDER = ['refused', 'changed', 'differs', 'new', 'same'] as const;

export function fileMark(review: FileReview | undefined): FileMark {
  if (review?.kind !== 'compared') return 'empty';
  return ORDER.find(state => review.documents.some(document => document.state === state)) ?? 'empty';
}

/** A line of a unified diff. `place`: the head of a hunk. */
export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'added' | 'place';
  readonly text: string;
  readonly key: string;
}

const KINDS: Readonly<Record<string, DiffLine['kind']>> = { ' ': 'same', '-': 'gone', '+': 'added', '@': 'place' };

/** The lines of hunks, without their first letter. */
export function diffLines(hunks: string): readonly DiffLine[] {
  return hunks
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      const kind = KINDS[line.charAt(0)] ?? 'same';
      return { kind, text: kind === 'place' ? line : line.slice(1), key: `${index} ${line}` };
    });
}
