import type { LabPhase } from '../../store/labStore.ts';
import { useStores } from '../StoresContext.ts';
import { Failure } from './Failure.tsx';
import { SANDBOX_HREF } from './routes.ts';

type Stopped = Extract<LabPhase, { readonly kind: 'stopped' }>;

/** A lab that another program serves does not answer, or does not let this page in. */
export function ServedFailure({ during, message }: Pick<Stopped, 'during' | 'message'>) {
  const stores = useStores();
  const { sandbox } = stores;
  const port = sandbox.kind === 'served' ? /:(\d+)\/?$/.exec(sandbox.url)?.[1] : undefined;
  return (
    <Failure
      title={during === 'opening' ? 'The lab was not opened.' : 'The lab went away.'}
      action={{ label: 'Connect again', onPress: () => void stores.reopen() }}
      other={{ label: "This page's own sandbox", onPress: () => location.assign(`./${SANDBOX_HREF}`) }}
    >
      <p>The reason: {message}.</p>
      <p>
        To serve a lab that this page may open:{' '}
        <code>{`npm run apiserver -- --port ${port ?? 8001} --origin ${location.origin}`}</code>
      </p>
      {during === 'use' && <p>The page shows what it last heard of it.</p>}
    </Failure>
  );
}
