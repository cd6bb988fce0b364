import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLine } from '../../src/shell/language/parseLine.ts';
import { MAX_LINE, quote, tokenize } from '../../src/shell/language/tokenize.ts';

/** Words as text, operators as they are, here-documents as `<<` and their body. */
function tokensOf(line: string): readonly string[] | string {
  const read = tokenize(line);
  if (read.kind !== 'tokens') return `${read.kind}: ${read.message}`;
  return read.tokens.map(token => {
    if (token.kind === 'here') return `<<${token.body}`;
    if (token.kind === 'operator') return `${token.fd ?? ''}${token.text === 'newline' ? '\n' : token.text}`;
    return token.parts.map(part => (part.kind === 'text' ? part.text : '$?')).join('');
  });
}

describe('words', () => {
  it.each([
    ['are separated by any run of blanks', '  a \t b  ', ['a', 'b']],
    ['keep what single quotes hold', `'a  b' '$x \\n "'`, ['a  b', '$x \\n "']],
    [
      'keep what double quotes hold, with backslashes only where they mean something',
      `"a 'b' \\"c\\" \\n \\\\"`,
      [`a 'b' "c" \\n \\`],
    ],
    ['are glued from pieces', `a'b c'"d"\\ e`, ['ab cd e']],
    ['may be empty', `'' ""`, ['', '']],
    ['lose a backslash in front of a character', 'a\\|b \\$x', ['a|b', '$x']],
    ['go on in the next line after a backslash', 'ab\\\ncd', ['abcd']],
    ['end at a comment only where a word begins', 'a#b # c d', ['a#b']],
    ['hold a dollar sign that begins nothing', 'a$ \'b\' "$"', ['a$', 'b', '$']],
    ['know the exit code', 'echo $? "$?"', ['echo', '$?', '$?']],
    ['keep braces without a comma', '{print} {}', ['{print}', '{}']],
  ])('%s', (_sentence, line, words) => {
    expect(tokensOf(line)).toEqual(words);
  });

  it('are read back from single quotes, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), words => {
        const clean = words.map(word => word.replaceAll('\r\n', '\n'));
        const line = clean.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
        expect(tokensOf(line)).toEqual(clean);
      }),
    );
  });

  it('are read back from quote(), whatever they are', () => {
    fc.assert(
      fc.property(fc.string(), word => {
        expect(tokensOf(quote(word))).toEqual([word]);
      }),
    );
  });

  it('never make the tokenizer throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...` \n'"\\|&;<>$\`#{},*?[]()a1=`) }), line => {
        expect(['tokens', 'incomplete', 'refused']).toContain(tokenize(line).kind);
      }),
    );
  });
});

describe('operators', () => {
  it.each([
    ['need no blanks', 'a|b&&c||d;e', ['a', '|', 'b', '&&', 'c', '||', 'd', ';', 'e']],
    ['are characters in quotes', '\'|\' "&&" \\;', ['|', '&&', ';']],
    ['redirect with a number in front', 'a 2>&1 >f 2>/dev/null', ['a', '2>&', '1', '>', 'f', '2>', '/dev/null']],
    ['leave a number alone that belongs to a word', 'a b2>f', ['a', 'b2', '>', 'f']],
  ])('%s', (_sentence, line, tokens) => {
    expect(tokensOf(line)).toEqual(tokens);
  });
});

describe('here-documents', () => {
  it.each([
    ['hold the lines up to the end word', 'cat <<EOF\na b\n c\nEOF\n', ['cat', '<<a b\n c\n', '\n']],
    ['keep everything when the end word has quotes', "cat <<'EOF'\n$x `y` \\\\\nEOF", ['cat', '<<$x `y` \\\\\n', '\n']],
    ['lose leading tabs after <<-', 'cat <<-E\n\t\ta\n\tE', ['cat', '<<a\n', '\n']],
    ['leave the rest of their line to the command', 'cat <<E | wc\na\nE', ['cat', '<<a\n', '|', 'wc', '\n']],
    ['are followed by more lines', 'cat <<E\na\nE\necho b', ['cat', '<<a\n', '\n', 'echo', 'b']],
  ])('%s', (_sentence, line, tokens) => {
    expect(tokensOf(line)).toEqual(tokens);
  });
});

describe('what this shell does not have is refused by name', () => {
  it.each([
    ['echo $HOME', "$HOME: variables are not available in this terminal; a dollar sign as text goes in '…'"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the shell
    ['echo ${x:-1}', "${x:-1}: variables are not available in this terminal; a dollar sign as text goes in '…'"],
    ['echo $(date)', '$(…): command substitution is not available in this terminal'],
    ['echo `date`', '`…`: command substitution is not available in this terminal'],
    ['echo $((1+1))', '$((…)): arithmetic is not available in this terminal'],
    ['sleep 5 &', '&: background jobs are not available in this terminal'],
    ['(cd x)', '(: subshells are not available in this terminal'],
    ['cat <<<x', '<<<: here-strings are not available in this terminal'],
    ['echo {a,b}', '{a,b}: brace expansion is not available in this terminal; put the word in quotes'],
    ['for i in 1 2; do echo; done', 'for: loops are not available in this terminal'],
    ['while true; do curl web; done', 'while: loops are not available in this terminal'],
    ['if true; then echo; fi', 'if: conditions are not available in this terminal'],
    ['A=1 env', 'A=1: variables are not available in this terminal'],
    ['! true', '!: negation is not available in this terminal'],
  ])('%s', (line, message) => {
    expect(parseLine(line)).toEqual({ kind: 'refused', message });
  });

  it.each([
    ['| a', "syntax error near unexpected token `|'"],
    ['a | | b', "syntax error near unexpected token `|'"],
    ['a && ; b', "syntax error near unexpected token `;'"],
    [';', "syntax error near unexpected token `;'"],
    ['a >', "syntax error near unexpected token `newline'"],
    ['a > | b', "syntax error near unexpected token `|'"],
    ['a; done', "syntax error near unexpected token `done'"],
    ['a 3>&1', '3: Bad file descriptor'],
  ])('with the words of bash: %s', (line, message) => {
    expect(parseLine(line)).toEqual({ kind: 'refused', message });
  });

  it.each([
    ["echo 'a", "unexpected EOF while looking for matching `''"],
    ['echo "a', 'unexpected EOF while looking for matching `"\''],
    ['cat <<EOF\na', "here-document delimited by end-of-file (wanted `EOF')"],
    ['a |', 'syntax error: unexpected end of file'],
    ['a &&', 'syntax error: unexpected end of file'],
  ])('as unfinished: %s', (line, message) => {
    expect(parseLine(line)).toEqual({ kind: 'incomplete', message });
  });

  it('a line that is too long', () => {
    expect(tokenize('a'.repeat(MAX_LINE)).kind).toBe('tokens');
    expect(tokenize('a'.repeat(MAX_LINE + 1)).kind).toBe('refused');
  });

  it('a here-document of more than 1 MB, but none of 500 KB', () => {
    const body = `${'x'.repeat(99)}\n`;
    expect(tokenize(`cat <<E\n${body.repeat(5000)}E`).kind).toBe('tokens');
    expect(tokenize(`cat <<E\n${body.repeat(11_000)}E`).kind).toBe('refused');
  });
});
