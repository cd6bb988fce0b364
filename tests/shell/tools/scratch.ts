import { readdirSync, readFileSync } from 'node:fs';
import { kernelShell } from './kernelShell.ts';

const ROOT = '/work/shared/kernel/tool-output';
export async function main(args: string[]) {
  const want = args[0] ?? '.';
  const norm = (t: string) =>
    t
      .replace(/\b([0-9a-f]{2}:){5}[0-9a-f]{2}\b/g, m =>
        m.startsWith('33:33') || m.startsWith('01:00') || m.startsWith('0a:58') || m.startsWith('02:42') ? m : 'MAC',
      )
      .replace(/pid=\d+,fd=\d+/g, 'pid=P,fd=F')
      .replace(/\d+\.\d\d\d ms/g, 'T ms')
      .replace(/\d\d:\d\d:\d\d\.\d{6}/g, 'TIME')
      .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/g, 'DATE')
      .replace(/(policy \w+) \d+ packets, \d+ bytes/g, '$1 N packets, N bytes')
      .replace(/^( *\d+ +)?( *\d+ +\d+ )(?=[A-Z-])/gm, '$1N N ')
      .replace(/(tcp|udp|icmp)( +\d+) \d+ /g, '$1$2 S ')
      .replace(/[\d.]+[KM]=0s/, 'X=0s')
      .replace(/\([\d.]+ [KM]?B\/s\)/, '(X)');
  const zone: Record<string, string> = {};
  for (const [n, ip] of Object.entries({
    web: '10.96.40.10',
    one: '10.96.40.12',
    none: '10.96.40.19',
    badport: '10.96.40.20',
    gone: '10.96.40.21',
    local: '10.96.40.22',
  }))
    zone[`${n}.default.svc.cluster.local`] = ip;
  let good = 0;
  const bad: string[] = [];
  for (const file of readdirSync(ROOT).filter(f => f.endsWith('.txt') && new RegExp(want).test(f))) {
    const [cmd = '', where = '', ...rest] = readFileSync(`${ROOT}/${file}`, 'utf8').split('\n');
    const expected = rest.join('\n');
    const m = /^# (?:node |pod |outside )?(\S+), world (\S+), (terminal|pipe), exit (\d+)/.exec(where);
    if (!m) {
      console.log('??', file, where);
      continue;
    }
    const [, host = '', worldName = '', into = '', code] = m;
    const sh = kernelShell(JSON.parse(readFileSync(`${ROOT}/worlds/${worldName}.json`, 'utf8')), zone);
    const warm =
      args[1] ??
      (/^(conntrack|bridge|tcpdump)/.test(file)
        ? 'client ping -c 1 10.244.1.3; client ping -c 1 10.244.1.5; client ping -c 1 10.244.1.1; client curl -s http://one/; laptop curl -s http://192.168.10.11:30080/; client curl -s -m 1 http://10.96.40.10:81/; client ping -c 1 10.244.2.2'
        : undefined);
    if (warm)
      for (const l of warm.split(';')) {
        const [h = '', ...c] = l.trim().split(' ');
        await sh.run(h, c.join(' '));
      }
    const r = await sh.run(host, cmd, into as 'terminal');
    const a = (t => file.startsWith('tcpdump') ? 'tcpdump: one command runs at a time here: these packets crossed before, in the journeys that the lab has kept\n' + t : t)(norm(expected)),
      b = norm(r.text);
    if (a === b && r.code === Number(code)) good++;
    else {
      bad.push(file);
      console.log(`=== ${file}: ${cmd} @${host} exit ${code}\n--- recorded\n${a}--- printed (exit ${r.code})\n${b}`);
    }
  }
  console.log('good', good, 'bad', bad.length, bad.join(' '));

  return 0;
}
