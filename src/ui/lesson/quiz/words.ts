// Words of the quiz.

import { ordinal } from '../question/notes.ts';

export const QUIZ_WORDS = {
  title: 'Check what you know',
  eyebrow: (lesson: string) => `Quiz · ${lesson}`,
  answered: (right: number, all: number) => `${right} of ${all} answered`,
  questions: 'Questions',
  back: 'Back to the steps',
  question: (number: number) => `Question ${number}`,
  states: {
    open: 'not answered',
    right: (tries: number) => `right on the ${ordinal(tries)} try`,
    wrong: 'not right yet',
  },
  kinds: {
    single: 'choose one',
    multiple: 'choose all that apply',
    order: 'put in order',
    match: 'match each',
    number: 'type a number',
    ip: 'type an address',
    text: 'type a word',
    click: 'click the graph',
  },
  check: 'Check answer',
  tries: 'Any number of tries',
  next: 'Next question',
  answeredOn: (tries: number) => `answered on the ${ordinal(tries)} try`,
  tried: (tries: number) => `${tries} ${tries === 1 ? 'try' : 'tries'}`,
  result: 'Result',
  right: (right: number, all: number) => `${right} of ${all} right`,
  atOnce: (right: number) => `${right} right at the first try.`,
  openSteps: (count: number) => ` ${count} ${count === 1 ? 'step is' : 'steps are'} still open.`,
  review: 'To review',
  nextLesson: 'Next:',
  minutes: (minutes: number) => `${minutes} min`,
} as const;
