import { useMemo } from 'react';
import { useTerminal } from '../StoresContext.ts';
import { endMessage } from './blockState.ts';
import { BLOCK_WORDS } from './blockWords.ts';
import { CommandBlock } from './CommandBlock.tsx';
import { useLinkIndex } from './useLinkIndex.ts';

/** Every command that was run, with what it printed. */
export function CommandBlocks({ onStop }: { readonly onStop: () => void }) {
  const blocks = useTerminal(state => state.blocks);
  const index = useLinkIndex();
  return blocks.map(block => <CommandBlock key={block.id} block={block} index={index} onStop={onStop} />);
}

/** Read aloud when a command ends; its output is not, since nobody can stop a hundred lines. */
export function EndOfCommand() {
  const last = useTerminal(({ blocks }) => blocks.filter(block => block.state.kind !== 'running').at(-1));
  return useMemo(() => (last === undefined ? '' : BLOCK_WORDS.endedAs(last.command, endMessage(last))), [last]);
}
