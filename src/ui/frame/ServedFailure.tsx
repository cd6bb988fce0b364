import type { LabPhase } from '../../store/labStore.ts';
import { useStores } from '../StoresContext.ts';
import { Failure } from './Failure.tsx';
import { FAILURE_WORDS, SERVED_WORDS } from './noteWords.ts';
import { SANDBOX_HREF } from './routes.ts';

type Stopped = Extract<LabPhase, { readonly kind: 'stopped' }>;

/** A lab that another program serves does not answer, or does not let this page in. */
export function ServedFailure({ during, message }: Pick<Stopped, 'during' | 'message'>) {
  const stores = useStores();
  const { sandbox } = stores;
  const port = sandbox.kind === 'served' ? /:(\d+)\/?$/.exec(sandbox.url)?.[1] : undefined;
  return (
    <Failure
      title={during === 'opening' ? SERVED_WORDS.notOpened : SERVED_WORDS.gone}
      action={{ label: SERVED_WORDS.connect, onPress: () => void stores.reopen() }}
      other={{ label: SERVED_WORDS.ownSandbox, onPress: () => location.assign(`./${SANDBOX_HREF}`) }}
    >
      <p>{FAILURE_WORDS.reason(message)}</p>
      <p>
        {SERVED_WORDS.howTo} <code>{`npm run apiserver -- --port ${port ?? 8001} --origin ${location.origin}`}</code>
      </p>
      {during === 'use' && <p>{SERVED_WORDS.lastHeard}</p>}
    </Failure>
  );
}
