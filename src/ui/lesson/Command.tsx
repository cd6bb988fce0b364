import { commandLines } from '../../store/terminalStore.ts';
import { Button, type ButtonLook, IconButton } from '../common/Button.tsx';
import { useStores, useTerminal } from '../StoresContext.ts';
import styles from './Command.module.css';
import { useStepPlace } from './StepContext.ts';
import { useShowPane } from './useShowPane.ts';
import * as WORDS from './words.ts';

type RunState = 'fresh' | 'running' | 'done';

function useCommand(command: string) {
  const { terminal } = useStores();
  const show = useShowPane();
  const { phase, runs } = useStepPlace();
  const lines = commandLines(command.trim());
  const lastLine = lines[lines.length - 1];
  const run = useTerminal((state): RunState => {
    const last = [...state.blocks].reverse().find(block => block.command === lastLine);
    if (last === undefined) return 'fresh';
    return last.state.kind === 'running' ? 'running' : 'done';
  });
  const isLocked = phase === 'predict';
  const isAgain = run === 'done' && runs > 0;
  return {
    label: isLocked ? WORDS.runLocked : run === 'running' ? WORDS.running : isAgain ? WORDS.runAgain : WORDS.run,
    icon: isAgain ? ('runAgain' as const) : ('play' as const),
    blocked: isLocked ? WORDS.predictFirst : run === 'running' ? WORDS.isRunning : undefined,
    isLocked,
    run: () => {
      show('terminal');
      void terminal.run(command);
    },
    propose: () => {
      show('terminal');
      terminal.propose(command);
    },
  };
}

/** A command on its own: Run, or put it into the terminal's input to change it first. */
export function CommandBlock({ command, look = 'default' }: { readonly command: string; readonly look?: ButtonLook }) {
  const { label, icon, blocked, isLocked, run, propose } = useCommand(command);
  return (
    <div className={styles.block}>
      <code className={styles.command}>{command}</code>
      <span className={styles.buttons}>
        <IconButton
          icon="terminal"
          label={WORDS.propose}
          blocked={isLocked ? WORDS.predictFirst : undefined}
          onPress={propose}
        />
        <Button look={look} icon={icon} blocked={blocked} onPress={run}>
          {label}
        </Button>
      </span>
    </div>
  );
}

/** A command inside a sentence. */
export function InlineCommand({ command }: { readonly command: string }) {
  const { label, icon, blocked, run } = useCommand(command);
  return (
    <span className={styles.inline}>
      <code>{command}</code>
      <IconButton
        dense
        look="default"
        icon={icon}
        label={WORDS.runNamed(label, command)}
        blocked={blocked}
        onPress={run}
      />
    </span>
  );
}
