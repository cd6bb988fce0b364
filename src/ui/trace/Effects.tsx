import { useStores } from '../StoresContext.ts';
import styles from './Aftermath.module.css';
import { Prose } from './Prose.tsx';
import { setOffBy } from './packetGroups.ts';
import tables from './Tables.module.css';
import { useMoment } from './useMoment.ts';

/** What the step changed beyond the packet, and the packets that it set off. */
export function Effects() {
  const { trace } = useStores();
  const shown = useMoment();
  if (shown === undefined) return null;
  const { journey, cursor, moment } = shown;
  const packets = setOffBy(journey, cursor);
  if (moment.step.effects.length === 0 && packets.length === 0) return null;
  return (
    <section className={tables.block} aria-label={`State of ${moment.hop.name}`}>
      <h3 className={tables.title}>State of {moment.hop.name} after this step</h3>
      <ul className={styles.list}>
        {moment.step.effects.map(effect => (
          <li key={effect}>
            <Prose text={effect} />
          </li>
        ))}
        {packets.map(packet => (
          <li key={packet.id}>
            It sets off{' '}
            <button
              type="button"
              className={styles.link}
              onClick={() => trace.dispatch({ kind: 'packet', trace: packet.id })}
            >
              {packet.label}
            </button>
            {packet.role === 'copy' && ', a copy of a flooded frame'}
          </li>
        ))}
      </ul>
    </section>
  );
}
