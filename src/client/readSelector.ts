// A label selector for the page, which has no parser of its own.

import { parseLabelSelector } from '../sim/index.ts';
import type { SelectorReading } from './port.ts';

export function readSelector(text: string): SelectorReading {
  const read = parseLabelSelector(text);
  return read.ok ? { kind: 'read', requirements: read.value } : { kind: 'refused', message: read.error };
}
