// npm run conformance -- --tools FOLDER [--only NAME]: holds the terminal's tools to recordings of the real ones. Prints
// each difference, and ends with 1 if there is one that is not listed with its reason.

import { existsSync } from 'node:fs';
import { reasonFor } from './differences.ts';
import { type Compared, compareFolder } from './recordedTools.ts';

export async function main(args: readonly string[]): Promise<number> {
  const option = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? undefined : args[at + 1];
  };
  const folder = option('tools');
  if (folder === undefined || !existsSync(folder)) {
    console.error('usage: npm run conformance -- --tools FOLDER [--only NAME]');
    return 2;
  }
  const compared = await compareFolder(folder, option('only'));
  const differing = compared.filter(({ wanted, got }) => wanted !== got);
  const listed = differing.filter(({ recording }) => reasonFor(recording) !== undefined);
  for (const one of listed) console.log(`${one.recording.name}: differs: ${reasonFor(one.recording)}`);
  const others = differing.filter(one => !listed.includes(one));
  for (const one of others) console.log(difference(one));
  console.log(
    `\ntools: ${compared.length - differing.length} passed, ${others.length} failed, ${listed.length} skipped (they differ for the reason that is printed)`,
  );
  return others.length > 0 ? 1 : 0;
}

/** Lines that only one of both has, in their order. */
function difference({ recording, wanted, got }: Compared): string {
  const [there, here] = [wanted.split('\n'), got.split('\n')];
  const lines = [
    ...there.filter(line => !here.includes(line)).map(line => `  wanted ${line}`),
    ...here.filter(line => !there.includes(line)).map(line => `  got    ${line}`),
  ];
  const { name, line, host, world } = recording;
  const shown = lines.length > 0 ? lines : ['  the same lines in another order, or not as often'];
  return [`${name}: ${line}   (${host} in ${world})`, ...shown].join('\n');
}
