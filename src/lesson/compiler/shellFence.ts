// ```sh fences: command lines as they are typed into the terminal.

import type { Code, Nodes } from 'mdast';

/** Whether a node is a fence of command lines. */
export function isShell(node: Nodes): node is Code {
  return node.type === 'code' && (node.lang === 'sh' || node.lang === 'bash' || node.lang === 'console');
}

/** The commands of a fence: one a line, `\` goes on in the next line, a here-document belongs to its command. */
export function commandLines(node: Code): readonly string[] {
  return splitCommands(node).map(command => (command.includes('<<') ? command : command.replace(/\s*\\\n\s*/g, ' ')));
}

function splitCommands(node: Code): readonly string[] {
  const commands: string[] = [];
  let open: { text: string; until: string | undefined } | undefined;
  for (const line of node.value.split('\n')) {
    if (open !== undefined) {
      open = { ...open, text: `${open.text}\n${line}` };
      if (open.until !== undefined ? line.trim() !== open.until : line.endsWith('\\')) continue;
      commands.push(open.text);
      open = undefined;
      continue;
    }
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const until = /<<-?\s*['"]?([A-Za-z_]+)['"]?/.exec(line)?.[1];
    if (until !== undefined || line.endsWith('\\')) open = { text: line.trim(), until };
    else commands.push(line.trim());
  }
  if (open !== undefined) commands.push(open.text);
  return commands;
}
