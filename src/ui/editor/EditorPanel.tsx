import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Button, IconButton } from '../common/Button.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { Toast } from '../common/Toast.tsx';
import { useEditor, useStores } from '../StoresContext.ts';
import { ApplyResult } from './ApplyResult.tsx';
import { Comparison } from './Comparison.tsx';
import styles from './EditorPanel.module.css';
import { EditorSurface } from './EditorSurface.tsx';
import { FileTabs } from './FileTabs.tsx';
import { formatOpenFile } from './formatOpenFile.ts';
import { guardAgainstLongTexts } from './longTexts.ts';
import type { Notice } from './notice.ts';
import { ProblemList } from './ProblemList.tsx';
import type { Surface } from './surface.ts';
import { useFileReviews } from './useFileReviews.ts';
import { useMonaco } from './useMonaco.ts';
import { applyKeys, EDITOR_WORDS, fileStatus, tabKeys } from './words.ts';

/** The manifests: files as tabs, their text, what is wrong with it, and what applying it did. */
export function EditorPanel() {
  const { client, editor } = useStores();
  const id = useId();
  const monaco = useMonaco();
  const surface = useRef<Surface>(null);
  const diagnostics = useEditor(state => state.diagnostics);
  const blocked = useApplyBlock();
  const { reviews, waiting } = useFileReviews();
  const open = useEditor(state => state.open);
  const [comparison, setComparison] = useState<'shown' | 'hidden'>('hidden');
  const compare = (): void => setComparison(comparison === 'shown' ? 'hidden' : 'shown');
  const apply = (): void => {
    if (blocked === undefined) void editor.apply();
  };
  const [notice, setNotice] = useState<Notice | undefined>(undefined);
  const format = async (): Promise<void> => setNotice({ text: await formatOpenFile(client, editor) });
  const undo = (done: Notice): void => {
    setNotice(undefined);
    done.undo?.();
  };
  // In the capture phase: Monaco has a meaning of its own for these keys.
  const onKeyDown = (event: KeyboardEvent): void => {
    const isApply = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    const isFormat = event.code === 'KeyF' && event.altKey && event.shiftKey;
    if (!isApply && !isFormat) return;
    event.preventDefault();
    event.stopPropagation();
    if (isApply) apply();
    else void format();
  };
  const panel = useRef<HTMLElement>(null);
  useEffect(() => (panel.current === null ? undefined : guardAgainstLongTexts(panel.current, editor)), [editor]);
  return (
    <section ref={panel} className={styles.panel} aria-label={EDITOR_WORDS.title} onKeyDownCapture={onKeyDown}>
      <FileTabs
        idPrefix={id}
        controls={`${id}-panel`}
        reviews={reviews}
        waiting={waiting}
        onFormat={() => void format()}
        onSay={setNotice}
      />
      <div className={styles.bar}>
        <Status />
        <span className={styles.space} />
        <span className={styles.tabKey} id={`${id}-tab-key`}>
          {monaco.kind === 'ready' && (
            <span title={EDITOR_WORDS.tabIndentsHint(tabKeys())}>{EDITOR_WORDS.tabIndents(tabKeys())}</span>
          )}
          {monaco.kind === 'failed' && EDITOR_WORDS.plainOnly}
        </span>
        <Button
          dense
          expanded={comparison === 'shown'}
          blocked={comparison === 'hidden' ? blocked : undefined}
          title={EDITOR_WORDS.compareHint}
          onPress={compare}
        >
          {EDITOR_WORDS.compare}
        </Button>
        <Button
          look="primary"
          dense
          blocked={blocked}
          title={EDITOR_WORDS.applyHint(applyKeys())}
          onPress={apply}
          testId="apply"
        >
          {EDITOR_WORDS.apply}
        </Button>
      </div>
      <Refusal />
      <div className={styles.file} role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-open`}>
        <EditorSurface surface={surface} monaco={monaco} describedBy={`${id}-tab-key`} />
        <ProblemList problems={diagnostics} onGoTo={range => surface.current?.goTo(range)} />
        {comparison === 'shown' && (
          <Comparison
            review={reviews.get(open)}
            about={waiting.includes(open) ? 'earlier-text' : 'text'}
            onGoTo={range => surface.current?.goTo(range)}
            onClose={() => setComparison('hidden')}
          />
        )}
        <ApplyResult />
      </div>
      {notice !== undefined && (
        <Toast
          // Each has its own six seconds.
          key={notice.text}
          text={notice.text}
          action={notice.undo === undefined ? undefined : { label: EDITOR_WORDS.undo, onPress: () => undo(notice) }}
          closeLabel={EDITOR_WORDS.close}
          onClose={() => setNotice(undefined)}
        />
      )}
    </section>
  );
}

/** Why the open file cannot be applied now. */
function useApplyBlock(): string | undefined {
  return useEditor(({ apply, files, open }) => {
    if (apply.kind === 'applying') return EDITOR_WORDS.running(apply.command);
    const text = files.find(file => file.name === open)?.text ?? '';
    return /\S/.test(text) ? undefined : EDITOR_WORDS.isEmpty;
  });
}

function Status() {
  const diagnostics = useEditor(state => state.diagnostics);
  const checked = useEditor(state => state.checked);
  const isEmpty = useEditor(state => !/\S/.test(state.files.find(file => file.name === state.open)?.text ?? ''));
  const status = fileStatus(diagnostics, checked);
  if (isEmpty) return <span className={styles.status}>{EDITOR_WORDS.emptyFile}</span>;
  return (
    <>
      <span className={styles.status} data-status={status.kind} aria-hidden="true">
        {status.kind === 'problems' && <MeaningIcon meaning="drop" word="" size={16} />}
        {status.text}
      </span>
      {/* Read aloud once a check has ended, not at each keystroke. */}
      <span className="visually-hidden" role="status">
        {fileStatus(diagnostics, 'current').text}
      </span>
    </>
  );
}

function Refusal() {
  const { editor } = useStores();
  const refusal = useEditor(state => state.refusal);
  return (
    <div role="alert">
      {refusal !== undefined && (
        <div className={styles.refusal}>
          <MeaningIcon meaning="drop" word={EDITOR_WORDS.refused} size={16} />
          <span className={styles.refusalText}>{refusal}</span>
          <IconButton icon="close" label={EDITOR_WORDS.dismissRefusal} dense onPress={() => editor.dismissRefusal()} />
        </div>
      )}
    </div>
  );
}
