import { useCallback, useMemo, useRef, useState } from 'react';
import type { Inspection } from '../../client/port.ts';
import type { ElementId, LabElement } from '../../sim/index.ts';
import { Button } from '../common/Button.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { Icon } from '../common/Icon.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { elementIcon, interfaceIcon } from '../list/listRow.ts';
import { useLab, useSelection, useStores } from '../StoresContext.ts';
import { groupInspection } from './groupInspection.ts';
import styles from './InspectPanel.module.css';
import { FactsSection, TextSection } from './sections.tsx';
import { type InspectionAnswer, useInspection } from './useInspection.ts';

/** What the tools inside the lab print about the selected element. */
export function InspectPanel() {
  const selected = useSelection(state => state.selected);
  if (selected === undefined)
    return (
      <EmptyState icon="search" title="Nothing is selected">
        Select an element on the graph or in the list, or follow a name in the terminal.
      </EmptyState>
    );
  return selected.startsWith('group/') ? <GroupPanel group={selected} /> : <ElementPanel element={selected} />;
}

function GroupPanel({ group }: { readonly group: ElementId }) {
  const elements = useLab(state => state.elements);
  const inspection = useMemo(() => groupInspection(elements, group), [elements, group]);
  return (
    <Answer element={group} answer={inspection === undefined ? { kind: 'gone' } : { kind: 'known', inspection }} />
  );
}

function ElementPanel({ element }: { readonly element: ElementId }) {
  return <Answer element={element} answer={useInspection(element)} />;
}

function Answer({ element, answer }: { readonly element: ElementId; readonly answer: InspectionAnswer }) {
  const { selection } = useStores();
  // The section stays when another element has one of the same name: routes of node-1, then of node-2.
  const [wanted, setWanted] = useState<string | undefined>(undefined);
  const title = useRef<HTMLHeadingElement>(null);
  const follow = useCallback(
    (to: ElementId): void => {
      selection.select(to);
      // The link that had the focus goes away with the old element.
      title.current?.focus();
    },
    [selection],
  );
  const name = element.split(/[/#]/).pop() ?? element;
  switch (answer.kind) {
    case 'asked':
      return null;
    case 'waiting':
      return (
        <p className={styles.waiting} role="status">
          The lab looks at {name}.
        </p>
      );
    case 'gone':
      return (
        <EmptyState
          icon="search"
          title={`${name} is not here any more`}
          actions={<Button onPress={() => selection.select(undefined)}>Clear the selection</Button>}
        >
          It was deleted, or another cluster was opened. Select another element on the graph or in the list.
        </EmptyState>
      );
    case 'failed':
      return (
        <EmptyState icon="dropped" title={`The lab did not answer about ${name}`}>
          {answer.message} The cluster is unchanged. Select the element again to ask once more.
        </EmptyState>
      );
    case 'known':
      return (
        <Known inspection={answer.inspection} wanted={wanted} onWant={setWanted} onFollow={follow} titleRef={title} />
      );
  }
}

interface KnownProps {
  readonly inspection: Inspection;
  readonly wanted: string | undefined;
  readonly onWant: (section: string) => void;
  readonly onFollow: (element: ElementId) => void;
  readonly titleRef: React.Ref<HTMLHeadingElement>;
}

function Known({ inspection, wanted, onWant, onFollow, titleRef }: KnownProps) {
  const elements = useLab(state => state.elements);
  const { element, title, subtitle, sections } = inspection;
  const open = sections.find(section => section.title === wanted) ?? sections[0];
  const owner = element.includes('#') ? elements.get(ownerId(element)) : undefined;
  return (
    <section className={styles.panel} aria-label={`Inspect ${title}`} data-testid="inspect">
      <header className={styles.header}>
        <Icon name={iconOf(elements, element)} />
        <h3 ref={titleRef} className={styles.title} tabIndex={-1}>
          {title}
        </h3>
        {/* The owner is a link after it, and is not said twice. */}
        <span className={styles.subtitle}>
          {owner !== undefined && subtitle.endsWith(` ${owner.name}`)
            ? subtitle.slice(0, -owner.name.length)
            : subtitle}
        </span>
        {owner !== undefined && (
          <button type="button" className={styles.link} onClick={() => onFollow(owner.id)}>
            {owner.name}
          </button>
        )}
      </header>
      {sections.length > 1 && open !== undefined && (
        <div className={styles.sections}>
          <SegmentedControl
            label={`What to show of ${title}`}
            options={sections.map(section => ({ value: section.title, label: section.title }))}
            value={open.title}
            onChange={onWant}
          />
        </div>
      )}
      {open?.kind === 'text' && <TextSection key={`${element} ${open.title}`} section={open} />}
      {open?.kind === 'facts' && (
        <FactsSection section={open} isKnown={id => elements.has(ownerId(id))} onFollow={onFollow} />
      )}
    </section>
  );
}

/** The element that an interface belongs to; any other element itself. */
const ownerId = (element: ElementId): ElementId => element.split('#')[0] ?? element;

function iconOf(elements: ReadonlyMap<ElementId, LabElement>, id: ElementId): IconName {
  if (id.startsWith('group/')) return 'namespace';
  const element = elements.get(ownerId(id));
  if (element === undefined) return 'search';
  const device = 'interfaces' in element ? element.interfaces.find(({ name }) => name === id.split('#')[1]) : undefined;
  return device === undefined ? elementIcon(element) : interfaceIcon(device);
}
