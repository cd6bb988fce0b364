import { Fragment, useState } from 'react';
import type { ChainView, EvidenceView, RuleRow } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import { type Meaning, Tag } from '../common/Tag.tsx';
import styles from './RuleChains.module.css';
import { DECIDES } from './reveal.ts';
import { rulePath } from './rulePath.ts';
import tables from './Tables.module.css';
import { WideTable } from './WideTable.tsx';
import { TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.rules;

/** The chains that the packet walked, each with its rules and why they did or did not act. */
export function RuleChains({ evidence }: { readonly evidence: Extract<EvidenceView, { kind: 'rules' }> }) {
  const path = rulePath(evidence.chains);
  const meaning = meaningOf(evidence.verdict);
  return (
    <>
      <p className={styles.path}>
        {path.map((chain, i) => (
          <Fragment key={chain}>
            <span className="mono">{i === 0 ? `${evidence.table} ${chain}` : chain}</span>
            <Icon name="chevronRight" size={16} />
          </Fragment>
        ))}
        {meaning === undefined ? (
          <span className={styles.verdict}>{evidence.verdict}</span>
        ) : (
          <Tag meaning={meaning}>{evidence.verdict}</Tag>
        )}
      </p>
      <div className={styles.chains}>
        <WideTable name={evidence.title}>
          {/* One table: the columns of all chains stand under each other. */}
          <table className={classNames(tables.table, styles.rules)}>
            <thead className="visually-hidden">
              <tr>
                {WORDS.columns.map(column => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            {evidence.chains.map(chain => (
              <Chain key={chain.name} chain={chain} path={path} />
            ))}
          </table>
        </WideTable>
      </div>
    </>
  );
}

/** Only what has a meaning of its own gets a form: a translation, a loss. */
function meaningOf(verdict: string): Meaning | undefined {
  if (/^(DNAT|SNAT|MASQUERADE)\b/.test(verdict)) return 'nat';
  return /\b(DROP|REJECT)\b/.test(verdict) ? 'drop' : undefined;
}

/** Open at first where it was decided: those before it only led there, which {@link rulePath} says too. */
function Chain({ chain, path }: { readonly chain: ChainView; readonly path: readonly string[] }) {
  const [chosen, choose] = useState<'folded' | 'open' | undefined>(undefined);
  const fold = chosen ?? (chain.name === path.at(-1) ? 'open' : 'folded');
  const head = (
    <>
      <Icon name="rule" size={16} />
      <span className="mono">{chain.name}</span> <span className={tables.aside}>{noteOf(chain, path)}</span>
    </>
  );
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={WORDS.columns.length} className={styles.head}>
          {chain.rows.length === 0 ? (
            <span className={styles.name}>{head}</span>
          ) : (
            <button
              type="button"
              className={styles.name}
              aria-expanded={fold === 'open'}
              onClick={() => choose(fold === 'open' ? 'folded' : 'open')}
            >
              <Icon name={fold === 'open' ? 'chevronDown' : 'chevronRight'} size={16} />
              {head}
            </button>
          )}
        </th>
      </tr>
      {fold === 'open' &&
        chain.rows.map(row => <Rule key={row.number} row={row} acts={leadsOn(row, path) ? 'leads' : 'no'} />)}
    </tbody>
  );
}

/** Whether a rule decided or led to the one that did; a chain that was called and returned did not. */
function leadsOn(row: RuleRow, path: readonly string[]): boolean {
  return row.outcome === 'decides' || (row.outcome === 'jump' && path.includes(row.target));
}

/** `rule 2 of 3 matches` for a chain that says no more than how many rules it has. */
function noteOf(chain: ChainView, path: readonly string[]): string {
  const all = chain.rows.reduce((sum, row) => sum + row.count, 0);
  const acted = chain.rows.find(row => leadsOn(row, path));
  const counts = chain.note === `${all} rules` || chain.note === `${all} rule`;
  if (all === 0) return WORDS.empty;
  return counts && acted !== undefined && all > 1 ? WORDS.matches(acted.number, all) : chain.note;
}

function Rule({ row, acts }: { readonly row: RuleRow; readonly acts: 'leads' | 'no' }) {
  const [fold, setFold] = useState<'folded' | 'open'>('folded');
  const isActing = acts === 'leads';
  const isQuiet = row.outcome === 'no' || row.outcome === 'not-reached';
  if (row.count > 1)
    return (
      <tr className={tables.quiet}>
        <td className={styles.number} />
        <td colSpan={2}>
          <button
            type="button"
            className={styles.folded}
            aria-expanded={fold === 'open'}
            onClick={() => setFold(fold === 'open' ? 'folded' : 'open')}
          >
            <Icon name={fold === 'open' ? 'chevronDown' : 'chevronRight'} size={16} />
            {WORDS.folded(row.number, row.number + row.count - 1)}
          </button>
          {fold === 'open' && <pre className={styles.lines}>{row.text}</pre>}
        </td>
        <td className={tables.why}>{row.why}</td>
      </tr>
    );
  return (
    <tr
      className={classNames(isActing && tables.wins, isQuiet && tables.quiet)}
      title={row.text}
      {...(row.outcome === 'decides' && DECIDES)}
    >
      <td className={styles.number}>{row.number}</td>
      <td className={classNames(tables.mono, styles.mono)}>
        {row.matches === '' ? <span className={styles.any}>{WORDS.everyPacket}</span> : row.matches}
      </td>
      <td className={classNames(tables.mono, styles.mono, !row.target.includes(' ') && styles.oneWord)}>
        {row.target}
      </td>
      <td className={tables.why}>
        <span className={tables.whyInner}>
          {isActing && <Icon name="tick" size={16} />}
          {row.why}
        </span>
      </td>
    </tr>
  );
}
