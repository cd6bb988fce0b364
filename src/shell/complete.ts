// What could stand where the learner types: names of commands, words of a command, names of files.

import type { Command, CommandContext } from './command.ts';
import { commandAt } from './language/runLine.ts';
import { quote, type Token, tokenize } from './language/tokenize.ts';

export interface LineCompletion {
  /** Offset in the line at which the word begins that is being completed. */
  readonly from: number;
  /** Whole words, quoted as the shell needs them, sorted. */
  readonly candidates: readonly string[];
}

/** Words that join commands: what follows begins with the name of a command. */
const JOINS = ['|', '|&', '&&', '||', ';', 'newline'];
/** Words before the name of a file. */
const FILE_FLAGS = ['-f', '--filename'];

/** @param cursor offset in the line; what is behind it is left alone. */
export async function completeLine(
  line: string,
  cursor: number,
  context: CommandContext,
  commands: readonly Command[],
): Promise<LineCompletion> {
  const text = line.slice(0, cursor);
  const read = tokenize(text);
  if (read.kind !== 'tokens') return { from: cursor, candidates: [] };
  const tokens = lastCommand(read.tokens);
  const last = tokens.at(-1);
  const isTyping = last?.kind === 'word' && last.to === text.length;
  const typed = isTyping ? textOf(last) : '';
  const from = isTyping ? last.from : cursor;
  const before = isTyping ? tokens.slice(0, -1) : tokens;
  const found = await wordsFor(before, typed, context, commands);
  const candidates = [...new Set(found)].filter(word => word.startsWith(typed)).sort();
  return { from, candidates: candidates.map(quote) };
}

async function wordsFor(
  before: readonly Token[],
  typed: string,
  context: CommandContext,
  commands: readonly Command[],
): Promise<readonly string[]> {
  const files = context.place.hasKubectl ? [...context.files.keys()] : [];
  const previous = before.at(-1);
  if (previous?.kind === 'operator') return previous.text === '<' ? files : ['/dev/null'];
  const [name, ...words] = withoutRedirects(before).map(textOf);
  if (name === undefined)
    return commands.flatMap(command =>
      commandAt(commands, command.name, context.place) === undefined ? [] : [command.name],
    );
  if (FILE_FLAGS.includes(words.at(-1) ?? '')) return files;
  const command = commandAt(commands, name, context.place);
  return command?.complete === undefined ? files : command.complete([...words, typed], context);
}

/** The tokens behind the last word that joins commands. */
function lastCommand(tokens: readonly Token[]): readonly Token[] {
  const from = tokens.reduce(
    (at, token, i) => (token.kind === 'operator' && JOINS.includes(token.text) ? i + 1 : at),
    0,
  );
  return tokens.slice(from);
}

function withoutRedirects(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter((token, i) => token.kind === 'word' && tokens[i - 1]?.kind !== 'operator');
}

function textOf(token: Token): string {
  return token.kind === 'word' ? token.parts.map(part => (part.kind === 'text' ? part.text : '$?')).join('') : '';
}
