// Writes what the scene's components draw as the text of an SVG file. Components without state only: what they return
// is walked at once, so that it works without a page and is the same every time.

import { Fragment, isValidElement, type JSXElementConstructor, type ReactNode } from 'react';

export interface MarkupWish {
  /** Turns a value into what the file holds: `var(--ink)` into the colour of a theme. */
  readonly resolve: (value: string) => string;
  /** What draws in the place of a component that has state: it cannot be walked. */
  readonly standIns: ReadonlyMap<unknown, (props: Readonly<Record<string, unknown>>) => ReactNode>;
}

export function svgMarkup(node: ReactNode, wish: MarkupWish): string {
  if (node === null || node === undefined || typeof node === 'boolean') return '';
  if (typeof node === 'string' || typeof node === 'number' || typeof node === 'bigint') return escaped(String(node));
  if (isValidElement<Readonly<Record<string, unknown>>>(node)) return elementMarkup(node.type, node.props, wish);
  if (Symbol.iterator in node) return [...node].map(part => svgMarkup(part, wish)).join('');
  return '';
}

function elementMarkup(
  type: string | JSXElementConstructor<Readonly<Record<string, unknown>>>,
  props: Readonly<Record<string, unknown>>,
  wish: MarkupWish,
): string {
  if (typeof type === 'string') {
    const attributes = Object.entries(props).map(([name, value]) => attribute(name, value, wish));
    return `<${type}${attributes.join('')}>${svgMarkup(childrenOf(props), wish)}</${type}>`;
  }
  const kind: unknown = type;
  if (kind === Fragment) return svgMarkup(childrenOf(props), wish);
  const standIn = wish.standIns.get(kind);
  if (standIn !== undefined) return svgMarkup(standIn(props), wish);
  const component = typeof kind === 'object' && kind !== null && 'type' in kind ? kind.type : kind;
  return isComponent(component) ? svgMarkup(component(props), wish) : '';
}

/** A function of its properties; `memo` has it as its `type`. */
function isComponent(value: unknown): value is (props: unknown) => ReactNode {
  return typeof value === 'function';
}

function childrenOf(props: Readonly<Record<string, unknown>>): ReactNode {
  const { children } = props;
  return isNode(children) ? children : undefined;
}

function isNode(value: unknown): value is ReactNode {
  return typeof value !== 'function' && typeof value !== 'symbol';
}

/** Attributes that SVG itself writes in capitals within; the rest of React's names has a hyphen there. */
const CAPITALS = ['viewBox', 'preserveAspectRatio'];

function attribute(name: string, value: unknown, { resolve }: MarkupWish): string {
  // What belongs to the page (who holds the element, what a press does) has no place in a file.
  if (name === 'children' || name === 'ref' || name.startsWith('data-') || /^on[A-Z]/.test(name)) return '';
  if (name === 'style' && typeof value === 'object' && value !== null) {
    const rules = Object.entries(value).map(([rule, own]) => `${hyphened(rule)}:${String(own)}`);
    return ` style="${escaped(resolve(rules.join(';')))}"`;
  }
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  const own = name === 'className' ? 'class' : CAPITALS.includes(name) ? name : hyphened(name);
  return ` ${own}="${escaped(resolve(String(value)))}"`;
}

const hyphened = (name: string): string => name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is nothing but text, whatever is in it. What XML cannot hold at all is shown as one that is missing. */
export function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 leaves out of its characters.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '\ufffd')
      .replace(/[&<>"']/g, letter => ENTITIES[letter] ?? '')
  );
}
