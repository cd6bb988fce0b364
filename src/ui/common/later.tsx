import type { ComponentType } from 'react';
import { Button } from './Button.tsx';
import { EmptyState } from './EmptyState.tsx';
import { laterPart, useLater } from './laterPart.ts';
import * as WORDS from './words.ts';

/** A component that stands for one of a chunk of its own: `laterView(async () => (await import('./A.tsx')).A)`. */
export function laterView<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const later = laterPart(load);
  return function Later(props: Props) {
    const state = useLater(later);
    if (state.kind === 'ready') return <state.part {...props} />;
    if (state.kind === 'loading') return null;
    return (
      <EmptyState
        icon="file"
        title={WORDS.notLoaded}
        actions={<Button onPress={state.tryAgain}>{WORDS.tryAgain}</Button>}
      >
        {WORDS.noAnswer}
      </EmptyState>
    );
  };
}
