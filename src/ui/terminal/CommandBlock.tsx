import { memo, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { TerminalBlock } from '../../store/terminalStore.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { CommandText } from '../common/CommandText.tsx';
import { classNames } from '../common/classNames.ts';
import { Tag } from '../common/Tag.tsx';
import { useStores } from '../StoresContext.ts';
import { BlockOutput } from './BlockOutput.tsx';
import { blockOutcome, blockText, printed } from './blockState.ts';
import { BLOCK_WORDS } from './blockWords.ts';
import styles from './CommandBlock.module.css';
import { type LinkIndex, linkContext } from './elementLinks.ts';
import { FailureText } from './FailureText.tsx';
import { TraceRows } from './TraceRows.tsx';

/** How long the copy button shows that it copied, in milliseconds. */
const COPIED_MS = 1500;

/** One command: what was entered, what it printed, how it ended and what can be done next. */
export const CommandBlock = memo(function CommandBlock({
  block,
  index,
  onStop,
}: {
  readonly block: TerminalBlock;
  readonly index: LinkIndex;
  /** The button to stop goes away when it was pressed: something else takes the focus. */
  readonly onStop: () => void;
}) {
  const outcome = blockOutcome(block);
  const heading = useId();
  const output = useMemo(() => printed(block), [block]);
  const context = useMemo(() => linkContext(block.command), [block.command]);
  return (
    <article
      className={classNames(styles.block, outcome === 'failed' && styles.failed)}
      aria-labelledby={heading}
      data-outcome={outcome}
    >
      <BlockHead block={block} headingId={heading} onStop={onStop} />
      <BlockOutput output={output} command={block.command} index={index} context={context} />
      {block.state.kind === 'failed' && (
        <FailureText lead={BLOCK_WORDS.notRun} rest={BLOCK_WORDS.fault} actions={[]} index={index} />
      )}
      {block.state.kind === 'done' && block.state.explanation !== undefined && (
        <FailureText {...block.state.explanation} index={index} />
      )}
      <TraceRows block={block} />
    </article>
  );
});

interface BlockHeadProps {
  readonly block: TerminalBlock;
  readonly headingId: string;
  readonly onStop: () => void;
}

function BlockHead({ block, headingId, onStop }: BlockHeadProps) {
  const { terminal } = useStores();
  const stop = (): void => {
    terminal.cancel();
    onStop();
  };
  const isRunning = block.state.kind === 'running';
  return (
    <header className={styles.head}>
      <h2 className={styles.command} id={headingId}>
        <span className={styles.prompt}>{block.prompt} </span>
        <CommandText text={block.command} />
      </h2>
      <div className={styles.tools}>
        {isRunning ? (
          <span className={styles.late}>
            <Button dense onPress={stop} title={BLOCK_WORDS.stopKey}>
              {BLOCK_WORDS.stop}
            </Button>
            <Tag meaning="pending">{BLOCK_WORDS.running}</Tag>
          </span>
        ) : (
          <>
            <CopyButton block={block} />
            <IconButton
              icon="runAgain"
              label={BLOCK_WORDS.runAgain}
              dense
              onPress={() => void terminal.run(block.command)}
            />
          </>
        )}
        {!isRunning && (
          <span className={styles.end}>
            <ExitTag block={block} />
          </span>
        )}
      </div>
    </header>
  );
}

function ExitTag({ block }: { readonly block: TerminalBlock }) {
  const { state } = block;
  if (state.kind === 'running') return null;
  if (state.kind === 'failed') return <Tag meaning="drop">{BLOCK_WORDS.notRunTag}</Tag>;
  const text = BLOCK_WORDS.exit(state.exitCode);
  return blockOutcome(block) === 'failed' ? (
    <Tag meaning="drop">
      <span className={styles.code}>{text}</span>
    </Tag>
  ) : (
    <span className={styles.exit}>{text}</span>
  );
}

function CopyButton({ block }: { readonly block: TerminalBlock }) {
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const copy = async (): Promise<void> => {
    // Pages that are not served safely have no clipboard.
    const copied = await (navigator.clipboard?.writeText(blockText(block)) ?? Promise.reject(new Error())).then(
      () => 'copied' as const,
      () => 'refused' as const,
    );
    setState(copied);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setState('ready'), COPIED_MS);
  };
  const label = BLOCK_WORDS.copy;
  return (
    <>
      <IconButton
        icon={state === 'copied' ? 'tick' : state === 'refused' ? 'close' : 'copy'}
        label={label[state]}
        dense
        onPress={() => void copy()}
      />
      <span className="visually-hidden" role="status">
        {state === 'ready' ? '' : label[state]}
      </span>
    </>
  );
}
