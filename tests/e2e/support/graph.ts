// The graph as a mouse finds it: a name is read off the drawing, and the place where it stands is clicked.

import { expect, type Page } from '@playwright/test';

/** Clicks the element of the graph that shows this name, such as `web` or `node-2`. */
export async function clickOnGraph(page: Page, name: string): Promise<void> {
  const graph = page.getByRole('region', { name: 'Graph', exact: true });
  await expect(graph.getByText('The graph is loading.')).toBeHidden();
  const label = graph.getByText(name, { exact: true }).first();
  await expect(label).toBeVisible();
  const box = await label.boundingBox();
  if (box === null) throw new Error(`the graph does not show ${name}`);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

/** Zoom and pan of the graph, as what lies over it has them. */
export function viewOf(page: Page): Promise<string> {
  return page.getByTestId('graph').evaluate(graph => {
    const layer = graph.querySelector('[data-testid=packets]')?.parentElement;
    return `${graph.style.getPropertyValue('--zoom')} ${layer?.style.transform}`;
  });
}
