// Bodies that real typed clients send as protobuf, against the JSON that they stand for.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../src/client/inProcess.ts';
import { readProtobuf } from '../../src/server/http/protobuf.ts';
import { serveLab } from '../../src/server/http/serveLab.ts';
import type { ApiRequest } from '../../src/sim/index.ts';
import { NO_KUBECTL, type RealKubectl, realKubectl } from '../support/realKubectl.ts';

/** What kubectl v1.32.4 sends for `kubectl create deployment web --image=nginx --replicas=2`, as its -v=9 prints it. */
const DEPLOYMENT = `
  6b3873000a150a07617070732f7631120a4465706c6f796d656e7412ab010a1f0a0377656212001a0022002a003200380042
  005a0a0a036170701203776562127a0802120c0a0a0a0361707012037765621a600a1c0a0012001a0022002a003200380042
  005a0a0a036170701203776562124012220a056e67696e7812056e67696e782a0042006a007200800100880100900100a201
  001a00320042004a0052005800600068008201008a01009a0100c2010022020a00280038001a0c0800100018002000280038
  001a002200`;

const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

describe('a body in protobuf', () => {
  it('is read as the JSON that the client would have sent', () => {
    expect(readProtobuf(bytes(DEPLOYMENT))).toEqual({
      kind: 'object',
      object: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'web', creationTimestamp: null, labels: { app: 'web' } },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: 'web' } },
          template: {
            metadata: { creationTimestamp: null, labels: { app: 'web' } },
            spec: { containers: [{ name: 'nginx', image: 'nginx', resources: {} }] },
          },
          strategy: {},
        },
        status: {},
      },
    });
  });

  it.each([
    ['without its first bytes', '0a150a07', 'provided data does not appear to be a protobuf message, expected prefix'],
    ['that ends too early', DEPLOYMENT.trim().slice(0, 200), 'unexpected EOF'],
    ['with a group, which proto2 once had', '6b3873000b', 'proto: illegal wireType 3'],
    ['with a number without end', `6b38730008${'ff'.repeat(11)}`, 'proto: integer overflow'],
  ])('%s is unreadable', (_, hex, message) => {
    expect(readProtobuf(bytes(hex))).toEqual({ kind: 'unreadable', message });
  });

  it('of a kind that nobody knows says what it is and no more', () => {
    // Unknown{typeMeta: {apiVersion: "x/v1", kind: "Y"}, raw: 0a00}
    expect(readProtobuf(bytes('6b3873000a090a04782f763112015912020a00'))).toEqual({
      kind: 'object',
      object: { apiVersion: 'x/v1', kind: 'Y' },
    });
  });
});

/** Command lines whose objects a typed client sends. */
const CREATED = [
  'deployment web --image=nginx --replicas=0 --port=80',
  'namespace shop',
  'service clusterip web --tcp=80:8080 --tcp=443',
  'service nodeport web --tcp=80 --node-port=30080',
  'service externalname web --external-name=example.com',
  'configmap web --from-literal=a=1 --from-literal=b=',
  'secret generic web --from-literal=password=s3cret',
  'serviceaccount web',
  'job web --image=busybox -- echo hello',
  'cronjob web --image=busybox --schedule=*/5*****',
  'ingress web --rule=example.com/*=web:80,tls=web',
  'quota web --hard=pods=3,cpu=500m',
  'role web --verb=get,list --resource=pods',
  'rolebinding web --role=web --serviceaccount=default:web',
  'clusterrole web --verb=get --resource=nodes',
  'poddisruptionbudget web --selector=app=web --min-available=50%',
  'priorityclass web --value=10 --description=none',
];

describe.skipIf(NO_KUBECTL !== undefined)(`the objects of the real kubectl ${NO_KUBECTL ?? ''}`, () => {
  const client = createInProcessClient();
  const seen: ApiRequest[] = [];
  let kubectl: RealKubectl;
  let close: () => Promise<void>;
  beforeAll(async () => {
    await client.open({ kind: 'manifests', text: '' });
    const listening = {
      ...client,
      request(request: ApiRequest) {
        seen.push(request);
        return client.request(request);
      },
    };
    const served = await serveLab(listening, {
      port: 0,
      origins: [],
      open: text => client.open({ kind: 'manifests', text }),
      onFault: () => undefined,
    });
    close = served.close;
    kubectl = realKubectl(served.url);
  });
  afterAll(async () => {
    kubectl.close();
    await close();
    client.close();
  });

  it.each(CREATED)('kubectl create %s', async line => {
    const words = line.split(' ').map(word => word.replace('*/5*****', '*/5 * * * *'));
    const shown = await kubectl.run(['create', '--dry-run=client', '-o', 'json', ...words]);
    seen.length = 0;
    await kubectl.run(['create', ...words]);
    const sent = seen.find(request => request.method === 'POST');
    expect(sent?.headers?.['content-type']).toBe('application/json');
    expect(sent?.body).toEqual(JSON.parse(shown.stdout));
  });
});
