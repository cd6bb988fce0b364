import { describe, expect, it } from 'vitest';
import { nameOfElement, ownerOf, resolveElement } from '../../src/lesson/elementRef.ts';
import { isAddress, parseOrigin, parseTarget } from '../../src/lesson/endpoint.ts';

describe('elements of the graph', () => {
  const rows: readonly [string, string | undefined, string?][] = [
    ['pod/web', 'pod/default/web', 'web'],
    ['pod/shop/web', 'pod/shop/web', 'web in shop'],
    ['svc/web', 'svc/default/web', 'Service web'],
    ['deploy/my-app', 'deploy/default/my-app', 'Deployment my-app'],
    ['node/node-1', 'node/node-1', 'node-1'],
    ['node-1/cni0', 'node/node-1#cni0', 'cni0 of node-1'],
    ['node-1/flannel.1', 'node/node-1#flannel.1', 'flannel.1 of node-1'],
    ['pod/web#eth0', 'pod/default/web#eth0', 'eth0 of web'],
    ['router', 'router/router', 'router'],
    ['lan', 'lan/lan', 'the LAN'],
    ['outside/laptop', 'outside/laptop', 'laptop'],
    ['outside/api.example.com', 'outside/api.example.com', 'api.example.com'],
    ['ns/shop', 'ns/shop', 'shop'],
    ['web', undefined],
    ['pod/', undefined],
    ['pod/a/b/c', undefined],
    ['node/a/b', undefined],
    ['pod/Web', undefined],
    ['pod/web#a#b', undefined],
    ['node-1/a-name-that-is-too-long', undefined],
    ['', undefined],
  ];
  it.each(rows)('%s is %s', (reference, id, name) => {
    expect(resolveElement(reference)).toBe(id);
    if (id !== undefined) expect(nameOfElement(id)).toBe(name);
  });

  it('an interface belongs to its owner', () => {
    expect(ownerOf('node/node-1#cni0')).toBe('node/node-1');
    expect(ownerOf('node/node-1')).toBe('node/node-1');
  });
});

describe('ends of a question', () => {
  it.each([
    ['pod/client', { element: 'pod/default/client' }],
    ['pod/shop/duo:side', { element: 'pod/shop/duo', container: 'side' }],
    ['node/node-1', { element: 'node/node-1' }],
    ['outside/laptop', { element: 'outside/laptop' }],
    ['node/node-1:x', undefined],
    ['svc/web', undefined],
    ['10.0.0.1', undefined],
    ['pod/client#eth0', undefined],
  ])('%s asks', (written, expected) => {
    expect(parseOrigin(written)).toEqual(expected);
  });

  it.each([
    ['pod/web', { kind: 'element', element: 'pod/default/web' }],
    ['svc/shop/web', { kind: 'element', element: 'svc/shop/web' }],
    ['10.244.2.2', { kind: 'address', address: '10.244.2.2' }],
    ['10.244.2.2:8080', { kind: 'address', address: '10.244.2.2', port: 8080 }],
    ['web.shop:80', { kind: 'name', name: 'web.shop', port: 80 }],
    ['http://web/x', { kind: 'url', url: 'http://web/x', host: 'web', port: 80 }],
    ['https://10.0.0.1:8443', { kind: 'url', url: 'https://10.0.0.1:8443', host: '10.0.0.1', port: 8443 }],
    ['10.244.2.300', undefined],
    ['10.244.2.2:0', undefined],
    ['10.244.2.2:80:80', undefined],
    ['pod/web#eth0', undefined],
    ['', undefined],
  ])('%s is asked', (written, expected) => {
    expect(parseTarget(written)).toEqual(expected);
  });

  it.each([
    ['10.244.1.2', true],
    ['010.244.1.2', false],
    ['10.244.1', false],
    ['10.244.1.256', false],
  ])('%s is an address: %s', (written, expected) => {
    expect(isAddress(written)).toBe(expected);
  });
});
