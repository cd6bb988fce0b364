// Finds what a machine would print inside a sentence: addresses, prefixes, ports, MACs, chains. Pure.

export interface ProsePart {
  readonly kind: 'words' | 'machine';
  readonly text: string;
}

const MACHINE = new RegExp(
  [
    '(?:[0-9a-f]{2}:){5}[0-9a-f]{2}',
    '\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2}|:\\d{1,5})?',
    'KUBE-[A-Z0-9-]*[A-Z0-9]',
    'FLANNEL-[A-Z0-9-]*[A-Z0-9]',
    '\\b(?:PREROUTING|INPUT|FORWARD|OUTPUT|POSTROUTING)\\b',
    '\\b(?:veth[0-9a-f]+|eth\\d+|cni0|flannel\\.\\d+)\\b',
    '\\b0x[0-9a-f]+\\b',
    // The rest of a rule from its first option on: up to the end of the sentence, or what it decides.
    '(?<=\\s)-{1,2}[a-zA-Z][\\w-]*(?: (?:-{1,2}[a-zA-Z][\\w-]*|[\\w./:,!+-]*\\w))*',
  ].join('|'),
  'g',
);

/** A sentence in parts; put together again they are the sentence. */
export function proseParts(text: string): readonly ProsePart[] {
  const parts: ProsePart[] = [];
  let from = 0;
  for (const match of text.matchAll(MACHINE)) {
    if (match.index > from) parts.push({ kind: 'words', text: text.slice(from, match.index) });
    parts.push({ kind: 'machine', text: match[0] });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ kind: 'words', text: text.slice(from) });
  return parts;
}
