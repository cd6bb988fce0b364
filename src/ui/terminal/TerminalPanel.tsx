import { useCallback, useRef } from 'react';
import { Button } from '../common/Button.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { laterView } from '../common/later.tsx';
import { isRecordedLab, useLab, useLayout, useStores, useTerminal } from '../StoresContext.ts';
import { CommandInput } from './CommandInput.tsx';
import styles from './TerminalPanel.module.css';
import { useFollowEnd } from './useFollowEnd.ts';
import * as WORDS from './words.ts';

// What commands printed is drawn by a chunk of its own: nothing is printed yet when the page opens.
const CommandBlocks = laterView(async () => (await import('./CommandBlocks.tsx')).CommandBlocks);
const EndOfCommand = laterView(async () => (await import('./CommandBlocks.tsx')).EndOfCommand);

const TourOffer = laterView(async () => (await import('../tour/TourOffer.tsx')).TourOffer);

const FIRST_COMMANDS = ['kubectl get pods -o wide', 'kubectl get nodes -o wide'];
/** Of a recorded cluster, which is Linux only. */
const RECORDED_COMMANDS = ['probe', 'ip route'];

/** The terminal: every command with what it printed, and the line for the next one. */
export function TerminalPanel() {
  const blocks = useTerminal(state => state.blocks);
  const { ref, onScroll, place, toEnd } = useFollowEnd(blocks, blocks.at(-1)?.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const toInput = useCallback(() => field.current?.focus(), []);
  return (
    <section className={styles.terminal} aria-label={WORDS.title}>
      <div ref={ref} className={styles.blocks} onScroll={onScroll} data-testid="terminal-blocks">
        {blocks.length === 0 ? <NothingRun /> : <CommandBlocks onStop={toInput} />}
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
            {WORDS.newest}
          </Button>
        </div>
      )}
      <p className="visually-hidden" role="status" data-testid="terminal-end">
        {blocks.length > 0 && <EndOfCommand />}
      </p>
      <CommandInput field={field} />
    </section>
  );
}

function NothingRun() {
  const { terminal } = useStores();
  const isRecorded = useLab(isRecordedLab);
  const hasOffer = useLayout(state => state.tour === 'offered');
  return (
    <>
      <EmptyState
        icon="terminal"
        title={WORDS.nothingRun}
        actions={(isRecorded ? RECORDED_COMMANDS : FIRST_COMMANDS).map(command => (
          <Button key={command} dense onPress={() => terminal.propose(command)}>
            <code>{command}</code>
          </Button>
        ))}
      >
        {WORDS.howTo}
      </EmptyState>
      {hasOffer && <TourOffer />}
    </>
  );
}
