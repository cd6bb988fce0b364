// The actions of an element, ready for a menu.

import { useMemo } from 'react';
import type { ElementId } from '../../sim/index.ts';
import type { AppStores } from '../../store/appStores.ts';
import type { MenuAction } from '../common/ActionMenu.tsx';
import { drawnWith } from '../find/placeOfElement.ts';
import { type PageForm, usePageForm } from '../hooks/useMedia.ts';
import { isRecordedLab, useLab, useStores } from '../StoresContext.ts';
import { type ElementAct, elementActions } from './elementActions.ts';

/** Nothing for what is no element: a group of Pods, an interface. */
export function useElementActions(id: ElementId): readonly MenuAction[] {
  const stores = useStores();
  const form = usePageForm();
  const element = useLab(state => state.elements.get(id));
  const isRecorded = useLab(isRecordedLab);
  return useMemo(
    () =>
      element === undefined
        ? []
        : elementActions(element, isRecorded ? 'recorded' : 'cluster').map(({ act, ...action }) => ({
            ...action,
            onPress: () => doAct(stores, id, act, form),
          })),
    [stores, form, id, element, isRecorded],
  );
}

function doAct({ selection, layout, lab, terminal }: AppStores, id: ElementId, act: ElementAct, form: PageForm): void {
  const isPhone = form === 'phone';
  switch (act.kind) {
    case 'inspect':
      selection.select(id);
      layout.set(isPhone ? { sheet: 'inspect' } : { tab: 'inspect' });
      return;
    case 'fill': {
      const element = lab.getState().elements.get(id);
      if (element !== undefined) layout.set({ ...drawnWith(element, layout.getState()), ...showGraph });
      selection.show({ element: id, how: 'filled' });
      return;
    }
    case 'run':
    case 'enter':
      layout.set({ tab: 'terminal', phonePane: 'terminal', sheet: undefined });
      void terminal.run(act.command);
      return;
    case 'trace':
      selection.startEnds({ known: id, side: act.side });
      layout.set(showGraph);
  }
}

/** On a phone the graph may be behind a sheet. */
const showGraph = { phonePane: 'graph', sheet: undefined } as const;
