// `exchanges` and `matrix`: questions to the network in words, and what a client experienced.

import type { FieldError } from '../api/fieldError.ts';
import { asJson } from '../api/json.ts';
import type { Json } from '../api/request.ts';
import type { Verdict } from '../datapath/trace.ts';
import type { AskedQuestion, Lab } from '../lab.ts';
import type { NotSent, WrittenQuestion } from '../question.ts';
import type { ExchangeRecord } from '../view/exchangeView.ts';
import { type FieldReader, FROM_FORM, fieldReader, TO_FORM } from './body.ts';
import { answerOf, queryJson } from './resolutions.ts';

const QUESTION_FIELDS = ['from', 'to', 'protocol', 'port', 'path', 'headers', 'size', 'df', 'asks'] as const;
/** An address or a name, a port, a path. */
const URL_FORM = /^http:\/\/[^/\s:[\]]+(:\d+)?(\/\S*)?$/;
/** How often a question can be repeated in one request. */
const MOST_COUNT = 1000;
/** Questions of one matrix. */
const MOST_PROBES = 10_000;
/** Bytes of an IPv4 packet less its own header and that of a datagram. */
const MOST_BYTES = 65_507;

/** One exchange: `POST .../exchanges`. */
export function exchanges(lab: Lab, body: Json | undefined, errors: FieldError[]): Json {
  const reader = fieldReader(body, [...QUESTION_FIELDS, 'count', 'commit'], errors);
  const written = readWritten(reader);
  const count = reader.integer('count', 1, MOST_COUNT) ?? 1;
  const isCommitted = reader.boolean('commit') === true;
  if (errors.length > 0) return null;
  const asked = Array.from({ length: count }, (_, i): AskedQuestion => {
    const question = count === 1 ? written : { ...written, attempt: i };
    return isCommitted ? lab.commit(question) : lab.ask(question);
  });
  const [first] = asked;
  if (first?.kind === 'not-sent') {
    notSent(reader, first);
    return null;
  }
  const items = asked.flatMap(one => (one.kind === 'asked' ? [one] : []));
  const [only] = items;
  if (only !== undefined && count === 1) return exchangeJson(lab, only, 'with-traces');
  return { ...identity('ExchangeList'), items: items.map(one => exchangeJson(lab, one, 'without-traces')) };
}

/** Verdicts only: `POST .../matrix`. */
export function matrix(lab: Lab, body: Json | undefined, errors: FieldError[]): Json {
  const readers = fieldReader(body, ['probes'], errors).list('probes', QUESTION_FIELDS, MOST_PROBES);
  const probes = readers.map(reader => ({ reader, written: readWritten(reader) }));
  if (errors.length > 0) return null;
  const verdicts = probes.map(({ reader, written }): Verdict | undefined => {
    const asked = lab.ask(written);
    if (asked.kind === 'asked') return asked.record.exchange.verdict;
    notSent(reader, asked);
    return undefined;
  });
  return { ...identity('Matrix'), verdicts: verdicts.map(verdict => verdict ?? null) };
}

function readWritten(reader: FieldReader): WrittenQuestion {
  const from = reader.text('from', FROM_FORM);
  const to = reader.text('to', TO_FORM);
  const protocol = reader.oneOf('protocol', ['icmp', 'tcp', 'udp'], 'tcp');
  const port = reader.integer('port', 1, 65_535);
  const path = reader.optionalText('path', 'a path such as /');
  const headers = reader.texts('headers');
  const size = reader.integer('size', 0, MOST_BYTES);
  const df = reader.boolean('df');
  const asks = reader.optionalText('asks', 'a name');
  if (/^[a-z]+:\/\//i.test(to) && !URL_FORM.test(to))
    reader.problem('to', 'of URLs only http://HOST[:PORT]/PATH was expected');
  if (path !== undefined && !path.startsWith('/')) reader.problem('path', 'a path begins with /');
  return {
    from,
    to,
    protocol,
    ...(port !== undefined && { port }),
    ...(path !== undefined && { path }),
    ...(headers !== undefined && { headers }),
    ...(size !== undefined && { size }),
    ...(asks !== undefined && { asks }),
    ...(df !== undefined && { fragmentation: df ? 'do' : 'dont' }),
  };
}

function notSent(reader: FieldReader, { about, because }: NotSent): void {
  reader.problem(about, `${because}; expected ${about === 'from' ? FROM_FORM : TO_FORM}`);
}

const identity = (kind: string) => ({ apiVersion: 'lab.hoplab.dev/v1alpha1', kind });

function exchangeJson(
  lab: Lab,
  { record, queries }: Extract<AskedQuestion, { kind: 'asked' }>,
  traces: 'with-traces' | 'without-traces',
): Json {
  const view = lab.viewRecord(record);
  const { exchange } = record;
  return asJson({
    ...identity('Exchange'),
    id: view.id,
    from: view.fromElement,
    to: view.to,
    protocol: view.protocol,
    verdict: view.verdict,
    lessonVerdict: view.lessonVerdict,
    message: view.outcome,
    summary: view.summary,
    errno: exchange.errno,
    icmp: exchange.icmp,
    backend: backendOf(lab, record),
    sourceSeen: exchange.sourceSeen,
    response: exchange.response?.kind === 'dns-answer' ? answerOf(exchange.response) : exchange.response,
    resolution: queries === undefined ? undefined : { queries: queries.map(queryJson) },
    elapsedMs: view.elapsedMs,
    traces: traces === 'with-traces' ? view.traces : undefined,
  });
}

function backendOf(lab: Lab, { exchange: { backend } }: ExchangeRecord) {
  if (backend === undefined) return undefined;
  const { netns, address, port } = backend;
  return { element: lab.elementOf(netns), address, port };
}
