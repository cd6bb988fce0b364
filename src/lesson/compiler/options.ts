// Lists in questions: options with a box, things to put in order, pairs that belong together, elements to click.

import type { Link, List, ListItem, RootContent } from 'mdast';
import type { Candidate, Html, Option, Pair } from '../format.ts';
import { type Compilation, report } from './compilation.ts';
import { elementOf } from './links.ts';
import { renderBlocks, renderLabel } from './render.ts';

/** Options of `single` and `multiple`: `- [x] work`, each with `> feedback` below. */
export function compileOptions(compilation: Compilation, list: List): readonly Option[] {
  return list.children.map((item, index) => ({
    id: letter(index),
    html: renderLabel(compilation, withoutQuotes(item)),
    correct: isTicked(compilation, item),
    feedback: feedbackOf(compilation, item),
  }));
}

/** Items of `order`: a numbered list in the right order. */
export function compileItems(compilation: Compilation, list: List): readonly Option[] {
  if (list.ordered !== true) report(compilation, list, 'things to put in order are a numbered list', '1. first');
  return list.children.map((item, index) => ({
    id: letter(index),
    html: renderLabel(compilation, withoutQuotes(item)),
    correct: true,
    feedback: feedbackOf(compilation, item),
  }));
}

/** Pairs of `match`: each item has its partner as a list of one below it. */
export function compilePairs(compilation: Compilation, list: List): readonly Pair[] {
  return list.children.map((item, index) => {
    const partner = item.children.find((child): child is List => child.type === 'list');
    const right = partner?.children.length === 1 ? partner.children[0] : undefined;
    if (right === undefined) {
      report(compilation, item, 'an item to match needs its partner', 'a list of one item below it');
    }
    const left = withoutQuotes(item).filter(child => child !== partner);
    return {
      id: letter(index),
      left: renderLabel(compilation, left),
      right: right === undefined ? '' : renderLabel(compilation, right.children),
      feedback: feedbackOf(compilation, item),
    };
  });
}

/** Candidates of `click`: options whose text is a link to an element. */
export function compileCandidates(compilation: Compilation, list: List): readonly Candidate[] {
  return list.children.flatMap(item => {
    const link = elementLink(item);
    const element = link === undefined ? undefined : elementOf(compilation, link, link.url.slice('element:'.length));
    if (link === undefined) {
      report(compilation, item, 'something to click needs a link to it', '- [x] [client](element:pod/client)');
    }
    const correct = isTicked(compilation, item);
    const feedback = feedbackOf(compilation, item);
    return link === undefined || element === undefined ? [] : [{ element, label: plainText(link), correct, feedback }];
  });
}

function letter(index: number): string {
  return index < 26 ? String.fromCharCode(97 + index) : `o${index}`;
}

function isTicked(compilation: Compilation, item: ListItem): boolean {
  if (typeof item.checked === 'boolean') return item.checked;
  report(compilation, item, 'an option needs a box', '"- [x] right" or "- [ ] wrong"');
  return false;
}

function withoutQuotes(item: ListItem): RootContent[] {
  return item.children.filter(child => child.type !== 'blockquote');
}

/** The quotes below an item: what is said when it is chosen. */
function feedbackOf(compilation: Compilation, item: ListItem): Html {
  const quotes = item.children.flatMap(child => (child.type === 'blockquote' ? child.children : []));
  if (quotes.length === 0) {
    report(compilation, item, 'an option needs its own feedback', '"  > why" below the option, indented by two spaces');
  }
  return renderBlocks(compilation, quotes);
}

function elementLink(item: ListItem): Link | undefined {
  for (const child of item.children) {
    const links = child.type === 'paragraph' ? child.children.filter(phrase => phrase.type === 'link') : [];
    const link = links.find(candidate => candidate.url.startsWith('element:'));
    if (link !== undefined) return link;
  }
  return undefined;
}

function plainText(link: Link): string {
  return link.children.map(child => ('value' in child ? child.value : '')).join('');
}
