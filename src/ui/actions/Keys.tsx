import styles from './Keys.module.css';
import { keyNames, thisMachine } from './keys.ts';

/** A shortcut, key by key. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className={styles.keys}>
      {keyNames(keys, thisMachine()).map(name => (
        <kbd key={name} className={styles.key}>
          {name}
        </kbd>
      ))}
    </span>
  );
}
