import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FileReviews } from '../../store/fileReviews.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { Icon } from '../common/Icon.tsx';
import { useEditor, useShallow, useStores } from '../StoresContext.ts';
import { FileMenu } from './FileMenu.tsx';
import styles from './FileTabs.module.css';
import { closeFile, moveFile, reopenFile } from './fileActions.ts';
import { type FileMark, fileMark } from './fileMark.ts';
import { MarkSign } from './MarkSign.tsx';
import { NewFileMenu } from './NewFileMenu.tsx';
import type { Say } from './notice.ts';
import { EDITOR_WORDS } from './words.ts';

export interface FileTabsProps {
  /** Prefix of the tabs' ids; the open one is `${idPrefix}-open`. */
  readonly idPrefix: string;
  /** The id of the element with the open file's text. */
  readonly controls: string;
  readonly reviews: FileReviews;
  /** Names of files whose text is being compared: they have no mark. */
  readonly waiting: readonly string[];
  readonly onFormat: () => void;
  readonly onSay: Say;
}

/** The files of the editor as tabs: open, add, move (Alt and an arrow), rename (F2), close (Delete) with undo. */
export function FileTabs({ idPrefix, controls, reviews, waiting, onFormat, onSay }: FileTabsProps) {
  const { editor } = useStores();
  const open = useEditor(state => state.open);
  const names = useEditor(useShallow(state => state.files.map(file => file.name)));
  const [mode, setMode] = useState<'tabs' | 'renaming'>('tabs');
  const list = useRef<HTMLDivElement>(null);
  const focusOpen = useFocusOpen(list, mode);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another open tab, or another place of it, is what to follow.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open, names]);

  const close = (name: string): void => {
    const closed = closeFile(editor, name);
    if (closed !== undefined)
      onSay({ text: EDITOR_WORDS.closed(closed.file.name), undo: () => reopenFile(editor, closed) });
    focusOpen();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = names.indexOf(open);
    const side = { ArrowRight: 1 as const, ArrowLeft: -1 as const }[event.key];
    if (event.altKey && side !== undefined) {
      moveFile(editor, side);
      focusOpen();
      event.preventDefault();
      return;
    }
    const target = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: names.length - 1 }[event.key];
    const name = target === undefined ? undefined : names[(target + names.length) % names.length];
    if (name !== undefined) {
      editor.openFile(name);
      focusOpen();
    } else if (event.key === 'F2') setMode('renaming');
    else if (event.key === 'Delete') close(open);
    else return;
    event.preventDefault();
  };

  return (
    <div className={styles.row}>
      {mode === 'renaming' ? (
        <RenameForm
          name={open}
          onDone={() => {
            setMode('tabs');
            focusOpen();
          }}
        />
      ) : (
        <>
          <div ref={list} className={styles.list} role="tablist" aria-label={EDITOR_WORDS.files} onKeyDown={onKeyDown}>
            {names.map(name => (
              <button
                key={name}
                type="button"
                role="tab"
                id={name === open ? `${idPrefix}-open` : undefined}
                className={styles.tab}
                aria-selected={name === open}
                aria-controls={name === open ? controls : undefined}
                tabIndex={name === open ? 0 : -1}
                title={EDITOR_WORDS.tabKeys}
                onClick={() => editor.openFile(name)}
                onDoubleClick={() => setMode('renaming')}
              >
                <TabMark mark={waiting.includes(name) ? 'empty' : fileMark(reviews.get(name))} />
                {name}
              </button>
            ))}
          </div>
          <NewFileMenu />
          <span className={styles.space} />
          <FileMenu onRename={() => setMode('renaming')} onFormat={onFormat} onSay={onSay} />
          <IconButton icon="close" label={EDITOR_WORDS.closeFile(open)} dense onPress={() => close(open)} />
        </>
      )}
    </div>
  );
}

/** In the place of the file's icon: what the file is beside the cluster. */
function TabMark({ mark }: { readonly mark: FileMark }) {
  if (mark === 'empty') return <Icon name="file" size={16} />;
  return (
    <span className={styles.mark} title={EDITOR_WORDS.marks[mark]}>
      <MarkSign mark={mark} />
      <span className="visually-hidden">{`${EDITOR_WORDS.marks[mark]}: `}</span>
    </span>
  );
}

/** Gives the open tab the focus once it is drawn. */
function useFocusOpen(list: { readonly current: HTMLElement | null }, mode: string): () => void {
  const wanted = useRef<'open tab' | 'nothing'>('nothing');
  const open = useEditor(state => state.open);
  // biome-ignore lint/correctness/useExhaustiveDependencies: these two are what makes another tab the open one.
  useEffect(() => {
    if (wanted.current === 'nothing' || list.current === null) return;
    wanted.current = 'nothing';
    list.current.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  }, [open, mode]);
  return () => {
    wanted.current = 'open tab';
  };
}

const RENAMING = EDITOR_WORDS.renaming;

function RenameForm({ name, onDone }: { readonly name: string; readonly onDone: () => void }) {
  const { editor } = useStores();
  const [text, setText] = useState(name);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    // The part that changes: the name without its extension.
    input.current?.setSelectionRange(0, name.replace(/\.[^.]*$/, '').length);
  }, [name]);
  const rename = (): void => {
    const outcome = editor.renameFile(name, text.trim());
    if (outcome === 'renamed') onDone();
    else if (outcome === 'taken') setProblem(RENAMING.taken);
    else setProblem(RENAMING.invalid);
  };
  return (
    <form
      className={styles.rename}
      onSubmit={event => {
        event.preventDefault();
        rename();
      }}
      onKeyDown={event => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        onDone();
      }}
    >
      <input
        ref={input}
        className={styles.name}
        aria-label={RENAMING.label}
        aria-invalid={problem !== undefined}
        aria-describedby="editor-rename-problem"
        value={text}
        maxLength={100}
        spellCheck={false}
        autoComplete="off"
        onChange={event => {
          setText(event.target.value);
          setProblem(undefined);
        }}
      />
      <Button dense onPress={rename}>
        {RENAMING.rename}
      </Button>
      <Button look="quiet" dense onPress={onDone}>
        {RENAMING.cancel}
      </Button>
      <span id="editor-rename-problem" className={styles.problem} role="status">
        {problem}
      </span>
    </form>
  );
}
