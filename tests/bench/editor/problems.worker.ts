// What is wrong with a YAML text: the parser's own errors.

import { LineCounter, parseAllDocuments } from 'yaml';

export interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

addEventListener('message', ({ data }: MessageEvent<string>) => {
  const lines = new LineCounter();
  const documents = parseAllDocuments(data, { lineCounter: lines });
  const problems = [...documents].flatMap(({ errors }) =>
    errors.map(({ message, pos: [from] }): Problem => {
      const { line, col } = lines.linePos(from);
      return { message, line, column: col };
    }),
  );
  postMessage(problems);
});
