// ssh: a shell, or one command line, on a node or the router.
//
// Omits:   keys, users, options, and the connection itself: it works even where packets do not.
// Read:    ssh(1) of OpenSSH 9.2, for the words of errors and exit code 255.

import type { HostRef } from '../sim/index.ts';
import type { Command, CommandContext, Place } from './command.ts';

/** ssh's own failures. */
const FAILED = 255;

export const ssh: Command = {
  name: 'ssh',
  at: ['host'],
  summary: 'open a shell on a node: ssh node-1',
  run(words, context) {
    const refuse = (message: string): number => {
      context.output.write('err', `${message}\n`);
      return FAILED;
    };
    const at = words.findIndex(word => !['-t', '-tt', '-T', '-q', '-4'].includes(word));
    const target = at < 0 ? undefined : words[at];
    if (target === undefined) return refuse('usage: ssh destination [command [argument ...]]');
    if (target.startsWith('-')) return refuse(`ssh: option ${target} is not available in this terminal`);
    const user = target.includes('@') ? target.slice(0, target.lastIndexOf('@')) : 'root';
    const name = target.slice(target.lastIndexOf('@') + 1);
    const host = hostOf(name, context);
    if (host === undefined) return refuse(`ssh: Could not resolve hostname ${name}: Name or service not known`);
    if (!hasShell(host)) return refuse(`ssh: connect to host ${name} port 22: Connection refused`);
    if (user !== 'root') return refuse(`${target}: Permission denied (publickey).`);
    const place = placeOn(host);
    const command = words.slice(at + 1);
    if (command.length > 0) {
      // The far shell reads the words as one text, as OpenSSH sends them.
      const isTerminal = context.isTerminal && words.slice(0, at).some(word => word.startsWith('-t'));
      return context.runAt(place, ['sh', '-c', command.join(' ')], { isTerminal, stdin: context.stdin });
    }
    if (context.stdin !== undefined || !context.isTerminal)
      return context.runAt(place, ['sh'], { isTerminal: false, stdin: context.stdin ?? '' });
    context.enter(place);
    return 0;
  },
  complete: (words, context) =>
    words.length > 1
      ? []
      : context.lab.hostNames().filter(name => {
          const host = context.lab.host(name);
          return host !== undefined && hasShell(host);
        }),
};

/** A machine by its name, or by one of its addresses. */
function hostOf(name: string, { lab }: CommandContext): HostRef | undefined {
  const found = lab.hostNames().find(other => {
    if (other === name) return true;
    const interfaces = lab.world.find(lab.host(other)?.netns ?? '')?.config.interfaces ?? [];
    return interfaces.some(
      device => device.kind !== 'loopback' && device.addresses.some(({ address }) => address === name),
    );
  });
  return found === undefined ? undefined : lab.host(found);
}

const hasShell = (host: HostRef): boolean => host.login === 'ssh';

function placeOn({ netns, hostname }: HostRef): Place {
  return { kind: 'host', netns, hostname, prompt: `root@${hostname}:~#`, hasKubectl: false };
}
