// `kubectl get --raw PATH`: an answer of the server as it comes.
//
// Read:    kubectl pkg/rawhttp/raw.go.

import { type KubectlCall, KubectlError, print, serverError } from './session.ts';

export async function printRaw(call: KubectlCall, uri: string): Promise<number> {
  if (!uri.startsWith('/'))
    throw new KubectlError(
      `error: --raw must be a valid URL path: parse ${JSON.stringify(uri)}: invalid URI for request`,
    );
  const url = new URL(uri, 'http://lab');
  const response = await call.context.request({
    method: 'GET',
    path: decodeURIComponent(url.pathname),
    query: Object.fromEntries(url.searchParams),
  });
  if (response.status >= 400) throw new KubectlError(serverError(response));
  const { body } = response;
  print(call, typeof body === 'string' ? body : `${JSON.stringify(body)}\n`);
  return 0;
}
