// Words of the strip over the graph while a question is answered there.

export const PICK_WORDS = {
  ask: (count: number) => `${count === 1 ? '1 element is' : `${count} elements are`} marked. Click`,
  press: ', or press',
  choose: 'to choose.',
  none: 'nothing selected',
  selected: 'selected',
} as const;
