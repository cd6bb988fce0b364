// coredns: the cluster's DNS server. Its answers come with lesson module 4; now it listens.

import { success } from '../runtime/errors.ts';
import type { Image } from './image.ts';

export const coredns: Image = {
  name: 'coredns',
  aliases: ['registry.k8s.io/coredns/coredns'],
  process: 'coredns',
  endsOnTerm: true,
  listens: () =>
    success([
      { protocol: 'udp', address: '0.0.0.0', port: 53 },
      { protocol: 'tcp', address: '0.0.0.0', port: 53 },
    ]),
  program: undefined,
};
