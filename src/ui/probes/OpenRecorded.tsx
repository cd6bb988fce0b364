import { useId, useState } from 'react';
import { Icon } from '../common/Icon.tsx';
import { SANDBOX_HREF } from '../frame/routes.ts';
import { visibleText } from '../keeping/visibleText.ts';
import { useStores } from '../StoresContext.ts';
import styles from './OpenRecorded.module.css';
import { readRecordedFiles } from './recordedFile.ts';
import { PROBE_WORDS } from './words.ts';

const REFUSED = PROBE_WORDS.refused;

/** A line of the menu: chooses the file of a recorded cluster and opens it in the sandbox. */
export function OpenRecorded({ onChoose }: { readonly onChoose: () => void }) {
  const stores = useStores();
  const hint = useId();
  const [refusal, setRefusal] = useState<string | undefined>(undefined);
  const open = async (files: readonly File[]): Promise<void> => {
    if (files.length === 0) return;
    setRefusal(undefined);
    const read = await readRecordedFiles(files);
    if (read.kind === 'refused') {
      setRefusal(read.message);
      return;
    }
    // What is open stays so until it is known that the file opens.
    const problems = await stores.client.readRecorded(read.text).catch(() => []);
    const [problem] = problems;
    if (problem !== undefined) {
      setRefusal(
        REFUSED.problem(
          files.map(file => visibleText(file.name)),
          problem.range.startLine,
          visibleText(problem.message),
        ),
      );
      return;
    }
    onChoose();
    const opened = stores.openRecorded(read.text);
    location.hash = SANDBOX_HREF;
    await opened;
    // Its probes are what it is opened for.
    stores.layout.set({ side: 'main', drawer: 'open' });
  };
  return (
    <>
      <label className={styles.line}>
        <Icon name="file" size={18} />
        {PROBE_WORDS.open}
        <input
          className="visually-hidden"
          type="file"
          accept=".json,application/json"
          multiple
          aria-describedby={hint}
          onChange={event => {
            const { files } = event.target;
            void open(files === null ? [] : [...files]);
            // The same file can be chosen again.
            event.target.value = '';
          }}
        />
      </label>
      <p id={hint} className={styles.hint}>
        {PROBE_WORDS.openHint}
      </p>
      <div role="alert">{refusal !== undefined && <p className={styles.refusal}>{refusal}</p>}</div>
    </>
  );
}
