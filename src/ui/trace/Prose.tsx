import { CommandText } from '../common/CommandText.tsx';
import { proseParts } from './prose.ts';

/** A sentence with addresses and names of interfaces in mono. */
export function Prose({ text }: { readonly text: string }) {
  let at = 0;
  return proseParts(text).map(part => {
    const key = at;
    at += part.text.length;
    return part.kind === 'machine' ? (
      <code key={key}>
        <CommandText text={part.text} />
      </code>
    ) : (
      <span key={key}>{part.text}</span>
    );
  });
}
