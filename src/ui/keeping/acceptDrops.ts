import type { AppStores } from '../../store/appStores.ts';
import styles from './acceptDrops.module.css';
import { openFiles } from './openText.tsx';
import { OPEN_WORDS } from './words.ts';

/** From now on a file that is dropped on the page is looked at, and opened if the learner wants it. */
export function acceptDrops(stores: AppStores): void {
  const note = document.createElement('div');
  note.className = styles.note ?? '';
  note.textContent = OPEN_WORDS.drop;
  const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true;
  const onOver = (event: DragEvent): void => {
    if (!hasFiles(event)) return;
    // The editor takes files of its own.
    if (event.defaultPrevented) note.remove();
    else if (!note.isConnected) document.body.append(note);
    event.preventDefault();
  };
  const onLeave = (event: DragEvent): void => {
    // Out of the window: there is nothing that it goes over to.
    if (event.relatedTarget === null) note.remove();
  };
  const onDrop = (event: DragEvent): void => {
    if (!hasFiles(event) || event.defaultPrevented) return;
    event.preventDefault();
    void openFiles(stores, [...(event.dataTransfer?.files ?? [])]);
  };
  addEventListener('dragenter', onOver);
  addEventListener('dragover', onOver);
  addEventListener('dragleave', onLeave);
  addEventListener('drop', () => note.remove(), { capture: true });
  addEventListener('drop', onDrop);
}
