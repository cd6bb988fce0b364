// The actions of the page as it is now. The palette lists them, the shortcuts run them, the sheet names their keys.

import { placeBeside } from '../../lesson/sessionView.ts';
import { lessonsOf } from '../../store/courseSource.ts';
import type { Theme } from '../../store/layoutStore.ts';
import { addFile, applyAll } from '../editor/fileActions.ts';
import { lastChange, playBack } from '../events/playback.tsx';
import { PLAYBACK_WORDS } from '../events/words.ts';
import { lessonHref, readRoute, SANDBOX_HREF } from '../frame/routes.ts';
import { newSandbox, saveLab, shareLab, showHistory, takeLab } from '../keeping/keepActs.tsx';
import { chooseFile } from '../keeping/openText.tsx';
import { TOUR_WORDS } from '../tour/words.ts';
import type { Action, ActionPage } from './action.ts';
import { graphActions } from './graphActions.ts';
import { panelActions } from './panelActions.ts';
import { traceActions } from './traceActions.ts';
import { ACTION_WORDS as WORDS } from './words.ts';

/** All of them, in the order in which they are listed. Those that cannot be done now say why. */
export function pageActions(page: ActionPage): readonly Action[] {
  return [
    ...panelActions(page),
    ...graphActions(page),
    ...traceActions(page),
    ...clusterActions(page),
    ...fileActions(page),
    ...lookActions(page),
    ...placeActions(page),
  ];
}

function placeActions({ stores }: ActionPage): readonly Action[] {
  const { lesson, session } = stores.lesson.getState();
  const blockedAt = (by: -1 | 1, why: string): string | undefined =>
    lesson === undefined || session === undefined
      ? WORDS.noLesson
      : placeBeside(lesson, session, by) === undefined
        ? why
        : undefined;
  const go = (href: string) => (): void => location.assign(href);
  return [
    {
      id: 'next',
      group: 'go',
      name: WORDS.next,
      blocked: blockedAt(1, WORDS.lastStep),
      run: () => stores.lesson.goBeside(1),
    },
    {
      id: 'previous',
      group: 'go',
      name: WORDS.previous,
      blocked: blockedAt(-1, WORDS.firstStep),
      run: () => stores.lesson.goBeside(-1),
    },
    {
      id: 'sandbox',
      group: 'go',
      name: WORDS.sandbox,
      blocked: readRoute(location.hash)?.kind === 'sandbox' ? WORDS.isShown : undefined,
      run: go(SANDBOX_HREF),
    },
    ...lessonsOf(stores.lesson.course.modules).map(
      ({ lesson: { id, number, title }, module }): Action => ({
        id: `lesson ${id}`,
        group: 'go',
        name: WORDS.lesson(number, title),
        also: module.title,
        run: go(lessonHref(id)),
      }),
    ),
  ];
}

function clusterActions({ stores }: ActionPage): readonly Action[] {
  const { lab, layout } = stores;
  const { history, clock, phase } = lab.getState();
  const last = lastChange(stores);
  const closed = phase.kind === 'open' ? undefined : WORDS.noCluster;
  return [
    {
      id: 'undo',
      group: 'cluster',
      name: history.undo === undefined ? WORDS.noUndo : WORDS.undo(history.undo),
      keys: 'Mod+Z',
      blocked: history.undo === undefined ? WORDS.nothingToUndo : undefined,
      run: () => void lab.undo(),
    },
    {
      id: 'redo',
      group: 'cluster',
      name: history.redo === undefined ? WORDS.noRedo : WORDS.redo(history.redo),
      keys: 'Mod+Shift+Z',
      blocked: history.redo === undefined ? WORDS.nothingToRedo : undefined,
      run: () => void lab.redo(),
    },
    {
      id: 'reset',
      group: 'cluster',
      name: WORDS.reset,
      blocked: history.changes === 0 ? WORDS.nothingToReset : undefined,
      run: () => layout.set({ overlay: 'reset' }),
    },
    {
      id: 'clock',
      group: 'cluster',
      name: clock.running ? WORDS.clockOff : WORDS.clockOn,
      also: WORDS.also.clock,
      blocked: closed,
      run: () => void lab.setClock(!clock.running),
    },
    {
      id: 'clock-step',
      group: 'cluster',
      name: WORDS.clockStep,
      also: WORDS.also.time,
      blocked: closed ?? (clock.next === undefined ? WORDS.nothingDue : undefined),
      run: () => void lab.stepClock(),
    },
    {
      id: 'play-back',
      group: 'cluster',
      name: PLAYBACK_WORDS.playLast,
      also: WORDS.also.time,
      blocked: last === undefined ? WORDS.noCommand : undefined,
      run: () => last !== undefined && playBack(stores, last),
    },
  ];
}

