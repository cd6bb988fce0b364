// Words of the list of candidates under the terminal's input.

export const CANDIDATE_WORDS = {
  /** What the list is. */
  history: 'Earlier commands',
  completion: 'Completions',
  listed: (count: number, kind: 'history' | 'completion') =>
    `${count} ${kind === 'history' ? 'commands' : 'completions'}`,
  /** What keys do while it is there. */
  move: 'choose',
  take: 'take it',
  close: 'close',
} as const;
