import type { Explanation } from '../../client/port.ts';
import { Button } from '../common/Button.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { useStores } from '../StoresContext.ts';
import { BLOCK_WORDS } from './blockWords.ts';
import type { LinkIndex } from './elementLinks.ts';
import styles from './FailureText.module.css';
import { LinkedText } from './LinkedText.tsx';
import { useOpenTrace } from './useOpenTrace.ts';

/** Why a command failed, in plain words, and at most two things to do next. */
export function FailureText({ lead, rest, actions, index }: Explanation & { readonly index: LinkIndex }) {
  const { terminal } = useStores();
  const openTrace = useOpenTrace();
  return (
    <div className={styles.failure}>
      <MeaningIcon meaning="drop" word={BLOCK_WORDS.failed} />
      <p className={styles.text}>
        <strong className={styles.lead}>{lead}</strong>{' '}
        <LinkedText text={rest} index={index} context={{}} reach="tab" />
      </p>
      {actions.length > 0 && (
        <div className={styles.actions}>
          {actions.slice(0, 2).map(action =>
            action.kind === 'open-trace' ? (
              <Button key="open-trace" dense onPress={() => openTrace(action.exchange)}>
                {BLOCK_WORDS.openTrace}
              </Button>
            ) : (
              <Button
                key={action.command}
                dense
                title={BLOCK_WORDS.run(action.command)}
                onPress={() => void terminal.run(action.command)}
              >
                {BLOCK_WORDS.runWord} <code className={styles.next}>{action.command}</code>
              </Button>
            ),
          )}
        </div>
      )}
    </div>
  );
}
