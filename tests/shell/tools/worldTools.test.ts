// Tools in a part of the recorded world. What is expected is what the real tools printed there: iproute2 6.1.0, conntrack
// 1.4.7, netcat-openbsd 1.219, wget 1.21.3, traceroute 2.1.2, iptables 1.8.9 and tcpdump 4.99.3 of Debian 12.

import { beforeEach, describe, expect, it } from 'vitest';
import { type KernelShell, kernelShell } from './kernelShell.ts';
import { SMALL_WORLD } from './smallWorld.ts';

let shell: KernelShell;

beforeEach(() => {
  shell = kernelShell(SMALL_WORLD, { 'web.default.svc.cluster.local': ['10.96.40.10'] });
});

/** What a line prints, without what no two runs have in common. */
async function prints(host: string, line: string, into: 'terminal' | 'pipe' = 'terminal'): Promise<string> {
  const { text, code } = await shell.run(host, line, into);
  const plain = text
    .replaceAll(/\d+\.\d{3} ms/g, 'T ms')
    .replaceAll(/pid=\d+,fd=\d+/g, 'pid=P,fd=F')
    .replaceAll(/(?<![:\w])(\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\d(\.\d{6})?(?![:\w])/g, 'TIME')
    .replaceAll(/(?<=[ .=])[345]\d{4}(?=[ :\n])/g, 'PORT')
    .replaceAll(/^(tcp|icmp)( +\d+) \d+ /gm, '$1$2 S ')
    .replaceAll(/\b(seq|ack) \d{6,}/g, '$1 N')
    .replaceAll(/TS val \d+ ecr \d+/g, 'TS')
    .replaceAll(/ id=?\d+/g, ' id=I')
    .replaceAll(/\(?[\d.]+ [KMG]?B\/s\)?|[\d.]+[KMG]=/g, 'SPEED');
  return `${plain}=> ${code}\n`;
}

describe('bridge', () => {
  it('shows what the bridge learned, the newest first', async () => {
    await shell.run('client', 'ping -c 1 10.244.1.3');
    expect(await prints('node-1', 'bridge fdb show br cni0')).toBe(`0a:58:0a:f4:01:02 dev vethclient master cni0 
d2:6f:5f:5f:c8:a0 dev vethclient master cni0 permanent
33:33:00:00:00:01 dev vethclient self permanent
01:00:5e:00:00:01 dev vethclient self permanent
0a:58:0a:f4:01:03 dev vethnear master cni0 
d2:6f:5f:5f:c8:a1 dev vethnear master cni0 permanent
33:33:00:00:00:01 dev vethnear self permanent
01:00:5e:00:00:01 dev vethnear self permanent
33:33:00:00:00:01 dev cni0 self permanent
01:00:5e:00:00:6a dev cni0 self permanent
33:33:00:00:00:6a dev cni0 self permanent
01:00:5e:00:00:01 dev cni0 self permanent
0a:58:0a:f4:01:01 dev cni0 master cni0 permanent
=> 0
`);
    expect(await prints('node-1', 'bridge fdb del 0a:58:0a:f4:01:03 dev vethnear master')).toBe('=> 0\n');
    expect(await prints('node-1', 'bridge fdb del 0a:58:0a:f4:01:03 dev vethnear master')).toBe(
      'RTNETLINK answers: No such file or directory\n=> 255\n',
    );
  });

  it('shows ports, and changes hairpin', async () => {
    const port =
      '3: vethclient@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 master cni0 state forwarding priority 32 cost 2 \n';
    expect(await prints('node-1', 'bridge link show dev vethclient')).toBe(`${port}=> 0\n`);
    await shell.run('node-1', 'bridge link set dev vethclient hairpin off');
    expect(await prints('node-1', 'bridge -d link show dev vethclient')).toBe(
      `${port}    hairpin off guard off root_block off fastleave off learning on flood on mcast_flood on bcast_flood on mcast_router 1 mcast_to_unicast off neigh_suppress off vlan_tunnel off isolated off locked off \n=> 0\n`,
    );
    await shell.run('node-1', 'ip link set vethnear down');
    expect(await prints('node-1', 'bridge link show dev vethnear')).toBe(
      '4: vethnear@eth0: <BROADCAST,MULTICAST> mtu 1500 master cni0 state disabled priority 32 cost 2 \n=> 0\n',
    );
  });

  it('writes the ends of a tunnel', async () => {
    shell = kernelShell({
      name: 'tunnel',
      links: [],
      hosts: [{ name: 'n', interfaces: [{ name: 'flannel.1', type: 'vxlan', mac: '5e:00:00:00:00:01', vni: 1 }] }],
    });
    const run = async (words: string): Promise<string> => prints('n', `bridge fdb ${words}`);
    expect(await run('add 5e:00:00:00:00:00 dev flannel.1 dst 192.168.10.10')).toBe('=> 0\n');
    expect(await run('add 5e:00:00:00:00:00 dev flannel.1 dst 192.168.10.12')).toBe(
      'RTNETLINK answers: File exists\n=> 255\n',
    );
    await run('replace 5e:00:00:00:00:02 dev flannel.1 dst 192.168.10.12');
    expect(await run('show dev flannel.1')).toBe(`5e:00:00:00:00:02 dst 192.168.10.12 self permanent
5e:00:00:00:00:00 dst 192.168.10.10 self permanent
=> 0
`);
    expect(await run('del 5e:00:00:00:00:02 dev flannel.1 dst 192.168.10.12')).toBe('=> 0\n');
    expect(await run('del 5e:00:00:00:00:02 dev flannel.1')).toBe(
      'RTNETLINK answers: No such file or directory\n=> 255\n',
    );
    expect(await run('del 5e:00 dev flannel.1')).toBe('Invalid mac address 5e:00\n=> 255\n');
    expect(await run('del 5e:00:00:00:00:02 dev nope')).toBe('Cannot find device "nope"\n=> 255\n');
  });
});

describe('conntrack', () => {
  const ENTRY =
    'TIME_WAIT src=10.244.1.2 dst=10.96.40.12 sport=PORT dport=80 src=10.244.2.2 dst=10.244.1.2 sport=8080 dport=PORT [ASSURED] mark=0 use=1\n';

  it('shows and deletes what the filters choose', async () => {
    await shell.run('client', 'curl -s http://10.96.40.12/');
    await shell.run('client', 'ping -c 1 10.244.2.2');
    expect(await prints('node-1', 'conntrack -L -d 10.96.40.12')).toBe(
      `tcp      6 S ${ENTRY}conntrack v1.4.7 (conntrack-tools): 1 flow entries have been shown.\n=> 0\n`,
    );
    expect(await prints('node-1', 'conntrack -L -p icmp')).toBe(
      'icmp     1 S src=10.244.1.2 dst=10.244.2.2 type=8 code=0 id=I src=10.244.2.2 dst=10.244.1.2 type=0 code=0 id=I mark=0 use=1\nconntrack v1.4.7 (conntrack-tools): 1 flow entries have been shown.\n=> 0\n',
    );
    expect(await prints('node-1', 'conntrack -D -d 10.96.40.99')).toBe(
      'conntrack v1.4.7 (conntrack-tools): 0 flow entries have been deleted.\n=> 1\n',
    );
    expect(await prints('node-1', 'conntrack -D -p tcp --orig-port-dst 80 -r 10.244.2.2')).toBe(
      `tcp      6 S ${ENTRY}conntrack v1.4.7 (conntrack-tools): 1 flow entries have been deleted.\n=> 0\n`,
    );
    expect(await prints('node-1', 'conntrack -C')).toBe('1\n=> 0\n');
    expect(await prints('node-1', 'conntrack -F')).toBe(
      'conntrack v1.4.7 (conntrack-tools): connection tracking table has been emptied.\n=> 0\n',
    );
    expect(await prints('node-1', 'conntrack -L --dport 80')).toBe(
      "conntrack v1.4.7 (conntrack-tools): unknown option `--dport'\nTry `conntrack -h' or 'conntrack --help' for more information.\n=> 2\n",
    );
  });
});

describe('iptables', () => {
  it('lists a chain with line numbers', async () => {
    expect(
      await prints('node-1', 'iptables -t nat -L KUBE-POSTROUTING -n --line-numbers'),
    ).toBe(`Chain KUBE-POSTROUTING (1 references)
num  target     prot opt source               destination         
1    RETURN     0    --  0.0.0.0/0            0.0.0.0/0            mark match ! 0x4000/0x4000
2    MARK       0    --  0.0.0.0/0            0.0.0.0/0            MARK xor 0x4000
3    MASQUERADE  0    --  0.0.0.0/0            0.0.0.0/0            /* kubernetes service traffic requiring SNAT */ random-fully
=> 0
`);
  });

  it('saves a table between its date lines, an unknown one not at all', async () => {
    expect(
      await prints('web', 'iptables-save -c -t filter'),
    ).toBe(`# Generated by iptables-save v1.8.9 (nf_tables) on Thu Jan  1 TIME 2026
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
COMMIT
# Completed on Thu Jan  1 TIME 2026
=> 0
`);
    expect(await prints('web', 'iptables-save -t nope')).toBe("Table `nope' does not exist\n=> 1\n");
  });

  it('breaks a Service, and a restore mends it', async () => {
    const saved = (await shell.run('node-1', 'iptables-save -t nat')).out;
    await shell.run('node-1', 'iptables -t nat -F KUBE-SVC-GC7YPRXAEGOKCMA3');
    expect((await shell.run('client', 'curl -s -m 1 http://10.96.40.12/')).code).not.toBe(0);
    expect((await shell.run('node-1', `printf '%s' '${saved}' | iptables-restore`)).text).toBe('');
    expect((await shell.run('client', 'curl -s -m 1 http://10.96.40.12/')).text).toBe('pod=web client=10.244.1.2\n');
  });

  it('drops what the policy says', async () => {
    await shell.run('node-1', 'iptables -P FORWARD DROP');
    expect((await shell.run('client', 'curl -s -m 1 http://10.244.2.2:8080/')).code).toBe(28);
  });
});

describe('ss', () => {
  it('lists listeners', async () => {
    expect(
      await prints('near', 'ss -tlnp', 'pipe'),
    ).toBe(`State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess
LISTEN 0      64           0.0.0.0:8080      0.0.0.0:*    users:(("web",pid=P,fd=F))
=> 0
`);
    expect(
      await prints('near', 'ss -tlnp'),
    ).toBe(`State              Recv-Q             Send-Q                         Local Address:Port                         Peer Address:Port            Process            
LISTEN             0                  64                                   0.0.0.0:8080                              0.0.0.0:*                users:(("web",pid=P,fd=F))
=> 0
`);
    expect(await prints('node-1', "ss -tln 'sport = :30080'", 'pipe')).toBe(
      'State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n=> 0\n',
    );
  });
});

describe('nc', () => {
  it.each([
    ['nc -zv -w 2 10.244.2.2 8080', 'Connection to 10.244.2.2 8080 port [tcp/http-alt] succeeded!\n=> 0\n'],
    ['nc -zv -w 2 10.96.40.12 80', 'Connection to 10.96.40.12 80 port [tcp/http] succeeded!\n=> 0\n'],
    ['nc -zv -w 2 10.244.2.2 9999', 'nc: connect to 10.244.2.2 port 9999 (tcp) failed: Connection refused\n=> 1\n'],
    ['nc -zv -w 5 10.244.1.99 8080', 'nc: connect to 10.244.1.99 port 8080 (tcp) failed: No route to host\n=> 1\n'],
    [
      'nc -zv -w 2 10.244.1.99 8080',
      'nc: connect to 10.244.1.99 port 8080 (tcp) timed out: Operation now in progress\n=> 1\n',
    ],
    ['nc -zvu -w 2 10.244.2.2 9999', '=> 1\n'],
  ])('%s', async (line, text) => {
    expect(await prints('client', line)).toBe(text);
  });

  it('does not listen where somebody listens', async () => {
    expect(await prints('near', 'nc -l 8080')).toBe('nc: Address already in use\n=> 1\n');
    expect((await shell.run('near', 'nc -l 9000')).text).toContain('one command at a time');
  });
});

describe('wget', () => {
  it('prints a page and what it does', async () => {
    expect(await prints('client', 'wget -qO- http://10.96.40.12/', 'pipe')).toBe('pod=web client=10.244.1.2\n=> 0\n');
    expect(
      await prints('client', 'wget -O- http://10.244.2.2:8080/missing', 'pipe'),
    ).toBe(`--TIME--  http://10.244.2.2:8080/missing
Connecting to 10.244.2.2:8080... connected.
HTTP request sent, awaiting response... 404 Not Found
TIME ERROR 404: Not Found.

=> 8
`);
    expect(
      await prints('client', 'wget -t 1 -O- http://10.244.1.99:8080/', 'pipe'),
    ).toBe(`--TIME--  http://10.244.1.99:8080/
Connecting to 10.244.1.99:8080... failed: No route to host.
=> 4
`);
  });
});

describe('traceroute', () => {
  it.each([
    [
      'traceroute -n 10.244.2.2',
      `traceroute to 10.244.2.2 (10.244.2.2), 30 hops max, 60 byte packets
 1  10.244.1.1  T ms  T ms  T ms
 2  192.168.10.12  T ms  T ms  T ms
 3  10.244.2.2  T ms  T ms  T ms
=> 0
`,
    ],
    [
      'traceroute -n -I 10.244.1.3',
      `traceroute to 10.244.1.3 (10.244.1.3), 30 hops max, 60 byte packets
 1  10.244.1.3  T ms  T ms  T ms
=> 0
`,
    ],
    [
      'traceroute -n -m 3 10.244.1.99',
      `traceroute to 10.244.1.99 (10.244.1.99), 3 hops max, 60 byte packets
 1  10.244.1.2  T ms !H  T ms !H  T ms !H
=> 0
`,
    ],
  ])('%s', async (line, text) => {
    expect(await prints('client', line)).toBe(text);
  });

  it('says at once that there is no way', async () => {
    await shell.run('client', 'ip route del default');
    expect(
      await prints('client', 'traceroute -n 10.244.2.2'),
    ).toBe(`traceroute to 10.244.2.2 (10.244.2.2), 30 hops max, 60 byte packets
connect: Network is unreachable
=> 1
`);
  });
});

describe('dig', () => {
  // bind9-dnsutils 9.18; without EDNS, which the lab's packets do not have.
  it('prints addresses alone, or the whole answer', async () => {
    expect(await prints('client', 'dig +short @10.244.1.3 web.default.svc.cluster.local')).toBe('10.96.40.10\n=> 0\n');
    expect(await prints('client', 'dig +short @10.244.1.3 web')).toBe('=> 0\n');
    const whole = await prints('client', 'dig @10.244.1.3 web.default.svc.cluster.local');
    expect(whole).toContain(`;; QUESTION SECTION:
;web.default.svc.cluster.local.\tIN\tA

;; ANSWER SECTION:
web.default.svc.cluster.local. 30 IN\tA\t10.96.40.10
`);
  });

  it('says when no server answers', async () => {
    expect(
      await prints('client', 'dig +time=2 +tries=1 @10.244.2.9 web.default.svc.cluster.local'),
    ).toBe(`;; communications error to 10.244.2.9#53: timed out

; <<>> DiG 9.18.49-1~deb12u3-Debian <<>> +time=2 +tries=1 @10.244.2.9 web.default.svc.cluster.local
; (1 server found)
;; global options: +cmd
;; no servers could be reached
=> 9
`);
  });
});

describe('ip -d link', () => {
  it('shows a tunnel, and keeps room for its headers', async () => {
    shell = kernelShell({
      name: 'tunnel',
      links: [['n/eth0', 'm/eth0']],
      hosts: [
        {
          name: 'n',
          interfaces: [
            { name: 'eth0', addresses: ['192.168.10.11/24'] },
            {
              name: 'flannel.1',
              type: 'vxlan',
              mac: '5e:00:00:00:00:01',
              vni: 1,
              local: '192.168.10.11',
              dev: 'eth0',
              learning: false,
            },
          ],
        },
        { name: 'm', interfaces: [{ name: 'eth0' }] },
      ],
    });
    expect(
      await prints('n', 'ip -d link show flannel.1'),
    ).toBe(`3: flannel.1: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN mode DEFAULT group default qlen 1000
    link/ether 5e:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 minmtu 68 maxmtu 65535 
    vxlan id 1 local 192.168.10.11 dev eth0 srcport 0 0 dstport 8472 nolearning ttl auto ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx addrgenmode eui64 numtxqueues 1 numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 
=> 0
`);
    expect(await prints('n', 'ip link set flannel.1 mtu 1500')).toBe('RTNETLINK answers: Invalid argument\n=> 2\n');
    expect(await prints('n', 'ip link set flannel.1 mtu 1400')).toBe('=> 0\n');
    expect(await prints('n', 'ip link set eth0 mtu 67')).toBe('Error: mtu less than device minimum.\n=> 2\n');
  });
});

describe('tcpdump', () => {
  it('shows the last journey as it crossed the bridge: requests translated, answers translated back', async () => {
    await shell.run('client', 'curl -s http://10.96.40.12/');
    expect(
      (await prints('node-1', 'tcpdump -n -i cni0 -c 4 tcp')).split('\n').slice(2, 6).join('\n'),
    ).toBe(`TIME IP 10.244.1.2.PORT > 10.244.2.2.8080: Flags [S], seq N, win 64240, options [mss 1460,sackOK,TS,nop,wscale 10], length 0
TIME IP 10.96.40.12.80 > 10.244.1.2.PORT: Flags [S.], seq N, ack N, win 65160, options [mss 1460,sackOK,TS,nop,wscale 10], length 0
TIME IP 10.244.1.2.PORT > 10.244.2.2.8080: Flags [.], ack N, win 63, options [nop,nop,TS], length 0
TIME IP 10.244.1.2.PORT > 10.244.2.2.8080: Flags [P.], seq 0:75, ack 1, win 63, options [nop,nop,TS], length 75: HTTP: GET / HTTP/1.1`);
  });

  it('says on which interfaces a packet was seen', async () => {
    await shell.run('client', 'curl -s http://10.96.40.12/');
    const { out } = await shell.run('node-1', 'tcpdump -n -i any -c 3 tcp and host 10.244.1.2');
    expect(out.split('\n').map(line => line.slice(16, 43))).toEqual([
      'vethclient P   IP 10.244.1.',
      'cni0  In  IP 10.244.1.2.570',
      'eth0  Out IP 10.244.1.2.570',
      '',
    ]);
  });

  it('shows who asks for an address', async () => {
    await shell.run('client', 'ping -c 1 -W 4 10.244.1.99');
    expect(
      (await prints('node-1', 'tcpdump -n -i cni0 -c 3 arp and host 10.244.1.99')).split('\n').slice(2).join('\n'),
    ).toBe(`TIME ARP, Request who-has 10.244.1.99 tell 10.244.1.2, length 28
TIME ARP, Request who-has 10.244.1.99 tell 10.244.1.2, length 28
TIME ARP, Request who-has 10.244.1.99 tell 10.244.1.2, length 28
3 packets captured
3 packets received by filter
0 packets dropped by kernel
=> 0
`);
  });

  it('says where nothing crossed', async () => {
    expect(await prints('node-1', 'tcpdump -n -i eth0 icmp')).toContain('0 packets captured');
    expect(await prints('node-1', 'tcpdump -n -i eth0 icmp')).toContain('one command runs at a time here');
  });

  it('knows neither other interfaces nor other filters', async () => {
    expect(await prints('node-1', 'tcpdump -n -i eth9')).toBe(
      'tcpdump: eth9: No such device exists\n(No such device exists)\n=> 1\n',
    );
    expect(await prints('node-1', 'tcpdump -n -i eth0 foo bar')).toBe(
      "tcpdump: can't parse filter expression: syntax error\n=> 1\n",
    );
  });
});
