import { readFileSync } from 'node:fs';
import { kernelShell } from './kernelShell.ts';
export async function main() {
  const sh = kernelShell({
    name: 'x',
    links: [],
    hosts: [
      {
        name: 'n',
        listeners: [
          { proto: 'tcp', port: 22, addr: '0.0.0.0' },
          { proto: 'tcp', port: 8080, addr: '127.0.0.1' },
          { proto: 'tcp', port: 10250 },
          { proto: 'udp', port: 53 },
        ],
      },
    ],
  });
  sh.world
    .get('n')
    .configure({ listeners: sh.world.get('n').config.listeners.map(l => ({ ...l, process: 'python3' })) });
  for (const line of readFileSync('/tmp/sscmds', 'utf8')
    .split('\n')
    .filter(l => l !== ''))
    for (const t of ['terminal', 'pipe'] as const)
      process.stdout.write(
        (await sh.run('n', line, t)).text.replace(/pid=\d+,fd=\d+/g, t === 'terminal' ? 'pid=P,fd=F' : 'pid=P,fd=F'),
      );
  return 0;
}
