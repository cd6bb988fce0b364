// The chains of a table in two layers: those of one host, over a large set that many hosts share. To a reader it is one
// map, base chains first, then the others by name.

import type { Chain } from './types.ts';

/** A map of chains that keeps most of them in a map of somebody else's. */
export class LayeredChains implements ReadonlyMap<string, Chain> {
  /** Base chains first, then by name; none of them is in `shared`. */
  readonly own: ReadonlyMap<string, Chain>;
  /** By name. */
  readonly shared: ReadonlyMap<string, Chain>;

  constructor(own: ReadonlyMap<string, Chain>, shared: ReadonlyMap<string, Chain>) {
    this.own = own;
    this.shared = shared;
  }

  get size(): number {
    return this.own.size + this.shared.size;
  }

  get(name: string): Chain | undefined {
    return this.own.get(name) ?? this.shared.get(name);
  }

  has(name: string): boolean {
    return this.own.has(name) || this.shared.has(name);
  }

  *entries(): MapIterator<[string, Chain]> {
    const others = this.shared.entries();
    let next = others.next();
    for (const entry of this.own) {
      const isBase = entry[1].policy !== undefined;
      while (!isBase && next.done !== true && next.value[0] < entry[0]) {
        yield next.value;
        next = others.next();
      }
      yield entry;
    }
    for (; next.done !== true; next = others.next()) yield next.value;
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<Chain> {
    for (const [, chain] of this.entries()) yield chain;
  }

  forEach(act: (chain: Chain, name: string, map: ReadonlyMap<string, Chain>) => void): void {
    for (const [name, chain] of this.entries()) act(chain, name, this);
  }

  [Symbol.iterator](): MapIterator<[string, Chain]> {
    return this.entries();
  }
}
