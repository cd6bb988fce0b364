import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useLayoutEffect,
  useReducer,
} from 'react';
import { laterView } from '../common/later.tsx';
import { isRecordedLab, useLab, useStores, useTerminal } from '../StoresContext.ts';
import styles from './CommandInput.module.css';
import { keepInput, keptInput } from './inputMemory.ts';
import { candidateId, emptyInput, isAtEdge, lineAtCaret, reduceInput } from './inputState.ts';
import * as WORDS from './words.ts';

const CandidateList = laterView(async () => (await import('./CandidateList.tsx')).CandidateList);

/** Pixels that the input grows to; then it scrolls. */
const MOST_HEIGHT = 160;
/** A pasted manifest fits, a book that would freeze the page does not. */
const MOST_CHARACTERS = 100_000;

/**
 * Where commands are written. Enter runs, Shift+Enter begins another line, Up and Down walk through the history,
 * Tab completes, Ctrl+R searches the history, Ctrl+C stops the running command or empties the line, Ctrl+L clears.
 */
export function CommandInput({ field }: { readonly field: RefObject<HTMLTextAreaElement | null> }) {
  const { terminal } = useStores();
  const prompt = useTerminal(state => state.prompt);
  const isRecorded = useLab(isRecordedLab);
  const [state, dispatch] = useReducer(reduceInput, terminal, store => emptyInput(keptInput(store).text));
  const ids = useId();
  const { text, caret, placed, list } = state;

  useProposals(field, proposed => dispatch({ kind: 'filled', text: proposed }));
  useEffect(() => keepInput(terminal, { text }), [terminal, text]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret is moved only when the text was not typed
  useLayoutEffect(() => {
    if (placed > 0) field.current?.setSelectionRange(caret, caret);
  }, [placed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the height follows the text
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${Math.min(MOST_HEIGHT, area.scrollHeight)}px`;
  }, [text]);

  const run = (): void => {
    if (text.trim() === '') return;
    dispatch({ kind: 'filled', text: '' });
    void terminal.run(text);
  };

  const complete = async (): Promise<void> => {
    const { line, cursor } = lineAtCaret({ text, caret });
    const completion = await terminal.complete(line, cursor);
    dispatch({ kind: 'completed', text, caret, completion });
  };

  const recall = (by: -1 | 1): void => dispatch({ kind: 'recalled', by, history: terminal.getState().history });

  const stop = (): void => {
    const isRunning = terminal.getState().blocks.some(block => block.state.kind === 'running');
    if (isRunning) terminal.cancel();
    else dispatch({ kind: 'filled', text: '' });
  };

  /** `handled`: the browser does nothing with the key. */
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>): 'handled' | 'left alone' => {
    const { key, ctrlKey, metaKey, altKey, shiftKey, currentTarget } = event;
    if (event.nativeEvent.isComposing || altKey || metaKey) return 'left alone';
    if (ctrlKey) {
      const hasSelection = currentTarget.selectionStart !== currentTarget.selectionEnd;
      if (key === 'c' && !hasSelection) stop();
      else if (key === 'l') terminal.clear();
      else if (key === 'r') dispatch({ kind: 'searched', history: terminal.getState().history });
      else return 'left alone';
      return 'handled';
    }
    switch (key) {
      case 'Enter':
        if (list !== undefined) dispatch({ kind: 'chosen', index: list.active });
        else if (shiftKey) return 'left alone';
        else run();
        return 'handled';
      case 'Tab':
        if (shiftKey || state.tab === 'leaves' || text.trim() === '') return 'left alone';
        if (list !== undefined) dispatch({ kind: 'chosen', index: list.active });
        else void complete();
        return 'handled';
      case 'Escape':
        // It closes the list first; a drawer around the terminal stays open.
        if (list !== undefined) event.stopPropagation();
        dispatch({ kind: 'escaped' });
        return 'handled';
      case 'ArrowUp':
      case 'ArrowDown': {
        const by = key === 'ArrowUp' ? -1 : 1;
        if (list !== undefined) dispatch({ kind: 'moved', by });
        else if (!shiftKey && isAtEdge({ text, caret: currentTarget.selectionEnd }, by)) recall(by);
        else return 'left alone';
        return 'handled';
      }
      case 'ArrowLeft':
      case 'ArrowRight':
        if (list?.kind !== 'completion') return 'left alone';
        dispatch({ kind: 'moved', by: key === 'ArrowLeft' ? -1 : 1 });
        return 'handled';
      default:
        return 'left alone';
    }
  };

  return (
    <div className={styles.input}>
      {list !== undefined && (
        <CandidateList id={`${ids}list`} list={list} onChoose={index => dispatch({ kind: 'chosen', index })} />
      )}
      <div className={styles.row}>
        <span className={styles.prompt} aria-hidden="true">
          {prompt}
        </span>
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          maxLength={MOST_CHARACTERS}
          value={text}
          aria-label={WORDS.command(prompt)}
          aria-describedby={`${ids}keys`}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={list === undefined ? undefined : `${ids}list`}
          aria-activedescendant={list === undefined ? undefined : candidateId(`${ids}list`, list.active)}
          placeholder={placeholderAt(prompt, isRecorded)}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="go"
          data-testid="terminal-input"
          onChange={({ target }) => dispatch({ kind: 'edited', text: target.value, caret: target.selectionEnd })}
          onSelect={({ currentTarget }) => {
            // Moving the caret closes a list: its word is another one.
            const { value, selectionEnd } = currentTarget;
            if (selectionEnd !== caret) dispatch({ kind: 'edited', text: value, caret: selectionEnd });
          }}
          onKeyDown={event => {
            if (onKey(event) === 'handled') event.preventDefault();
          }}
          onBlur={() => dispatch({ kind: 'left' })}
        />
        <div className={styles.keys}>
          <KeyButton name="↑" act={WORDS.history} onPress={() => recall(-1)} />
          <KeyButton name="Tab" act={WORDS.complete} onPress={() => void complete()} />
          <span className={styles.leave}>
            <kbd className={styles.key}>Esc</kbd> <kbd className={styles.key}>Tab</kbd> {WORDS.leave}
          </span>
        </div>
        <span className="visually-hidden" id={`${ids}keys`}>
          {WORDS.keys}
        </span>
      </div>
    </div>
  );
}

/** What can be asked where the prompt stands: on laptop, or inside a node or Pod. Source: the prompts of the shell. */
function placeholderAt(prompt: string, isRecorded: boolean): string {
  if (isRecorded) return WORDS.atRecorded;
  return prompt.endsWith('$') ? WORDS.atLaptop : WORDS.inside;
}

interface KeyButtonProps {
  readonly name: ReactNode;
  readonly act: string;
  readonly onPress: () => void;
}

/** Names a key of the input, and does what it does where there is no such key. The keyboard has the key itself. */
function KeyButton({ name, act, onPress }: KeyButtonProps) {
  return (
    <button
      type="button"
      className={styles.keyButton}
      tabIndex={-1}
      onMouseDown={event => event.preventDefault()}
      onClick={onPress}
    >
      <kbd className={styles.key}>{name}</kbd> {act}
    </button>
  );
}

/** Takes what other parts of the page put into the input, also while the terminal was not shown. */
function useProposals(field: { readonly current: HTMLTextAreaElement | null }, fill: (text: string) => void): void {
  const { terminal } = useStores();
  const proposal = useTerminal(state => state.proposal);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new proposal counts
  useEffect(() => {
    if (proposal.number <= keptInput(terminal).proposal) return;
    keepInput(terminal, { proposal: proposal.number });
    fill(proposal.text);
    field.current?.focus();
  }, [terminal, proposal]);
}
