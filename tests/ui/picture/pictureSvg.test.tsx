import { readFileSync } from 'node:fs';
import { Fragment, memo } from 'react';
import { describe, expect, test } from 'vitest';
import type { ElementId, ExchangeView, LabElement } from '../../../src/sim/index.ts';
import { mainJourney } from '../../../src/store/journey.ts';
import { pictureSvg } from '../../../src/ui/picture/pictureSvg.ts';
import { pngScale } from '../../../src/ui/picture/savePicture.ts';
import { escaped, type MarkupWish, svgMarkup } from '../../../src/ui/picture/svgMarkup.ts';
import { networkLayout, wideLayout } from '../../../src/ui/topology/networkLayout.ts';
import * as services from '../../../src/ui/topology/servicesParts.ts';
import * as tracing from '../../../src/ui/topology/traceParts.ts';
import type { Scene } from '../../../src/ui/topology/useScene.ts';
import type { Recording } from '../fixture/record.ts';

const { lesson }: { readonly lesson: Recording } = JSON.parse(
  readFileSync(new URL('../fixture/recorded.json', import.meta.url), 'utf8'),
);

const token = (name: string): string => `#${name.slice(2)}`;
const plain: MarkupWish = { resolve: value => value, standIns: new Map() };

/** Attributes and texts that could do or load something. */
const ACTIVE = /<script|<foreignObject|<image|\son\w+=|href=|url\(|@import|javascript:/i;

function sceneOf(elements: readonly LabElement[], exchange?: ExchangeView, cursor = 0): Scene {
  const all = new Map(elements.map(element => [element.id, element]));
  const wish = {
    form: 'wide',
    ends: [],
    drawn: new Set<ElementId>(),
    namespace: undefined,
    capacity: 0,
  } as const;
  const layout = networkLayout(all, wish, new Map(), wideLayout);
  const journey = exchange === undefined ? undefined : mainJourney(exchange);
  const overlay =
    journey === undefined
      ? undefined
      : tracing.traceOverlay(layout, journey, tracing.journeyPaths(layout, journey), cursor);
  return {
    elements: all,
    layout,
    drawn: layout,
    journey,
    overlay,
    selected: undefined,
    picking: undefined,
    level: 'network',
    tracing,
    objects: undefined,
    services,
    crowd: undefined,
  };
}

const frame = { title: 'Lesson · Network', css: '.name{fill:var(--ink)}', hidden: new Set<ElementId>() };
const textsOf = (svg: string): readonly string[] =>
  [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(([, text = '']) => text);

describe('markup of what components draw', () => {
  const Name = memo(({ name }: { readonly name: string }) => <text x={1}>{name}</text>);

  test('elements, fragments, lists, components and memoised ones', () => {
    const drawn = (
      <Fragment>
        <Name name="web" />
        {[1, 2].map(n => (
          <path key={n} d={`M${n} 0`} strokeWidth={1.5} className="wire" />
        ))}
        {undefined}
        {false}
      </Fragment>
    );
    expect(svgMarkup(drawn, plain)).toBe(
      '<text x="1">web</text><path d="M1 0" stroke-width="1.5" class="wire"></path><path d="M2 0" stroke-width="1.5" class="wire"></path>',
    );
  });

  test('what belongs to the page is left out; styles and tokens become values', () => {
    const drawn = (
      // biome-ignore lint/a11y/noStaticElementInteractions: what is tested is that it is left out.
      <g ref={() => undefined} onClick={() => undefined} data-testid="x" style={{ strokeWidth: 2 }} fill="var(--ink)" />
    );
    expect(svgMarkup(drawn, { ...plain, resolve: value => value.replace('var(--ink)', '#111') })).toBe(
      '<g style="stroke-width:2" fill="#111"></g>',
    );
  });

  test.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    [`"><img src=x onerror='a'>&`, '&quot;&gt;&lt;img src=x onerror=&#39;a&#39;&gt;&amp;'],
    ['a\u0000b\u001fc\ufffe', 'a\ufffdb\ufffdc\ufffd'],
    ['half \ud83d', 'half \ufffd'],
    ['\u202eweb\u2066', '\u202eweb\u2066'],
    ['line\nand\ttab', 'line\nand\ttab'],
  ])('%j is only text', (text, expected) => {
    expect(escaped(text)).toBe(expected);
    expect(svgMarkup(<text fill={text}>{text}</text>, plain)).toBe(`<text fill="${expected}">${expected}</text>`);
  });
});

test('a component with state has a stand-in', () => {
  const Moving = ({ name }: { readonly name: string }): never => {
    throw new Error(`${name} cannot be walked`);
  };
  const standIns = new Map([[Moving, (props: object) => <path id={'name' in props ? String(props.name) : ''} />]]);
  expect(svgMarkup(<Moving name="pod" />, { ...plain, standIns })).toBe('<path id="pod"></path>');
});

describe('the picture of a graph', () => {
  test('has the names, the addresses and the legend, and stands alone', () => {
    const svg = pictureSvg(sceneOf(lesson.elements), frame, token);
    const texts = textsOf(svg);
    for (const text of ['client', '10.244.1.2', 'node-2', 'LAN', 'Request', 'Dropped', 'Marker', 'Lesson · Network'])
      expect(texts).toContain(text);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="\d+" height="\d+"/);
    // The icon of a Pod, and the one of what was dropped.
    expect(svg).toContain('<rect x="2" y="6" width="16" height="8" rx="4">');
    expect(svg).toContain('M7.3 7.3l5.4 5.4');
    expect(svg).not.toMatch(ACTIVE);
    expect(svg).not.toContain('var(');
    expect(svg).toContain('.name{fill:#ink}');
  });

  test('has the journey up to the step that is shown', () => {
    const [exchange] = lesson.exchanges;
    if (exchange === undefined) throw new Error('the recording has no journey');
    const before = pictureSvg(sceneOf(lesson.elements, exchange, 0), frame, token);
    const after = pictureSvg(sceneOf(lesson.elements, exchange, 12), frame, token);
    expect(textsOf(before).join('\n')).toContain(exchange.outcome);
    expect(after).not.toBe(before);
    expect(after).not.toMatch(ACTIVE);
  });

  test('of hostile names is harmless', () => {
    const hostile = ['<script>alert(1)</script>', '"/><image href="x" onload="y"/>', `\u202e${'a'.repeat(253)}`];
    const elements = lesson.elements.map((element, i) =>
      element.kind === 'pod' ? { ...element, name: hostile[i % hostile.length] ?? '', address: '<b>&' } : element,
    );
    const svg = pictureSvg(sceneOf(elements), { ...frame, title: '</title><script>' }, token);
    expect(svg).not.toMatch(ACTIVE);
    expect(svg).toContain('&lt;b&gt;&amp;');
    expect(svg).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  });

  test('shows pale what the filter hides', () => {
    const scene = sceneOf(lesson.elements);
    expect(pictureSvg(scene, frame, token)).not.toContain('fill-opacity');
    expect(pictureSvg(scene, { ...frame, hidden: new Set(['pod/default/web']) }, token)).toContain(
      'fill-opacity="0.72"',
    );
  });
});

test('a PNG is twice as large as the graph, unless a canvas cannot be', () => {
  expect(pngScale({ width: 1000, height: 600 })).toBe(2);
  expect(pngScale({ width: 32_000, height: 600 })).toBe(0.5);
  const { width, height } = { width: 10_000, height: 10_000 };
  expect(width * height * pngScale({ width, height }) ** 2).toBeLessThanOrEqual(64_000_001);
});
