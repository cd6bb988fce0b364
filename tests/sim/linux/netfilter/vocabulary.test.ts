// Every condition and target that the model has, written as iptables-save prints it: read and printed back unchanged.

import { describe, expect, it } from 'vitest';
import { parseRuleset, renderRuleset } from '../../../../src/sim/linux/netfilter/iptablesSave.ts';

const RULES = [
  '-p icmp -m icmp --icmp-type 8 -j ACCEPT',
  '-p icmp -m icmp --icmp-type 3/4 -j ACCEPT',
  '-p icmp -m icmp ! --icmp-type any -j DROP',
  '-p tcp -m multiport --dports 80,443,8000:8999 -j ACCEPT',
  '-p udp -m multiport ! --sports 53 -j DROP',
  '-p tcp -m multiport --ports 22,23 -j DROP',
  '-m iprange --src-range 10.0.0.1-10.0.0.9 -j DROP',
  '-m iprange ! --dst-range 10.0.0.1-10.0.0.9 -j DROP',
  '-m physdev --physdev-in veth1 --physdev-is-in --physdev-out veth2 --physdev-is-bridged -j ACCEPT',
  '-m physdev ! --physdev-is-bridged -j ACCEPT',
  '-m connmark --mark 0x1/0xff -j ACCEPT',
  '-m recent --rcheck --seconds 10800 --reap --name WEB --mask 255.255.255.255 --rsource -j ACCEPT',
  '-m recent --set --name WEB --mask 255.255.0.0 --rdest -j ACCEPT',
  '-m recent ! --update --seconds 60 --hitcount 4 --name DEFAULT --mask 255.255.255.255 --rsource -j DROP',
  '-m set --match-set pods src -j ACCEPT',
  '-m set ! --match-set ports dst,dst -j DROP',
  '-m mac --mac-source 02:42:ac:12:00:02 -j ACCEPT',
  '-j CONNMARK --set-xmark 0x1/0xff',
  '-j CONNMARK --save-mark --nfmask 0xff --ctmask 0xff',
  '-j CONNMARK --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff',
  '-j LOG --log-prefix "denied: "',
  '-j LOG',
];

const NAT_RULES = ['-p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080', '-j REDIRECT'];

const CHAINS: Readonly<Record<string, readonly string[]>> = {
  raw: ['PREROUTING', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
};

const tableOf = (name: string, chain: string, rule: string): string =>
  [`*${name}`, ...(CHAINS[name] ?? []).map(base => `:${base} ACCEPT [0:0]`), `-A ${chain} ${rule}`, 'COMMIT', ''].join(
    '\n',
  );

describe('iptables-save text', () => {
  it.each(RULES)('%s comes back as it was', rule => {
    const text = tableOf('filter', 'FORWARD', rule);
    expect(renderRuleset(parseRuleset(text))).toBe(text);
  });

  it.each(NAT_RULES)('%s comes back as it was', rule => {
    const text = tableOf('nat', 'PREROUTING', rule);
    expect(renderRuleset(parseRuleset(text))).toBe(text);
  });

  it.each([
    [
      'filter',
      'FORWARD',
      '-p icmp -m icmp --icmp-type echo-request -j ACCEPT',
      '-p icmp -m icmp --icmp-type 8 -j ACCEPT',
    ],
    ['filter', 'FORWARD', '-p udp --dport 8472 -j DROP', '-p udp -m udp --dport 8472 -j DROP'],
    ['raw', 'PREROUTING', '-j CT --notrack', '-j NOTRACK'],
  ] as const)('in %s, %s: %s is printed as %s', (table, chain, written, printed) => {
    expect(renderRuleset(parseRuleset(tableOf(table, chain, written)))).toBe(tableOf(table, chain, printed));
  });

  it.each([
    ['-m icmp --icmp-type banana -j DROP', 'line 5: unknown ICMP type "banana"'],
    ['-m multiport --dports http -j DROP', 'line 5: not a port: "http"'],
    ['-p icmp --dport 80 -j DROP', 'line 5: "-p tcp" or "-p udp" was expected before a port'],
    ['-m recent --seconds 5 -j DROP', 'line 5: "--set" or "--rcheck" or "--update" or "--remove" was expected'],
  ])('%s is refused: %s', (rule, message) => {
    expect(() => parseRuleset(tableOf('filter', 'FORWARD', rule))).toThrow(message);
  });
});
