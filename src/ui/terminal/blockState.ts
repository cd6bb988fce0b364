// What a block of the terminal says about how its command went. Pure.

import type { ExchangeSummary } from '../../sim/index.ts';
import type { TerminalBlock } from '../../store/terminalStore.ts';
import { BLOCK_WORDS } from './blockWords.ts';
import { lineText, screenLines } from './screenLines.ts';

/** The exit code of a command that Ctrl+C ended: 128 + SIGINT. */
const INTERRUPTED = 130;

/** - `interrupted`: the learner ended it, which is no failure. */
export type BlockOutcome = 'running' | 'succeeded' | 'interrupted' | 'failed';

export function blockOutcome({ state }: Pick<TerminalBlock, 'state'>): BlockOutcome {
  if (state.kind === 'running') return 'running';
  if (state.kind === 'failed') return 'failed';
  if (state.exitCode === 0) return 'succeeded';
  return state.exitCode === INTERRUPTED ? 'interrupted' : 'failed';
}

/** What a screen reader hears when a command ends: `exit 0, 5 lines`. */
export function endMessage(block: TerminalBlock): string {
  const { state } = block;
  if (state.kind === 'running') return '';
  if (state.kind === 'failed') return BLOCK_WORDS.didNotRun;
  return BLOCK_WORDS.ended(state.exitCode, screenLines(block.output).length + block.more, state.explanation?.lead);
}

/** What the command printed, and how much more; where the lab failed, also what the lab says. */
export function printed({ output, more, state }: TerminalBlock): TerminalBlock['output'] {
  const added = [...(more === 0 ? [] : [BLOCK_WORDS.more(more)]), ...(state.kind === 'failed' ? [state.message] : [])];
  if (added.length === 0) return output;
  const isMidLine = output.at(-1)?.text.endsWith('\n') === false;
  return [...output, { stream: 'err', text: `${isMidLine ? '\n' : ''}${added.join('\n')}\n` }];
}

/** A block as text, to paste elsewhere. */
export function blockText(block: TerminalBlock): string {
  return [`${block.prompt} ${block.command}`, ...screenLines(printed(block)).map(lineText), ''].join('\n');
}

/**
 * The journeys that a block lists: one that its explanation opens already is not listed again, and name lookups stand
 * before the journey that they were made for.
 */
export function listedExchanges({ state }: Pick<TerminalBlock, 'state'>): readonly ExchangeSummary[] {
  if (state.kind !== 'done') return [];
  const opened = (state.explanation?.actions ?? []).flatMap(action =>
    action.kind === 'open-trace' ? [action.exchange] : [],
  );
  const isLookup = ({ asked }: ExchangeSummary): boolean => asked !== undefined;
  const hasOthers = state.exchanges.some(exchange => !isLookup(exchange));
  return state.exchanges.filter(exchange => !opened.includes(exchange.id) && !(hasOthers && isLookup(exchange)));
}
