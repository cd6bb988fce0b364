import { useLab, useLayout, useShallow, useStores } from '../StoresContext.ts';
import * as GRAPH_WORDS from '../topology/graphWords.ts';
import styles from './NamespaceChoice.module.css';

/** Which namespace the level shows: the Objects level has a choice of its own, since it begins with one. */
export function NamespaceChoice() {
  const { layout } = useStores();
  const chosen = useLayout(({ level, namespace, filter }) => (level === 'objects' ? namespace : filter.namespace));
  const names = useLab(
    useShallow(state =>
      [...state.elements.values()].flatMap(element => (element.kind === 'namespace' ? [element.name] : [])).sort(),
    ),
  );
  const options = chosen === undefined || names.includes(chosen) ? names : [chosen, ...names];
  const choose = (value: string): void => {
    const namespace = value === '' ? undefined : value;
    const { level, filter } = layout.getState();
    layout.set(level === 'objects' ? { namespace } : { filter: { ...filter, namespace } });
  };
  return (
    <label className={styles.namespace}>
      {GRAPH_WORDS.namespace}
      <select className={styles.select} value={chosen ?? ''} onChange={event => choose(event.target.value)}>
        {options.map(name => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
        <option value="">{GRAPH_WORDS.allNamespaces}</option>
      </select>
    </label>
  );
}
