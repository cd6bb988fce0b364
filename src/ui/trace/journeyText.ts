// A journey as plain text, for a chat, a ticket or a handout: every packet, hop and step in the page's own words. Pure.

import type { ExchangeView, HopView, TraceView } from '../../sim/index.ts';
import { fateOf } from './fateOf.ts';
import { durationText, exchangeName } from './words.ts';

export function journeyText(exchange: ExchangeView): string {
  const head = `${exchangeName(exchange)}: ${exchange.outcome}\n${exchange.summary}`;
  return `${[head, ...exchange.traces.map(packetText)].join('\n\n')}\n`;
}

function packetText(packet: TraceView): string {
  const title = `[${packet.id}] ${packet.label}, ${packet.role}, ${fateOf(packet).word}, at ${durationText(packet.startedMs)}`;
  return [title, ...packet.hops.map(hopText)].join('\n');
}

function hopText({ name, steps }: HopView): string {
  const width = Math.max(...steps.map(({ short }) => short.length));
  const lines = steps.map(
    ({ short, lead, rest }) => `    ${short.padEnd(width)}  ${lead}${rest === '' ? '' : ` ${rest}`}`,
  );
  return [`  ${name}`, ...lines].join('\n');
}
