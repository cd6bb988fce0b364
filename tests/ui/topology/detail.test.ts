import { describe, expect, it } from 'vitest';
import { detailAt } from '../../../src/ui/topology/detail.ts';

describe('how much the graph draws at a zoom', () => {
  it.each([
    [1, 'network', 'network'],
    [0.7, 'network', 'network'],
    [0.64, 'addresses', 'nodes'],
    [0.55, 'addresses', 'nodes'],
    [0.5, 'nodes', 'nodes'],
    [0.2, 'cluster', 'cluster'],
  ] as const)('is at %f the same after every fit: %s for a few Pods, %s for a crowd', (zoom, few, crowd) => {
    expect(detailAt(zoom, 'few', undefined)).toBe(few);
    expect(detailAt(zoom, 'crowd', undefined)).toBe(crowd);
  });

  it('stays a little beyond a border that the wheel crosses', () => {
    expect(detailAt(0.67, 'few', 'network')).toBe('network');
    expect(detailAt(0.64, 'few', 'network')).toBe('addresses');
    expect(detailAt(0.73, 'few', 'addresses')).toBe('addresses');
    expect(detailAt(0.76, 'few', 'addresses')).toBe('network');
    expect(detailAt(0.67, 'crowd', 'nodes')).toBe('nodes');
  });
});
