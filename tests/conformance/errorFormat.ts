// error-format.json: the text of field errors, and what kubectl prints of a refused object.

import { readFileSync } from 'node:fs';
import { invalidText } from '../../src/shell/kubectl/session.ts';
import { invalidObject, statusOf } from '../../src/sim/api/apiError.ts';
import {
  type FieldError,
  type FieldErrorType,
  formatFieldError,
  tooLong,
  typeText,
} from '../../src/sim/api/fieldError.ts';
import { ROOT_PATH } from '../../src/sim/api/fieldPath.ts';
import type { Json } from '../../src/sim/api/request.ts';
import { type CaseResult, expectEqual, failed } from './outcome.ts';

interface ErrorParts {
  readonly type: FieldErrorType;
  readonly field: string;
  readonly badValue?: Json;
  readonly detail?: string | null;
}

type FormatCase =
  | ({ readonly layer: 'field error'; readonly expect: string } & ErrorParts)
  | {
      readonly layer: 'kubectl stderr';
      readonly kind: string;
      readonly name: string;
      readonly errors: readonly ErrorParts[];
      readonly expect: string;
    };

interface FormatFile {
  readonly errorTypeText: Readonly<Record<FieldErrorType, string>>;
  readonly cases: readonly FormatCase[];
}

export function runErrorFormat(file: string): readonly CaseResult[] {
  const { errorTypeText, cases }: FormatFile = JSON.parse(readFileSync(file, 'utf8'));
  const types = Object.entries(errorTypeText).map(([type, text]) => ({
    name: `text of ${type}`,
    outcome: expectEqual(typeText(type as FieldErrorType), text),
  }));
  const texts = cases.map((each, i): CaseResult => {
    const name = `${each.layer} ${i + 1}`;
    switch (each.layer) {
      case 'field error':
        return { name, outcome: expectEqual(formatFieldError(errorOf(each)), each.expect) };
      case 'kubectl stderr': {
        const status = statusOf(invalidObject(each.kind, '', each.name, each.errors.map(errorOf)));
        return { name, outcome: expectEqual(`${invalidText(status)}\n`, each.expect) };
      }
      default:
        return { name, outcome: failed('a known layer', (each as { readonly layer: string }).layer) };
    }
  });
  return [...types, ...texts];
}

function errorOf({ type, field, badValue, detail }: ErrorParts): FieldError {
  const place = { ...ROOT_PATH, text: field };
  // Upstream makes these from a limit, which the vectors give in place of a value.
  if (type === 'FieldValueTooLong' && typeof badValue === 'object' && badValue !== null && 'maxLength' in badValue)
    return tooLong(place, Number(badValue.maxLength));
  return { type, path: place, detail: detail ?? '', ...(badValue !== undefined && { badValue }) };
}
