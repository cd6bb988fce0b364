// Probes in one line: `http-get http://:8080/healthz delay=0s timeout=1s period=10s #success=1 #failure=3`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `DescribeProbe`; Go net/url.

import { goText, type Json } from '../../../sim/index.ts';
import { at, numberAt, textAt } from '../fields.ts';

export function probeText(probe: Json): string {
  const number = (field: string): number => numberAt(probe, field) ?? 0;
  const attributes = [
    `delay=${number('initialDelaySeconds')}s`,
    `timeout=${number('timeoutSeconds')}s`,
    `period=${number('periodSeconds')}s`,
    `#success=${number('successThreshold')}`,
    `#failure=${number('failureThreshold')}`,
  ].join(' ');
  const exec = at(probe, 'exec');
  if (exec !== undefined) return `exec ${goText(at(exec, 'command') ?? [])} ${attributes}`;
  const http = at(probe, 'httpGet');
  if (http !== undefined) return `http-get ${urlText(http)} ${attributes}`;
  const tcp = at(probe, 'tcpSocket');
  if (tcp !== undefined) return `tcp-socket ${textAt(tcp, 'host')}:${textAt(tcp, 'port')} ${attributes}`;
  const grpc = at(probe, 'grpc');
  if (grpc !== undefined) return `grpc <pod>:${textAt(grpc, 'port')} ${textAt(grpc, 'service')} ${attributes}`;
  return `unknown ${attributes}`;
}

function urlText(http: Json): string {
  const host = textAt(http, 'host');
  const scheme = textAt(http, 'scheme').toLowerCase();
  // What Go leaves in a path is what encodeURI leaves, but for `?`, `#` and some marks.
  const path = encodeURI(textAt(http, 'path')).replace(
    /[?#!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const address = `${host.includes(':') ? `[${host}]` : host}:${textAt(http, 'port')}`;
  const slash = path === '' || path.startsWith('/') ? '' : '/';
  return `${scheme === '' ? '' : `${scheme}:`}//${address}${slash}${path}`;
}
