import { useEffect, useState } from 'react';
import { useMedia } from '../hooks/useMedia.ts';

/** Monaco and what mounts it: a chunk of its own, about 0.9 MB compressed. */
export type MonacoPart = typeof import('./monaco/mountMonaco.ts');

/**
 * - `plain`: a touch screen, which Monaco does not support.
 * - `failed`: the chunk did not come; it is asked for again the next time the editor opens.
 */
export type MonacoLoad =
  | { readonly kind: 'plain' | 'loading' | 'failed' }
  | { readonly kind: 'ready'; readonly part: MonacoPart };

let ready: MonacoLoad | undefined;

/** Loads Monaco when an editor is first shown. */
export function useMonaco(): MonacoLoad {
  const isTouch = useMedia('(pointer: coarse)');
  const [load, setLoad] = useState<MonacoLoad>(ready ?? { kind: 'loading' });
  useEffect(() => {
    if (isTouch || ready !== undefined) return;
    let listening: 'yes' | 'no' = 'yes';
    const settle = (next: MonacoLoad): void => {
      if (listening === 'yes') setLoad(next);
    };
    import('./monaco/mountMonaco.ts').then(
      part => {
        ready = { kind: 'ready', part };
        settle(ready);
      },
      () => settle({ kind: 'failed' }),
    );
    return () => {
      listening = 'no';
    };
  }, [isTouch]);
  return isTouch ? { kind: 'plain' } : load;
}
