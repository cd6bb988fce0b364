// Changes made while a recorded cluster runs: the terminal's own commands, run in its hosts.

import type { CommandContext, Place } from '../../../src/shell/command.ts';
import { findCommand } from '../../../src/shell/programs.ts';
import type { LabHost } from '../../../src/sim/labHost.ts';
import type { World } from '../../../src/sim/linux/world.ts';
import type { RecordedStep } from './recording.ts';

type Change = NonNullable<RecordedStep['change']>[number];

/** @throws Error when the command is not there, or fails although the recording expects it to work */
export async function change(world: World, now: () => number, { host, argv, stdin, check }: Change): Promise<void> {
  const [name = '', ...words] = argv;
  const place: Place = { kind: 'host', netns: host, hostname: host, prompt: '#', hasKubectl: false };
  const command = findCommand(name, place);
  if (command === undefined) throw new Error(`${host}: no command "${name}" here`);
  const said: string[] = [];
  const code = await command.run(words, contextOf(world, now, place, stdin, said));
  if (code !== 0 && check !== false) throw new Error(`${host}: ${argv.join(' ')}: ${said.join('')}`);
}

function contextOf(
  world: World,
  now: () => number,
  place: Place,
  stdin: string | undefined,
  said: string[],
): CommandContext {
  const host: LabHost = {
    world,
    get now() {
      return now();
    },
    read: () => undefined,
    host: name => (world.find(name) === undefined ? undefined : { netns: name, hostname: name, element: name }),
    hostNames: () => [...world.namespaces.keys()],
    journeys: () => [],
    service: () => undefined,
    container: () => ({ kind: 'refused', message: 'a recorded cluster has no Pods of its own' }),
  };
  const unused = (): never => {
    throw new Error('a change of a recorded cluster sends no packets and asks no API server');
  };
  return {
    place,
    isTerminal: false,
    stdin,
    output: { write: (_, text) => said.push(text) },
    request: unused,
    lab: host,
    files: new Map(),
    exchange: unused,
    sleep: () => undefined,
    isCancelled: () => false,
    breathe: () => Promise.resolve(),
    runAt: unused,
    enter: unused,
  };
}
