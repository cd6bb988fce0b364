// npm run conformance: what the project is held to. With --kernel FOLDER to recordings of the real kernel
// (tests/kernel/conformance), with --vectors FOLDER to expectations of upstream's own tests, with --tools FOLDER to what
// the real tools print (tests/tools).

import { main as kernel } from '../kernel/conformance/conformance.ts';
import { main as tools } from '../tools/tools.ts';
import { main as vectors } from './vectors.ts';

export async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--kernel')) return kernel(args);
  if (args.includes('--vectors')) return vectors(args);
  if (args.includes('--tools')) return tools(args);
  console.error('usage: npm run conformance -- --kernel FOLDER [--only NAME] [--predict FOLDER]');
  console.error('       npm run conformance -- --vectors FOLDER [--only NAME,NAME]');
  console.error('       npm run conformance -- --tools FOLDER [--only NAME]');
  return 2;
}
