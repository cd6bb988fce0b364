// The probes of a recorded cluster: who asks whom, and what the real kernel did with the question.

import type { Exchange, Question } from '../datapath/trace.ts';
import { type Ip, ip } from '../net/address.ts';

export interface RecordedProbe {
  readonly id: string;
  /** Names a host. */
  readonly from: string;
  readonly to: Ip;
  /** 0 for an echo request. */
  readonly port: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  readonly timeoutMs: number;
  readonly requestBytes: number;
  /** What the server is asked to answer, when the recording says it. */
  readonly answerBytes?: number;
  readonly bind?: Question['bind'];
  readonly ttl?: number;
  readonly fragmentation?: Question['fragmentation'];
  /** Command lines that change the cluster before this probe and those after it. */
  readonly after?: readonly string[];
  readonly recorded?: RecordedResult;
}

/** What the real kernel did. Of a probe that was asked more than once: everything that it did. */
export interface RecordedResult {
  readonly verdicts: readonly string[];
  /** The servers that answered, with the client's addresses as they saw them; absent: not known, or left to chance. */
  readonly backends?: Readonly<Record<string, readonly string[]>>;
}

/** How a probe that was sent compares with its recording. */
export interface ProbeOutcome {
  readonly id: string;
  /** `none`: there is no recording of it. */
  readonly recording: 'none' | 'agrees' | 'differs';
  /** What happened now, and what was recorded: `ok p12<10.244.1.1`, `refused`. */
  readonly now: string;
  readonly recorded?: string;
}

/** The size of an answer when the probe says none, in bytes. Source: the recordings' own servers. */
export const ANSWER_BYTES = 160;

export function questionOf(probe: RecordedProbe): Question {
  const { from, to, protocol, port, requestBytes, timeoutMs, answerBytes, bind, ttl, fragmentation } = probe;
  return {
    from,
    to,
    protocol,
    port,
    requestBytes,
    timeoutMs,
    ...(answerBytes !== undefined && { message: { kind: 'text', text: sizeRequest(answerBytes) } }),
    ...(bind !== undefined && { bind }),
    ...(ttl !== undefined && { ttl }),
    ...(fragmentation !== undefined && { fragmentation }),
  };
}

const sizeRequest = (bytes: number): string => `down=${bytes}`;

/** The size that a request asks for; undefined: it names none. */
export function wantedBytes(text: string): number | undefined {
  const found = /^down=(\d{1,7})$/.exec(text);
  return found === null ? undefined : Number(found[1]);
}

/** `10.96.0.10:80`, for an echo request the address alone. */
export function targetOf({ protocol, to, port }: RecordedProbe): string {
  return protocol === 'icmp' ? to : `${to}:${port}`;
}

export function outcomeOf(probe: RecordedProbe, exchange: Exchange): ProbeOutcome {
  const verdict = verdictOf(exchange);
  const backend = verdict === 'ok' && probe.protocol !== 'icmp' ? backendOf(exchange) : undefined;
  const source = exchange.sourceSeen?.address;
  const now = resultText(verdict, backend === undefined ? [] : [[backend, source === undefined ? [] : [source]]]);
  const { recorded } = probe;
  if (recorded === undefined) return { id: probe.id, recording: 'none', now };
  const known = backend === undefined ? undefined : recorded.backends;
  const isSame =
    recorded.verdicts.includes(verdict) &&
    (known === undefined || (backend !== undefined && isAmong(known[backend], source)));
  return {
    id: probe.id,
    recording: isSame ? 'agrees' : 'differs',
    now,
    recorded: recordedText(recorded),
  };
}

function isAmong(sources: readonly string[] | undefined, source: Ip | undefined): boolean {
  return sources !== undefined && (sources.length === 0 || source === undefined || sources.includes(source));
}

/** The recordings have no word of their own for an expired TTL: the system call fails as it does without a route. */
function verdictOf({ verdict }: Exchange): string {
  return verdict === 'ttl-exceeded' ? 'unreachable' : verdict;
}

/** The name that the server gives itself. */
function backendOf({ backend }: Exchange): string | undefined {
  return backend === undefined ? undefined : (backend.listener?.settings.name ?? backend.netns);
}

export function recordedText({ verdicts, backends }: RecordedResult): string {
  return verdicts
    .map(verdict => resultText(verdict, verdict === 'ok' ? Object.entries(backends ?? {}) : []))
    .join(', ');
}

function resultText(verdict: string, backends: readonly (readonly [string, readonly string[]])[]): string {
  const answers = backends.map(([name, sources]) => (sources.length === 0 ? name : `${name}<${sources.join(',')}`));
  return answers.length === 0 ? verdict : `${verdict} ${answers.join(' or ')}`;
}

/** `10.244.1.2:4000`, `0.0.0.0:4000`. @throws ParseError */
export function readBind(text: string): NonNullable<Question['bind']> {
  const [address = '', port = ''] = text.split(':');
  return {
    ...(address !== '' && address !== '0.0.0.0' && { address: ip(address) }),
    ...(Number(port) > 0 && { port: Number(port) }),
  };
}
