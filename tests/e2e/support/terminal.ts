// The terminal as a person uses it: type a line, press Enter, read what it printed and how it ended.

import { expect, type Locator, type Page } from '@playwright/test';
import { showPanel } from './openPage.ts';

/** A command that ended. */
export interface EndedCommand {
  /** The block on the page: its output, its journeys. */
  readonly block: Locator;
  /** What it printed; empty when it printed nothing. */
  readonly output: string;
  readonly exitCode: number;
}

/** The blocks of the terminal, one a command, oldest first. */
export function terminalBlocks(page: Page): Locator {
  return page.getByRole('region', { name: 'Terminal' }).getByRole('article');
}

/** Types a command into the terminal, runs it with Enter and waits for its end. */
export async function typeCommand(page: Page, line: string): Promise<EndedCommand> {
  await showPanel(page, 'Terminal');
  const before = await terminalBlocks(page).count();
  const field = page.getByRole('textbox', { name: /^Command,/ });
  await field.click();
  await expect(field).toHaveValue('');
  await page.keyboard.type(line);
  await expect(field).toHaveValue(line);
  await page.keyboard.press('Enter');
  return endOf(terminalBlocks(page).nth(before));
}

/** Waits until a block of the terminal shows how its command ended. */
export async function endOf(block: Locator): Promise<EndedCommand> {
  const end = block.getByText(/^exit \d+$/);
  await expect(end).toBeVisible();
  const exitCode = Number(/\d+/.exec(await end.innerText())?.[0]);
  const output = await block.getByLabel(/^Output of/).allTextContents();
  return { block, output: output.join(''), exitCode };
}
