import { placeBeside } from '../../lesson/sessionView.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { Mark } from '../common/Icon.tsx';
import { MeaningIcon } from '../common/Tag.tsx';
import { usePageForm } from '../hooks/useMedia.ts';
import { useEditor, useLayout, useLesson, useStores } from '../StoresContext.ts';
import styles from './Header.module.css';
import { HistoryButtons, ResetButton } from './labControls.tsx';
import { CourseList, KeepMenu, ThemeChoices } from './laterPanels.ts';
import { Menu } from './Menu.tsx';
import { OfflineTag } from './OfflineTag.tsx';
import * as WORDS from './pageWords.ts';
import { usePlace, usePlacedLesson, useSandboxTitle } from './place.ts';
import { SANDBOX_HREF, useRoute } from './routes.ts';
import { StepBars } from './StepBars.tsx';
import { useSideName } from './sideName.ts';

/** The head of the page: where the learner is, the way on, and what acts on the whole cluster. */
export function Header() {
  const { layout } = useStores();
  const form = usePageForm();
  const side = useLayout(state => state.side);
  const drawer = useLayout(state => state.drawer);
  const isListBeside = side === 'list' && form === 'wide';
  const route = useRoute();
  const placed = usePlacedLesson();
  const sandboxTitle = useSandboxTitle();
  const place = usePlace();
  const isSandbox = route?.kind === 'sandbox';
  const sideName = useSideName();
  const title = isSandbox ? sandboxTitle : (placed?.lesson.title ?? WORDS.lessons);
  return (
    <header className={styles.header}>
      <button type="button" className={styles.skip} onClick={() => document.querySelector('main')?.focus()}>
        {WORDS.skip}
      </button>
      {/* A lesson has its own heading in its pane, while that is shown. */}
      {(isSandbox || isListBeside || (form === 'medium' && (drawer === 'closed' || side === 'list'))) && (
        <h1 className="visually-hidden">{title}</h1>
      )}
      <span className={styles.brand}>
        <Mark />
        Hoplab
      </span>
      <DrawerButton side={sideName} />
      <span className={styles.trail}>
        {placed !== undefined && !isSandbox && (
          <>
            <span className={styles.module}>{placed.module.title}</span>
            <span className={styles.slash} aria-hidden="true">
              /
            </span>
          </>
        )}
        <Menu label={title} align="start">
          {close => <CourseList onChoose={close} />}
        </Menu>
      </span>
      {place !== undefined && !isSandbox && (
        <span className={styles.place}>
          <StepBars place={place} />
          <span className={styles.placeText}>{place.text}</span>
        </span>
      )}
      <span className={styles.space} />
      <OfflineTag form="full" />
      {isListBeside ? (
        <Button look="quiet" onPress={() => layout.set({ side: 'main' })}>
          {WORDS.show(sideName)}
        </Button>
      ) : (
        !isSandbox && <BesideButtons />
      )}
      {!isSandbox && (
        <a className={styles.sandbox} href={SANDBOX_HREF}>
          {WORDS.sandbox}
        </a>
      )}
      <span className={styles.group} data-tour="history">
        <HistoryButtons />
        <ResetButton />
        <Menu label={WORDS.keep} icon="share" align="end">
          {close => <KeepMenu onChoose={close} />}
        </Menu>
      </span>
      <span className={styles.group} data-tour="palette">
        <IconButton icon="actions" label={WORDS.find} onPress={() => layout.set({ overlay: 'palette' })} />
        <Menu icon="theme" label={WORDS.theme} align="end">
          {() => <ThemeChoices />}
        </Menu>
      </span>
    </header>
  );
}

/** Previous and Next. */
export function BesideButtons() {
  const form = usePageForm();
  const { lesson: store } = useStores();
  const lesson = useLesson(state => state.lesson);
  const session = useLesson(state => state.session);
  if (lesson === undefined || session === undefined) return null;
  const blockedAt = (by: -1 | 1, why: string): string | undefined =>
    placeBeside(lesson, session, by) === undefined ? why : undefined;
  const [first, last] = [blockedAt(-1, WORDS.atFirst), blockedAt(1, WORDS.atLast)];
  const goBack = (): void => store.goBeside(-1);
  const goOn = (): void => store.goBeside(1);
  return (
    <span className={styles.beside}>
      {form === 'medium' ? (
        <>
          <IconButton icon="chevronLeft" label={WORDS.previous} blocked={first} onPress={goBack} />
          <IconButton icon="chevronRight" label={WORDS.next} look="default" blocked={last} onPress={goOn} />
        </>
      ) : (
        <>
          <Button look="quiet" blocked={first} onPress={goBack}>
            {WORDS.previous}
          </Button>
          <Button blocked={last} onPress={goOn}>
            {WORDS.next}
          </Button>
        </>
      )}
    </span>
  );
}

/** Between 760 and 1100 px: opens and closes the drawer. */
function DrawerButton({ side }: { readonly side: string }) {
  const { layout } = useStores();
  // The list may stand in the drawer, too.
  const isOpen = useLayout(state => state.drawer === 'open' && state.side === 'main');
  const isBroken = useEditor(state => state.diagnostics.some(({ severity }) => severity === 'error'));
  if (usePageForm() !== 'medium') return null;
  return (
    <Button
      icon="lesson"
      expanded={isOpen}
      onPress={() => layout.set({ drawer: isOpen ? 'closed' : 'open', side: 'main' })}
    >
      {side}
      {isBroken && side === WORDS.manifests && <MeaningIcon meaning="drop" word={WORDS.broken} size={16} />}
    </Button>
  );
}
