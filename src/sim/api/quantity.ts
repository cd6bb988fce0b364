// Quantities: `500m`, `1Gi`, `2e3` as numbers.
//
// Simplified: as floating-point numbers, exact to 15 digits; the API server keeps decimals exactly.
// Read:    k8s.io/apimachinery pkg/api/resource/quantity.go.

const FACTORS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The amount in units (cores, bytes); NaN when the text is no quantity. Decoding has checked it. */
export function quantityValue(text: string): number {
  const match = /^([+-]?[0-9.]+)([eE][-+]?[0-9]+|[a-zA-Z]*)$/.exec(text);
  const suffix = match?.[2] ?? '';
  if (/^[eE][-+]?\d/.test(suffix)) return Number(text);
  return Number(match?.[1]) * (Object.hasOwn(FACTORS, suffix) ? (FACTORS[suffix] ?? Number.NaN) : Number.NaN);
}
