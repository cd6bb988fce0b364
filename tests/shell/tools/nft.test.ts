// nft at a node. What is expected is what nft 1.0.6 printed in a network namespace with the same rules.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { kernelShell } from './kernelShell.ts';

const recorded = (name: string): string =>
  readFileSync(new URL(`../../sim/linux/nftables/recorded/${name}`, import.meta.url), 'utf8');

const shell = kernelShell({ name: 'nft', hosts: [{ name: 'node', nft: recorded('minimal.nft') }], links: [] });

describe('nft', () => {
  it('lists the ruleset, and a table', async () => {
    expect(await shell.run('node', 'nft list ruleset')).toMatchObject({
      out: recorded('minimal.list'),
      err: '',
      code: 0,
    });
    expect((await shell.run('node', 'nft list table ip kube-proxy')).out).toBe(recorded('minimal.list'));
    expect((await shell.run('node', 'nft list tables')).out).toBe('table ip kube-proxy\n');
  });

  it('lists one chain, one map', async () => {
    expect((await shell.run('node', 'nft list chain ip kube-proxy ep1')).out).toBe(
      'table ip kube-proxy {\n\tchain ep1 {\n\t\tip saddr 10.2.1.2 meta mark set meta mark | 0x00004000\n\t\tmeta l4proto tcp dnat to 10.2.1.2:8080\n\t}\n}\n',
    );
    expect((await shell.run('node', 'nft list map ip kube-proxy service-ips')).out).toBe(
      'table ip kube-proxy {\n\tmap service-ips {\n\t\ttype ipv4_addr . inet_proto . inet_service : verdict\n\t\telements = { 10.96.0.10 . tcp . 80 : goto svc-web }\n\t}\n}\n',
    );
  });

  it('says what is not there, under its name', async () => {
    const rows: readonly (readonly [string, string])[] = [
      ['nft list table ip x', 'Error: No such file or directory\nlist table ip x\n              ^\n'],
      [
        'nft list chain ip kube-proxy nope',
        'Error: No such file or directory\nlist chain ip kube-proxy nope\n                         ^^^^\n',
      ],
      [
        'nft list set ip kube-proxy service-ips',
        'Error: No such file or directory\nlist set ip kube-proxy service-ips\n                       ^^^^^^^^^^^\n',
      ],
      [
        'nft list table kube-proxy extra',
        'Error: syntax error, unexpected string, expecting end of file or newline or semicolon\nlist table kube-proxy extra\n                      ^^^^^\n',
      ],
      ['nft', 'nft: no command specified\n'],
    ];
    for (const [line, err] of rows) expect(await shell.run('node', line)).toMatchObject({ err, code: 1 });
  });
});
