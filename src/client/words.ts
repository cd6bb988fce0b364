// Words of the lab's own about texts: why one does not open, and what an editor says beside the API server's words.

export const OPENING = {
  otherVersion: 'This lab was saved by another version of Hoplab and does not open here.',
  damaged: 'What was saved of this lab is damaged.',
  nothingLeft: 'Nothing is left of that lab.',
  nothing: 'The text holds no object.',
  askForJson: 'Of a real cluster, ask for JSON, which is read up to 5 MB: kubectl get all -A -o json',
} as const;

/** The indentation of a manifest is lost. */
export const LOST_INDENTATION = {
  message: (parents: readonly string[]) =>
    parents.length === 1
      ? `the indentation is gone: ${parents[0]} is empty, and what belongs in it stands at the left edge`
      : `the indentation is gone: ${parents.join(' and ')} are empty, and what belongs in them stands at the left edge`,
  remedy: (places: readonly string[]) => `Indent by two blanks: ${places.join('; ')}.`,
  further: 'This field belongs further to the right.',
  belongs: (place: string) => `This field belongs ${place}, indented by two blanks.`,
  under: (field: string) => `under ${field}`,
  beside: (field: string) => `beside ${field}`,
  and: ' and ',
} as const;

/** A kind or a field that is none, and one that is nearly called so. */
export const NEAR_MISS = {
  isIn: (kind: string, versions: readonly string[]) => `${kind} is in ${versions.join(' or ')}.`,
  meant: (name: string) => `Did you mean ${name}?`,
  meantIn: (kind: string, versions: readonly string[]) => `Did you mean ${kind}? It is in ${versions.join(' or ')}.`,
} as const;

/** What values of a field are. */
export const TYPES = {
  string: 'text',
  boolean: 'true or false',
  int32: 'whole number',
  int64: 'whole number',
  double: 'number',
  time: 'time',
  microTime: 'time',
  bytes: 'base64',
  quantity: 'quantity',
  intOrString: 'number or name',
  any: 'anything',
} as const;
export const LISTS = {
  of: (item: string) => `list of ${item}`,
  mapOf: (value: string) => `map of ${value}`,
} as const;
export const REQUIRED = ', required';
