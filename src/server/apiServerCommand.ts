// `npm run apiserver`: serves a lab as a Kubernetes API on this machine, until Ctrl+C.
//
//   npm run apiserver -- --port 8001
//   npm run apiserver -- --port 8001 --config lab.yaml      a Lab config, and manifests that are applied to it
//   npm run apiserver -- --origin http://127.0.0.1:5173     where the page may be (more than once)

import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createInProcessClient } from '../client/inProcess.ts';
import { machinePace } from '../client/pace.ts';
import type { OpenReport } from '../client/port.ts';
import { SANDBOX_LAB } from '../client/sandboxLab.ts';
import { parseTimestamp, type VirtualMs } from '../sim/index.ts';
import { serveLab } from './http/serveLab.ts';

const USAGE = 'usage: npm run apiserver -- [--port PORT] [--config FILE] [--origin ORIGIN ...]';

/**
 * How far the lab's clock begins behind the machine's. Settling runs ahead of time, and programs with a clock of their own
 * (`kubectl describe` counts the ages of Events) show nothing sensible of a time that is still to come.
 */
const LAG_MS = 60_000;

/** Where `npm start` serves the page. */
const PAGE_PORT = process.env.PORT ?? '4173';
const PAGE_ORIGINS = [`http://127.0.0.1:${PAGE_PORT}`, `http://localhost:${PAGE_PORT}`];

/**
 * Runs the command. Ends when `stop` is aborted.
 * @returns 0: it was stopped; 1: the lab does not open, or the port is taken; 2: the command line cannot be read
 */
export async function main(
  args: readonly string[],
  print: (line: string) => void = console.log,
  stop: AbortSignal = interrupted(),
): Promise<number> {
  const options = readOptions(args);
  if (options.kind === 'usage') {
    print(options.message);
    return 2;
  }
  // The lab's clock follows the machine's, and waits for it where settling was ahead.
  const client = createInProcessClient(machinePace(virtualNow, LAG_MS));
  const open = async (text: string): Promise<OpenReport> => {
    const report = await client.open({ kind: 'manifests', text, startsAt: virtualNow() - LAG_MS });
    if (report.kind === 'opened') await client.setClock(true);
    return report;
  };
  const opened = await open(options.manifests);
  if (opened.kind === 'refused') {
    for (const { message, range } of opened.problems) print(`${options.name}:${range.startLine}: ${message}`);
    return 1;
  }
  try {
    const served = await serveLab(client, {
      port: options.port,
      origins: options.origins,
      open,
      onFault: error => console.error(error),
    });
    print(`The lab "${opened.name}" is a Kubernetes API at ${served.url}  (Ctrl+C stops it)`);
    print('It asks nobody who they are: every program on this machine may use it, other machines cannot reach it.');
    print(`  kubectl --server=${served.url} get pods -A -o wide`);
    await new Promise<void>(resolve => {
      if (stop.aborted) resolve();
      else stop.addEventListener('abort', () => resolve());
    });
    await served.close();
    return 0;
  } catch (error) {
    print(`cannot serve on port ${options.port}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    client.close();
  }
}

/** The machine's time as the lab counts it. */
function virtualNow(): VirtualMs {
  return parseTimestamp(new Date().toISOString()) ?? 0;
}

function interrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}

type Options =
  | {
      readonly kind: 'serve';
      readonly port: number;
      readonly origins: readonly string[];
      /** What the manifests are called in messages. */
      readonly name: string;
      readonly manifests: string;
    }
  | { readonly kind: 'usage'; readonly message: string };

function readOptions(args: readonly string[]): Options {
  const usage = (reason: string): Options => ({ kind: 'usage', message: `${reason}\n${USAGE}` });
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '8001' },
        config: { type: 'string' },
        origin: { type: 'string', multiple: true, default: PAGE_ORIGINS },
      },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      return usage(`--port ${values.port}: a number from 0 to 65535 was expected`);
    return {
      kind: 'serve',
      port,
      origins: values.origin,
      name: values.config ?? 'the sandbox',
      manifests: values.config === undefined ? SANDBOX_LAB : readFileSync(values.config, 'utf8'),
    };
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
}
