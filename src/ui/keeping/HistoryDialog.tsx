import { useEffect, useId, useState } from 'react';
import type { HistorySteps } from '../../client/port.ts';
import type { KeptLab } from '../../store/labArchive.ts';
import type { LabHistory } from '../../store/labHistory.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import styles from './HistoryDialog.module.css';
import { HISTORY_WORDS, KEEP_WORDS } from './words.ts';

export interface HistoryDialogProps {
  readonly history: LabHistory;
  /** The name under which the open lab is kept. */
  readonly scope: string;
  readonly onOpen: (lab: KeptLab) => void;
  readonly onClose: () => void;
}

/** Where the lab has been: its changes one by one, and the states that are kept between visits. */
export function HistoryDialog({ history, scope, onOpen, onClose }: HistoryDialogProps) {
  const { lab } = useStores();
  const [kept, setKept] = useState<readonly KeptLab[]>([]);
  const [said, setSaid] = useState('');
  const look = async (): Promise<void> => setKept(await history.list(scope));
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, and after each change of what is kept.
  useEffect(() => void look(), []);
  const keep = async (name: string): Promise<void> => {
    const saved = await lab.save();
    const outcome = saved === undefined ? 'failed' : await history.keep(scope, 'checkpoint', name, saved);
    setSaid(HISTORY_WORDS.outcome[outcome](name));
    await look();
  };
  const remove = async ({ id, name }: KeptLab): Promise<void> => {
    await history.remove(id);
    setSaid(HISTORY_WORDS.removed(name));
    await look();
  };
  return (
    <ConfirmDialog title={HISTORY_WORDS.title} keep={KEEP_WORDS.close} onKeep={onClose}>
      <CheckpointForm onKeep={name => void keep(name)} />
      <p className={styles.said} role="status">
        {said === '' ? noteOf(history) : said}
      </p>
      <div className={styles.lists}>
        <Changes />
        <section aria-label={HISTORY_WORDS.kept}>
          <h3 className={styles.heading}>{HISTORY_WORDS.kept}</h3>
          {kept.length === 0 && <p className={styles.none}>{HISTORY_WORDS.nothingKept}</p>}
          <ul className={styles.list}>
            {kept.map(entry => (
              <li key={entry.id} className={styles.row}>
                <span className={styles.words}>
                  <span className={styles.name}>{entry.name}</span>
                  <span className={styles.under}>
                    {HISTORY_WORDS.kinds[entry.kind]} {HISTORY_WORDS.time(entry.at)}
                  </span>
                </span>
                <Button dense onPress={() => onOpen(entry)} title={HISTORY_WORDS.openTitle}>
                  {HISTORY_WORDS.open}
                  <span className="visually-hidden"> {entry.name}</span>
                </Button>
                <IconButton
                  dense
                  icon="close"
                  label={HISTORY_WORDS.remove(entry.name)}
                  onPress={() => void remove(entry)}
                />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </ConfirmDialog>
  );
}

/** What the learner must know of how long states are kept. */
function noteOf(history: LabHistory): string {
  if (history.keeps === 'page') return HISTORY_WORDS.pageOnly;
  return history.room() === 'full' ? HISTORY_WORDS.outcome.full() : '';
}

function CheckpointForm({ onKeep }: { readonly onKeep: (name: string) => void }) {
  const id = useId();
  const [name, setName] = useState('');
  const wanted = name.trim();
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        if (wanted === '') return;
        onKeep(wanted);
        setName('');
      }}
    >
      <label htmlFor={id}>{HISTORY_WORDS.nameLabel}</label>
      <input id={id} value={name} maxLength={80} autoComplete="off" onChange={event => setName(event.target.value)} />
      <button type="submit" className={styles.submit} aria-disabled={wanted === '' ? true : undefined}>
        {HISTORY_WORDS.keep}
      </button>
    </form>
  );
}

/** Every state that undo and redo reach, newest first, with the present one marked. */
function Changes() {
  const { client, lab } = useStores();
  const history = useLab(state => state.history);
  const [steps, setSteps] = useState<HistorySteps>({ past: [], future: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: it asks again when the lab's history is another.
  useEffect(() => {
    client.steps().then(setSteps, () => undefined);
  }, [client, history.undo, history.redo, history.changes]);
  const here = steps.past.length;
  const states = [HISTORY_WORDS.opened, ...steps.past, ...steps.future].map((name, at) => ({ name, at }));
  return (
    <section aria-label={HISTORY_WORDS.changes}>
      <h3 className={styles.heading}>{HISTORY_WORDS.changes}</h3>
      <ol className={styles.list} reversed>
        {states.reverse().map(({ name, at }) => (
          <li
            key={at}
            className={classNames(styles.row, at === here && styles.here, at > here && styles.undone)}
            aria-current={at === here ? 'step' : undefined}
          >
            <span className={styles.words}>
              <span className={styles.name}>{name}</span>
            </span>
            {at === here ? (
              <span className={styles.now}>{HISTORY_WORDS.here}</span>
            ) : (
              <Button dense onPress={() => void lab.travel(at - here)}>
                {at < here ? HISTORY_WORDS.undoTo : HISTORY_WORDS.redoTo}
                <span className="visually-hidden"> {name}</span>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
