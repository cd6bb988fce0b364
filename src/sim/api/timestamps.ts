// Times as the API writes them, made from virtual milliseconds without asking any clock.
//
// Models:  RFC 3339 in UTC with whole seconds or microseconds; ages as kubectl prints them.
// Omits:   time zones, leap seconds.
// Read:    RFC 3339; k8s.io/apimachinery pkg/apis/meta/v1/time.go, pkg/util/duration/duration.go.

import type { VirtualMs } from '../runtime/clock.ts';
import type { Timestamp } from './objects.ts';

/** Virtual time 0 is 2026-01-01T00:00:00Z: seconds since 1970. */
const EPOCH_S = 1_767_225_600;
const DAY_S = 86_400;

/** `2026-01-01T00:00:07Z`: the moment in whole seconds, the rest cut off as Go does. */
export function timestamp(now: VirtualMs): Timestamp {
  return `${dateAndTime(EPOCH_S + Math.floor(now / 1000))}Z`;
}

/** `2026-01-01T00:00:07.250000Z`, as in fields of type MicroTime. */
export function microTimestamp(now: VirtualMs): Timestamp {
  const micros = Math.floor((now - Math.floor(now / 1000) * 1000) * 1000);
  return `${dateAndTime(EPOCH_S + Math.floor(now / 1000))}.${String(micros).padStart(6, '0')}Z`;
}

/** Nanoseconds since 1970 in hexadecimal, as in the names of Events (`web.18867a3c1b2d4000`). */
export function nanosecondsHex(now: VirtualMs): string {
  return (BigInt(EPOCH_S) * 1_000_000_000n + BigInt(Math.round(now * 1_000_000))).toString(16);
}

/** The moment in seconds since 1970, with its fraction. */
export function unixSeconds(now: VirtualMs): number {
  return EPOCH_S + now / 1000;
}

/** Civil date from days since 1970, by the algorithm of H. Hinnant, "chrono-compatible low-level date algorithms". */
function dateAndTime(seconds: number): string {
  const days = Math.floor(seconds / DAY_S);
  const rest = seconds - days * DAY_S;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const two = (n: number) => String(n).padStart(2, '0');
  const time = `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}T${time}`;
}

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** The virtual time of a timestamp, in milliseconds; `undefined` when the text is no RFC 3339 time. */
export function parseTimestamp(text: string): VirtualMs | undefined {
  const match = RFC3339.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (hour === undefined || minute === undefined || second === undefined) return undefined;
  if (month < 1 || month > 12 || day < 1 || day > daysOfMonth(year, month)) return undefined;
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const zone = match[8] ?? 'Z';
  const offset =
    zone.length === 1
      ? 0
      : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(4, 6)) * 60);
  const seconds = daysFromCivil(year, month, day) * DAY_S + hour * 3600 + minute * 60 + second - offset;
  return (seconds - EPOCH_S) * 1000 + Math.round(Number(`0${match[7] ?? '.0'}`) * 1000);
}

function daysOfMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 1970 of a civil date; the reverse of {@link dateAndTime}. */
function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `5m12s`, `3h4m`, `2d`: how kubectl prints a duration given in seconds. Source: apimachinery, `HumanDuration`. */
export function humanDuration(seconds: number): string {
  const whole = Math.trunc(seconds);
  // A clock that is up to two seconds ahead is no reason for alarm.
  if (whole < -1) return '<invalid>';
  if (whole < 0) return '0s';
  if (whole < 120) return `${whole}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 10) return twoUnits(minutes, 'm', whole % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = Math.floor(whole / 3600);
  if (hours < 8) return twoUnits(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  const days = Math.floor(hours / 24);
  if (hours < 24 * 8) return twoUnits(days, 'd', hours % 24, 'h');
  if (hours < 24 * 365 * 2) return `${days}d`;
  const years = Math.floor(days / 365);
  if (hours < 24 * 365 * 8) return twoUnits(years, 'y', days % 365, 'd');
  return `${years}y`;
}

function twoUnits(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/** How long ago a timestamp was, as in AGE columns; `<unknown>` for a missing or unreadable one. */
export function age(since: Timestamp | undefined, now: VirtualMs): string {
  const at = since === undefined ? undefined : parseTimestamp(since);
  return at === undefined ? '<unknown>' : humanDuration((now - at) / 1000);
}
