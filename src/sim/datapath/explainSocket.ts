// The sentences of programs and their sockets: what is sent, and who takes it.

import { type AppMessage, type IpPacket, isIcmpError } from '../net/packet.ts';
import { messageName } from './label.ts';
import { destinationText, type Of, type Sentence, sourceText } from './sentence.ts';
import type { Step } from './trace.ts';

function ipIn(step: Step): IpPacket | undefined {
  return step.after.payload.kind === 'ip' ? step.after.payload : undefined;
}

export function explainSend(step: Step, detail: Of<'socket-send'>, who: string): Sentence {
  const { flow, purpose } = detail;
  const packet = ipIn(step);
  const flags = packet?.body.kind === 'tcp' ? packet.body.flags : undefined;
  const message = packet === undefined ? undefined : messageIn(packet);
  const to = flags === undefined ? `To ${destinationText(flow)}.` : `${flags} to ${destinationText(flow)}.`;
  if (message?.kind === 'dns-query') {
    return {
      lead: `${who} asks ${destinationText(flow)} for the name ${message.name}.`,
      rest: `It is a DNS question of type ${message.type}${flags === undefined ? ' in one datagram: UDP has no handshake' : ', over TCP'}.`,
    };
  }
  if (message?.kind === 'dns-answer') return explainAnswer(message, who, to);
  if (purpose === 'connects') {
    return {
      lead: `${who} opens a connection to ${destinationText(flow)}.`,
      rest: `Its kernel picks port ${flow.srcPort} and sends a SYN from ${flow.src}.`,
    };
  }
  if (purpose === 'tries again')
    return { lead: `${who} tries again.`, rest: 'No answer came, so its kernel repeats the SYN.' };
  if (purpose === 'pings')
    return { lead: `${who} pings ${flow.dst}.`, rest: `It sends an ICMP echo request from ${flow.src}.` };
  if (purpose === 'sends a datagram') {
    return {
      lead: `${who} sends a datagram to ${destinationText(flow)}.`,
      rest: 'UDP has no handshake: the first packet is the question.',
    };
  }
  if (purpose === 'refuses the connection') {
    return {
      lead: `${who} refuses the connection.`,
      rest: `Nothing listens on port ${flow.srcPort}, so its kernel answers with RST.`,
    };
  }
  const what = message === undefined || message.kind === 'text' ? '' : `: ${messageName(message)}`;
  return { lead: `${who} ${purpose}${what}.`, rest: to };
}

/** What a program says with the packet; nothing with most segments of a connection. */
function messageIn({ body }: IpPacket): AppMessage | undefined {
  return body.kind === 'tcp' || body.kind === 'udp' ? body.payload.message : undefined;
}

/** An answer is an answer, also one that says that there is no such name. */
function explainAnswer(
  { name, type, rcode, records, truncated }: Extract<AppMessage, { kind: 'dns-answer' }>,
  who: string,
  to: string,
): Sentence {
  if (rcode === 'NXDOMAIN') return { lead: `${who} answers NXDOMAIN.`, rest: `There is no name ${name}.` };
  if (rcode !== 'NOERROR') return { lead: `${who} answers ${rcode}.`, rest: `It says nothing of ${name}.` };
  const found = records.filter(record => record.type === type).map(({ data }) => data);
  const cut = truncated ? 'The answer was cut to fit a datagram: all of it goes over TCP.' : to;
  return found.length === 0
    ? { lead: `${who} answers without an address.`, rest: `${name} is a name and has no record of type ${type}.` }
    : { lead: `${who} answers: ${name} is ${found.join(', ')}.`, rest: cut };
}

export function explainReceive(step: Step, detail: Of<'socket-receive'>, who: string): Sentence {
  const { flow, listener } = detail;
  const packet = ipIn(step);
  if (step.action === 'DROPPED') {
    if (packet?.body.kind === 'tcp')
      return { lead: `Nothing listens on port ${flow.dstPort}.`, rest: `${who}'s kernel answers "no" with RST.` };
    if (packet?.body.kind === 'udp')
      return {
        lead: `Nothing listens on UDP port ${flow.dstPort}.`,
        rest: `${who}'s kernel answers with ICMP port unreachable.`,
      };
    return { lead: `${who} has no use for the packet.`, rest: 'No program there waits for it.' };
  }
  if (listener !== undefined) {
    return {
      lead: `${who} takes the packet.`,
      rest: `Process ${listener.process} listens on ${listener.address}:${listener.port} and sees ${sourceText(flow)} as its client.`,
    };
  }
  if (packet?.body.kind === 'icmp') {
    if (isIcmpError(packet.body))
      return { lead: `${who} hears the error.`, rest: `${flow.src} reports it; the program is told.` };
    return packet.body.type === 'echo-request'
      ? { lead: `${who} takes the echo request.`, rest: 'Its kernel answers; no program takes part.' }
      : { lead: `${who} has its answer.`, rest: `It is the echo reply of ${flow.src}.` };
  }
  return packet?.body.kind === 'udp'
    ? { lead: `${who} has its answer.`, rest: `The datagram comes from ${sourceText(flow)}, which the socket asked.` }
    : { lead: `${who} takes the packet.`, rest: `It belongs to the connection with ${sourceText(flow)}.` };
}
