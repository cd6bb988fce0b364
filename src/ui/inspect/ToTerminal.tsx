import { IconButton } from '../common/Button.tsx';
import { useStores } from '../StoresContext.ts';
import { INSPECT_WORDS } from './words.ts';

/** Puts the command that shows something into the terminal, to be run by whoever wants to. */
export function ToTerminal({ command }: { readonly command: string }) {
  const { layout, terminal } = useStores();
  const propose = (): void => {
    layout.set({ tab: 'terminal', phonePane: 'terminal', sheet: undefined });
    terminal.propose(command);
  };
  return <IconButton dense icon="terminal" label={INSPECT_WORDS.why.toTerminal(command)} onPress={propose} />;
}
