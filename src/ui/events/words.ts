// Words of the event log and of playing it back.

export const PLAYBACK_WORDS = {
  title: 'Playback',
  name: 'The page shows the past:',
  now: 'Back to now',
  loading: 'The change is done again on a lab of its own.',
  refused: {
    'not-kept': 'A lab that is served runs with the machine’s time: its past cannot be played back.',
    other: 'The lab does not know enough of this change any more to play it back.',
    failed: 'The lab did not answer.',
  },
  transport: 'Playback controls',
  start: 'To the start',
  back: 'Step back',
  play: 'Play',
  pause: 'Pause',
  step: 'Step',
  end: 'Skip to the end',
  speed: 'Playback speed',
  noEarlier: 'This is before the first event',
  noFurther: 'This is the last event',
  before: 'Before the first event.',
  count: (cursor: number, all: number) => `Event ${cursor} of ${all}`,
  playRow: 'Play back',
  playLast: 'Play back the last change',
  noChange: 'Play back: no command was run yet',
} as const;

export const CLOCK_WORDS = {
  title: 'Clock of the lab',
  speed: 'Speed of the clock',
  now: 'Now',
  next: (owner: string, at: string) => `Next: ${owner} at ${at}`,
  nothingNext: 'Nothing is due',
  play: 'Play: let time pass',
  pause: 'Pause the clock',
  step: 'Step',
  whatStepDoes: 'Lets time pass until something happens',
  nothingDue: 'Step: nothing is due',
  noCluster: 'No cluster is open',
} as const;

export const EVENT_WORDS = {
  title: 'Events',
  choice: 'Which events',
  choices: { all: 'All', warnings: 'Warnings' },
  columns: ['Time', 'Reason', 'Object', 'Message'],
  /** After the reason of an event, for a screen reader. */
  warning: ' (warning)',
  earlier: (count: number, all: number) => `Show ${count} of ${all} earlier`,
  select: 'Select it on the graph',
  none: {
    title: 'No event yet',
    text: 'Controllers, nodes and commands write here what they do. Apply a manifest, or let time pass.',
  },
  noWarning: { title: 'No warnings', text: 'Nothing in this cluster has given a warning.' },
  showAll: 'Show all events',
} as const;
