// Every view of the page under axe, in every theme.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { settled } from './settled.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What depends on a theme. All else is the same in each, and looked at in one. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

const THEMES = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
] as const;

interface Exception {
  readonly rule: string;
  /** Of the element, or of what axe says of it. */
  readonly mark: RegExp;
}

/** What is no barrier, and why. */
const EXCEPTIONS: readonly Exception[] = [
  // The keyboard stays in the terminal's input, which names the active entry; the list scrolls with it.
  { rule: 'scrollable-region-focusable', mark: /role="listbox"/ },
  // What is open over the page covers a button in part, until it is closed.
  { rule: 'target-size', mark: /partially obscured/ },
];

const isException = (rule: string, ...texts: readonly (string | undefined)[]): boolean =>
  EXCEPTIONS.some(exception => exception.rule === rule && texts.some(text => exception.mark.test(text ?? '')));

/** What axe finds on the whole page as it is, a line each: the theme, the rule, the element. */
export async function findingsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of THEMES) {
    await page.emulateMedia({ ...theme, reducedMotion: 'reduce' });
    await settled(page);
    const violations = theme === THEMES[0] ? await everyRule(page) : await rulesOfColour(page);
    for (const { id, nodes } of violations)
      for (const { html, target, failureSummary } of nodes.filter(
        node => !isException(id, node.html, node.failureSummary),
      ))
        found.push(`${theme.colorScheme}, contrast ${theme.contrast}: ${id}: ${target}: ${html}: ${failureSummary}`);
  }
  return found;
}

type Violations = Awaited<ReturnType<AxeBuilder['analyze']>>['violations'];

/** It leaves axe in the page. */
const everyRule = async (page: Page): Promise<Violations> =>
  (await new AxeBuilder({ page }).setLegacyMode().withTags(TAGS).analyze()).violations;

/** The same again, without reading axe into the page for each theme. */
const rulesOfColour = (page: Page): Promise<Violations> =>
  page.evaluate(async rules => {
    const { axe } = Object(globalThis);
    const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] });
    return violations;
  }, RULES_OF_COLOUR);
