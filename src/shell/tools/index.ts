// The Linux tools that the terminal has. One line a tool.

import type { Command } from '../command.ts';
import { bridge } from './bridge.ts';
import { conntrack } from './conntrack.ts';
import { curl } from './curl.ts';
import { getent } from './getent.ts';
import { hostname } from './hostname.ts';
import { ip } from './ip.ts';
import { iptables } from './iptables.ts';
import { iptablesRestore } from './iptablesRestore.ts';
import { iptablesSave } from './iptablesSave.ts';
import { nslookup } from './nslookup.ts';
import { ping } from './ping.ts';
import { sysctl } from './sysctl.ts';

export const TOOLS: readonly Command[] = [
  bridge,
  conntrack,
  curl,
  getent,
  hostname,
  ip,
  iptables,
  iptablesRestore,
  iptablesSave,
  nslookup,
  ping,
  sysctl,
];
