import type { TrackedFlow } from '../../sim/index.ts';
import { useStores } from '../StoresContext.ts';
import styles from './Aftermath.module.css';
import { InspectLink } from './InspectLink.tsx';
import { FactRows } from './PlainTable.tsx';
import { Prose } from './Prose.tsx';
import { setOffBy } from './packetGroups.ts';
import tables from './Tables.module.css';
import { useMoment } from './useMoment.ts';
import { TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.tracking;

/** An entry of connection tracking that the step made or changed, both ways. */
function Tracked({ flow: { change, original, reply, state } }: { readonly flow: TrackedFlow }) {
  const words = WORDS.changes[change];
  return (
    <div className={styles.tracked}>
      <h4 className={styles.entry}>{words}</h4>
      <FactRows
        rows={[
          { name: WORDS.original, value: original },
          { name: WORDS.reply, value: reply },
          ...(state === undefined ? [] : [{ name: WORDS.state, value: state }]),
        ]}
      />
    </div>
  );
}

/** What the step changed beyond the packet, and the packets that it set off. */
export function Effects() {
  const { trace } = useStores();
  const shown = useMoment();
  if (shown === undefined) return null;
  const { journey, cursor, moment } = shown;
  const packets = setOffBy(journey, cursor);
  if (moment.step.effects.length === 0 && packets.length === 0) return null;
  return (
    <section className={tables.block} aria-label={TRACE_WORDS.after.label(moment.hop.name)}>
      <div className={tables.top}>
        <h3 className={tables.title}>{TRACE_WORDS.after.title(moment.hop.name)}</h3>
        <InspectLink element={moment.hop.element} name={moment.hop.name} />
      </div>
      <ul className={styles.list}>
        {moment.step.effects.map(effect => (
          <li key={effect}>
            <Prose text={effect} />
          </li>
        ))}
        {packets.map(packet => (
          <li key={packet.id}>
            {TRACE_WORDS.after.setsOff}{' '}
            <button
              type="button"
              className={styles.link}
              onClick={() => trace.dispatch({ kind: 'packet', trace: packet.id })}
            >
              {packet.label}
            </button>
            {packet.role === 'copy' && TRACE_WORDS.after.floodedCopy}
          </li>
        ))}
      </ul>
      {moment.step.tracked.map(flow => (
        <Tracked key={`${flow.change} ${flow.original}`} flow={flow} />
      ))}
    </section>
  );
}
