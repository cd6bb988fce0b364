import { readFileSync } from 'node:fs';
import { kernelShell } from './kernelShell.ts';
export async function main(args: string[]) {
  const sh = kernelShell({
    name: 'x',
    links: [],
    hosts: [{ name: 'n', ...(args[0] !== '-' && { iptables: readFileSync(args[0]!, 'utf8') }) }],
  });
  for (const line of readFileSync(0, 'utf8')
    .split('\n')
    .filter(l => l !== '')) {
    const r = await sh.run('n', line);
    process.stdout.write(args[1] === 'plain' ? r.text : `$ ${line}\n${r.text}=> ${r.code}\n`);
  }
  return 0;
}
