/**
 * Asks when it is wished for. While one question is under way further wishes wait, and are met together by one after it.
 * @param ask resolves when it was answered, in whatever way; it must not fail
 */
export function oneAtATime(ask: () => Promise<void>): () => void {
  let state: 'idle' | 'asking' | 'wished-again' = 'idle';
  return function wish() {
    if (state !== 'idle') {
      state = 'wished-again';
      return;
    }
    state = 'asking';
    void ask().then(() => {
      const isWished = state === 'wished-again';
      state = 'idle';
      if (isWished) wish();
    });
  };
}
