import { describe, expect, it } from 'vitest';
import { containing, found, matchName } from '../../src/ui/actions/fuzzy.ts';
import { isPressOf, type KeyPress, keyNames } from '../../src/ui/actions/keys.ts';

describe('finding an action by some letters of its name', () => {
  const names = ['Open Terminal', 'Open Trace', 'Show Objects', 'Step back', 'Undo: apply Service web', 'pod-web'];
  const best = (query: string): string | undefined => found(query, names, name => [name])[0]?.item;

  it.each([
    ['open tr', 'Open Trace'],
    ['otr', 'Open Trace'],
    ['term', 'Open Terminal'],
    ['obj', 'Show Objects'],
    ['SB', 'Step back'],
    ['web', 'pod-web'],
  ])('%s finds %s first', (query, name) => {
    expect(best(query)).toBe(name);
  });

  it('finds nothing when the letters are not there in this order', () => {
    expect(found('ecart', names, name => [name])).toEqual([]);
    expect(matchName('xx', 'x')).toBeUndefined();
  });

  it('says which letters were meant', () => {
    expect(matchName('otr', 'Open Trace')?.letters).toEqual([0, 5, 6]);
    expect(matchName('race', 'Open Trace')?.letters).toEqual([6, 7, 8, 9]);
  });

  it('finds by other words too, after all that have it in their name', () => {
    const items = [
      { name: 'Open YAML', also: 'manifests editor' },
      { name: 'Take manifests along', also: '' },
    ];
    const result = found('manifests', items, ({ name, also }) => [name, also]).map(({ item }) => item.name);
    expect(result).toEqual(['Take manifests along', 'Open YAML']);
  });
});

describe('finding an element by a part of its name', () => {
  const elements = ['web-7f79c77486-2d8dp', 'web-7f79c77486-2d8dq', 'Deployment web', 'Service web', 'client'];

  it.each([
    ['web', ['Service web', 'Deployment web', 'web-7f79c77486-2d8dp', 'web-7f79c77486-2d8dq']],
    ['2D8DQ', ['web-7f79c77486-2d8dq']],
    ['weB ', ['Service web', 'Deployment web', 'web-7f79c77486-2d8dp', 'web-7f79c77486-2d8dq']],
    ['wb', []],
  ])('%s finds %j: the name with the fewest other letters first', (query, names) => {
    expect(containing(query, elements, name => [name]).map(({ item }) => item)).toEqual(names);
  });
});

describe('a key press', () => {
  const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    ...held,
  });

  it.each([
    ['T', press('t'), 'other', true],
    ['T', press('T', { shiftKey: true }), 'other', false],
    ['T', press('t', { ctrlKey: true }), 'other', false],
    ['T', press('t', { altKey: true }), 'other', false],
    ['?', press('?', { shiftKey: true }), 'other', true],
    ['?', press('?'), 'other', true],
    ['[', press('['), 'other', true],
    ['Space', press(' '), 'other', true],
    ['Mod+K', press('k', { ctrlKey: true }), 'other', true],
    ['Mod+K', press('k', { ctrlKey: true }), 'apple', false],
    ['Mod+K', press('k', { metaKey: true }), 'apple', true],
    ['Mod+Z', press('z', { ctrlKey: true, shiftKey: true }), 'other', false],
    ['Mod+Shift+Z', press('Z', { ctrlKey: true, shiftKey: true }), 'other', true],
  ] as const)('%s is pressed by %j on a machine of kind %s: %s', (keys, pressed, machine, expected) => {
    expect(isPressOf(keys, pressed, machine)).toBe(expected);
  });

  it('is named as this machine names its keys', () => {
    expect(keyNames('Mod+Shift+Z', 'other')).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(keyNames('Mod+Shift+Z', 'apple')).toEqual(['⌘', '⇧', 'Z']);
    expect(keyNames('Escape', 'other')).toEqual(['Esc']);
  });
});
