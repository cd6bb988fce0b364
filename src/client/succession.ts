// What is left of the page's lab should it die, and the heir that takes over: another link, over which the lab is made
// again while the first one is only silent. If that one speaks after all, nobody notices.

import type { JournalEntry } from './journal.ts';
import type { Link } from './link.ts';
import type { DoubtedLab, LabSource, OpenReport, Remains } from './port.ts';

export interface Succession {
  /** Nothing was done yet since this; undefined: nothing can be made again. Whoever stood by goes. */
  beginAt(base: Remains['base'] | undefined): void;
  done(entries: readonly JournalEntry[]): void;
  /** This one may die. */
  doubt(link: Link): void;
  /** It did not. */
  trust(link: Link): void;
  /** Opens a lab over a link. What is left of a lost one goes with it. */
  open(link: Link, source: LabSource): Promise<OpenReport>;
  /** The link over which the lab is made again; undefined: over none. From now on it is no heir any more. */
  takeHeir(): Link | undefined;
}

/** @param connect links to an heir */
export function createSuccession(connect: () => Link): Succession {
  /** From which the lab can be made again, and the entries that are still to come. */
  let remains: (Remains & { readonly since: JournalEntry[] }) | undefined;
  let heir: Link | undefined;

  function beginAt(base: Remains['base'] | undefined): void {
    // A snapshot that nobody will open would be kept for ever.
    if (remains?.base.kind === 'snapshot') remains.base.port.close();
    takeHeir()?.end();
    remains = base && { base, since: [] };
  }

  function takeHeir(): Link | undefined {
    const taken = heir;
    heir = undefined;
    return taken;
  }

  function handOver(link: Link, source: LabSource | DoubtedLab): Promise<OpenReport> {
    const { base } = remains ?? {};
    const given = { ...source, remains };
    // Whoever has a snapshot, or the lab itself, gives the next one.
    if (base?.kind === 'snapshot' || base?.kind === 'heir') remains = undefined;
    return link.call('open', [given], { ports: base?.kind === 'snapshot' ? [base.port] : [] });
  }

  return {
    beginAt,
    done: entries => void remains?.since.push(...entries),
    async doubt(doubted) {
      if (heir === undefined && remains?.base.kind === 'snapshot') {
        const link = connect();
        const report = handOver(link, { kind: 'doubted' });
        heir = link;
        // What is still done there the heir learns when it takes over.
        remains = { base: { kind: 'heir' }, since: [] };
        const isMade = await report.then(
          ({ kind }) => kind === 'opened',
          () => false,
        );
        if (!isMade && heir === link) beginAt(undefined);
      }
      if (heir !== undefined) doubted.hurry();
    },
    trust(link) {
      if (heir !== undefined) link.call('sendSnapshot', []).catch(() => undefined);
    },
    async open(link, source) {
      if (source.kind === 'lost') return handOver(link, source);
      const before = remains;
      // Nothing is left of a lab that is not open yet.
      remains = undefined;
      const report = await link.call<OpenReport>('open', [source]).finally(() => {
        remains = before;
      });
      if (report.kind === 'opened') beginAt(source.kind === 'served' ? undefined : source);
      return report;
    },
    takeHeir,
  };
}
