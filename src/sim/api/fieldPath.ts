// Where in an object something is: as the API server prints it, and as keys for whoever points at the place.
//
// Read:    k8s.io/apimachinery pkg/util/validation/field/path.go.

export interface FieldPath {
  /** `spec.ports[0].port`; entries of maps stand in brackets too: `metadata.annotations[team]`. */
  readonly text: string;
  /** `['spec', 'ports', 0, 'port']` */
  readonly keys: readonly (string | number)[];
}

/** The object itself. It prints as `<nil>`, which the API server does too where no path is given. */
export const ROOT_PATH: FieldPath = { text: '<nil>', keys: [] };

/** A path from the root: `path('spec', 'ports', 0)`. Numbers are indexes of lists. */
export function path(...keys: readonly (string | number)[]): FieldPath {
  return child(ROOT_PATH, ...keys);
}

/** A field below: `child(spec, 'ports', 0, 'port')`. */
export function child(parent: FieldPath, ...keys: readonly (string | number)[]): FieldPath {
  let text = parent.keys.length === 0 ? '' : parent.text;
  for (const key of keys) {
    if (typeof key === 'number') text += `[${key}]`;
    else text += text === '' ? key : `.${key}`;
  }
  return { text, keys: [...parent.keys, ...keys] };
}

/** An entry of a map: `metadata.annotations[team]`. */
export function entry(parent: FieldPath, key: string): FieldPath {
  return { text: `${parent.text}[${key}]`, keys: [...parent.keys, key] };
}

/** A path that prints otherwise than the keys: the API server's own paths are not always the object's. */
export function printedAs(text: string, place: FieldPath): FieldPath {
  return { text, keys: place.keys };
}
