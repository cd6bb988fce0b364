// Recordings that the lab's tools do not repeat, each with its reason. src/sim/MODEL.md says the same in short.

import type { ToolRecording } from './recording.ts';

interface Difference {
  readonly named: RegExp;
  readonly reason: string;
}

const DIFFERENCES: readonly Difference[] = [];

export function reasonFor({ name }: ToolRecording): string | undefined {
  return DIFFERENCES.find(({ named }) => named.test(name))?.reason;
}
