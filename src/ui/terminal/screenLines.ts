// What a terminal's screen shows of the text that a command printed: cursor movements within a line are carried out.

import type { CommandOutput } from '../../client/port.ts';

/** A run of text in one line that came from one stream. */
export interface ScreenSegment {
  readonly stream: CommandOutput['stream'];
  readonly text: string;
}

export type ScreenLine = readonly ScreenSegment[];

const TAB_WIDTH = 8;

interface OpenLine {
  segments: ScreenSegment[];
  width: number;
  /** Where the next character goes, from 0. */
  column: number;
}

/**
 * The lines of an output. A carriage return goes back to the start of the line, and what follows overwrites what is
 * there (curl's progress meter); a backspace goes back by one; tabs end at multiples of 8. Of the escape sequences only
 * "erase to the end of the line" does something; the others are left out.
 */
export function screenLines(output: readonly CommandOutput[]): readonly ScreenLine[] {
  const lines: ScreenLine[] = [];
  let line = emptyLine();
  for (const { stream, text } of output) {
    let start = 0;
    for (let at = 0; at < text.length; at++) {
      if (text.charCodeAt(at) >= 0x20) continue;
      put(line, stream, text.slice(start, at));
      start = at + 1;
      switch (text[at]) {
        case '\n':
          lines.push(line.segments);
          line = emptyLine();
          break;
        case '\r':
          line.column = 0;
          break;
        case '\b':
          line.column = Math.max(0, line.column - 1);
          break;
        case '\t':
          tab(line, stream);
          break;
        case '\u001b': {
          const end = endOfEscape(text, at);
          if (text[end - 1] === 'K') erase(line);
          start = end;
          at = end - 1;
          break;
        }
      }
    }
    put(line, stream, text.slice(start));
  }
  if (line.segments.length > 0) lines.push(line.segments);
  return lines;
}

/** The text of a line, without its streams. */
export const lineText = (line: ScreenLine): string => line.map(segment => segment.text).join('');

function emptyLine(): OpenLine {
  return { segments: [], width: 0, column: 0 };
}

function put(line: OpenLine, stream: ScreenSegment['stream'], text: string): void {
  if (text === '') return;
  const end = line.column + text.length;
  const written: ScreenSegment = { stream, text };
  line.segments =
    line.column === line.width
      ? joined(line.segments, written)
      : [...slice(line.segments, 0, line.column), written, ...slice(line.segments, end, line.width)].reduce<
          ScreenSegment[]
        >(joined, []);
  line.column = end;
  line.width = Math.max(line.width, end);
}

/** Two runs of the same stream become one. The list is the line's own: it is changed in place. */
function joined(segments: ScreenSegment[], added: ScreenSegment): ScreenSegment[] {
  const last = segments[segments.length - 1];
  if (last?.stream === added.stream) segments[segments.length - 1] = { ...last, text: last.text + added.text };
  else segments.push(added);
  return segments;
}

function slice(segments: readonly ScreenSegment[], from: number, to: number): ScreenSegment[] {
  let start = 0;
  return segments.flatMap(({ stream, text }) => {
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += text.length;
    return part === '' ? [] : [{ stream, text: part }];
  });
}

function tab(line: OpenLine, stream: ScreenSegment['stream']): void {
  const target = (Math.floor(line.column / TAB_WIDTH) + 1) * TAB_WIDTH;
  line.column = Math.min(target, line.width);
  put(line, stream, ' '.repeat(target - line.column));
}

function erase(line: OpenLine): void {
  line.segments = slice(line.segments, 0, line.column);
  line.width = line.column;
}

/** Where an escape sequence that begins at `at` is over: after its final letter. */
function endOfEscape(text: string, at: number): number {
  if (text[at + 1] !== '[') return Math.min(text.length, at + 2);
  let end = at + 2;
  while (end < text.length && !/[@-~]/.test(text.charAt(end))) end++;
  return Math.min(text.length, end + 1);
}
