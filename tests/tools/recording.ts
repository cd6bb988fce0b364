// One recording of a real tool: `TOOL--CASE.txt`, in the format of the recorded tool output's README.

import { invariant } from '../../src/sim/runtime/errors.ts';

export interface ToolRecording {
  /** `curl--ok-verbose`. */
  readonly name: string;
  /** The command line as it was typed. */
  readonly line: string;
  /** The host of the world in which it was typed. */
  readonly host: string;
  readonly world: string;
  /** What the tool wrote to. */
  readonly into: 'terminal' | 'pipe';
  readonly code: number;
  /** Both streams, as they came. */
  readonly text: string;
}

/** `# pod client, world host-gw, terminal, exit 0`; machines that are the only one of their kind have no name of their own. */
const PLACE = /^# (?:(?:pod|node|outside) )?(\S+), world (\S+), (terminal|pipe), exit (\d+)$/;

export function parseRecording(name: string, source: string): ToolRecording {
  const [line = '', place = '', ...rest] = source.split('\n');
  const match = PLACE.exec(place);
  invariant(match !== null, `${name}: the second line says where it was recorded`);
  const [, host = '', world = '', into, code] = match;
  return {
    name,
    line,
    host,
    world,
    into: into === 'pipe' ? 'pipe' : 'terminal',
    code: Number(code),
    text: rest.join('\n'),
  };
}
