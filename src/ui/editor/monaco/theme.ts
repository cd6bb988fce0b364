// Monaco in the page's own colours: greys and weight, no hue but that of a problem.

import { editor } from 'monaco-editor/editor';
import type { ShownTheme } from '../../hooks/useMedia.ts';

const TOKENS = [
  'surface',
  'sunken',
  'line',
  'edge',
  'ink',
  'ink-2',
  'ink-3',
  'marker',
  'marker-wash',
  'drop',
  'pending',
] as const;
type Token = (typeof TOKENS)[number];

const BASES: Readonly<Record<ShownTheme, editor.BuiltinTheme>> = {
  light: 'vs',
  dark: 'vs-dark',
  'light contrast': 'hc-light',
  'dark contrast': 'hc-black',
};

/** Defines the theme from the tokens as they are now, and shows it. */
export function showMonacoTheme(theme: ShownTheme): void {
  const token = readTokens();
  const bare = (name: Token): string => token[name].slice(1);
  // Monaco leaves the colour of selected letters as it is, so light letters need a fainter marker below them.
  const isDark = theme.startsWith('dark');
  const selection = isDark ? `${token.marker}30` : token.marker;
  editor.defineTheme('hoplab', {
    base: BASES[theme],
    inherit: false,
    rules: [
      { token: '', foreground: bare('ink-2') },
      // Keys of a mapping. `bold` is 500 here: see monaco.css.
      { token: 'type', foreground: bare('ink'), fontStyle: 'bold' },
      { token: 'operators', foreground: bare('ink-2') },
      { token: 'operators.directivesEnd', foreground: bare('ink-3') },
      { token: 'operators.documentEnd', foreground: bare('ink-3') },
      { token: 'comment', foreground: bare('ink-3') },
    ],
    colors: {
      focusBorder: token.ink,
      foreground: token.ink,
      'editor.background': token.surface,
      'editor.foreground': token['ink-2'],
      'editorCursor.foreground': token.ink,
      'editorLineNumber.foreground': token['ink-3'],
      'editorLineNumber.activeForeground': token.ink,
      'editor.selectionBackground': selection,
      'editor.inactiveSelectionBackground': selection,
      'editor.selectionHighlightBackground': token['marker-wash'],
      'editor.findMatchBackground': token['marker-wash'],
      'editor.findMatchBorder': token.ink,
      'editor.findMatchHighlightBackground': token['marker-wash'],
      'editor.findMatchHighlightBorder': token.edge,
      'editor.findRangeHighlightBackground': token.sunken,
      'editor.rangeHighlightBackground': token.sunken,
      // Nested brackets keep the colour of text; as an option of the editor that has no effect on its models.
      ...Object.fromEntries(
        [1, 2, 3, 4, 5, 6].map(depth => [`editorBracketHighlight.foreground${depth}`, token['ink-2']]),
      ),
      'editorBracketHighlight.unexpectedBracket.foreground': token['ink-2'],
      'editorBracketMatch.background': token.sunken,
      'editorBracketMatch.border': token.edge,
      'editorError.foreground': token.drop,
      'editorWarning.foreground': token.pending,
      'editorInfo.foreground': token['ink-3'],
      'editorHint.foreground': token['ink-3'],
      'editorMarkerNavigation.background': token.surface,
      'editorMarkerNavigationError.background': token.drop,
      'editorMarkerNavigationWarning.background': token.pending,
      'editorMarkerNavigationInfo.background': token.edge,
      'editor.placeholder.foreground': token['ink-3'],
      'editorWidget.background': token.surface,
      'editorWidget.foreground': token.ink,
      'editorWidget.border': token.edge,
      'editorHoverWidget.background': token.surface,
      'editorHoverWidget.foreground': token.ink,
      'editorHoverWidget.border': token.edge,
      'editorHoverWidget.statusBarBackground': token.sunken,
      'editorSuggestWidget.background': token.surface,
      'editorSuggestWidget.border': token.edge,
      'editorSuggestWidget.foreground': token['ink-2'],
      'editorSuggestWidget.selectedBackground': token['marker-wash'],
      'editorSuggestWidget.selectedForeground': token.ink,
      'editorSuggestWidget.highlightForeground': token.ink,
      'editorSuggestWidget.focusHighlightForeground': token.ink,
      'list.hoverBackground': token.sunken,
      'list.hoverForeground': token.ink,
      'widget.shadow': `${token.ink}22`,
      'input.background': token.surface,
      'input.foreground': token.ink,
      'input.border': token.edge,
      'input.placeholderForeground': token['ink-3'],
      'inputOption.activeBackground': token['marker-wash'],
      'inputOption.activeForeground': token.ink,
      'inputOption.activeBorder': token.ink,
      'inputValidation.errorBackground': token.surface,
      'inputValidation.errorBorder': token.drop,
      'textLink.foreground': token.ink,
      'textLink.activeForeground': token.ink,
      'icon.foreground': token.ink,
      'toolbar.hoverBackground': token.sunken,
      'scrollbar.shadow': token.line,
      'scrollbarSlider.background': `${token.edge}55`,
      'scrollbarSlider.hoverBackground': `${token.edge}88`,
      'scrollbarSlider.activeBackground': token.edge,
    },
  });
  editor.setTheme('hoplab');
}

/** The tokens as `#rrggbb`, asked of the browser: a minified stylesheet may write them in another way. */
function readTokens(): Readonly<Record<Token, string>> {
  const probe = document.createElement('span');
  document.body.append(probe);
  const read = (name: Token): string => {
    probe.style.color = `var(--${name})`;
    const parts = getComputedStyle(probe).color.match(/\d+/g) ?? [];
    return `#${parts
      .slice(0, 3)
      .map(part => Number(part).toString(16).padStart(2, '0'))
      .join('')}`;
  };
  const tokens = Object.fromEntries(TOKENS.map(name => [name, read(name)])) as Record<Token, string>;
  probe.remove();
  return tokens;
}
