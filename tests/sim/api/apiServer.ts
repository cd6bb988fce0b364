// An API server without controllers and node agents, and short ways to ask it.

import type { ApiRequest, ApiResponse, Json } from '../../../src/sim/api/request.ts';
import { ApiServer, type ApiServerOptions } from '../../../src/sim/api/server.ts';
import { prefix } from '../../../src/sim/net/address.ts';
import { Clock } from '../../../src/sim/runtime/clock.ts';
import { EventLog } from '../../../src/sim/runtime/eventLog.ts';
import { NameSource } from '../../../src/sim/runtime/names.ts';

export interface AskedServer {
  readonly api: ApiServer;
  readonly clock: Clock;
  /** `ask('GET', '/api/v1/pods?limit=2')` */
  ask(method: ApiRequest['method'], url: string, body?: Json, headers?: Readonly<Record<string, string>>): ApiResponse;
}

/** A server with the namespace `default`. @param more options beside the usual ones */
export function apiServer(more: Partial<ApiServerOptions> = {}): AskedServer {
  const clock = new Clock();
  const api = new ApiServer({
    clock,
    names: new NameSource(1),
    events: new EventLog(() => clock.now),
    serviceSubnet: prefix('10.96.0.0/12'),
    ...more,
  });
  const ask: AskedServer['ask'] = (method, url, body, headers = {}) => {
    const [path = '', query = ''] = url.split('?');
    return api.request({
      method,
      path,
      query: Object.fromEntries(new URLSearchParams(query)),
      headers: { 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body }),
    });
  };
  ask('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  return { api, clock, ask };
}

/** What stands at a place of a JSON value: `at(body, 'metadata', 'name')`, `at(body, 'items', 0)`. */
export function at(value: Json | undefined, ...place: readonly (string | number)[]): Json | undefined {
  let current: Json | undefined = value;
  for (const key of place) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Object.entries(current).find(([name]) => name === String(key))?.[1];
  }
  return current;
}
