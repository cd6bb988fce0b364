// Recomputes the tables of the look from the stylesheets: contrast on every background, and how far the eight meanings
// are apart, also for three colour-vision deficiencies.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contrast, difference, VISIONS } from './support/colour.ts';

type Colours = Readonly<Record<string, string>>;

const read = (name: string): string => readFileSync(new URL(`../../src/ui/${name}`, import.meta.url), 'utf8');

/** Every block of a stylesheet that sets colours: its selector, and the colours by their names. */
function blocksOf(css: string): readonly { readonly selector: string; readonly colours: Colours }[] {
  return [...css.replaceAll(/\/\*[\s\S]*?\*\//g, '').matchAll(/(:root[^{}]*)\{([^{}]*)\}/g)].flatMap(
    ([, selector = '', body = '']) => {
      const found = [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [
        name,
        value,
      ]);
      return found.length === 0 ? [] : [{ selector: selector.trim(), colours: Object.fromEntries(found) }];
    },
  );
}

const tokens = blocksOf(read('tokens.css'));
const more = blocksOf(read('contrast.css'));

const at = (blocks: readonly { readonly colours: Colours }[], index: number): Colours => blocks[index]?.colours ?? {};
const THEMES = [
  { name: 'light', colours: at(tokens, 0), text: 4.5, shape: 3 },
  { name: 'dark', colours: at(tokens, 2), text: 4.5, shape: 3 },
  { name: 'light, high contrast', colours: at(more, 0), text: 7, shape: 4.5 },
  { name: 'dark, high contrast', colours: at(more, 2), text: 7, shape: 4.5 },
] as const;

const BACKGROUNDS = ['surface', 'page', 'sunken', 'canvas', 'marker-wash'];
const TEXTS = ['ink', 'ink-2', 'ink-3'];
const SHAPES = ['edge', 'marker-line'];
const MEANINGS = ['request', 'reply', 'dns', 'encap', 'nat', 'ok', 'drop', 'pending'];

describe('the stylesheets', () => {
  it('name every colour in every theme', () => {
    const names = Object.keys(THEMES[0].colours).sort();
    expect(names.length).toBe(31);
    for (const { colours } of THEMES) expect(Object.keys(colours).sort()).toEqual(names);
  });

  it('say the same where they have to say it twice', () => {
    expect(tokens.map(block => block.selector)).toEqual([
      ':root',
      ':root:not([data-theme="light"])',
      ':root[data-theme="dark"]',
    ]);
    expect(tokens[1]?.colours).toEqual(tokens[2]?.colours);
    expect(more.map(block => block.selector)).toEqual([
      ':root[data-theme="contrast"]',
      ':root:not([data-theme])',
      ':root[data-theme="contrast"]',
      ':root:not([data-theme])',
    ]);
    expect(more[0]?.colours).toEqual(more[1]?.colours);
    expect(more[2]?.colours).toEqual(more[3]?.colours);
  });
});

describe.each(THEMES)('$name', ({ colours, text, shape }) => {
  const of = (name: string): string => {
    const colour = colours[name];
    if (colour === undefined) throw new Error(`the stylesheet has no --${name}`);
    return colour;
  };
  const tooWeak = (front: string, back: string, least: number): readonly string[] => {
    const ratio = contrast(of(front), of(back));
    return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)}`] : [];
  };

  it(`has text of ${text}:1 on every background`, () => {
    const weak = BACKGROUNDS.flatMap(back => TEXTS.flatMap(front => tooWeak(front, back, text)));
    expect([...weak, ...tooWeak('on-ink', 'ink', text), ...tooWeak('on-marker', 'marker', text)]).toEqual([]);
  });

  it(`has outlines of ${shape}:1 on every background`, () => {
    expect(BACKGROUNDS.flatMap(back => SHAPES.flatMap(front => tooWeak(front, back, shape)))).toEqual([]);
  });

  it(`has meanings of ${text}:1 on every background but the marker's, on their own wash, and below text`, () => {
    const weak = MEANINGS.flatMap(meaning => [
      ...['surface', 'page', 'sunken', 'canvas', `${meaning}-wash`].flatMap(back => tooWeak(meaning, back, text)),
      ...tooWeak('on-meaning', meaning, text),
      ...tooWeak('ink', `${meaning}-wash`, text),
      ...tooWeak('ink-2', `${meaning}-wash`, text),
    ]);
    expect(weak).toEqual([]);
  });

  it.each(VISIONS)('keeps any two meanings 8 apart, seen with %s', vision => {
    const near = MEANINGS.flatMap((one, i) =>
      MEANINGS.slice(i + 1).flatMap(other => {
        const apart = difference(of(one), of(other), vision);
        return apart < 8 ? [`${one} and ${other}: ${apart.toFixed(1)}`] : [];
      }),
    );
    expect(near).toEqual([]);
  });
});
