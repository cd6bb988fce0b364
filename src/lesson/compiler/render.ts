// Markdown nodes to sanitised HTML.
//
// The tree is first made plain: commands, links and what authors may not use are resolved to ordinary Markdown nodes.
// Then it is rendered and sanitised against a short list. HTML that was written in the Markdown is shown as text: it
// never becomes a tag, whoever wrote the lesson.

import type { Nodes, PhrasingContent, RootContent } from 'mdast';
import type {} from 'mdast-util-directive';
import rehypeSanitize, { type Options } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { Html } from '../format.ts';
import { type Compilation, rawText, report } from './compilation.ts';
import { isDirectiveName } from './directives.ts';
import { resolveLink } from './links.ts';

/** What may appear in a lesson. */
const ALLOWED: Options = {
  strip: ['script', 'style'],
  tagNames: [
    ...['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'br', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code', 'em', 'strong'],
    ...['del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'input'],
  ],
  attributes: {
    a: ['href', 'dataElement', 'dataTerm', 'dataLesson', ['target', '_blank'], ['rel', 'noopener noreferrer']],
    code: ['dataRun', ['className', /^language-[a-z]+$/]],
    input: [['type', 'checkbox'], ['disabled', true], 'checked'],
    ol: ['start'],
    th: ['align'],
    td: ['align'],
  },
  protocols: { href: ['http', 'https'] },
  required: { input: { type: 'checkbox', disabled: true } },
};

/** The lesson and the step have the first two levels of headings. */
const HEADING_DEPTHS = { 1: 3, 2: 3, 3: 3, 4: 4, 5: 5, 6: 6 } as const;

const processor = unified().use(remarkRehype).use(rehypeSanitize, ALLOWED).use(rehypeStringify).freeze();

/** Renders blocks. */
export function renderBlocks(compilation: Compilation, nodes: readonly RootContent[]): Html {
  const children = nodes.flatMap(node => plainBlock(compilation, node));
  return processor.stringify(processor.runSync({ type: 'root', children })).trim();
}

/** Renders blocks; a single paragraph comes without its `<p>`, for labels. */
export function renderLabel(compilation: Compilation, nodes: readonly RootContent[]): Html {
  const html = renderBlocks(compilation, nodes);
  const single = /^<p>(.*)<\/p>$/s.exec(html)?.[1];
  return single === undefined || single.includes('<p>') ? html : single;
}

/** A block without anything that Markdown itself does not have. */
function plainBlock(compilation: Compilation, node: RootContent): readonly RootContent[] {
  switch (node.type) {
    case 'html':
      return htmlAsText(compilation, node.value, node).map(text => ({ type: 'paragraph', children: [text] }));
    case 'leafDirective':
      if (isDirectiveName(node.name)) {
        report(compilation, node, `"::${node.name}" has two colons`, `at least three: ":::${node.name}"`);
      }
      return [{ type: 'paragraph', children: [{ type: 'text', value: rawText(compilation, node) }] }];
    case 'definition':
    case 'yaml':
      return [];
    case 'footnoteDefinition':
      report(compilation, node, 'footnotes are not shown', 'the note in the text itself');
      return [];
    case 'heading':
      return [withPlainChildren(compilation, { ...node, depth: HEADING_DEPTHS[node.depth] })];
    case 'containerDirective':
      return node.children.flatMap(child => plainBlock(compilation, child));
    default:
      return [withPlainChildren(compilation, node)];
  }
}

function withPlainChildren(compilation: Compilation, node: RootContent): RootContent {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return { ...node, children: plainPhrases(compilation, node.children) };
    case 'blockquote':
      return { ...node, children: blocksOf(compilation, node.children) };
    case 'list':
      return {
        ...node,
        children: node.children.map(item => ({ ...item, children: blocksOf(compilation, item.children) })),
      };
    case 'table':
      return {
        ...node,
        children: node.children.map(row => ({
          ...row,
          children: row.children.map(cell => ({ ...cell, children: plainPhrases(compilation, cell.children) })),
        })),
      };
    default:
      return node;
  }
}

type BlockChild = Extract<Nodes, { readonly type: 'blockquote' }>['children'][number];

function blocksOf(compilation: Compilation, nodes: readonly BlockChild[]): BlockChild[] {
  return nodes.flatMap(node => plainBlock(compilation, node)).filter(isBlockChild);
}

const BLOCKS = ['paragraph', 'heading', 'blockquote', 'list', 'code', 'table', 'thematicBreak'];

function isBlockChild(node: RootContent): node is BlockChild {
  return BLOCKS.includes(node.type);
}

function plainPhrases(compilation: Compilation, nodes: readonly PhrasingContent[]): PhrasingContent[] {
  return nodes.flatMap(node => plainPhrase(compilation, node));
}

function plainPhrase(compilation: Compilation, node: PhrasingContent): readonly PhrasingContent[] {
  switch (node.type) {
    case 'textDirective': {
      const command = commandOf(compilation, node);
      return command === undefined
        ? [{ type: 'text', value: rawText(compilation, node) }]
        : [{ type: 'inlineCode', value: command, data: { hProperties: { dataRun: command } } }];
    }
    case 'html':
      return htmlAsText(compilation, node.value, node);
    case 'image':
    case 'imageReference':
      report(compilation, node, 'images are not shown', 'a description in words');
      return [{ type: 'text', value: node.alt ?? '' }];
    case 'footnoteReference':
      report(compilation, node, 'footnotes are not shown', 'the note in the text itself');
      return [];
    case 'linkReference': {
      const definition = compilation.definitions.get(node.identifier);
      const { children, position } = node;
      if (definition === undefined) return plainPhrases(compilation, children);
      return plainPhrase(compilation, { type: 'link', url: definition.url, children, ...(position && { position }) });
    }
    case 'link': {
      const resolved = resolveLink(compilation, node);
      const children = plainPhrases(compilation, node.children);
      if (resolved === undefined) return children;
      return [{ ...node, url: resolved.url, children, data: { hProperties: resolved.attributes } }];
    }
    case 'emphasis':
    case 'strong':
    case 'delete':
      return [{ ...node, children: plainPhrases(compilation, node.children) }];
    default:
      return [node];
  }
}

/** The command of a `:run[...]`, exactly as it was written; undefined for any other directive. */
export function commandOf(
  compilation: Compilation,
  node: Extract<PhrasingContent, { readonly type: 'textDirective' }>,
): string | undefined {
  if (node.name !== 'run') return undefined;
  const command = /^:run\[(.*)\]$/s.exec(rawText(compilation, node))?.[1];
  const cleaned = command
    ?.replace(/\\([[\]])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  return cleaned === '' ? undefined : cleaned;
}

function htmlAsText(compilation: Compilation, value: string, node: Nodes): { type: 'text'; value: string }[] {
  if (/^<!--[\s\S]*-->$/.test(value.trim())) return [];
  report(compilation, node, 'HTML is shown as text', 'Markdown');
  return [{ type: 'text', value }];
}
