// A shell for tests that need no lab: a laptop, nodes without kernels, and what a line prints.

import type { Command, Output } from '../../src/shell/command.ts';
import { createShell, type Shell } from '../../src/shell/session.ts';
import { Lab, type LabHost } from '../../src/sim/index.ts';

export interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface TestShell {
  readonly shell: Shell;
  run(line: string, signal?: AbortSignal): Promise<Printed>;
}

export interface TestOptions {
  readonly commands: readonly Command[];
  readonly files?: Readonly<Record<string, string>>;
  readonly lab?: LabHost;
  readonly onSleep?: (ms: number) => void;
}

const unasked = (): never => {
  throw new Error('this test asks nobody');
};

/** Two machines by name; their kernels do not exist. */
export function machines(namespaces: Set<string>): LabHost {
  const world = { find: (name: string) => (namespaces.has(name) ? { config: { interfaces: [] } } : undefined) };
  const names = ['cp', 'node-1', 'router', 'server', 'laptop'];
  const isOutside = (name: string): boolean => ['server', 'laptop'].includes(name);
  const elementOf = (name: string): string =>
    name === 'router' ? 'router/router' : isOutside(name) ? `outside/${name}` : `node/${name}`;
  const host: unknown = {
    world,
    now: 0,
    read: () => undefined,
    host: (name: string) =>
      names.includes(name)
        ? { netns: name, hostname: name, element: elementOf(name), ...(!isOutside(name) && { login: 'ssh' }) }
        : undefined,
    hostNames: () => names,
    container: unasked,
  };
  return host as LabHost;
}

export function testShell(options: TestOptions): TestShell {
  const lab = options.lab ?? machines(new Set(['cp', 'node-1', 'router', 'server', 'laptop']));
  const shell = createShell({
    lab: () => lab,
    request: request => (lab instanceof Lab ? Promise.resolve(lab.request(request)) : unasked()),
    files: () => new Map(Object.entries(options.files ?? {})),
    exchange: (question, target) => (lab instanceof Lab ? lab.exchange(question, target) : unasked()),
    sleep: ms => (lab instanceof Lab ? lab.advance(ms) : options.onSleep?.(ms)),
    breathe: () => Promise.resolve(),
    commands: options.commands,
  });
  return {
    shell,
    async run(line, signal = new AbortController().signal) {
      const printed = { out: '', err: '' };
      const output: Output = {
        write(stream, text) {
          printed[stream] += text;
        },
      };
      const code = await shell.run(line, output, signal);
      return { code, ...printed };
    },
  };
}
