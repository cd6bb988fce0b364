// The lesson that is open: its session, its place in the course, and what is kept of all lessons.
//
// The session itself is a pure reducer (lesson/session.ts). This store feeds it: it asks the lab about the open step's
// checks whenever the lab, the answers or the clicks change, one question at a time.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { LabClient } from '../client/port.ts';
import { evaluateStep } from '../lesson/evaluateStep.ts';
import type { Answer, Lesson, LessonStep, Question } from '../lesson/format.ts';
import { findQuestion } from '../lesson/lessonQuestions.ts';
import type { LessonPlace, LessonState } from '../lesson/lessonState.ts';
import { lessonProgress, type Progress, readProgress, withLesson, writeProgress } from '../lesson/progress.ts';
import { type LessonAction, reduceLesson, startLesson } from '../lesson/session.ts';
import { pageFactsOf, placeBeside } from '../lesson/sessionView.ts';
import type { CourseSource } from './courseSource.ts';
import type { Keeper } from './keeper.ts';
import type { LabStore } from './labStore.ts';
import * as WORDS from './words.ts';

/** Only whoever comes back needs it. */
const reconciling = () => import('../lesson/reconcile.ts');

const KEY = 'progress';
const SAVE_MS = 300;
const WHY_ASIDE = {
  damaged: WORDS.answersDamaged,
  newer: WORDS.answersNewer,
} as const;

export interface LessonStoreState {
  readonly phase:
    | { readonly kind: 'none' }
    | { readonly kind: 'loading'; readonly id: string }
    | { readonly kind: 'open' }
    | { readonly kind: 'missing'; readonly id: string };
  readonly lesson: Lesson | undefined;
  readonly session: LessonState | undefined;
  readonly progress: Progress;
  /** The lesson changed since it was done: how many of its questions are new. */
  readonly changed: { readonly newQuestions: number } | undefined;
}

export interface LessonStore extends StoreApi<LessonStoreState> {
  readonly course: CourseSource;
  /** Loads a lesson and takes up where it was left. The lab must be opened from its scenario afterwards. */
  load(id: string): Promise<Lesson | undefined>;
  leave(): void;
  /** Writes down at once what waits to be written: the page goes away. */
  keep(): void;
  /** The lab of the lesson is open: its events count anew. */
  labOpened(): void;
  go(place: LessonPlace): void;
  goBeside(by: -1 | 1): void;
  /** A locked prediction, or an answer. */
  answer(question: Question, answer: Answer): Promise<void>;
  dispatch(action: LessonAction): void;
  dismissChanged(): void;
}

