// What the editor asks about a text of manifests, and the forms of the answers.

import type { ReviewedDocument } from '../../shell/kubectl/review.ts';
import type { FormattedText } from '../../sim/index.ts';

export type { ReviewedDocument };

/** `offset`: where the cursor is, in UTF-16 units from the start of the text. */
export type ManifestQuestion =
  /** What would applying it change? */
  | { readonly kind: 'review'; readonly text: string }
  /** How does it look laid out evenly? */
  | { readonly kind: 'format'; readonly text: string };

export interface ManifestAnswers {
  /** Document by document; empty where there is no API server. */
  readonly review: readonly ReviewedDocument[];
  readonly format: FormattedText;
}
