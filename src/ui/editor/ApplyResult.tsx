import { IconButton } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import { Tag } from '../common/Tag.tsx';
import { useEditor, useStores } from '../StoresContext.ts';
import styles from './ApplyResult.module.css';
import { EDITOR_WORDS } from './words.ts';

/** What `kubectl apply` printed, until it is dismissed. */
export function ApplyResult() {
  const { editor } = useStores();
  const apply = useEditor(state => state.apply);
  const isDone = apply.kind === 'applied';
  const hasFailed = isDone && apply.exitCode !== 0;
  return (
    // Always there, so that a screen reader hears what comes into it.
    <div className={classNames(styles.frame, isDone && styles.shown)} role="status">
      {isDone && (
        <div className={classNames(styles.result, hasFailed && styles.failed)}>
          <div className={styles.head}>
            <code className={styles.command}>{apply.command}</code>
            {hasFailed ? (
              <Tag meaning="drop">{EDITOR_WORDS.exit(apply.exitCode)}</Tag>
            ) : (
              <span className={styles.exit}>{EDITOR_WORDS.exit(apply.exitCode)}</span>
            )}
            <IconButton icon="close" label={EDITOR_WORDS.dismissOutput} dense onPress={() => editor.dismissResult()} />
          </div>
          <pre className={styles.output}>{apply.output.map(part => part.text).join('')}</pre>
        </div>
      )}
    </div>
  );
}
