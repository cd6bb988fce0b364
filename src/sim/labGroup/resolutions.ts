// `resolutions`: a name looked up from somewhere, as a program's resolver does it.
//
// Omits:   the authority and additional sections: the model's DNS messages have none.

import type { FieldError } from '../api/fieldError.ts';
import type { Json } from '../api/request.ts';
import { findHost } from '../dns/hosts.ts';
import type { DnsReply } from '../dns/message.ts';
import { candidates } from '../dns/resolvConf.ts';
import { askServers, fitsQuestion, resolveHost } from '../dns/resolver.ts';
import type { Lab } from '../lab.ts';
import type { NameQuery } from '../nameLookup.ts';
import { FROM_FORM, fieldReader } from './body.ts';

const TYPES = ['A', 'AAAA', 'CNAME', 'NS', 'PTR', 'SOA', 'SRV', 'TXT'] as const;

/** `POST .../resolutions` */
export function resolutions(lab: Lab, body: Json | undefined, errors: FieldError[]): Json {
  const reader = fieldReader(body, ['from', 'name', 'type'], errors);
  const from = reader.text('from', FROM_FORM);
  const name = reader.text('name', 'a name to look up');
  const type = reader.oneOf('type', TYPES, 'A');
  if (name !== '' && !fitsQuestion(name))
    reader.problem('name', 'labels of up to 63 characters, 253 in all, were expected');
  if (errors.length > 0) return null;
  const resolver = lab.resolver(from);
  if ('kind' in resolver) {
    reader.problem('from', `${resolver.because}; expected ${FROM_FORM}`);
    return null;
  }
  const { host, queries } = resolver;
  const identity = { apiVersion: 'lab.hoplab.dev/v1alpha1', kind: 'Resolution', name, type };
  const line = type === 'A' ? findHost(host.hosts, name) : undefined;
  if (line !== undefined) {
    const record = { name: line.names[0] ?? name, ttl: 0, class: 'IN', type, data: line.address };
    return { ...identity, ...NOTHING, source: '/etc/hosts', rcode: 'NOERROR', answer: [record], queries: [] };
  }
  if (type === 'A') resolveHost(name, host);
  else {
    for (const candidate of candidates(host.conf, name)) {
      const reply = askServers(candidate.name, type, host);
      if (reply.kind === 'answered' && reply.reply.records.length > 0) break;
    }
  }
  const last = queries.findLast(query => query.outcome.kind === 'answered')?.outcome;
  const found = last?.kind === 'answered' ? answerOf(last.reply) : { rcode: null, answer: [] };
  return { ...identity, ...NOTHING, source: 'dns', ...found, queries: queries.map(queryJson) };
}

const NOTHING = { authority: [], additional: [] };

/** What a server said. */
export function answerOf({ rcode, records }: DnsReply) {
  return { rcode, answer: records.map(({ name, ttl, type, data }) => ({ name, ttl, class: 'IN', type, data })) };
}

/** One question that was tried: whom, for what, and what came of it. */
export function queryJson({ server, name, type, outcome }: NameQuery) {
  const asked = { server, name, type };
  return outcome.kind === 'answered'
    ? { ...asked, outcome: 'answered', ...answerOf(outcome.reply) }
    : { ...asked, outcome: outcome.kind };
}
