// Words of the strip over the graph while a question is answered there.

export const PICK_WORDS = {
  ask: (count: number) =>
    `Click what belongs to the answer: ${count === 1 ? '1 element is' : `${count} elements are`} marked`,
  press: ', or press',
  none: 'nothing selected',
  selected: 'selected',
} as const;
