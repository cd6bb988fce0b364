// `click`: the learner picked these elements on the graph (or in its list twin) since the step began.

import { elementRef, nameOfElement } from '../elementRef.ts';
import { oneOrMore, record } from '../schema.ts';
import { definePageCheck } from './checkKind.ts';

/** Passed by picking elements. */
export const click = definePageCheck({
  name: 'click',
  fields: record({ element: oneOrMore(elementRef()) }, {}),
  goal: fields => `Pick ${fields.element.map(nameOfElement).join(' and ')} on the graph`,
  needs: fields => ({ clicks: fields.element }),
  evaluate: (fields, facts) => {
    const missing = fields.element.find(element => !facts.clicks.includes(element));
    if (missing === undefined) {
      const names = fields.element.map(nameOfElement).join(' and ');
      const stamp = Math.max(...fields.element.map(element => facts.clicks.lastIndexOf(element)));
      return { kind: 'passed', evidence: `you picked ${names}`, stamp };
    }
    const last = facts.clicks[facts.clicks.length - 1];
    return {
      kind: 'failed',
      because: last === undefined ? 'nothing was picked on the graph yet' : `you picked ${nameOfElement(last)}`,
    };
  },
});
