// The text of a `labelSelector` query: `app=web,tier in (a,b),!legacy`, and what is wrong with it.
//
// Read:    k8s.io/apimachinery pkg/labels/selector.go (`Lexer`, `Parser`, `NewRequirement`).

import { failure, type Result, success } from '../../runtime/errors.ts';
import { type FieldError, invalid, joinFieldErrors } from '../fieldError.ts';
import { entry, path } from '../fieldPath.ts';
import type { LabelRequirement } from '../selectors.ts';
import { labelValue, qualifiedName } from '../validation/formats.ts';

const OPERATORS = ['in', 'notin', '=', '==', '!=', '>', '<'] as const;
/** As the server's complaint has them: two of them nobody can write. */
const EXPECTED_OPERATORS = 'in, notin, =, ==, !=, gt, lt';

/** Symbols stand for themselves; the end is an empty word that is no identifier. */
interface Token {
  readonly kind: 'word' | 'symbol' | 'end';
  readonly text: string;
}

const SYMBOL = /[=!(),<>]/;
const END: Token = { kind: 'end', text: '' };

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (const [word] of text.matchAll(/[^=!(),<>\s]+|==|!=|[=!(),<>]/g))
    tokens.push({ kind: SYMBOL.test(word) ? 'symbol' : 'word', text: word });
  return tokens;
}

/** What is wrong, in the words that the client gets. */
class Complaint extends Error {}

/** Reads a selector. The requirements come in the order of their keys. */
export function parseLabelSelector(text: string): Result<readonly LabelRequirement[], string> {
  try {
    const requirements = new LabelParser(tokensOf(text)).selector();
    return success([...requirements].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)));
  } catch (error) {
    if (error instanceof Complaint) return failure(error.message);
    throw error;
  }
}

class LabelParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? END;
  }

  #take(): Token {
    const token = this.#next;
    this.#at++;
    return token;
  }

  selector(): readonly LabelRequirement[] {
    const requirements: LabelRequirement[] = [];
    for (;;) {
      const { kind, text } = this.#next;
      if (kind === 'end') return requirements;
      if (kind !== 'word' && text !== '!')
        throw new Complaint(`found '${text}', expected: !, identifier, or 'end of string'`);
      requirements.push(this.#requirement());
      const after = this.#take();
      if (after.kind === 'end') return requirements;
      if (after.text !== ',') throw new Complaint(`found '${after.text}', expected: ',' or 'end of string'`);
      const { kind: following, text: found } = this.#next;
      if (following !== 'word' && found !== '!')
        throw new Complaint(`found '${found}', expected: identifier after ','`);
    }
  }

  #requirement(): LabelRequirement {
    const refuse = (why: string) => new Complaint(`unable to parse requirement: ${why}`);
    let key = this.#take();
    const isAbsence = key.text === '!';
    if (isAbsence) key = this.#take();
    if (key.kind !== 'word') throw refuse(`found '${key.text}', expected: identifier`);
    const [badKey] = keyErrors(key.text);
    if (badKey !== undefined) throw refuse(badKey);
    if (isAbsence) return { key: key.text, operator: '!', values: [] };
    if (this.#next.kind === 'end' || this.#next.text === ',') return { key: key.text, operator: 'exists', values: [] };
    const { text } = this.#take();
    const operator = OPERATORS.find(known => known === text);
    if (operator === undefined) throw refuse(`found '${text}', expected: ${EXPECTED_OPERATORS}`);
    const values = operator === 'in' || operator === 'notin' ? this.#set(refuse) : this.#single(refuse);
    const errors = valueErrors(key.text, operator, values);
    if (errors.length > 0) throw refuse(joinFieldErrors(errors));
    return { key: key.text, operator: operator === '==' ? '=' : operator, values };
  }

  #single(refuse: (why: string) => Complaint): readonly string[] {
    if (this.#next.kind === 'end' || this.#next.text === ',') return [''];
    const { kind, text } = this.#take();
    if (kind !== 'word') throw refuse(`found '${text}', expected: identifier`);
    return [text];
  }

  /** `(a,,b)`; places left empty mean the empty value. */
  #set(refuse: (why: string) => Complaint): readonly string[] {
    const open = this.#take();
    if (open.text !== '(') throw refuse(`found '${open.text}' expected: '('`);
    const first = this.#next;
    if (first.text === ')') {
      this.#take();
      return [''];
    }
    if (first.kind !== 'word' && first.text !== ',')
      throw refuse(`found '${first.text}', expected: ',', ')' or identifier`);
    const values = new Set<string>();
    for (;;) {
      const { kind, text } = this.#take();
      if (kind === 'word') {
        values.add(text);
        if (this.#next.text === ')') break;
        if (this.#next.text !== ',') throw refuse(`found '${this.#next.text}', expected: ',' or ')'`);
      } else if (text === ',') {
        if (values.size === 0 || this.#next.text === ')' || this.#next.text === ',') values.add('');
        if (this.#next.text === ')') break;
        if (this.#next.text === ',') this.#take();
      } else throw refuse(`found '${text}', expected: ',', or identifier`);
    }
    this.#take();
    return [...values].sort();
  }
}

function keyErrors(key: string): readonly string[] {
  const complaints = qualifiedName(key);
  return complaints.length === 0 ? [] : [`<nil>: Invalid value: ${JSON.stringify(key)}: ${complaints.join('; ')}`];
}

function valueErrors(key: string, operator: string, values: readonly string[]): readonly FieldError[] {
  return values.flatMap((value, i) => {
    const errors: FieldError[] = [];
    if ((operator === '>' || operator === '<') && !/^[-+]?\d+$/.test(value))
      errors.push(invalid(path('values', i), value, "for 'Gt', 'Lt' operators, the value must be an integer"));
    const complaints = labelValue(value);
    if (complaints.length > 0) errors.push(invalid(entry(path('values', i), key), value, complaints.join('; ')));
    return errors;
  });
}
