import { apiServer } from '../sim/api/apiServer.ts';
export function main() {
  const server = apiServer();
  const PODS = '/api/v1/namespaces/default/pods';
  server.ask('POST', PODS, { metadata: { name: 'a' }, spec: { containers: [{ name: 'c', image: 'web' }] } });
  for (let k = 0; k < 3; k++) {
    const t = performance.now();
    for (let i = 0; i < 1000; i++) server.ask('PATCH', `${PODS}/a`, { metadata: { labels: { x: String(i + k * 1000) } } }, { 'content-type': 'application/merge-patch+json' });
    console.log('patch us', (performance.now() - t));
  }
  for (let k = 0; k < 3; k++) {
    const t = performance.now();
    for (let i = 0; i < 1000; i++) server.ask('POST', PODS, { metadata: { name: `a${k}-${i}` }, spec: { containers: [{ name: 'c', image: 'web' }] } });
    console.log('create us', (performance.now() - t));
  }
  return {};
}
