// pause: does nothing until it is told to end.

import { success } from '../runtime/errors.ts';
import type { Image } from './image.ts';

export const pause: Image = {
  name: 'pause',
  aliases: ['registry.k8s.io/pause'],
  process: 'pause',
  endsOnTerm: true,
  listens: () => success([]),
  program: undefined,
};
