import { useCallback, useMemo, useRef } from 'react';
import { Button } from '../common/Button.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { useStores, useTerminal } from '../StoresContext.ts';
import { endMessage } from './blockState.ts';
import { CommandBlock } from './CommandBlock.tsx';
import { CommandInput } from './CommandInput.tsx';
import styles from './TerminalPanel.module.css';
import { useFollowEnd } from './useFollowEnd.ts';
import { useLinkIndex } from './useLinkIndex.ts';

const FIRST_COMMANDS = ['kubectl get pods -o wide', 'kubectl get nodes -o wide'];

/** The terminal: every command with what it printed, and the line for the next one. */
export function TerminalPanel() {
  const blocks = useTerminal(state => state.blocks);
  const index = useLinkIndex();
  const { ref, onScroll, place, toEnd } = useFollowEnd(blocks, blocks.at(-1)?.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const toInput = useCallback(() => field.current?.focus(), []);
  return (
    <section className={styles.terminal} aria-label="Terminal">
      <div ref={ref} className={styles.blocks} onScroll={onScroll} data-testid="terminal-blocks">
        {blocks.length === 0 ? (
          <NothingRun />
        ) : (
          blocks.map(block => <CommandBlock key={block.id} block={block} index={index} onStop={toInput} />)
        )}
      </div>
      {place === 'above' && (
        <div className={styles.toEnd}>
          <Button
            dense
            iconAfter="chevronDown"
            onPress={() => {
              toEnd();
              toInput();
            }}
          >
            Newest output
          </Button>
        </div>
      )}
      <EndOfCommand />
      <CommandInput field={field} />
    </section>
  );
}

function NothingRun() {
  const { terminal } = useStores();
  return (
    <EmptyState
      icon="terminal"
      title="No command yet"
      actions={FIRST_COMMANDS.map(command => (
        <Button key={command} dense onPress={() => terminal.propose(command)}>
          <code>{command}</code>
        </Button>
      ))}
    >
      Commands and what they print stand here. Type one below, or take one of these.
    </EmptyState>
  );
}

/** Read aloud when a command ends; its output is not, since nobody can stop a hundred lines. */
function EndOfCommand() {
  const last = useTerminal(({ blocks }) => blocks.filter(block => block.state.kind !== 'running').at(-1));
  const message = useMemo(() => (last === undefined ? '' : `${last.command}: ${endMessage(last)}`), [last]);
  return (
    <p className="visually-hidden" role="status" data-testid="terminal-end">
      {message}
    </p>
  );
}
