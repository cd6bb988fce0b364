// The stores of the page, for components. A component subscribes to what it shows and to nothing else.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { AppStores } from '../store/appStores.ts';
import type { EditorState } from '../store/editorStore.ts';
import type { KeepState } from '../store/keeper.ts';
import type { LabState } from '../store/labStore.ts';
import type { LayoutState } from '../store/layoutStore.ts';
import type { LessonStoreState } from '../store/lessonStore.ts';
import type { SelectionState } from '../store/selectionStore.ts';
import type { TerminalState } from '../store/terminalStore.ts';
import type { TraceState } from '../store/traceStore.ts';

export const StoresContext = createContext<AppStores | undefined>(undefined);

export function useStores(): AppStores {
  const stores = useContext(StoresContext);
  if (stores === undefined) throw new Error('useStores: outside of a StoresContext');
  return stores;
}

export const useLab = <T>(select: (state: LabState) => T): T => useStore(useStores().lab, select);
export const useKeeper = <T>(select: (state: KeepState) => T): T => useStore(useStores().keeper, select);
export const useTrace = <T>(select: (state: TraceState) => T): T => useStore(useStores().trace, select);
export const useSelection = <T>(select: (state: SelectionState) => T): T => useStore(useStores().selection, select);
export const useLayout = <T>(select: (state: LayoutState) => T): T => useStore(useStores().layout, select);
export const useEditor = <T>(select: (state: EditorState) => T): T => useStore(useStores().editor, select);
export const useTerminal = <T>(select: (state: TerminalState) => T): T => useStore(useStores().terminal, select);
export const useLesson = <T>(select: (state: LessonStoreState) => T): T => useStore(useStores().lesson, select);
/** Whether what is open is Linux only, without an API server. For {@link useLab}. */
export const isRecordedLab = ({ phase }: LabState): boolean => phase.kind === 'open' && phase.probes !== undefined;
/** For selectors that make a new object of a few fields. */
export { useShallow };
