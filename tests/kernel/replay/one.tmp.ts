import { readFileSync } from 'node:fs';
import { predict } from '../conformance/predict.ts';
import { replay } from './replay.ts';
export async function main(args: string[]) {
  const spec = JSON.parse(readFileSync(args[0] ?? '', 'utf8'));
  console.log(JSON.stringify((await replay(spec)).results, null, 1));
  console.log(JSON.stringify(predict(spec).results, null, 1));
}
