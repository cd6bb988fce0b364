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
    return state.kind === 'loading' ? null : <NotLoaded />;
  };
}

/** In the place of a part that did not come. What is done is kept, and browsers fetch a module once for each page. */
export function NotLoaded() {
  return (
    <EmptyState
      icon="file"
      title={WORDS.notLoaded}
      actions={<Button onPress={() => location.reload()}>{WORDS.reload}</Button>}
    >
      {WORDS.noAnswer}
    </EmptyState>
  );
}
