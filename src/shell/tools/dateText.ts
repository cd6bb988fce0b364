// Dates as C programs print them, of virtual time.

import { timestamp, type VirtualMs } from '../../sim/index.ts';

const DAY_MS = 86_400_000;
/** Virtual time begins on a Thursday. */
const DAYS = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The parts of `Thu Jan  1 00:00:07 2026`. */
export interface DateParts {
  readonly weekday: string;
  readonly month: string;
  /** Two digits. */
  readonly day: string;
  readonly time: string;
  readonly year: string;
}

export function dateParts(now: VirtualMs): DateParts {
  const text = timestamp(now);
  return {
    weekday: DAYS[Math.floor(now / DAY_MS) % DAYS.length] ?? '',
    month: MONTHS[Number(text.slice(5, 7)) - 1] ?? '',
    day: text.slice(8, 10),
    time: text.slice(11, 19),
    year: text.slice(0, 4),
  };
}

/** Like asctime(3): `Thu Jan  1 00:00:07 2026`. */
export function asctime(now: VirtualMs): string {
  const { weekday, month, day, time, year } = dateParts(now);
  return `${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
}
