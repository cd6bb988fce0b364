// Holds the simulator to vectors: data converted from upstream's tests. One line a file, the failing cases below it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runAges } from './ages.ts';
import { runErrorFormat } from './errorFormat.ts';
import { runManifests } from './manifests.ts';
import type { CaseResult } from './outcome.ts';
import { runPrinters } from './printers.ts';
import { runValidation } from './validation.ts';

/** A vector file or folder, and who runs it. */
interface VectorFile {
  readonly path: string;
  run(path: string): readonly CaseResult[] | NotBuilt;
}

/** A whole file for which the simulator has nothing yet. */
interface NotBuilt {
  readonly notBuilt: string;
}

const FILES: Readonly<Record<string, VectorFile>> = {
  validation: { path: 'validation.json', run: runValidation },
  'error-format': { path: 'error-format.json', run: runErrorFormat },
  printers: { path: 'printers.json', run: runPrinters },
  ages: { path: 'ages.json', run: runAges },
  manifests: { path: 'manifests', run: runManifests },
  'kubeproxy-rules': { path: 'kubeproxy-rules', run: notBuilt('the vectors’ inputs as a node’s Services') },
  'kubeproxy-misc': { path: 'kubeproxy-misc.json', run: notBuilt('the vectors’ large clusters and load balancers') },
  'kubeproxy-flows': {
    path: 'kubeproxy-flows.json',
    run: notBuilt('dual-stack Services and the vectors’ proxy options'),
  },
  netpol: { path: 'netpol.json', run: notBuilt('NetworkPolicies are stored, not enforced') },
  dns: { path: 'dns.json', run: notBuilt('the zone’s own records (SOA, NS, TXT) and its options') },
};

function notBuilt(what: string): VectorFile['run'] {
  return () => ({ notBuilt: what });
}

export function main(args: readonly string[]): number {
  const folder = optionOf(args, 'vectors');
  const only = optionOf(args, 'only')?.split(',');
  const unknown = (only ?? []).filter(name => !Object.hasOwn(FILES, name));
  if (folder === undefined || !existsSync(folder) || unknown.length > 0) {
    if (folder !== undefined && !existsSync(folder)) console.error(`no such folder: ${folder}`);
    for (const name of unknown) console.error(`no such vectors: ${name}`);
    console.error(`usage: npm run conformance -- --vectors FOLDER [--only ${Object.keys(FILES).join(',')}]`);
    return 2;
  }
  let failures = 0;
  for (const [name, file] of Object.entries(FILES)) {
    if (only !== undefined && !only.includes(name)) continue;
    const path = join(folder, file.path);
    if (existsSync(path)) failures += report(name, file.run(path));
    else if (only !== undefined) {
      console.log(`${name}: no ${file.path} in ${folder}`);
      failures++;
    }
  }
  return failures > 0 ? 1 : 0;
}

function optionOf(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(`--${name}`);
  return at < 0 ? undefined : args[at + 1];
}

/** Prints a file's results. Returns how many cases failed. */
function report(name: string, results: readonly CaseResult[] | NotBuilt): number {
  if ('notBuilt' in results) {
    console.log(`${name}: skipped: not built yet: ${results.notBuilt}`);
    return 0;
  }
  const count = (kind: CaseResult['outcome']['kind']) => results.filter(({ outcome }) => outcome.kind === kind).length;
  const failures = count('failed');
  console.log(`${name}: ${count('passed')} passed, ${failures} failed, ${count('skipped')} skipped`);
  for (const { name: caseName, outcome } of results) {
    if (outcome.kind === 'skipped') console.log(`  ${caseName}\n    skipped: ${outcome.reason}`);
    if (outcome.kind === 'failed')
      console.log(`  ${caseName}\n    expected ${shown(outcome.expected)}\n    actual   ${shown(outcome.actual)}`);
  }
  return failures;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
}
