// tools: a shell with curl, ping, ip and the rest; it waits and listens on nothing.

import { success } from '../runtime/errors.ts';
import type { Image } from './image.ts';

export const tools: Image = {
  name: 'tools',
  aliases: [
    'busybox',
    'docker.io/library/busybox',
    'nicolaka/netshoot',
    'docker.io/nicolaka/netshoot',
    'curlimages/curl',
    'alpine',
  ],
  process: 'sleep',
  endsOnTerm: false,
  takes: 'command',
  listens: () => success([]),
  program: undefined,
};
