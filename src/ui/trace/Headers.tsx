import { useMemo, useState } from 'react';
import type { HopView } from '../../sim/index.ts';
import type { JourneyMoment } from '../../store/journey.ts';
import { Icon } from '../common/Icon.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { useLab } from '../StoresContext.ts';
import { Envelopes } from './Envelopes.tsx';
import { HeaderTable } from './HeaderTable.tsx';
import { changeCount, type HeaderLine, headerLines, stationNames } from './headerDiff.ts';
import { type LayerDiff, layerDiff } from './layerDiff.ts';
import tables from './Tables.module.css';
import { useMoment } from './useMoment.ts';
import { bytesText, TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.headers;

type Scope = 'hop' | 'step';
/** How headers are shown: field by field, or as the packet's nested layers. */
export type HeaderForm = 'table' | 'layers';

const SCOPES = [
  { value: 'hop', label: WORDS.scopes.hop },
  { value: 'step', label: WORDS.scopes.step },
] as const;
const FORMS = [
  { value: 'table', label: WORDS.forms.table },
  { value: 'layers', label: WORDS.forms.layers },
] as const;

export interface HeadersProps {
  readonly form: HeaderForm;
  readonly onForm: (form: HeaderForm) => void;
}

/** The headers of the packet before and after: across the namespace, or across the step that is shown. */
export function Headers({ form, onForm }: HeadersProps) {
  const shown = useMoment();
  const elements = useLab(state => state.elements);
  const stations = useMemo(() => stationNames(elements.values()), [elements]);
  const [scope, setScope] = useState<Scope>('hop');
  const [more, setMore] = useState<'folded' | 'open'>('folded');
  const lines = useMemo(() => {
    if (shown === undefined) return [];
    const { hop, step } = shown.moment;
    return headerLines(scope === 'hop' ? hop.headers : step.headers, stations, step.headers);
  }, [shown, stations, scope]);
  if (shown === undefined) return null;
  const { hop, leg } = shown.moment;
  const rest = lines.filter(line => line.place === 'more');
  const layers = layersAcross(shown.moment, scope);
  const title = WORDS.title(hop.name);
  return (
    <section className={tables.block} aria-label={title}>
      <div className={tables.top}>
        <h3 className={tables.title}>
          {title}{' '}
          <span className={tables.aside}>
            {form === 'table' ? changeCount(lines) : bytesText(layers.layers[0]?.end ?? 0)}
          </span>
        </h3>
        <div className={tables.tools}>
          <SegmentedControl label={WORDS.form} options={FORMS} value={form} onChange={onForm} />
          <SegmentedControl label={WORDS.scope} options={SCOPES} value={scope} onChange={setScope} />
        </div>
      </div>
      {form === 'table' ? (
        <HeaderTable
          lines={lines.filter(line => more === 'open' || line.place === 'main')}
          ends={scope === 'hop' ? endsOf(hop) : WORDS.ends}
        />
      ) : (
        <Envelopes diff={layers} fields={more === 'open' ? 'all' : 'main'} direction={leg.direction} />
      )}
      {rest.length > 0 && (
        <button
          type="button"
          className={tables.fold}
          aria-expanded={more === 'open'}
          onClick={() => setMore(more === 'open' ? 'folded' : 'open')}
        >
          <Icon name={more === 'open' ? 'chevronDown' : 'chevronRight'} size={16} />
          {form === 'table' ? foldText(rest, more) : more === 'open' ? WORDS.fewer : WORDS.allFields}
        </button>
      )}
    </section>
  );
}

/** The packet's layers as they are after the hop or the step, against those before it. */
function layersAcross({ leg, hop, step }: JourneyMoment, scope: Scope): LayerDiff {
  const [first = step, last = step] = scope === 'hop' ? [hop.steps[0], hop.steps[hop.steps.length - 1]] : [];
  const { forms } = leg.trace;
  return layerDiff(forms[first.formBefore] ?? [], forms[last.formAfter] ?? []);
}

function endsOf(hop: HopView): readonly [string, string] {
  return [
    hop.inAt === undefined ? WORDS.made : WORDS.inAt(hop.inAt),
    hop.outAt === undefined ? WORDS.ended : WORDS.outAt(hop.outAt),
  ];
}

function foldText(rest: readonly HeaderLine[], more: 'folded' | 'open'): string {
  if (more === 'open') return WORDS.fewer;
  const changed = rest.filter(line => line.change !== 'same').length;
  return `${WORDS.more(rest.length)}; ${changed === 0 ? WORDS.noneChanges : changeCount(rest)}`;
}
