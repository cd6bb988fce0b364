// systemctl: starts and stops what systemd runs on a node. In this lab that is the kubelet and kube-proxy.
//
// Models:  start, stop, restart, status, is-active, in the words of systemd 252.
// Read:    systemctl(1), systemd src/systemctl/systemctl-show.c, src/basic/time-util.c.

import { type HostService, timestamp, type VirtualMs } from '../../sim/index.ts';
import type { Command, CommandContext } from '../command.ts';
import { dateParts } from './dateText.ts';

const VERBS = ['start', 'stop', 'restart', 'status', 'is-active'] as const;
/** Source: the units of kubernetes/release (kubelet) and of clusters whose kube-proxy is no Pod. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  kubelet: 'kubelet: The Kubernetes Node Agent',
  'kube-proxy': 'Kubernetes Kube-Proxy Server',
};

export const systemctl: Command = {
  name: 'systemctl',
  at: ['host'],
  summary: 'start and stop the services of a node',
  run(words, context) {
    const [verb = '', ...rest] = words.filter(word => !word.startsWith('-'));
    const complain = (text: string, code: number): number => {
      context.output.write('err', `${text}\n`);
      return code;
    };
    if (!(VERBS as readonly string[]).includes(verb)) return complain(`Unknown command verb ${verb}.`, 1);
    if (rest.length === 0) return complain('Too few arguments.', 1);
    let worst = 0;
    for (const word of rest) {
      const unit = word.replace(/\.service$/, '');
      const service = context.lab.service(context.place.netns, unit);
      if (service !== undefined) worst = Math.max(worst, act(verb, unit, service, context));
      else if (verb === 'is-active') {
        context.output.write('out', 'inactive\n');
        worst = Math.max(worst, 3);
      } else if (verb === 'status') worst = complain(`Unit ${unit}.service could not be found.`, 4);
      else worst = complain(`Failed to ${verb} ${unit}.service: Unit ${unit}.service not found.`, 5);
    }
    return worst;
  },
  complete: ({ length }) => (length <= 1 ? VERBS : Object.keys(DESCRIPTIONS)),
};

function act(verb: string, unit: string, service: HostService, { output, lab }: CommandContext): number {
  const stoppedAt = service.stoppedAt();
  switch (verb) {
    case 'start':
      service.start();
      return 0;
    case 'stop':
      service.stop();
      return 0;
    case 'restart':
      service.stop();
      service.start();
      return 0;
    case 'is-active':
      output.write('out', stoppedAt === undefined ? 'active\n' : 'inactive\n');
      return stoppedAt === undefined ? 0 : 3;
    default:
      output.write('out', statusText(unit, stoppedAt, lab.now));
      return stoppedAt === undefined ? 0 : 3;
  }
}

function statusText(unit: string, stoppedAt: VirtualMs | undefined, now: VirtualMs): string {
  const isActive = stoppedAt === undefined;
  const since = stoppedAt ?? 0;
  const { weekday, time, year } = dateParts(since);
  const date = `${weekday} ${year}-${timestamp(since).slice(5, 10)} ${time} UTC; ${ago(now - since)}`;
  return `${isActive ? '●' : '○'} ${unit}.service - ${DESCRIPTIONS[unit] ?? unit}
     Loaded: loaded (/lib/systemd/system/${unit}.service; enabled; preset: enabled)
     Active: ${isActive ? 'active (running)' : 'inactive (dead)'} since ${date}
`;
}

/** Source: `format_timestamp_relative`. */
function ago(ms: VirtualMs): string {
  const seconds = Math.floor(ms / 1000);
  const [minutes, hours, days] = [Math.floor(seconds / 60), Math.floor(seconds / 3600), Math.floor(seconds / 86_400)];
  if (days > 0) return `${days} ${days === 1 ? 'day' : 'days'} ago`;
  if (hours > 0) return `${hours}h ${minutes % 60}min ago`;
  if (minutes >= 5) return `${minutes}min ago`;
  if (minutes > 0) return `${minutes}min ${seconds % 60}s ago`;
  return seconds > 0 ? `${seconds}s ago` : `${Math.floor(ms)}ms ago`;
}
