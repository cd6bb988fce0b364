// The page's kubectl and the real one side by side, on one served lab.

import { kubectl } from '../../src/shell/kubectl/kubectl.ts';
import { createShell } from '../../src/shell/session.ts';
import type { LabHost, VirtualMs } from '../../src/sim/index.ts';
import { type RealKubectl, realKubectl } from './realKubectl.ts';
import { type Printed, type ServedLabForTest, serveLabForTest } from './servedLab.ts';

/** Virtual time 0, in milliseconds since 1970. */
const EPOCH_MS = Date.UTC(2026, 0, 1);
/** Where the lab is served in what is compared and recorded: where the page's kubectl says it is. */
const URL_FOR_ALL = 'http://127.0.0.1:8001';

export interface BothKubectls {
  readonly served: ServedLabForTest;
  /** What the page's kubectl prints, and the real one. @param line without `kubectl`; words may stand in single quotes */
  page(line: string, stdin?: string): Promise<Printed>;
  real(line: string, stdin?: string): Promise<Printed>;
  close(): Promise<void>;
}

/**
 * @param files what both find in their working folder
 * @param wallClock milliseconds since 1970: ages that kubectl computes itself count up to the machine's clock, so the
 *   page's kubectl begins there as well
 */
export async function bothKubectls(
  manifests: string,
  files: Readonly<Record<string, string>>,
  wallClock: number,
): Promise<BothKubectls> {
  const served = await serveLabForTest({ manifests });
  const behind = wallClock - EPOCH_MS - served.lab.now;
  const { lab, client } = served;
  const host = atTime(lab, () => lab.now + behind);
  const shell = createShell({
    lab: () => host,
    request: request => client.request(request),
    files: () => new Map(Object.entries(files)),
    exchange: () => {
      throw new Error('kubectl sends no packets of its own');
    },
    sleep: ms => lab.advance(ms),
    breathe: () => new Promise(resolve => setTimeout(resolve, 0)),
    commands: [kubectl],
  });
  let program: RealKubectl | undefined;
  return {
    served,
    async page(line, stdin) {
      const printed = { out: '', err: '' };
      const output = {
        write(stream: 'out' | 'err', text: string): void {
          printed[stream] += text;
        },
      };
      const whole = stdin === undefined ? `kubectl ${line}` : `kubectl ${line} <<'END'\n${stdin}END\n`;
      const code = await shell.run(whole, output, new AbortController().signal);
      return { stdout: printed.out, stderr: printed.err, code };
    },
    async real(line, stdin) {
      program ??= realKubectl(served.url, files);
      const { stdout, stderr, code } = await program.run(wordsOf(line), stdin === undefined ? {} : { stdin });
      // Google's build of kubectl marks its version.
      const plain = (text: string): string => text.replaceAll(served.url, URL_FOR_ALL).replaceAll('-dispatcher', '');
      return { stdout: plain(stdout), stderr: plain(stderr), code };
    },
    async close() {
      program?.close();
      await served.close();
    },
  };
}

/** The words of a line: quotes are single ones, as a shell reads them. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|[^\s'])+/g) ?? [];
  return words.map(word => word.replaceAll("'", ''));
}

/** The same lab with another clock. */
function atTime<T extends LabHost>(lab: T, now: () => VirtualMs): LabHost {
  return new Proxy<LabHost>(lab, {
    get(target, key) {
      if (key === 'now') return now();
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
