// The Markdown that lessons are written in: CommonMark, front matter, GFM, generic directives.

import type { Root } from 'mdast';
import remarkDirective from 'remark-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkDirective).freeze();

/** The tree of a text, with places. */
export function parseMarkdown(text: string): Root {
  return parser.parse(text);
}
