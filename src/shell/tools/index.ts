// The Linux tools that the terminal has. One line a tool.

import type { Command } from '../command.ts';
import { curl } from './curl.ts';
import { getent } from './getent.ts';
import { hostname } from './hostname.ts';
import { ip } from './ip.ts';
import { iptablesSave } from './iptablesSave.ts';
import { nslookup } from './nslookup.ts';
import { ping } from './ping.ts';

export const TOOLS: readonly Command[] = [curl, getent, hostname, ip, iptablesSave, nslookup, ping];
