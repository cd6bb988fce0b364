// The images that this lab has, and which of their tags. Every node has them already: nothing is pulled.

import type { Program, Programs } from '../datapath/programs.ts';
import type { Upstream } from '../dns/upstream.ts';
import type { ZoneSource } from '../dns/zone.ts';
import { coredns, corednsProgram } from './coredns.ts';
import { dnsmasqProgram } from './dnsmasq.ts';
import { echoserver } from './echoserver.ts';
import { hostnames } from './hostnames.ts';
import type { Image } from './image.ts';
import { kubeProxyHealth } from './kubeProxyHealth.ts';
import { nginx } from './nginx.ts';
import { pause } from './pause.ts';
import { tools } from './tools.ts';
import { web } from './web.ts';

export const IMAGES: readonly Image[] = [web, hostnames, nginx, echoserver, tools, pause, coredns];

/** Tags that look like a version, and the usual words: an image has these and no others. */
const TAG = /^(?:v?\d[\w.-]*|(?:latest|stable|mainline|alpine|slim|bookworm|perl|glibc|musl|uclibc)[\w.-]*)$/;

/** Finds an image by the reference that a container gives; a digest does not matter here. */
export function findImage(reference: string): Image | undefined {
  const plain = reference.replace(/@sha256:[0-9a-f]+$/, '');
  const [, untagged = plain, tag = 'latest'] = /^(.*):([\w][\w.-]*)$/.exec(plain) ?? [];
  return TAG.test(tag) ? IMAGES.find(image => image.name === untagged || image.aliases.includes(untagged)) : undefined;
}

/** The repository is known, whatever the tag. */
export function hasRepository(reference: string): boolean {
  return findImage(`${reference.replace(/@sha256:[0-9a-f]+$/, '').replace(/:[\w][\w.-]*$/, '')}:latest`) !== undefined;
}

/** What a node's own processes do with a connection: they take it and say nothing that a lesson reads. */
const silent: Program = () => ({ bytes: 1 });

/** The programs that need to know nothing of the cluster, by name. */
export const PROGRAMS: Programs = new Map([
  ...IMAGES.flatMap((image): readonly [string, Program][] =>
    image.program === undefined ? [] : [[image.name, image.program]],
  ),
  ['silent', silent],
  ['kube-proxy-health', kubeProxyHealth],
]);

/** Every program of a lab by its name. */
export function programsFor(zone: ZoneSource, upstream: Upstream): Programs {
  return new Map([...PROGRAMS, ['coredns', corednsProgram(zone, upstream)], ['dnsmasq', dnsmasqProgram(upstream)]]);
}
