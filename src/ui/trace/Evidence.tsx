import { useState } from 'react';
import type { EvidenceView } from '../../sim/index.ts';
import { classNames } from '../common/classNames.ts';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { CopyButton } from './CopyButton.tsx';
import { InspectLink } from './InspectLink.tsx';
import { FactRows, PlainTable } from './PlainTable.tsx';
import { RouteTable } from './RouteTable.tsx';
import { RuleChains } from './RuleChains.tsx';
import { ruleText } from './rulePath.ts';
import tables from './Tables.module.css';
import { useMoment } from './useMoment.ts';
import { TRACE_WORDS } from './words.ts';

type Form = 'table' | 'text';

const FORMS = [
  { value: 'table', label: TRACE_WORDS.evidence.forms.table },
  { value: 'text', label: TRACE_WORDS.evidence.forms.text },
] as const;

/** What the step looked at: every candidate with why, as a table or as the tool prints it. */
export function Evidence() {
  const shown = useMoment();
  const [form, setForm] = useState<Form>('table');
  if (shown === undefined) return null;
  const { hop, step } = shown.moment;
  const { evidence } = step;
  if (evidence === undefined) return <p className={tables.none}>{TRACE_WORDS.evidenceNone}</p>;
  const text = textOf(evidence);
  return (
    <section className={tables.block} aria-label={evidence.title}>
      <div className={tables.top}>
        <h3 className={tables.title}>
          {evidence.title} <span className={tables.aside}>{asideOf(evidence)}</span>
        </h3>
        {text !== undefined && (
          <div className={tables.tools}>
            {evidence.kind === 'conntrack' && <InspectLink element={hop.element} name={hop.name} />}
            {form === 'text' && <CopyButton text={text} />}
            <SegmentedControl label={TRACE_WORDS.evidence.form} options={FORMS} value={form} onChange={setForm} />
          </div>
        )}
      </div>
      {form === 'text' && text !== undefined ? (
        <pre className={classNames(tables.text)}>{text}</pre>
      ) : (
        <Table evidence={evidence} />
      )}
    </section>
  );
}

function Table({ evidence }: { readonly evidence: EvidenceView }) {
  switch (evidence.kind) {
    case 'routes':
      return <RouteTable evidence={evidence} />;
    case 'rules':
      return <RuleChains evidence={evidence} />;
    case 'conntrack':
      return <FactRows rows={evidence.rows} />;
    case 'table':
      return <PlainTable columns={evidence.columns} rows={evidence.rows} />;
  }
}

function asideOf(evidence: EvidenceView): string {
  switch (evidence.kind) {
    case 'routes':
      return TRACE_WORDS.evidence.longestWins;
    case 'rules':
      return '';
    case 'conntrack':
      return TRACE_WORDS.evidence.state(evidence.state);
    case 'table':
      return '';
  }
}

/** As `ip route`, `iptables-save` or `conntrack -L` prints it. */
function textOf(evidence: EvidenceView): string | undefined {
  return evidence.kind === 'rules' ? ruleText(evidence.table, evidence.chains) : evidence.text;
}
