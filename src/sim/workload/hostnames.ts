// hostnames: answers with the Pod's name on port 9376, like the server of the "Debug Services" page.
//
// Read:    kubernetes.io/docs/tasks/debug/debug-application/debug-service.

import { success } from '../runtime/errors.ts';
import type { Image } from './image.ts';
import { httpProgram, httpResponse } from './web.ts';

export const hostnames: Image = {
  name: 'hostnames',
  aliases: ['registry.k8s.io/serve_hostname'],
  process: 'serve_hostname',
  endsOnTerm: true,
  listens: () => success([{ protocol: 'tcp', address: '0.0.0.0', port: 9376 }]),
  program: httpProgram((_path, pod) => httpResponse(200, pod)),
};
