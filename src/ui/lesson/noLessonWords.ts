// Words where no lesson is.

export const NO_LESSON_WORDS = {
  none: 'No lesson is open',
  choose: 'Choose one.',
  missing: 'There is no such lesson',
  whyMissing: (id: string) => `The course has no lesson “${id}”. Choose one of these. What you finished is kept.`,
  notLoaded: 'The lesson could not be loaded',
  whyNotLoaded: 'The network or the server may be away. What you finished is kept.',
  again: 'Try again',
} as const;