function fileActions({ stores }: ActionPage): readonly Action[] {
  const { terminal, editor, layout } = stores;
  const last = terminal.getState().history.at(-1);
  const { open, files } = editor.getState();
  return [
    {
      id: 'run-again',
      group: 'files',
      name: last === undefined ? WORDS.nothingRan : WORDS.runAgain(last),
      blocked: last === undefined ? WORDS.noCommand : undefined,
      run() {
        if (last === undefined) return;
        layout.set({ tab: 'terminal', phonePane: 'terminal' });
        void terminal.run(last);
      },
    },
    { id: 'clear', group: 'files', name: WORDS.clear, run: () => terminal.clear() },
    {
      id: 'apply',
      group: 'files',
      name: WORDS.apply(open),
      blocked: files.some(file => file.name === open && /\S/.test(file.text)) ? undefined : WORDS.emptyFile,
      run: () => void editor.apply(),
    },
    {
      id: 'apply-all',
      group: 'files',
      name: WORDS.applyAll,
      blocked: files.some(file => /\S/.test(file.text)) ? undefined : WORDS.emptyFile,
      run: () => applyAll(editor),
    },
    { id: 'save', group: 'files', name: WORDS.saveLab, also: WORDS.also.save, run: () => void saveLab(stores) },
    { id: 'open', group: 'files', name: WORDS.openLab, also: WORDS.also.open, run: () => chooseFile(stores) },
    { id: 'share', group: 'files', name: WORDS.shareLab, run: () => void shareLab(stores) },
    { id: 'take', group: 'files', name: WORDS.takeLab, also: WORDS.also.take, run: () => void takeLab(stores) },
    {
      id: 'history',
      group: 'files',
      name: WORDS.history,
      also: WORDS.also.history,
      run: () => void showHistory(stores),
    },
    { id: 'new-sandbox', group: 'files', name: WORDS.newSandbox, run: () => newSandbox(stores) },
    { id: 'new-file', group: 'files', name: WORDS.newFile, run: () => void addFile(editor, 'manifest.yaml') },
  ];
}

const THEMES: readonly Theme[] = ['system', 'light', 'dark', 'contrast'];

function lookActions({ stores: { layout } }: ActionPage): readonly Action[] {
  const { theme: shown, singleKeys } = layout.getState();
  return [
    { id: 'palette', group: 'look', name: WORDS.palette, keys: 'Mod+K', run: () => layout.set({ overlay: 'palette' }) },
    {
      id: 'shortcuts',
      group: 'look',
      name: WORDS.keys,
      also: WORDS.also.keys,
      keys: '?',
      run: () => layout.set({ overlay: 'shortcuts' }),
    },
    {
      id: 'tour',
      group: 'look',
      name: TOUR_WORDS.accept,
      also: WORDS.also.tour,
      run: () => layout.set({ overlay: 'tour' }),
    },
    {
      id: 'single-keys',
      group: 'look',
      name: singleKeys === 'on' ? WORDS.singleKeys.off : WORDS.singleKeys.on,
      also: WORDS.also.keys,
      run: () => layout.set({ singleKeys: singleKeys === 'on' ? 'off' : 'on' }),
    },
    ...THEMES.map(
      (theme): Action => ({
        id: `theme ${theme}`,
        group: 'look',
        name: WORDS.theme[theme],
        also: WORDS.also.theme,
        blocked: theme === shown ? WORDS.isShown : undefined,
        run: () => layout.set({ theme }),
      }),
    ),
  ];
}
