import { PALETTE_WORDS } from '../actions/words.ts';
import { Button } from '../common/Button.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import { isRecordedLab, useLab, useLayout, useStores, useTrace } from '../StoresContext.ts';
import { HistoryButtons, ResetButton } from './labControls.tsx';
import { CourseList, KeepMenu } from './laterPanels.ts';
import { Menu } from './Menu.tsx';
import { PHONE_WORDS } from './noteWords.ts';
import { OfflineTag } from './OfflineTag.tsx';
import styles from './PhoneHead.module.css';
import { SHEET_TITLES, type Sheet } from './phonePanes.ts';
import { usePlace, usePlacedLesson, useSandboxTitle } from './place.ts';
import { useRoute } from './routes.ts';
import { StepBars } from './StepBars.tsx';
import { ThemeChoices } from './ThemeChoices.tsx';

/** The head of a phone's page: lessons, where the learner is, and a menu of what acts on the whole cluster. */
export function PhoneHead() {
  const isSandbox = useRoute()?.kind === 'sandbox';
  const placed = usePlacedLesson();
  const sandboxTitle = useSandboxTitle();
  const place = usePlace();
  const isRecorded = useLab(isRecordedLab);
  const journey = useTrace(state => state.journey?.exchange);
  // A lesson has its own heading in its pane, while that is shown.
  const isLessonShown = useLayout(state => state.phonePane === 'lesson') && !isSandbox;
  const Title = isLessonShown ? 'p' : 'h1';
  const title = isSandbox ? sandboxTitle : (placed?.lesson.title ?? 'Hoplab');
  const lessonText =
    placed === undefined || place === undefined ? undefined : PHONE_WORDS.place(placed.lesson.number, place.text);
  const under = isSandbox
    ? journey === undefined
      ? isRecorded
        ? PHONE_WORDS.recorded
        : PHONE_WORDS.own
      : `${journey.from} → ${journey.to}`
    : lessonText;
  return (
    <header className={styles.head}>
      <Menu label={PHONE_WORDS.lessons} icon="lesson" align="start">
        {close => <CourseList onChoose={close} />}
      </Menu>
      <div className={styles.words}>
        <Title className={styles.title}>{title}</Title>
        {under !== undefined && <p className={styles.under}>{under}</p>}
      </div>
      <OfflineTag form="short" />
      {!isSandbox && place !== undefined && <StepBars place={place} />}
      <Menu label={PHONE_WORDS.more} icon="more" align="end">
        {close => <MoreMenu onChoose={close} />}
      </Menu>
    </header>
  );
}

const SHEETS: readonly (readonly [Sheet, IconName])[] = [
  ['list', 'listTwin'],
  ['inspect', 'search'],
  ['matrix', 'matrix'],
  ['events', 'events'],
];

function MoreMenu({ onChoose }: { readonly onChoose: () => void }) {
  const { layout } = useStores();
  return (
    <div className={styles.more}>
      <div className={styles.row}>
        <HistoryButtons onDone={onChoose} />
        <ResetButton />
      </div>
      <Button
        look="quiet"
        icon="actions"
        onPress={() => {
          onChoose();
          layout.set({ overlay: 'palette' });
        }}
      >
        {PALETTE_WORDS.title}
      </Button>
      {SHEETS.map(([sheet, icon]) => (
        <Button
          key={sheet}
          look="quiet"
          icon={icon}
          onPress={() => {
            onChoose();
            layout.set({ sheet });
          }}
        >
          {SHEET_TITLES[sheet]}
        </Button>
      ))}
      <KeepMenu onChoose={onChoose} />
      <ThemeChoices />
    </div>
  );
}
