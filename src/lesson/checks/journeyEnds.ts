// Which journeys a check means: from whom, to whom, on which port.

import type { ElementId, LabElement } from '../../sim/index.ts';
import type { Journey, LabFacts, ProbeOutcome } from '../checkContext.ts';
import { nameOfElement } from '../elementRef.ts';
import {
  formatOrigin,
  formatTarget,
  isAddress,
  nameOfTarget,
  type Origin,
  origin,
  portOf,
  type Target,
  target,
} from '../endpoint.ts';
import { integer, oneOf } from '../schema.ts';

/** Fields that name the two ends. */
export const ends = { from: origin(), to: target() };

/** Fields that say more about them. */
export const endDetails = { port: integer(1, 65535), protocol: oneOf('tcp', 'udp', 'icmp') };

/** The ends that a check means; what is left out may be anything. */
export interface Ends {
  readonly from?: Origin;
  readonly to?: Target;
  readonly port?: number;
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
}

/** `from client to 10.244.2.2:8080` */
export function nameOfEnds(fields: Ends): string {
  const from = fields.from === undefined ? 'from anywhere' : `from ${nameOfElement(fields.from.element)}`;
  if (fields.to === undefined) return from;
  return `${from} to ${nameOfTarget(fields.to, portOf(fields.to, fields.port))}`;
}

/** Whether a journey has these ends. An element is compared by the addresses that it has now. */
export function fitsEnds(fields: Ends, journey: Journey, facts: LabFacts): boolean {
  const { summary, destination } = journey;
  if (fields.from !== undefined && summary.fromElement !== fields.from.element) return false;
  if (fields.protocol !== undefined && summary.protocol !== fields.protocol) return false;
  if (fields.to === undefined) return fields.port === undefined || destination.port === fields.port;
  const port = portOf(fields.to, fields.port);
  // A ping has no port: it says nothing about one.
  if (port !== undefined && (summary.protocol === 'icmp' || destination.port !== port)) return false;
  return isSentTo(fields.to, journey, facts);
}

function isSentTo(to: Target, journey: Journey, facts: LabFacts): boolean {
  switch (to.kind) {
    case 'element':
      return addressesOf(to.element, facts).includes(journey.destination.address);
    case 'address':
      return journey.destination.address === to.address;
    case 'name':
      return hostOf(journey.summary.to) === to.name.toLowerCase();
    case 'url':
      return isAddress(to.host)
        ? journey.destination.address === to.host
        : hostOf(journey.summary.to) === to.host.toLowerCase();
  }
}

/** The host of a target as the learner wrote it: `web` of `web:80`. */
function hostOf(written: string): string {
  return written
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[:/].*$/, '')
    .toLowerCase();
}

function addressesOf(id: ElementId, facts: LabFacts): readonly string[] {
  const element = facts.element(id);
  return element === undefined ? [] : addressesOfElement(element);
}

function addressesOfElement(element: LabElement): readonly string[] {
  switch (element.kind) {
    case 'pod':
      return element.address === undefined ? [] : [element.address];
    case 'service':
      return element.clusterIP === 'None' ? [] : [element.clusterIP];
    case 'node':
    case 'outside':
    case 'router':
      return [element.address];
    default:
      return [];
  }
}

/** Puts the question from `from` to `to` to the lab. */
export function probeBetween(
  fields: Ends & { readonly from: Origin; readonly to: Target; readonly size?: number },
  facts: LabFacts,
): ProbeOutcome {
  const from = fields.from.element;
  if (facts.element(from) === undefined) return { kind: 'not-sent', because: `there is no ${nameOfMissing(from)}` };
  const port = portOf(fields.to, fields.port);
  return facts.probe({
    from: formatOrigin(fields.from),
    to: formatTarget(fields.to),
    protocol: fields.protocol ?? 'tcp',
    ...(port !== undefined && { port }),
    ...(fields.size !== undefined && { size: fields.size }),
  });
}

function nameOfMissing(id: ElementId): string {
  const kind = id.startsWith('pod/') ? 'Pod ' : id.startsWith('node/') ? 'node ' : '';
  return `${kind}${nameOfElement(id)}`;
}
