// Words of the answers that come later: what is picked on the graph, matched, ordered or typed.

export const FIELD_WORDS = {
  firstTry: (answer: string) => `your 1st try: ${answer}`,
  missedFirst: 'missed at the 1st try',
  pick: 'Pick on the graph',
  partnerOf: (name: string) => `Partner of: ${name}`,
  choose: 'Choose…',
  placed: (name: string, place: number, all: number) => `${name}: place ${place} of ${all}`,
  moveUp: (name: string) => `Move up: ${name}`,
  moveDown: (name: string) => `Move down: ${name}`,
  isFirst: 'It is the first',
  isLast: 'It is the last',
} as const;
