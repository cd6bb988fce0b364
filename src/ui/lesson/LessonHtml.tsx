import { createElement, type ReactNode, useMemo } from 'react';
import type { Html } from '../../lesson/format.ts';
import { classNames } from '../common/classNames.ts';
import { CommandBlock, InlineCommand } from './Command.tsx';
import { ElementLink } from './ElementLink.tsx';
import { TermLink } from './Glossary.tsx';
import styles from './LessonHtml.module.css';

export interface LessonHtmlProps {
  readonly html: Html;
  /**
   * - `prose`: what is read from top to bottom.
   * - `note`: feedback and help, in the size of the page's text.
   * - `label`: part of a line, such as an answer to choose.
   */
  readonly look?: 'prose' | 'note' | 'label';
  readonly id?: string;
}

/** Lesson HTML with its links and commands alive. The compiler sanitised it; only tags that it may write are made. */
export function LessonHtml({ html, look = 'prose', id }: LessonHtmlProps) {
  const children = useMemo(() => childrenOf(parse(html)), [html]);
  return createElement(
    look === 'label' ? 'span' : 'div',
    { className: classNames(styles.html, styles[look]), id },
    ...children,
  );
}

/** The words of some HTML without its tags, for names of controls. */
export function plainText(html: Html): string {
  return (parse(html).textContent ?? '').replace(/\s+/g, ' ').trim();
}

const TAGS = [
  ...['p', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'br', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code', 'em', 'strong'],
  ...['del', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'input'],
];
const VOID = ['hr', 'br'];
/** React warns of blanks between the parts of these. */
const WITHOUT_TEXT = ['table', 'thead', 'tbody', 'tr', 'ul', 'ol'];

function parse(html: Html): HTMLElement {
  return new DOMParser().parseFromString(html, 'text/html').body;
}

function childrenOf(parent: Element): ReactNode[] {
  const isBlankless = WITHOUT_TEXT.includes(parent.localName);
  return [...parent.childNodes].flatMap((node, key): ReactNode[] => {
    if (node instanceof Element) return [elementOf(node, key)];
    const text = node.textContent ?? '';
    return isBlankless && text.trim() === '' ? [] : [text];
  });
}

function elementOf(element: Element, key: number): ReactNode {
  const tag = element.localName;
  const children = childrenOf(element);
  if (!TAGS.includes(tag)) return createElement('span', { key }, ...children);
  if (VOID.includes(tag)) return createElement(tag, { key });
  switch (tag) {
    case 'a':
      return linkOf(element, key, children);
    case 'code': {
      const command = element.getAttribute('data-run');
      return command === null ? <code key={key}>{children}</code> : <InlineCommand key={key} command={command} />;
    }
    case 'pre': {
      const commands = shellOf(element);
      return commands === undefined ? <pre key={key}>{children}</pre> : <CommandBlock key={key} command={commands} />;
    }
    case 'input':
      return <input key={key} type="checkbox" disabled checked={element.hasAttribute('checked')} readOnly />;
    case 'ol':
      return createElement('ol', { key, start: Number(element.getAttribute('start') ?? 1) }, ...children);
    case 'th':
    case 'td': {
      const align = element.getAttribute('align');
      return createElement(tag, { key, className: align === 'right' ? styles.right : undefined }, ...children);
    }
    case 'table':
      return (
        <div key={key} className={styles.wide}>
          <table>{children}</table>
        </div>
      );
    default:
      return createElement(tag, { key }, ...children);
  }
}

/** The command lines of a ```sh fence; undefined for any other. */
function shellOf(pre: Element): string | undefined {
  const code = pre.querySelector('code.language-sh, code.language-bash, code.language-console');
  return code?.textContent?.trim();
}

function linkOf(element: Element, key: number, children: readonly ReactNode[]): ReactNode {
  const target = element.getAttribute('data-element');
  const term = element.getAttribute('data-term');
  const href = element.getAttribute('href') ?? undefined;
  if (target !== null) {
    return (
      <ElementLink key={key} element={target}>
        {children}
      </ElementLink>
    );
  }
  if (term !== null) {
    return (
      <TermLink key={key} term={term}>
        {children}
      </TermLink>
    );
  }
  if (href?.startsWith('#') === true) {
    return (
      <a key={key} href={href}>
        {children}
      </a>
    );
  }
  // The compiler writes no others; whoever changes the built lesson gets words, not a link that runs or opens a text.
  if (href === undefined || !/^https?:\/\//i.test(href)) return <span key={key}>{children}</span>;
  return (
    <a key={key} href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <span className="visually-hidden"> (opens a new tab)</span>
    </a>
  );
}
