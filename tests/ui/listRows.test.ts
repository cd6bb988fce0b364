import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ElementId, ExchangeView, LabElement } from '../../src/sim/index.ts';
import { mainJourney } from '../../src/store/journey.ts';
import type { GraphLevel } from '../../src/store/layoutStore.ts';
import { journeyMarks, withAdded } from '../../src/ui/list/journeyTags.ts';
import type { ListRow } from '../../src/ui/list/listRow.ts';
import { treeRows } from '../../src/ui/list/treeRows.ts';
import { pathTo, treeMove, visibleRows } from '../../src/ui/list/visibleRows.ts';
import { withoutHidden } from '../../src/ui/list/withoutHidden.ts';
import type { Recording } from './fixture/record.ts';

const recorded: { readonly lesson: Recording; readonly sandbox: Recording } = JSON.parse(
  readFileSync(new URL('./fixture/recorded.json', import.meta.url), 'utf8'),
);

const elementsOf = (recording: Recording): ReadonlyMap<ElementId, LabElement> =>
  new Map(recording.elements.map(element => [element.id, element]));
const nobody = { traced: new Set<ElementId>(), shown: new Set<ElementId>() };
const none = new Map<string, 'open' | 'closed'>();

/** The rows that show, each as `indent label | detail`. */
function lines(
  elements: ReadonlyMap<ElementId, LabElement>,
  level: GraphLevel,
  { namespace, search = '' }: { readonly namespace?: string; readonly search?: string } = {},
): readonly string[] {
  return visibleRows(treeRows(elements, level, namespace, nobody), none, search).map(
    ({ row, level: depth }) => `${'  '.repeat(depth - 1)}${row.label}${row.detail === '' ? '' : ` | ${row.detail}`}`,
  );
}

