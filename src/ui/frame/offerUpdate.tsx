import { createRoot } from 'react-dom/client';
import { Button } from '../common/Button.tsx';
import { UPDATE_WORDS } from './noteWords.ts';
import styles from './offerUpdate.module.css';

/**
 * Says that a new version is there as soon as it waits. Nothing changes until the learner wants it.
 * @param keep writes down what is not saved yet
 */
export function offerUpdate(registration: ServiceWorkerRegistration, keep: () => Promise<void>): void {
  const worker = registration.waiting ?? registration.installing;
  if (worker === null) return;
  const offer = (): void => {
    if (worker.state === 'installed') show(worker, keep);
  };
  worker.addEventListener('statechange', offer);
  offer();
}

function show(worker: ServiceWorker, keep: () => Promise<void>): void {
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  const close = (): void => {
    root.unmount();
    place.remove();
  };
  const takeOver = async (): Promise<void> => {
    close();
    await keep();
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
    worker.postMessage('take over');
  };
  root.render(<UpdatePrompt onReload={() => void takeOver()} onLater={close} />);
}

function UpdatePrompt({ onReload, onLater }: { readonly onReload: () => void; readonly onLater: () => void }) {
  return (
    <section className={styles.prompt} aria-label={UPDATE_WORDS.title} role="status">
      <p>{UPDATE_WORDS.text}</p>
      <div className={styles.buttons}>
        <Button look="primary" onPress={onReload}>
          {UPDATE_WORDS.reload}
        </Button>
        <Button look="quiet" onPress={onLater}>
          {UPDATE_WORDS.later}
        </Button>
      </div>
    </section>
  );
}
