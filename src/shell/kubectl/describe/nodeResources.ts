// What the Pods of a node ask for, and how much of the node that is.
//
// Simplified: a container's requests are those of its spec: the lab resizes no running container.
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeNodeResource`; pkg/util/resource/resource.go.

import type { Json, VirtualMs } from '../../../sim/index.ts';
import { at, listAt, objectAt, textAt } from '../fields.ts';
import { ageOf, compare, line } from './lines.ts';
import { addQuantities, milliUnits, parseQuantity, type Quantity, quantityText, wholeUnits, ZERO } from './quantity.ts';
import type { Lines } from './related.ts';

type Amounts = Map<string, Quantity>;

/** @param pods those of the node that are not finished */
export function nodeResourceLines(node: Json, pods: readonly Json[], now: VirtualMs): Lines {
  const allocatable = amountsOf(at(node, 'status', 'allocatable'));
  const available = allocatable.size > 0 ? allocatable : amountsOf(at(node, 'status', 'capacity'));
  const shares = pods.map(pod => ({ pod, requests: podAmounts(pod, 'requests'), limits: podAmounts(pod, 'limits') }));
  const requests: Amounts = new Map();
  const limits: Amounts = new Map();
  for (const share of shares) {
    addAll(requests, share.requests);
    addAll(limits, share.limits);
  }
  return [
    line(0, 'Non-terminated Pods:', `(${pods.length} in total)`),
    line(1, 'Namespace', 'Name', '', 'CPU Requests', 'CPU Limits', 'Memory Requests', 'Memory Limits', 'Age'),
    line(1, '---------', '----', '', '------------', '----------', '---------------', '-------------', '---'),
    ...shares.map(share =>
      line(
        1,
        textAt(share.pod, 'metadata', 'namespace'),
        textAt(share.pod, 'metadata', 'name'),
        '',
        ...['cpu', 'memory'].flatMap(name => [
          amountText(name, share.requests, available),
          amountText(name, share.limits, available),
        ]),
        ageOf(textAt(share.pod, 'metadata', 'creationTimestamp'), now),
      ),
    ),
    line(0, 'Allocated resources:'),
    line(1, '(Total limits may be over 100 percent, i.e., overcommitted.)'),
    line(1, 'Resource', 'Requests', 'Limits'),
    line(1, '--------', '--------', '------'),
    ...['cpu', 'memory', 'ephemeral-storage', ...hugePagesOf(available)].map(name =>
      line(1, name, amountText(name, requests, available), amountText(name, limits, available)),
    ),
    ...extendedOf(available).map(name =>
      line(1, name, quantityText(requests.get(name) ?? ZERO), quantityText(limits.get(name) ?? ZERO)),
    ),
  ];
}

/** `100m (2%)`: an amount, and its part of what the node has, cut to whole percents. */
function amountText(name: string, amounts: Amounts, available: Amounts): string {
  const amount = amounts.get(name) ?? ZERO;
  const units = name === 'cpu' ? milliUnits : wholeUnits;
  const whole = units(available.get(name) ?? ZERO);
  const percent = whole === 0 ? 0 : Math.trunc((units(amount) / whole) * 100);
  return `${quantityText(amount)} (${percent}%)`;
}

function hugePagesOf(available: Amounts): readonly string[] {
  return [...available.keys()].filter(name => name.startsWith('hugepages-')).sort(compare);
}

/** What devices add, such as `example.com/fpga`. */
function extendedOf(available: Amounts): readonly string[] {
  const standard = ['cpu', 'memory', 'ephemeral-storage', 'pods', ...hugePagesOf(available)];
  return [...available.keys()].filter(name => !standard.includes(name)).sort(compare);
}

function amountsOf(resources: Json | undefined): Amounts {
  return new Map(
    Object.entries(objectAt(resources)).map(([name, amount]) => [name, parseQuantity(String(amount ?? ''))]),
  );
}

function addAll(to: Amounts, amounts: Amounts): void {
  for (const [name, amount] of amounts) {
    const known = to.get(name);
    to.set(name, known === undefined ? amount : addQuantities(known, amount));
  }
}

function raiseAll(to: Amounts, amounts: Amounts): void {
  for (const [name, amount] of amounts) if (amount.nano > (to.get(name)?.nano ?? -1n)) to.set(name, amount);
}

/** What a Pod needs: its containers together, or what its start needs where that is more; then its overhead. */
function podAmounts(pod: Json, field: 'requests' | 'limits'): Amounts {
  const sum: Amounts = new Map();
  for (const container of listAt(pod, 'spec', 'containers')) addAll(sum, amountsOf(at(container, 'resources', field)));
  // Containers that are started first and keep running; each later one runs beside them.
  const staying: Amounts = new Map();
  const starting: Amounts = new Map();
  for (const container of listAt(pod, 'spec', 'initContainers')) {
    const own = amountsOf(at(container, 'resources', field));
    if (textAt(container, 'restartPolicy') === 'Always') {
      addAll(sum, own);
      addAll(staying, own);
      raiseAll(starting, staying);
    } else {
      addAll(own, staying);
      raiseAll(starting, own);
    }
  }
  raiseAll(sum, starting);
  for (const [name, amount] of amountsOf(at(pod, 'spec', 'overhead'))) {
    // A limit that nobody set stays unset.
    if (field === 'limits' && (sum.get(name) ?? ZERO).nano === 0n) continue;
    addAll(sum, new Map([[name, amount]]));
  }
  return sum;
}
