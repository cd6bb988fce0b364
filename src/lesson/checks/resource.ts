// `resource`: an object in the API is there, is not, or looks like this; or so many of them do.

import type { Json } from '../../sim/index.ts';
import type { CheckResult } from '../check.ts';
import type { LabFacts } from '../checkContext.ts';
import { anyMap, integer, isList, isMap, type RecordOf, record, stated, text } from '../schema.ts';
import { defineLabCheck } from './checkKind.ts';
import { differenceFrom } from './partialMatch.ts';
import { resourceKind, resourcePath } from './resourceKinds.ts';

const required = { kind: resourceKind() };
const optional = {
  namespace: text('a namespace'),
  name: text("the object's name"),
  /** A label selector: `app=web`. */
  selector: text('a label selector'),
  match: anyMap('a part of the object'),
  absent: stated(),
  count: integer(0, 100_000),
};
type Fields = RecordOf<typeof required, typeof optional>;

/** Passed while the API has objects like this. */
export const resource = defineLabCheck<Fields>({
  name: 'resource',
  sort: 'asked',
  fields: record(required, optional),
  goal,
  evaluate,
});

function goal(fields: Fields): string {
  const what = nameOf(fields);
  if (fields.absent === true) return `There is no ${what}`;
  if (fields.count !== undefined)
    return `There are ${fields.count} of ${what}${fields.match === undefined ? '' : ' as described'}`;
  return `${what} ${fields.match === undefined ? 'is there' : 'is as described'}`;
}

/** `Pod web in shop`, `Pod with app=web` */
function nameOf(fields: Fields): string {
  const which = fields.name ?? (fields.selector === undefined ? '' : `with ${fields.selector}`);
  const where = fields.namespace === undefined || fields.namespace === 'default' ? '' : `in ${fields.namespace}`;
  return [fields.kind.kind, which, where].filter(word => word !== '').join(' ');
}

function evaluate(fields: Fields, facts: LabFacts): CheckResult {
  const objects = objectsMeant(fields, facts);
  const differences = objects.map(object =>
    fields.match === undefined ? undefined : differenceFrom(fields.match, object),
  );
  const fitting = differences.filter(difference => difference === undefined).length;
  const what = nameOf(fields);
  if (fields.absent === true) {
    return fitting === 0
      ? { kind: 'passed', evidence: `there is no ${what}` }
      : { kind: 'failed', because: `${what} is still there` };
  }
  if (fields.count !== undefined && fitting !== fields.count) {
    return { kind: 'failed', because: `${fitting} of ${what} ${fitting === 1 ? 'is' : 'are'} so, not ${fields.count}` };
  }
  if (fields.count === undefined && fitting === 0) {
    const why = differences.find(difference => difference !== undefined);
    return { kind: 'failed', because: why === undefined ? `there is no ${what}` : `${what}: ${why}` };
  }
  return { kind: 'passed', evidence: fields.count === undefined ? `${what} is so` : `${fitting} of ${what} are so` };
}

function objectsMeant(fields: Fields, facts: LabFacts): readonly Json[] {
  const answer = facts.request({
    method: 'GET',
    path: resourcePath(fields.kind, fields.namespace ?? 'default', fields.name),
    ...(fields.selector !== undefined && { query: { labelSelector: fields.selector } }),
  });
  if (answer.status !== 200) return [];
  if (fields.name !== undefined) return [answer.body];
  const items = isMap(answer.body) ? answer.body.items : undefined;
  return isList(items) ? items : [];
}
