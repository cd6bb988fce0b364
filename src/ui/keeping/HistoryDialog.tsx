import { useEffect, useId, useRef, useState } from 'react';
import type { HistorySteps } from '../../client/port.ts';
import type { KeptLab } from '../../store/labArchive.ts';
import type { LabHistory } from '../../store/labHistory.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { useLab, useStores } from '../StoresContext.ts';
import styles from './HistoryDialog.module.css';
import { visibleText } from './visibleText.ts';
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
  const [removed, setRemoved] = useState<KeptLab | undefined>(undefined);
  const look = async (): Promise<void> => setKept(await history.list(scope));
  // biome-ignore lint/correctness/useExhaustiveDependencies: read once, and after each change of what is kept.
  useEffect(() => void look(), []);
  const say = async (text: string, gone?: KeptLab): Promise<void> => {
    setSaid(text);
    setRemoved(gone);
    await look();
  };
  // One after the other, also after one that failed: the second finds the name of the first.
  const turn = useRef(Promise.resolve());
  const keep = (wanted: string): void => {
    const next = (): Promise<void> => keepNow(wanted);
    turn.current = turn.current.then(next, next);
  };
  const keepNow = async (wanted: string): Promise<void> => {
    const name = newName(wanted, await history.list(scope));
    const saved = await lab.save();
    const outcome = saved === undefined ? 'failed' : await history.keep(scope, 'checkpoint', name, saved);
    await say(HISTORY_WORDS.outcome[outcome](visibleText(name)));
  };
  const remove = async (entry: KeptLab): Promise<void> => {
    await history.remove(entry.id);
    await say(HISTORY_WORDS.removed(visibleText(entry.name)), entry);
  };
  const putBack = async (entry: KeptLab): Promise<void> => {
    await say(HISTORY_WORDS.outcome[await history.putBack(entry)](visibleText(entry.name)));
  };
  return (
    <ConfirmDialog title={HISTORY_WORDS.title} keep={KEEP_WORDS.close} onKeep={onClose}>
      <CheckpointForm onKeep={keep} />
      <p className={styles.said} role="status">
        {said === '' ? noteOf(history) : said}
        {removed !== undefined && (
          <Button dense onPress={() => void putBack(removed)}>
            {HISTORY_WORDS.putBack}
          </Button>
        )}
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
                  <Name of={entry.name} />
                  <span className={styles.under}>
                    {HISTORY_WORDS.kinds[entry.kind]} {HISTORY_WORDS.time(entry.at)}
                  </span>
                </span>
                <Button dense onPress={() => onOpen(entry)} title={HISTORY_WORDS.openTitle}>
                  {HISTORY_WORDS.open}
                  <span className="visually-hidden"> {visibleText(entry.name)}</span>
                </Button>
                <IconButton
                  dense
                  icon="close"
                  label={HISTORY_WORDS.remove(visibleText(entry.name))}
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

/** A name or a command in one line; what is cut off is told by the pointer. */
function Name({ of: text }: { readonly of: string }) {
  const shown = visibleText(text);
  return (
    <span className={styles.name} title={shown}>
      {shown}
    </span>
  );
}

/** Two checkpoints of one name would not be told apart: `mine`, then `mine (2)`. */
function newName(wanted: string, kept: readonly KeptLab[]): string {
  const isTaken = (name: string): boolean => kept.some(other => other.kind === 'checkpoint' && other.name === name);
  let name = wanted;
  for (let number = 2; isTaken(name); number++) name = `${wanted} (${number})`;
  return name;
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
              <Name of={name} />
            </span>
            {at === here ? (
              <span className={styles.now}>{HISTORY_WORDS.here}</span>
            ) : (
              <Button dense onPress={() => void lab.travel(at - here)}>
                {at < here ? HISTORY_WORDS.undoTo : HISTORY_WORDS.redoTo}
                <span className="visually-hidden"> {visibleText(name)}</span>
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
