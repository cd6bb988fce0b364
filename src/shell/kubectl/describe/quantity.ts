// Quantities to add and to print: `0.5` as `500m`, `1536Mi`.
//
// Models:  sums and comparison without rounding; the canonical text.
// Read:    k8s.io/apimachinery pkg/api/resource/quantity.go, amount.go.

type Format = 'decimal' | 'binary' | 'exponent';

export interface Quantity {
  /** In billionths, the finest that a quantity has. */
  readonly nano: bigint;
  /** How it was written: its text is in the same style. */
  readonly format: Format;
}

const UNIT = 1_000_000_000n;
const DECIMAL: readonly (readonly [string, number])[] = [
  ['n', -9],
  ['u', -6],
  ['m', -3],
  ['', 0],
  ['k', 3],
  ['M', 6],
  ['G', 9],
  ['T', 12],
  ['P', 15],
  ['E', 18],
];
const BINARY: readonly string[] = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

export const ZERO: Quantity = { nano: 0n, format: 'decimal' };

/** Reads a quantity as the API gives it; nothing readable counts as zero. */
export function parseQuantity(text: string): Quantity {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+)|([a-zA-Z]*))$/.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent, suffix = ''] = match ?? [];
  if (whole + fraction === '') return ZERO;
  const binary = suffix === '' ? -1 : BINARY.indexOf(suffix);
  const power = exponent !== undefined ? Number(exponent) : (DECIMAL.find(([name]) => name === suffix)?.[1] ?? 0);
  const scaled = BigInt(whole + fraction) * (binary > 0 ? 1024n ** BigInt(binary) : 1n);
  const shift = 9 - fraction.length + (binary > 0 ? 0 : power);
  const size = shift >= 0 ? scaled * 10n ** BigInt(shift) : divideUp(scaled, 10n ** BigInt(-shift));
  return {
    nano: sign === '-' ? -size : size,
    format: exponent !== undefined ? 'exponent' : binary > 0 ? 'binary' : 'decimal',
  };
}

export function addQuantities(a: Quantity, b: Quantity): Quantity {
  return { nano: a.nano + b.nano, format: a.nano === 0n ? b.format : a.format };
}

/** In whole units, rounded up: bytes. */
export function wholeUnits(quantity: Quantity): number {
  return Number(divideUp(quantity.nano, UNIT));
}

/** In thousandths, rounded up: as CPU is counted. */
export function milliUnits(quantity: Quantity): number {
  return Number(divideUp(quantity.nano, UNIT / 1000n));
}

/** The canonical text: `250m`, `1Gi`, `0`. */
export function quantityText({ nano, format }: Quantity): string {
  if (nano === 0n) return '0';
  const size = nano < 0n ? -nano : nano;
  // Less than a binary thousand, or not whole: written in decimal.
  if (format === 'binary' && size >= 1024n * UNIT && size % UNIT === 0n) {
    let units = nano / UNIT;
    let power = 0;
    while (units % 1024n === 0n && power < BINARY.length - 1) {
      units /= 1024n;
      power++;
    }
    return `${units}${BINARY[power] ?? ''}`;
  }
  let mantissa = nano;
  let exponent = -9;
  while (mantissa % 10n === 0n && exponent < 18) {
    mantissa /= 10n;
    exponent++;
  }
  while (exponent % 3 !== 0) {
    mantissa *= 10n;
    exponent--;
  }
  if (format === 'exponent') return exponent === 0 ? `${mantissa}` : `${mantissa}e${exponent}`;
  return `${mantissa}${DECIMAL.find(([, power]) => power === exponent)?.[0] ?? ''}`;
}

/** Away from nothing to the next whole number; for what is not negative, up. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by > 0n ? quotient + 1n : quotient;
}
