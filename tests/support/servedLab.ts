// A lab served over HTTP inside the test, on a free port: the same lab is at hand for the page's kubectl.

import { createInProcessClient, type InProcessClient } from '../../src/client/inProcess.ts';
import type { EditorFile } from '../../src/client/port.ts';
import { SANDBOX_LAB } from '../../src/client/sandboxLab.ts';
import { serveLab } from '../../src/server/http/serveLab.ts';
import type { Lab } from '../../src/sim/index.ts';

/** What a command line printed, and how it ended. */
export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

export interface ServedLabForTest {
  /** `http://127.0.0.1:40123` */
  readonly url: string;
  readonly port: number;
  readonly client: InProcessClient;
  /** The lab itself, whose clock stands still unless the test moves it. */
  readonly lab: Lab;
  /** A command line in the page's terminal, on the same lab. */
  run(line: string): Promise<Printed>;
  close(): Promise<void>;
}

export interface ServedLabOptions {
  /** A Lab config with manifests; by default the sandbox. */
  readonly manifests?: string;
  /** Files of the editor, which `-f NAME` names. */
  readonly files?: readonly EditorFile[];
  /** Origins of pages that may ask. */
  readonly origins?: readonly string[];
}

/** Two labs of the same manifests are the same, as long as the same happens in them. */
export async function serveLabForTest(options: ServedLabOptions = {}): Promise<ServedLabForTest> {
  const client = createInProcessClient();
  const open = (text: string) => client.open({ kind: 'manifests', text });
  const opened = await open(options.manifests ?? SANDBOX_LAB);
  if (opened.kind === 'refused') throw new Error(opened.problems.map(problem => problem.message).join('\n'));
  await client.setFiles(options.files ?? []);
  const faults: unknown[] = [];
  const served = await serveLab(client, {
    port: 0,
    origins: options.origins ?? [],
    open,
    onFault: error => faults.push(error),
  });
  const lab = await client.withLab(session => session.lab);
  let lines = 0;
  return {
    url: served.url,
    port: Number(new URL(served.url).port),
    client,
    lab,
    async run(line) {
      const printed = { stdout: '', stderr: '' };
      const { exitCode } = await client.run(`line-${++lines}`, line, ({ stream, text }) => {
        printed[stream === 'out' ? 'stdout' : 'stderr'] += text;
      });
      return { ...printed, code: exitCode };
    },
    async close() {
      await served.close();
      client.close();
      if (faults.length > 0) throw faults[0];
    },
  };
}
