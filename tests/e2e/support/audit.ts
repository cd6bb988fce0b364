// Every view of the page under axe, in every theme.

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What depends on a theme. All else is the same in each, and looked at in one. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

const THEMES = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
] as const;

/** What axe finds on the whole page as it is, a line each: the theme, the rule, the element. */
export async function findingsOf(page: Page): Promise<readonly string[]> {
  const found: string[] = [];
  for (const theme of THEMES) {
    await page.emulateMedia({ ...theme, reducedMotion: 'reduce' });
    await settled(page);
    const violations = theme === THEMES[0] ? await everyRule(page) : await rulesOfColour(page);
    for (const { id, nodes } of violations)
      for (const { html, target, failureSummary } of nodes)
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

/** Colours that fade into each other are no colours of a theme. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ends = (animation: Animation): boolean => Number(animation.effect?.getComputedTiming().endTime) < 10_000;
    await new Promise(requestAnimationFrame);
    await Promise.allSettled(
      document
        .getAnimations()
        .filter(ends)
        .map(animation => animation.finished),
    );
  });
}
