import { useCallback, useMemo, useRef } from 'react';
import type { Inspection, InspectionSection } from '../../client/port.ts';
import type { ElementId, LabElement } from '../../sim/index.ts';
import { Button } from '../common/Button.tsx';
import { EmptyState } from '../common/EmptyState.tsx';
import { Icon } from '../common/Icon.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import { SegmentedControl } from '../common/SegmentedControl.tsx';
import { elementIcon, interfaceIcon } from '../list/listRow.ts';
import { useLab, useSelection, useStores } from '../StoresContext.ts';
import { AnswersSection } from './AnswersSection.tsx';
import { chooseSection, useChosenSection } from './chosenSection.ts';
import { FactsSection } from './FactsSection.tsx';
import { groupInspection } from './groupInspection.ts';
import styles from './InspectPanel.module.css';
import { ReachSection } from './ReachSection.tsx';
import { TextSection } from './TextSection.tsx';
import { type InspectionAnswer, useInspection } from './useInspection.ts';
import { INSPECT_WORDS } from './words.ts';

/** What the tools inside the lab print about the selected element, and what it raises as questions. */
export function InspectPanel() {
  const selected = useSelection(state => state.selected);
  if (selected === undefined)
    return (
      <EmptyState icon="search" title={INSPECT_WORDS.nothing.title}>
        {INSPECT_WORDS.nothing.text}
      </EmptyState>
    );
  return selected.startsWith('group/') ? <GroupPanel group={selected} /> : <ElementPanel element={selected} />;
}

function GroupPanel({ group }: { readonly group: ElementId }) {
  const elements = useLab(state => state.elements);
  const inspection = useMemo(() => groupInspection(elements, group), [elements, group]);
  const answer: InspectionAnswer = inspection === undefined ? { kind: 'gone' } : { kind: 'known', inspection };
  return <Answer element={group} answer={answer} />;
}

function ElementPanel({ element }: { readonly element: ElementId }) {
  return <Answer element={element} answer={useInspection(element, useChosenSection())} />;
}

function Answer({ element, answer }: { readonly element: ElementId; readonly answer: InspectionAnswer }) {
  const { selection } = useStores();
  const name = element.split(/[/#]/).pop() ?? element;
  switch (answer.kind) {
    case 'asked':
      return null;
    case 'waiting':
      return (
        <p className={styles.waiting} role="status">
          {INSPECT_WORDS.waiting(name)}
        </p>
      );
    case 'gone':
      return (
        <EmptyState
          icon="search"
          title={INSPECT_WORDS.gone.title(name)}
          actions={<Button onPress={() => selection.select(undefined)}>{INSPECT_WORDS.gone.clear}</Button>}
        >
          {INSPECT_WORDS.gone.text}
        </EmptyState>
      );
    case 'failed':
      return (
        <EmptyState icon="dropped" title={INSPECT_WORDS.failed.title(name)}>
          {answer.message} {INSPECT_WORDS.failed.text}
        </EmptyState>
      );
    case 'known':
      return <Known inspection={answer.inspection} />;
  }
}

function Known({ inspection }: { readonly inspection: Inspection }) {
  const { selection } = useStores();
  const elements = useLab(state => state.elements);
  const wanted = useChosenSection();
  const heading = useRef<HTMLHeadingElement>(null);
  // The link that had the focus goes away with the old element.
  const focusTitle = useCallback(() => heading.current?.focus(), []);
  const follow = (to: ElementId): void => {
    selection.select(to);
    focusTitle();
  };
  const { element, title, subtitle, sections, open } = inspection;
  const owner = element.includes('#') ? elements.get(ownerId(element)) : undefined;
  // At once, while what it shows is still being asked for.
  const chosen = wanted !== undefined && sections.includes(wanted) ? wanted : open.title;
  return (
    <section className={styles.panel} aria-label={INSPECT_WORDS.inspect(title)} data-testid="inspect">
      <header className={styles.header}>
        <Icon name={iconOf(elements, element)} />
        <h3 ref={heading} className={styles.title} tabIndex={-1}>
          {title}
        </h3>
        {/* The owner is a link after it, and is not said twice. */}
        <span className={styles.subtitle}>
          {owner !== undefined && subtitle.endsWith(` ${owner.name}`)
            ? subtitle.slice(0, -owner.name.length)
            : subtitle}
        </span>
        {owner !== undefined && (
          <button type="button" className={styles.link} onClick={() => follow(owner.id)}>
            {owner.name}
          </button>
        )}
      </header>
      {sections.length > 1 && (
        <div className={styles.sections}>
          <SegmentedControl
            label={INSPECT_WORDS.sections(title)}
            options={sections.map(name => ({ value: name, label: name }))}
            value={chosen}
            onChange={chooseSection}
          />
        </div>
      )}
      <Section element={element} section={open} onFollow={follow} onFollowed={focusTitle} />
    </section>
  );
}

interface SectionProps {
  readonly element: ElementId;
  readonly section: InspectionSection;
  readonly onFollow: (element: ElementId) => void;
  readonly onFollowed: () => void;
}

function Section({ element, section, onFollow, onFollowed }: SectionProps) {
  const elements = useLab(state => state.elements);
  const key = `${element} ${section.title}`;
  switch (section.kind) {
    case 'text':
      return <TextSection key={key} section={section} onFollowed={onFollowed} />;
    case 'facts':
      return <FactsSection section={section} isKnown={id => elements.has(ownerId(id))} onFollow={onFollow} />;
    case 'answers':
      return <AnswersSection section={section} namespace={namespaceOf(elements, element)} onFollowed={onFollowed} />;
    case 'reach':
      return <ReachSection key={key} end={section.end} />;
  }
}

/** The element that an interface belongs to; any other element itself. */
const ownerId = (element: ElementId): ElementId => element.split('#')[0] ?? element;

function namespaceOf(elements: ReadonlyMap<ElementId, LabElement>, id: ElementId): string | undefined {
  const element = elements.get(id);
  return element !== undefined && 'namespace' in element ? element.namespace : undefined;
}

function iconOf(elements: ReadonlyMap<ElementId, LabElement>, id: ElementId): IconName {
  if (id.startsWith('group/')) return 'namespace';
  const element = elements.get(ownerId(id));
  if (element === undefined) return 'search';
  const device = 'interfaces' in element ? element.interfaces.find(({ name }) => name === id.split('#')[1]) : undefined;
  return device === undefined ? elementIcon(element) : interfaceIcon(device);
}
