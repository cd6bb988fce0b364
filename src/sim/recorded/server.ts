// What listens in a recorded cluster: servers that say who they are and whom they talk to.

import type { Program } from '../datapath/programs.ts';
import { httpResponse } from '../workload/web.ts';
import { ANSWER_BYTES, wantedBytes } from './probe.ts';

/** The name of the program, for listeners. */
export const RECORDED_SERVER = 'recorded-server';

/** Its answer is JSON: `name`, and the `local` and `peer` addresses of the connection. HTTP is answered as HTTP. */
export const recordedServer: Program = ({ listener, netns, local, peer, payload }) => {
  const text = JSON.stringify({
    name: listener.settings.name ?? netns,
    local: `${local.address}:${local.port}`,
    peer: `${peer.address}:${peer.port}`,
  });
  const { message } = payload;
  if (message?.kind === 'http-request') return httpResponse(200, `${text}\n`, 'application/json');
  const wanted = message?.kind === 'text' ? wantedBytes(message.text) : undefined;
  return { bytes: wanted ?? ANSWER_BYTES, message: { kind: 'text', text } };
};
