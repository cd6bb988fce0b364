// What the editor asks about a text of manifests, and the forms of the answers.

import type { ReviewedDocument } from '../../shell/kubectl/review.ts';
import type { FormattedText } from '../../sim/index.ts';
import type { FieldDescription } from './describe.ts';
import type { Suggestions } from './suggest.ts';

export type { FieldDescription, ReviewedDocument, Suggestions };

/** `offset`: where the cursor is, in UTF-16 units from the start of the text. */
export type ManifestQuestion =
  /** What would applying it change? */
  | { readonly kind: 'review'; readonly text: string }
  /** How does it look laid out evenly? */
  | { readonly kind: 'format'; readonly text: string }
  /** What can stand at the cursor? */
  | { readonly kind: 'suggest'; readonly text: string; readonly offset: number }
  /** What is the field at the pointer? */
  | { readonly kind: 'describe'; readonly text: string; readonly offset: number };

export interface ManifestAnswers {
  /** Document by document; empty where there is no API server. */
  readonly review: readonly ReviewedDocument[];
  readonly format: FormattedText;
  readonly suggest: Suggestions;
  readonly describe: FieldDescription | undefined;
}
