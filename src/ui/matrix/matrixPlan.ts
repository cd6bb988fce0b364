// Which ends of a lab stand in the rows and columns of the matrix.

import type { ReachEnd } from '../../client/port.ts';
import type { MatrixColumn, MatrixPlan } from '../../store/matrixStore.ts';
import { isSystem } from '../topology/networkParts.ts';

export type EndKind = ReachEnd['kind'];

/**
 * - `own`: all but what the cluster itself runs.
 * - `all`
 * - `only`: one namespace.
 */
export type NamespaceChoice =
  | { readonly kind: 'own' }
  | { readonly kind: 'all' }
  | { readonly kind: 'only'; readonly namespace: string };

/** One side of the matrix. */
export interface MatrixSide {
  readonly kinds: readonly EndKind[];
  readonly namespace: NamespaceChoice;
  /** `app=web` is a label, any other word a part of the name; all of them must fit. */
  readonly filter: string;
}

export type PortChoice =
  /** A Service's ports, and what listens on the others; what has no port is pinged. */
  | { readonly kind: 'open' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'one'; readonly protocol: 'tcp' | 'udp'; readonly port: number };

export interface MatrixChoice {
  readonly from: MatrixSide;
  readonly to: MatrixSide;
  readonly port: PortChoice;
}

/** Cells of one matrix: more take longer than anybody waits, and nobody reads them. */
export const MOST_CELLS = 4000;

export const FIRST_CHOICE: MatrixChoice = {
  from: { kinds: ['pod', 'outside'], namespace: { kind: 'own' }, filter: '' },
  to: { kinds: ['service', 'pod'], namespace: { kind: 'own' }, filter: '' },
  port: { kind: 'open' },
};

/** Services before Pods, as a request meets them. */
const ORDER: readonly EndKind[] = ['service', 'pod', 'node', 'outside'];

/** A Service asks nobody: in the rows it is left out. */
export function planMatrix(ends: readonly ReachEnd[], { from, to, port }: MatrixChoice): MatrixPlan {
  return {
    rows: chosen(ends, from).filter(end => end.kind !== 'service'),
    columns: chosen(ends, to).flatMap(end => columnsOf(end, port)),
  };
}

function chosen(ends: readonly ReachEnd[], side: MatrixSide): readonly ReachEnd[] {
  const fits = (end: ReachEnd): boolean =>
    side.kinds.includes(end.kind) && inNamespace(end, side.namespace) && fitsWords(end, side.filter);
  return ends.filter(fits).sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}

function inNamespace({ namespace, name }: ReachEnd, choice: NamespaceChoice): boolean {
  if (namespace === undefined || choice.kind === 'all') return true;
  return choice.kind === 'own' ? !isSystem({ namespace, name }) : namespace === choice.namespace;
}

function fitsWords({ name, labels }: ReachEnd, filter: string): boolean {
  return filter
    .split(/[\s,]+/)
    .filter(word => word !== '')
    .every(word => {
      const [key = '', value] = word.split('=');
      return value === undefined ? name.includes(word) : labels[key] === value;
    });
}

/** The ports of an end that are asked. */
export function columnsOf(end: ReachEnd, choice: PortChoice): readonly MatrixColumn[] {
  const ping: MatrixColumn = { end, ask: { protocol: 'icmp' } };
  switch (choice.kind) {
    case 'ping':
      return [ping];
    case 'one':
      return [{ end, ask: { protocol: choice.protocol, port: choice.port } }];
    case 'open':
      // A Service without a port that can be asked is none to ping: its address is a rule.
      if (end.ports.length === 0) return end.kind === 'service' ? [] : [ping];
      return end.ports.map(ask => ({ end, ask }));
  }
}

/** All namespaces that can be chosen. */
export function namespacesOf(ends: readonly ReachEnd[]): readonly string[] {
  return [...new Set(ends.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace])))].sort();
}
