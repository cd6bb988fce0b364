// Recordings that the lab's tools do not repeat, each with its reason. src/sim/MODEL.md says the same in short.

import type { ToolRecording } from './recording.ts';

interface Difference {
  readonly named: RegExp;
  readonly reason: string;
}

const DIFFERENCES: readonly Difference[] = [
  {
    named: /^curl--stall-m-headers-arrived$/,
    reason: 'its server sends headers ahead of the body; an answer of a program in the lab is one write',
  },
  {
    named: /^tcpdump--pod-reply-lost$/,
    reason: 'it was started behind the first SYN; the lab shows whole journeys',
  },
];

export function reasonFor({ name }: ToolRecording): string | undefined {
  return DIFFERENCES.find(({ named }) => named.test(name))?.reason;
}
