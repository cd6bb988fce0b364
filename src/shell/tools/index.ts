// The Linux tools that the terminal has. One line a tool.

import type { Command } from '../command.ts';
import { bridge } from './bridge.ts';
import { conntrack } from './conntrack.ts';
import { curl } from './curl.ts';
import { dig } from './dig.ts';
import { getent } from './getent.ts';
import { hostname } from './hostname.ts';
import { ip } from './ip.ts';
import { iptables } from './iptables.ts';
import { iptablesRestore } from './iptablesRestore.ts';
import { iptablesSave } from './iptablesSave.ts';
import { nc } from './nc.ts';
import { nft } from './nft.ts';
import { nslookup } from './nslookup.ts';
import { ping } from './ping.ts';
import { ss } from './ss.ts';
import { sysctl } from './sysctl.ts';
import { systemctl } from './systemctl.ts';
import { tcpdump } from './tcpdump.ts';
import { traceroute } from './traceroute.ts';
import { wget } from './wget.ts';

export const TOOLS: readonly Command[] = [
  bridge,
  conntrack,
  curl,
  dig,
  getent,
  hostname,
  ip,
  iptables,
  iptablesRestore,
  iptablesSave,
  nc,
  nft,
  nslookup,
  ping,
  ss,
  sysctl,
  systemctl,
  tcpdump,
  traceroute,
  wget,
];
