// echoserver: tells what it saw of the request, on port 8080, like the server of the "Using Source IP" tutorial.
//
// Read:    kubernetes.io/docs/tutorials/services/source-ip.

import { success } from '../runtime/errors.ts';
import type { Image } from './image.ts';
import { httpProgram, httpResponse } from './web.ts';

export const echoserver: Image = {
  name: 'echoserver',
  aliases: ['registry.k8s.io/echoserver'],
  process: 'nginx',
  endsOnTerm: true,
  listens: () => success([{ protocol: 'tcp', address: '0.0.0.0', port: 8080 }]),
  program: httpProgram((path, pod, client) =>
    httpResponse(200, `Hostname: ${pod}\n\nRequest Information:\n\tclient_address=${client}\n\treal path=${path}\n`),
  ),
};
