// What a rule says about the transport protocol, brought into the form in which nft keeps and prints it.
//
//   meta l4proto tcp th dport 80     tcp dport 80
//   tcp sport 1 th dport 80          tcp sport 1 tcp dport 80
//   reject with tcp reset            asks for tcp, though in a table of the family ip it is not printed
//
// Read:    nftables src/payload.c, `payload_dependency_kill`; src/evaluate.c, `stmt_evaluate_reject`; recordings of nft
//          1.0.6 (tests/sim/linux/nftables).

import { ParseError } from '../../runtime/errors.ts';
import type { NftFamily, NftField, NftStatement } from './types.ts';

type Transport = 'tcp' | 'udp';

const NUMBERS: ReadonlyMap<number | string, Transport> = new Map([
  [6, 'tcp'],
  [17, 'udp'],
]);
const ASKS_TCP: NftStatement = {
  kind: 'compare',
  field: 'meta l4proto',
  part: { kind: 'value', value: 6 },
  negated: false,
};

/** @throws ParseError when a rule asks for two protocols at once, which nft refuses */
export function withTransport(statements: readonly NftStatement[], family: NftFamily): readonly NftStatement[] {
  let known: Transport | undefined;
  const named = statements.map(statement => {
    const renamed = known === undefined ? statement : withFields(statement, fieldOfTransport(known));
    const said = transportOf(renamed);
    if (known !== undefined && said !== undefined && said !== known)
      throw new ParseError(`conflicting protocols: ${known} and ${said}`);
    known ??= said;
    return renamed;
  });
  const kept = named.filter((statement, i) => !isAskedAgain(statement, named.slice(i + 1), family));
  return resets(kept) ? withReset(kept, known, family) : kept;
}

function fieldOfTransport(transport: Transport): (field: NftField) => NftField {
  return field => {
    if (field === 'th sport') return `${transport} sport`;
    return field === 'th dport' ? `${transport} dport` : field;
  };
}

function withFields(statement: NftStatement, change: (field: NftField) => NftField): NftStatement {
  switch (statement.kind) {
    case 'compare':
      return { ...statement, field: change(statement.field) };
    case 'lookup':
      return { ...statement, fields: statement.fields.map(change) };
    case 'vmap':
    case 'dnat-map':
      if (statement.key.kind !== 'fields') return statement;
      return { ...statement, key: { kind: 'fields', fields: statement.key.fields.map(change) } };
    default:
      return statement;
  }
}

/** The fields that a statement asks for. */
export function fieldsOf(statement: NftStatement): readonly NftField[] {
  switch (statement.kind) {
    case 'compare':
    case 'one-of':
    case 'masked':
      return [statement.field];
    case 'lookup':
      return statement.fields;
    case 'vmap':
    case 'dnat-map':
      return statement.key.kind === 'fields' ? statement.key.fields : [];
    default:
      return [];
  }
}

/** The protocol that a packet must have for the statement to hold. */
function transportOf(statement: NftStatement): Transport | undefined {
  for (const transport of ['tcp', 'udp'] as const)
    if (fieldsOf(statement).some(field => field.startsWith(`${transport} `))) return transport;
  return protocolAsked(statement);
}

/** Of `meta l4proto tcp` and `ip protocol tcp`. */
function protocolAsked(statement: NftStatement): Transport | undefined {
  if (statement.kind !== 'compare' || statement.negated || statement.part.kind !== 'value') return undefined;
  const asks = statement.field === 'meta l4proto' || statement.field === 'ip protocol';
  return asks ? NUMBERS.get(statement.part.value) : undefined;
}

/** A protocol that a later port asks for anyway is not said twice; `ip protocol` in inet says more than that. */
function isAskedAgain(statement: NftStatement, later: readonly NftStatement[], family: NftFamily): boolean {
  const protocol = protocolAsked(statement);
  if (protocol === undefined || (family === 'inet' && fieldsOf(statement).includes('ip protocol'))) return false;
  return later.some(other => fieldsOf(other).some(field => field.startsWith(`${protocol} `)));
}

function resets(statements: readonly NftStatement[]): boolean {
  return statements.some(
    ({ kind, ...rest }) =>
      kind === 'verdict' && 'target' in rest && rest.target.kind === 'REJECT' && rest.target.with === 'tcp-reset',
  );
}

function withReset(
  statements: readonly NftStatement[],
  known: Transport | undefined,
  family: NftFamily,
): readonly NftStatement[] {
  if (known === 'udp') throw new ParseError('a reset answers tcp, not udp');
  const asked = known === undefined ? [ASKS_TCP, ...statements] : statements;
  if (family === 'inet') return asked;
  return asked.map(statement =>
    statement.kind === 'compare' && protocolAsked(statement) === 'tcp' ? { ...statement, implied: true } : statement,
  );
}
