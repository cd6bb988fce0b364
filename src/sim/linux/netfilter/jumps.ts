// Where rules lead: to chains that are not there, in circles, or too deep. The kernel refuses to load such rules.
//
// Read:    kernel net/netfilter/nf_tables_api.c, `nft_chain_validate`: it starts at the base chains, so that a circle which
//          no base chain leads to is allowed.

/** A packet is in at most so many chains at once. Source: kernel nf_tables.h, `NFT_JUMP_STACK_SIZE`. */
const MOST_CHAINS = 16;

/** A rule that leads where it must not. */
export interface WrongJump {
  readonly chain: string;
  /** Its position, from 1 on. */
  readonly number: number;
  readonly to: string;
  /** - `missing`: nobody made the chain. - `circle`: a packet is in it already. - `deep`: it is in too many others. */
  readonly kind: 'missing' | 'circle' | 'deep';
}

interface Rules<R> {
  readonly rules: readonly R[];
}

/**
 * The first wrong one.
 * @param bases the chains that hooks ask
 * @param jumps the chains that a rule may lead to
 */
export function wrongJump<R>(
  chains: ReadonlyMap<string, Rules<R>>,
  bases: readonly string[],
  jumps: (rule: R) => readonly string[],
): WrongJump | undefined {
  for (const [chain, { rules }] of chains)
    for (const [i, rule] of rules.entries())
      for (const to of jumps(rule)) if (!chains.has(to)) return { chain, number: i + 1, to, kind: 'missing' };
  // From less deep, what a chain leads to needs no second look.
  const deepest = new Map<string, number>();
  const follow = (chain: string, way: readonly string[]): WrongJump | undefined => {
    if ((deepest.get(chain) ?? 0) >= way.length) return undefined;
    deepest.set(chain, way.length);
    for (const [i, rule] of (chains.get(chain)?.rules ?? []).entries())
      for (const to of jumps(rule)) {
        if (way.includes(to)) return { chain, number: i + 1, to, kind: 'circle' };
        if (way.length === MOST_CHAINS) return { chain, number: i + 1, to, kind: 'deep' };
        const wrong = follow(to, [...way, to]);
        if (wrong !== undefined) return wrong;
      }
    return undefined;
  };
  for (const base of bases) {
    const wrong = follow(base, [base]);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** What was expected instead. */
export function wrongJumpText({ chain, to, kind }: WrongJump): string {
  switch (kind) {
    case 'missing':
      return `no chain "${to}" to go to from ${chain}`;
    case 'circle':
      return `chain ${chain} leads back to ${to}: Too many links (a packet must come to an end of its chains)`;
    case 'deep':
      return `chain ${to} is too deep: Too many links (at most ${MOST_CHAINS} chains, one from the other, were expected)`;
  }
}
