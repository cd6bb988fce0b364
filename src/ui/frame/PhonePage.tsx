import { nameOfElement } from '../../lesson/elementRef.ts';
import type { ElementId } from '../../sim/index.ts';
import type { PhonePane } from '../../store/layoutStore.ts';
import { ActionMenu } from '../common/ActionMenu.tsx';
import { Button } from '../common/Button.tsx';
import { LessonPane } from '../lesson/LessonPane.tsx';
import { useElementActions } from '../menu/useElementActions.ts';
import { ACTION_WORDS } from '../menu/words.ts';
import { useLayout, useSelection, useStores, useTrace } from '../StoresContext.ts';
import { TraceBar } from '../trace/TraceBar.tsx';
import { GraphPane } from './GraphPane.tsx';
import { BesideButtons } from './Header.tsx';
import { LabBanner } from './LabBanner.tsx';
import { PHONE_WORDS } from './noteWords.ts';
import { PanelContent } from './PanelContent.tsx';
import { PhoneHead } from './PhoneHead.tsx';
import styles from './PhonePage.module.css';
import { PhoneSheet } from './PhoneSheet.tsx';
import { PhoneTabs } from './PhoneTabs.tsx';
import { phoneTabs } from './phonePanes.ts';
import { useSideName } from './sideName.ts';

/** Below 760 px: one pane at a time, tabs at the bottom, sheets over it. */
export function PhonePage() {
  const side = useSideName();
  const isSandbox = side !== 'Lesson';
  const chosen = useLayout(state => state.phonePane);
  const hasJourney = useTrace(state => state.phase.kind === 'open');
  const isPicking = useSelection(state => state.picking !== undefined);
  const pane: PhonePane = isSandbox && chosen === 'lesson' ? 'graph' : chosen;
  return (
    <>
      <PhoneHead />
      <LabBanner />
      <main className={styles.main}>
        {/* Mounted while another pane is shown: its question may be answered on the graph. */}
        {!isSandbox && (
          <div className={styles.pane} hidden={pane !== 'lesson'}>
            <div className={styles.scroller}>
              <LessonPane />
            </div>
            <div className={styles.foot}>
              <BesideButtons />
            </div>
          </div>
        )}
        {pane === 'graph' && (
          <div className={styles.pane}>
            <GraphPane form="phone" />
            <InspectSelected />
          </div>
        )}
        {(pane === 'trace' || pane === 'terminal' || pane === 'yaml') && (
          <div key={pane} className={styles.pane}>
            <h2 className="visually-hidden">{phoneTabs(side).find(tab => tab.pane === pane)?.label}</h2>
            <PanelContent tab={pane} />
          </div>
        )}
      </main>
      {/* A question that is answered on the graph needs the room. */}
      {hasJourney && (pane === 'trace' || (pane === 'graph' && !isPicking)) && <TraceBar />}
      <PhoneTabs tabs={phoneTabs(side)} open={pane} />
      <PhoneSheet />
    </>
  );
}

function SelectedActions({ selected }: { readonly selected: ElementId }) {
  const actions = useElementActions(selected);
  return actions.length === 0 ? null : (
    <span className={styles.actions}>
      <ActionMenu label={ACTION_WORDS.menu(nameOfElement(selected))} actions={actions} />
    </span>
  );
}

/** Over the graph: the way from what was tapped to what it holds; under it, the way back to a question. */
function InspectSelected() {
  const { layout } = useStores();
  const selected = useSelection(state => state.selected);
  const isPicking = useSelection(state => state.picking !== undefined);
  if (isPicking)
    return (
      <div className={styles.foot}>
        <Button onPress={() => layout.set({ phonePane: 'lesson' })}>{PHONE_WORDS.toQuestion}</Button>
      </div>
    );
  if (selected === undefined) return null;
  return (
    <div className={styles.over}>
      <Button icon="search" onPress={() => layout.set({ sheet: 'inspect' })}>
        {PHONE_WORDS.inspect(nameOfElement(selected))}
      </Button>
      <SelectedActions selected={selected} />
    </div>
  );
}
