// The images that this lab has. Every node has them already: nothing is pulled.

import type { Program, Programs } from '../datapath/programs.ts';
import type { Upstream } from '../dns/upstream.ts';
import type { ZoneSource } from '../dns/zone.ts';
import { coredns, corednsProgram } from './coredns.ts';
import { dnsmasqProgram } from './dnsmasq.ts';
import { echoserver } from './echoserver.ts';
import { hostnames } from './hostnames.ts';
import type { Image } from './image.ts';
import { nginx } from './nginx.ts';
import { pause } from './pause.ts';
import { tools } from './tools.ts';
import { web } from './web.ts';

export const IMAGES: readonly Image[] = [web, hostnames, nginx, echoserver, tools, pause, coredns];

/** Finds an image by the reference that a container gives: tag and digest do not matter here. */
export function findImage(reference: string): Image | undefined {
  const untagged = reference.replace(/@sha256:[0-9a-f]+$/, '').replace(/:[\w][\w.-]*$/, '');
  return IMAGES.find(image => image.name === untagged || image.aliases.includes(untagged));
}

/** What a node's own processes do with a connection: they take it and say nothing that a lesson reads. */
const silent: Program = () => ({ bytes: 1 });

/** The programs that need to know nothing of the cluster, by name. */
export const PROGRAMS: Programs = new Map([
  ...IMAGES.flatMap((image): readonly [string, Program][] =>
    image.program === undefined ? [] : [[image.name, image.program]],
  ),
  ['silent', silent],
]);

/** Every program of a lab by its name. */
export function programsFor(zone: ZoneSource, upstream: Upstream): Programs {
  return new Map([...PROGRAMS, ['coredns', corednsProgram(zone, upstream)], ['dnsmasq', dnsmasqProgram(upstream)]]);
}
