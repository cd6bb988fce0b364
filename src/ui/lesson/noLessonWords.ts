// Words where no lesson is.

export const NO_LESSON_WORDS = {
  none: 'No lesson is open',
  choose: 'Choose one from the list of lessons at the top of the page.',
  missing: 'This lesson is not here',
  whyMissing: (id: string) =>
    `The course has no lesson “${id}”, or it could not be loaded. Choose one from the list of lessons at the top of the page. What you finished is kept.`,
} as const;
