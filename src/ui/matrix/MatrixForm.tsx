import type { ReachEnd } from '../../client/port.ts';
import styles from './MatrixForm.module.css';
import {
  type EndKind,
  type MatrixChoice,
  type MatrixSide,
  type NamespaceChoice,
  namespacesOf,
  type PortChoice,
} from './matrixPlan.ts';
import { MATRIX_WORDS } from './words.ts';

const WORDS = MATRIX_WORDS.form;
const ROW_KINDS: readonly EndKind[] = ['pod', 'node', 'outside'];
const COLUMN_KINDS: readonly EndKind[] = ['service', 'pod', 'node', 'outside'];

export interface MatrixFormProps {
  readonly ends: readonly ReachEnd[];
  readonly choice: MatrixChoice;
  readonly onChoose: (choice: MatrixChoice) => void;
}

/** Who stands in the rows and columns, and which port is asked. */
export function MatrixForm({ ends, choice, onChoose }: MatrixFormProps) {
  const namespaces = namespacesOf(ends);
  return (
    <div className={styles.form}>
      <Side
        legend={WORDS.rows}
        kinds={ROW_KINDS}
        side={choice.from}
        namespaces={namespaces}
        onChange={from => onChoose({ ...choice, from })}
      />
      <Side
        legend={WORDS.columns}
        kinds={COLUMN_KINDS}
        side={choice.to}
        namespaces={namespaces}
        onChange={to => onChoose({ ...choice, to })}
      />
      <Port port={choice.port} onChange={port => onChoose({ ...choice, port })} />
    </div>
  );
}

interface SideProps {
  readonly legend: string;
  readonly kinds: readonly EndKind[];
  readonly side: MatrixSide;
  readonly namespaces: readonly string[];
  readonly onChange: (side: MatrixSide) => void;
}

function Side({ legend, kinds, side, namespaces, onChange }: SideProps) {
  const { namespace } = side;
  const value = namespace.kind === 'only' ? `only ${namespace.namespace}` : namespace.kind;
  return (
    <fieldset className={styles.side}>
      <legend className={styles.legend}>{legend}</legend>
      <span className={styles.fields}>
        <span className={styles.kinds}>
          {kinds.map(kind => (
            <label key={kind} className={styles.check}>
              <input
                type="checkbox"
                checked={side.kinds.includes(kind)}
                onChange={event =>
                  onChange({
                    ...side,
                    kinds: kinds.filter(other => (other === kind ? event.target.checked : side.kinds.includes(other))),
                  })
                }
              />
              {WORDS.kinds[kind]}
            </label>
          ))}
        </span>
        <label className={styles.field}>
          <span className="visually-hidden">{legend}: </span>
          {WORDS.namespace}
          <select
            className={styles.input}
            title={namespace.kind === 'own' ? WORDS.ownMeans : undefined}
            value={value}
            onChange={event => onChange({ ...side, namespace: namespaceOf(event.target.value) })}
          >
            <option value="own">{WORDS.own}</option>
            <option value="all">{WORDS.all}</option>
            {namespaces.map(name => (
              <option key={name} value={`only ${name}`}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className={styles.field}>
          <span className="visually-hidden">{legend}: </span>
          {WORDS.filter}
          <input
            className={styles.input}
            type="search"
            title={WORDS.filterMeans}
            placeholder={WORDS.filterHint}
            value={side.filter}
            onChange={event => onChange({ ...side, filter: event.target.value })}
          />
        </label>
      </span>
    </fieldset>
  );
}

function namespaceOf(value: string): NamespaceChoice {
  if (value === 'own' || value === 'all') return { kind: value };
  return { kind: 'only', namespace: value.replace(/^only /, '') };
}

const FIRST_PORT = { kind: 'one', protocol: 'tcp', port: 80 } as const satisfies PortChoice;

function Port({ port, onChange }: { readonly port: PortChoice; readonly onChange: (port: PortChoice) => void }) {
  const change = (kind: string): void =>
    onChange(kind === 'one' ? FIRST_PORT : { kind: kind === 'ping' ? 'ping' : 'open' });
  return (
    <fieldset className={styles.side}>
      <legend className={styles.legend}>{WORDS.port}</legend>
      <select
        className={styles.input}
        aria-label={WORDS.port}
        value={port.kind}
        onChange={event => change(event.target.value)}
      >
        {(['open', 'ping', 'one'] as const).map(kind => (
          <option key={kind} value={kind}>
            {WORDS.ports[kind]}
          </option>
        ))}
      </select>
      {port.kind === 'one' && (
        <>
          <input
            className={styles.number}
            type="number"
            min={1}
            max={65535}
            aria-label={WORDS.number}
            value={port.port}
            onChange={event =>
              onChange({ ...port, port: Math.max(1, Math.min(65535, Math.trunc(event.target.valueAsNumber) || 1)) })
            }
          />
          <select
            className={styles.input}
            aria-label={WORDS.protocol}
            value={port.protocol}
            onChange={event => onChange({ ...port, protocol: event.target.value === 'udp' ? 'udp' : 'tcp' })}
          >
            <option value="tcp">TCP</option>
            <option value="udp">UDP</option>
          </select>
        </>
      )}
    </fieldset>
  );
}
