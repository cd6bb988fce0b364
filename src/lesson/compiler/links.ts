// Links in lessons: to a term, an element of the graph, another lesson, or a page elsewhere. Nothing else.

import type { Link } from 'mdast';
import { ownerOf, resolveElement } from '../elementRef.ts';
import { nearest } from '../faultWords.ts';
import { type Compilation, placeOf, report } from './compilation.ts';

const EXPECTED = 'a link that begins with glossary:, element:, lesson: or https://';

/** What the link becomes in HTML: its address, and the attributes that tell the page what it is. */
export interface ResolvedLink {
  readonly url: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Resolves a link, or reports it; a link that leads nowhere is text. */
export function resolveLink(compilation: Compilation, link: Link): ResolvedLink | undefined {
  const [, scheme = '', rest = ''] = /^([a-z]+):(.*)$/s.exec(link.url) ?? [];
  switch (scheme) {
    case 'glossary':
      return toTerm(compilation, link, rest);
    case 'element':
      return toElement(compilation, link, rest);
    case 'lesson':
      compilation.mentions.push({ lesson: rest, ...placeOf(link) });
      return { url: `#/lesson/${encodeURIComponent(rest)}`, attributes: { dataLesson: rest } };
    case 'http':
    case 'https':
      return { url: link.url, attributes: { target: '_blank', rel: 'noopener noreferrer' } };
    default:
      report(compilation, link, `the link "${shorten(link.url)}" leads nowhere`, EXPECTED);
      return undefined;
  }
}

function toTerm(compilation: Compilation, link: Link, id: string): ResolvedLink | undefined {
  const { glossary } = compilation;
  if (!glossary.has(id)) {
    const near = nearest(id, [...glossary.keys()]);
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    report(compilation, link, `the glossary has no term "${shorten(id)}"${hint}`, 'an id of lessons/glossary.yaml');
    return undefined;
  }
  compilation.terms.add(id);
  return { url: `#/glossary/${id}`, attributes: { dataTerm: id } };
}

function toElement(compilation: Compilation, link: Link, reference: string): ResolvedLink | undefined {
  const id = elementOf(compilation, link, reference);
  return id === undefined ? undefined : { url: `#/element/${id}`, attributes: { dataElement: id } };
}

/** The element that a link names, if the scenario has it. */
export function elementOf(compilation: Compilation, link: Link, reference: string): string | undefined {
  const id = resolveElement(reference);
  if (id === undefined) {
    report(
      compilation,
      link,
      `"${shorten(reference)}" is not an element of the graph`,
      'pod/client, node/node-1, node-1/cni0, router',
    );
    return undefined;
  }
  if (!compilation.elements.has(ownerOf(id))) {
    const known = [...compilation.elements];
    const near = nearest(ownerOf(id), known);
    const hint = near === undefined ? '' : `; did you mean "${near}"?`;
    report(compilation, link, `the scenario has no "${ownerOf(id)}"${hint}`, 'an element of the scenario');
    return undefined;
  }
  return id;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
