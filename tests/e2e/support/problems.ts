// What the editor shows of the problems of a file: the list under the text, and what is underlined in it.

import type { Page } from '@playwright/test';

/** The list under the text, an entry a line: `Line 4, column 9`, the message, what is expected. */
export async function listedProblems(page: Page): Promise<readonly string[]> {
  const list = page.getByRole('region', { name: 'Manifests' }).getByRole('region', { name: 'Problems' });
  if ((await list.count()) === 0) return [];
  return (await list.getByRole('listitem').allInnerTexts()).map(text => text.replace(/\s*\n\s*/g, ' | ').trim());
}

/** The letters above the wavy lines of errors, from top to bottom, as far as the editor shows them. */
export function underlinedTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const lines = [...document.querySelectorAll('.monaco-editor .view-line')];
    const texts = [...document.querySelectorAll('.monaco-editor .squiggly-error')].map(wave => {
      const box = wave.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      const line = lines.find(each => {
        const { top, bottom } = each.getBoundingClientRect();
        return top <= middle && middle < bottom;
      });
      return { top: box.top, left: box.left, text: line === undefined ? '' : lettersWithin(line, box) };
    });
    return texts.sort((a, b) => a.top - b.top || a.left - b.left).map(({ text }) => text);

    function lettersWithin(line: Element, box: DOMRect): string {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      let text = '';
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const letters = node.textContent ?? '';
        for (let i = 0; i < letters.length; i++) {
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const { left, width } = range.getBoundingClientRect();
          const centre = left + width / 2;
          if (box.left <= centre && centre < box.right) text += letters[i];
        }
      }
      return text;
    }
  });
}