export function createLessonStore(
  client: LabClient,
  course: CourseSource,
  lab: LabStore,
  storage: Pick<Keeper, 'read' | 'write' | 'setAside' | 'keeperOf'>,
): LessonStore {
  // What cannot be read is kept aside before anything is written over it.
  const readKeptProgress = (): Progress => {
    const { progress, aside } = readProgress(storage.read(KEY));
    if (aside.length > 0) storage.setAside(KEY, WHY_ASIDE[aside[0]?.reason ?? 'damaged']);
    return progress;
  };
  const store = createStore<LessonStoreState>(() => ({
    phase: { kind: 'none' },
    lesson: undefined,
    session: undefined,
    progress: readKeptProgress(),
    changed: undefined,
  }));

  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const { session, progress } = store.getState();
    if (session !== undefined && storage.keeperOf(`lesson.${session.lesson}`) === 'elsewhere') return;
    // Another tab may have written down another lesson meanwhile.
    const kept = readKeptProgress();
    const own = session === undefined ? [] : [session];
    storage.write(KEY, writeProgress(own.reduce(withLesson, { lessons: { ...progress.lessons, ...kept.lessons } })));
  };

  const setSession = (session: LessonState): void => {
    store.setState(({ progress }) => ({ session, progress: withLesson(progress, session) }));
    saveTimer ??= setTimeout(save, SAVE_MS);
  };

  const dispatch = (action: LessonAction): void => {
    const { lesson, session } = store.getState();
    if (lesson === undefined || session === undefined) return;
    const next = reduceLesson(lesson, session, action);
    if (next === session) return;
    setSession(next);
    if (action.kind !== 'checked') void evaluate();
  };

  const openStep = (): LessonStep | undefined => {
    const { lesson, session } = store.getState();
    const place = session?.place;
    return place?.kind === 'step' ? lesson?.steps.find(step => step.id === place.step) : undefined;
  };

  let evaluating = false;
  let wanted = false;
  async function evaluate(): Promise<void> {
    wanted = true;
    if (evaluating) return;
    evaluating = true;
    try {
      while (wanted) {
        wanted = false;
        await evaluateOnce();
      }
    } finally {
      evaluating = false;
    }
  }

  async function evaluateOnce(): Promise<void> {
    const step = openStep();
    const { session, lesson } = store.getState();
    if (step === undefined || session === undefined || lab.getState().phase.kind !== 'open') return;
    if (step.checks.length === 0 && step.nearMisses.length === 0) return;
    const since = session.steps[step.id]?.since ?? 0;
    const change = lab.getState().history.undo;
    try {
      const findings = await evaluateStep(step, pageFactsOf(session, step), specs => client.check(specs, since));
      if (store.getState().lesson !== lesson) return;
      dispatch({
        kind: 'checked',
        step: step.id,
        findings,
        ...(change !== undefined && { change: WORDS.youRan(change) }),
      });
    } catch {
      // The lab stopped: its own message says so, and the goals stay as they are.
    }
  }

  lab.subscribe((state, before) => {
    const isNews =
      state.elements !== before.elements || state.nextEvent !== before.nextEvent || state.phase !== before.phase;
    if (isNews && state.phase.kind === 'open') void evaluate();
  });

  course.onLessonChange?.(async lesson => {
    const { reconcile } = await reconciling();
    const { session } = store.getState();
    if (store.getState().lesson?.id !== lesson.id || session === undefined) return;
    store.setState({ lesson });
    setSession(reconcile(lesson, session).state);
  });

  return {
    ...store,
    course,
    dispatch,
    async load(id) {
      store.setState({ phase: { kind: 'loading', id }, lesson: undefined, session: undefined, changed: undefined });
      const stored = lessonProgress(store.getState().progress, id);
      const [lesson, found] = await Promise.all([course.loadLesson(id), stored && reconciling()])
        .then(([come, kept]) => [come, come && stored && kept?.reconcile(come, stored)] as const)
        .catch(() => []);
      const { phase } = store.getState();
      if (phase.kind !== 'loading' || phase.id !== id) return undefined;
      if (lesson === undefined) {
        store.setState({ phase: { kind: 'missing', id } });
        return undefined;
      }
      store.setState({
        phase: { kind: 'open' },
        lesson,
        changed: found?.kind === 'changed' ? { newQuestions: found.newQuestions } : undefined,
      });
      setSession(found?.state ?? startLesson(lesson, 0));
      return lesson;
    },
    keep() {
      if (saveTimer !== undefined) save();
    },
    leave() {
      save();
      store.setState({ phase: { kind: 'none' }, lesson: undefined, session: undefined, changed: undefined });
    },
    labOpened: () => {
      dispatch({ kind: 'lab-opened', events: lab.getState().nextEvent });
      void evaluate();
    },
    go(place) {
      if (place.kind === 'quiz') dispatch({ kind: 'open-question', question: place.question });
      else dispatch({ kind: 'open-step', step: place.step, events: lab.getState().nextEvent });
    },
    goBeside(by) {
      const { lesson, session } = store.getState();
      if (lesson === undefined || session === undefined) return;
      const place = placeBeside(lesson, session, by);
      if (place !== undefined) this.go(place);
    },
    async answer(question, answer) {
      const { lesson } = store.getState();
      const spec = 'computed' in question ? question.computed : undefined;
      let found: string | undefined;
      if (spec !== undefined && lesson !== undefined) {
        const place = findQuestion(lesson, question.id);
        const since = place?.step === undefined ? 0 : (store.getState().session?.steps[place.step]?.since ?? 0);
        const [result] = await client.check([spec], since).catch(() => []);
        found = result?.found;
      }
      dispatch({ kind: 'answer', question: question.id, answer, ...(found !== undefined && { found }) });
    },
    dismissChanged: () => store.setState({ changed: undefined }),
  };
}
