// printers.json: rows of `kubectl get`.

import { readFileSync } from 'node:fs';
import type { Draft } from '../../src/sim/api/draft.ts';
import { isJsonArray, isJsonObject, jsonObject } from '../../src/sim/api/json.ts';
import type { ApiObject } from '../../src/sim/api/objects.ts';
import type { Json } from '../../src/sim/api/request.ts';
import { findKind } from '../../src/sim/api/scheme.ts';
import { timestamp } from '../../src/sim/api/timestamps.ts';
import { PRINTED_AT } from './ages.ts';
import { attempt, type CaseResult, expectEqual, failed, type Outcome } from './outcome.ts';

interface PrinterCase {
  readonly name: string;
  readonly object: { readonly apiVersion: string; readonly kind: string };
  readonly wide: boolean;
  readonly columns: readonly string[];
  readonly cells: readonly string[];
  /** Only the listed columns are compared. */
  readonly partial?: boolean;
}

export function runPrinters(file: string): readonly CaseResult[] {
  const { cases }: { readonly cases: readonly PrinterCase[] } = JSON.parse(readFileSync(file, 'utf8'));
  return cases.map(each => ({ name: each.name, outcome: attempt(() => printed(each)) }));
}

function printed({ object, wide, columns, cells, partial = false }: PrinterCase): Outcome {
  const kind = findKind(object.apiVersion, object.kind);
  if (kind === undefined) return failed(cells, `no matches for kind ${object.kind} in version ${object.apiVersion}`);
  const dated = withTimes(object as unknown as Json) as Draft<ApiObject>;
  const row = new Map(
    kind.columns
      .filter(column => wide || column.priority === 0)
      .map(column => [column.name.toUpperCase(), String(column.cell(dated, PRINTED_AT, wide ? 'wide' : 'narrow'))]),
  );
  // Where upstream leaves out a cell at the end of a row, the table has an empty one.
  const listed = [...row].filter(([name, cell]) => cell !== '' || columns.includes(name));
  const actual = partial ? columns.map(name => [name, row.get(name)] as const) : listed;
  return expectEqual(
    Object.fromEntries(actual),
    Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''] as const)),
  );
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, y: 365 * 86_400 };

/** `$now-10s` and the like as times. */
function withTimes(value: Json): Json {
  if (isJsonArray(value)) return value.map(withTimes);
  if (isJsonObject(value))
    return jsonObject(Object.entries(value).map(([key, item = null]): [string, Json] => [key, withTimes(item)]));
  if (typeof value !== 'string') return value;
  const match = /^\$now(?:([+-])([\d.]+)([smhdy]))?$/.exec(value);
  if (match === null) return value;
  const seconds = Number(match[2] ?? 0) * (UNITS[match[3] ?? 's'] ?? 0);
  return timestamp(PRINTED_AT + (match[1] === '-' ? -1 : 1) * seconds * 1000);
}