describe('rows of a level', () => {
  const lesson = elementsOf(recorded.lesson);
  const sandbox = elementsOf(recorded.sandbox);

  test('Network: nodes from left to right, inside them from the Pods down to the wire, then what surrounds them', () => {
    const port = (pod: string): string => {
      const element = lesson.get(pod);
      const peer =
        element?.kind === 'pod' ? element.interfaces.find(device => device.name === 'eth0')?.peer : undefined;
      return peer?.split('#')[1] ?? 'no port';
    };
    const routes = (node: string): string => {
      const element = lesson.get(node);
      return element?.kind === 'node' ? `${element.routeCount} routes` : 'no node';
    };
    expect(lines(lesson, 'network')).toEqual([
      'cp | 192.168.10.10',
      'node-1 | 192.168.10.11',
      '  client | 10.244.1.2',
      `  ${port('pod/default/client')} | in cni0`,
      '  cni0 | 10.244.1.1/24',
      `  Route table | ${routes('node/node-1')}`,
      '  iptables',
      '  eth0 | 192.168.10.11/24',
      'node-2 | 192.168.10.12',
      '  web | 10.244.2.2',
      '  web-b | 10.244.2.3',
      `  ${port('pod/default/web')} | in cni0`,
      `  ${port('pod/default/web-b')} | in cni0`,
      '  cni0 | 10.244.2.1/24',
      `  Route table | ${routes('node/node-2')}`,
      '  iptables',
      '  eth0 | 192.168.10.12/24',
      'LAN | 192.168.10.0/24 · MTU 1500',
      'router | 192.168.10.1',
      'laptop | 198.51.100.79',
      'api.example.com | 203.0.113.80',
    ]);
  });

  test('Objects: one namespace, loose Pods, then each Service with its slice and what is behind it', () => {
    expect(lines(sandbox, 'objects', { namespace: 'default' })).toEqual([
      'default | Namespace',
      '  client | 10.244.1.2 · node-1',
      '  web | 10.96.40.10 · 80 → 8080/TCP',
      '    web-k7x2p | 2 of 3 ready',
      '      web-6c9f7d8b5-4xk2m | 10.244.1.3',
      '      web-6c9f7d8b5-9qzlt | 10.244.2.2',
      '      web-6c9f7d8b5-vw7hd | 10.244.2.3',
      '  web | Deployment · 2/3',
      '    web-6c9f7d8b5-4xk2m | 10.244.1.3 · node-1',
      '    web-6c9f7d8b5-9qzlt | 10.244.2.2 · node-2',
      '    web-6c9f7d8b5-vw7hd | 10.244.2.3 · node-2',
      expect.stringMatching(/^ {2}web-typo \| 10\.96\./),
      '    web-typo-k7x2p | no endpoints',
    ]);
  });

  test.each([
    ['an empty namespace says how it is filled', 'kube-public', ['kube-public | Namespace', '  Nothing here yet']],
    ['no namespace leaves the empty ones out', undefined, ['default | Namespace', 'kube-system | Namespace']],
  ] as const)('Objects: %s', (_, namespace, expected) => {
    const shown = lines(sandbox, 'objects', namespace === undefined ? {} : { namespace });
    const wanted = namespace === undefined ? shown.filter(line => !line.startsWith(' ')) : shown;
    expect(wanted.map((line, i) => line.startsWith(expected[i] ?? 'missing'))).toEqual(expected.map(() => true));
  });

  test('every id is there once, at every level and with every row open', () => {
    for (const level of ['objects', 'network', 'packets'] as const) {
      const idsOf = (rows: readonly ListRow[]): readonly string[] =>
        rows.flatMap(row => [row.id, ...idsOf(row.children)]);
      const ids = idsOf(treeRows(sandbox, level, undefined, nobody));
      expect(ids.length).toBeGreaterThan(10);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  test.each([
    ['a name', 'web-b', ['node-2', 'web-b']],
    ['an address of an interface', '10.244.2.1/', ['node-2', 'cni0']],
    ['a Pod in a closed group', 'coredns-7c65d6cfc9-f4', ['cp', 'kube-system', 'coredns-7c65d6cfc9-f4x2j']],
    ['nothing', 'wbe', []],
  ] as const)('the search finds %s and what leads to it', (_, search, expected) => {
    const labels = lines(lesson, 'network', { search }).map(line => line.trim().split(' | ')[0] ?? '');
    expect(labels.slice(0, expected.length)).toEqual(expected);
    if (expected.length === 0) expect(labels).toEqual([]);
  });

  test('a path leads to every row, and to no other', () => {
    const tree = treeRows(lesson, 'network', undefined, nobody);
    expect(pathTo(tree, 'pod/default/web#eth0')).toEqual(['node/node-2', 'pod/default/web']);
    expect(pathTo(tree, 'node/node-1')).toEqual([]);
    expect(pathTo(tree, 'pod/default/nobody')).toBeUndefined();
  });
});

describe('keys', () => {
  const rows = visibleRows(treeRows(elementsOf(recorded.lesson), 'network', undefined, nobody), none, '');
  test.each([
    ['ArrowDown', 'node/cp', { kind: 'focus', id: 'node/node-1' }],
    ['ArrowUp', 'node/cp', { kind: 'none' }],
    ['ArrowRight', 'node/cp', { kind: 'open', id: 'node/cp' }],
    ['ArrowRight', 'node/node-1', { kind: 'focus', id: 'pod/default/client' }],
    ['ArrowLeft', 'node/node-1', { kind: 'close', id: 'node/node-1' }],
    ['ArrowLeft', 'node/node-1#cni0', { kind: 'focus', id: 'node/node-1' }],
    ['ArrowLeft', 'node/cp', { kind: 'none' }],
    ['Home', 'lan/lan', { kind: 'focus', id: 'node/cp' }],
    ['End', 'lan/lan', { kind: 'focus', id: 'outside/api.example.com' }],
    ['w', 'node/cp', { kind: 'focus', id: 'pod/default/web' }],
    ['W', 'pod/default/web', { kind: 'focus', id: 'pod/default/web-b' }],
    ['1', 'node/cp', undefined],
    ['Tab', 'node/cp', undefined],
  ] as const)('%s at %s', (key, focused, expected) => {
    expect(treeMove(rows, focused, key)).toEqual(expected);
  });
});

describe('marks of a journey', () => {
  const elements = elementsOf(recorded.lesson);
  const journeyAt = (index: number) => {
    const exchange: ExchangeView | undefined = recorded.lesson.exchanges[index];
    if (exchange === undefined) throw new Error(`no exchange ${index}`);
    return mainJourney(exchange);
  };
  /** The step of a journey whose leg, element and dot are these. */
  const stepAt = (journey: ReturnType<typeof journeyAt>, leg: number, element: string, short: string): number =>
    journey.steps.findIndex(place => {
      const hop = journey.legs[place.leg]?.trace.hops[place.hop];
      return place.leg === leg && hop?.element === element && hop.steps[place.step]?.short === short;
    });

  test('at the route lookup of node-1: sent, in, here, and the candidates under the table', () => {
    const journey = journeyAt(0);
    const cursor = stepAt(journey, 0, 'node/node-1', 'route');
    const { tags, current, added } = journeyMarks(elements, 'network', journey, cursor);
    expect(current).toBe('node/node-1~routes');
    const words = Object.fromEntries([...tags].map(([id, tag]) => [id, `${tag.meaning} ${tag.word}`]));
    expect(words).toMatchObject({
      'pod/default/client': 'request sent',
      'pod/default/client#eth0': 'request out',
      'node/node-1': 'request here',
      'node/node-1#cni0': 'request in',
      'node/node-1~routes': `marker step ${cursor + 1}`,
    });
    expect(words['node/node-2']).toBeUndefined();
    const candidates = added.get('node/node-1~routes')?.last ?? [];
    expect(candidates[0]).toMatchObject({ label: expect.stringContaining('10.244.2.0/24'), emphasis: 'wins' });
    expect(candidates.at(-1)?.label).toMatch(/more routes?$/);
    const rows = visibleRows(withAdded(treeRows(elements, 'network', undefined, nobody), added), none, '');
    expect(rows.filter(({ parent }) => parent === 'node/node-1~routes')).toHaveLength(candidates.length);
  });

  test.each([
    ['delivered', 0, 0, 'pod/default/web', 'ok delivered'],
    ['refused', 1, 0, 'pod/default/web', 'drop refused'],
    ['dropped', 2, 0, 'router/router', 'drop dropped'],
    ['an answer comes home', 0, 1, 'pod/default/client', 'ok delivered'],
  ] as const)('where the packet ends: %s', (_, exchange, leg, element, expected) => {
    const journey = journeyAt(exchange);
    const last = journey.steps.reduce((found, place, i) => (place.leg === leg ? i : found), -1);
    const { tags, current } = journeyMarks(elements, 'network', journey, last);
    const tag = tags.get(element);
    expect(current?.split(/[#~]/)[0]).toBe(element);
    expect(`${tag?.meaning} ${tag?.word}`).toBe(expected);
  });

  test('the way back replaces the marks of the way there', () => {
    const journey = journeyAt(0);
    const { tags } = journeyMarks(elements, 'network', journey, journey.steps.length - 1);
    expect(tags.get('pod/default/web')).toEqual({ meaning: 'reply', word: 'answered' });
    expect(tags.get('node/node-1#cni0')?.meaning).toBe('reply');
  });

  test('Packets: the packet stands first in the namespace that has it, with both its ends', () => {
    const journey = journeyAt(0);
    const cursor = stepAt(journey, 0, 'node/node-1', 'route');
    const { added } = journeyMarks(elements, 'packets', journey, cursor);
    const [packet] = added.get('node/node-1')?.first ?? [];
    expect(packet?.label).toBe('SYN');
    expect(packet?.detail).toMatch(/^10\.244\.1\.2:\d+ → 10\.244\.2\.2:8080$/);
  });

  test('Objects: who asked and who answered, whatever the step', () => {
    const { tags, current } = journeyMarks(elements, 'objects', journeyAt(0), 3);
    expect(current).toBeUndefined();
    expect(tags.get('pod/default/client')).toEqual({ meaning: 'request', word: 'sent' });
    expect(tags.get('pod/default/web')).toEqual({ meaning: 'reply', word: 'answered' });
  });
});

describe('rows under a filter', () => {
  const shown = (hidden: readonly string[], level: GraphLevel): readonly string[] =>
    visibleRows(
      withoutHidden(treeRows(elementsOf(recorded.lesson), level, undefined, nobody), new Set(hidden)),
      none,
      '',
    ).map(({ row }) => row.id);

  test('what is hidden is left out, with what belongs to it', () => {
    const rows = shown(['pod/default/web'], 'network');
    expect(rows).not.toContain('pod/default/web');
    expect(rows).toContain('pod/default/web-b');
    expect(rows.some(id => id.startsWith('pod/default/web#') || id.startsWith('pod/default/web~'))).toBe(false);
  });

  test('a hidden node stays as the way to its Pods', () => {
    const rows = shown(['node/node-1', 'node/node-2', 'pod/default/web', 'pod/default/web-b'], 'network');
    expect(rows).toContain('node/node-1');
    expect(rows).toContain('pod/default/client');
    expect(rows).not.toContain('node/node-2');
  });
});
