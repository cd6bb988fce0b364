// All stores of one page, wired together. The only place where a LabClient meets what React shows.

import type { LabClient, LabSource, OwnSource } from '../client/port.ts';
import { createAutosave } from './autosave.ts';
import type { CourseSource } from './courseSource.ts';
import { createEditorStore, type EditorStore } from './editorStore.ts';
import { createKeeper, type Keeper } from './keeper.ts';
import type { LabHistory } from './labHistory.ts';
import { createLabStore, type LabPhase, type LabStore, messageOf } from './labStore.ts';
import { createLayoutStore, type LayoutStore } from './layoutStore.ts';
import { createLessonStore, type LessonStore } from './lessonStore.ts';
import { createSelectionStore, type SelectionStore } from './selectionStore.ts';
import type { TextStorage } from './storage.ts';
import { createTerminalStore, type TerminalStore } from './terminalStore.ts';
import { createTraceStore, type TraceStore } from './traceStore.ts';
import * as WORDS from './words.ts';

/** The two names under which the sandbox keeps a lab: its own, and the recorded cluster that is open in its place. */
const SANDBOX = 'sandbox';
const RECORDED = 'recorded';
/** A lab that is served keeps itself; the name is for the editor's files. */
const SERVED = 'served';
/** A lab that dies again this soon after it was restored, in milliseconds, is not restored again: it might die for ever. */
const RESTORE_MS = 30_000;

export interface AppStores {
  readonly client: LabClient;
  /** What the sandbox is: a cluster of its own in the page, or a lab that is served. */
  readonly sandbox: SandboxSource;
  /** What is kept between visits, and what is not. */
  readonly keeper: Keeper;
  readonly lab: LabStore;
  readonly trace: TraceStore;
  readonly selection: SelectionStore;
  readonly layout: LayoutStore;
  readonly editor: EditorStore;
  readonly terminal: TerminalStore;
  readonly lesson: LessonStore;
  /** States that the lab has had; fetched when it is asked for. */
  history(): Promise<LabHistory>;
  /** The name under which the open lab is kept; undefined: it keeps itself, or there is none. */
  scope(): string | undefined;
  /** Opens a lesson with its lab, or the lab of the sandbox. */
  enterLesson(id: string): Promise<void>;
  enterSandbox(): Promise<void>;
  /** Opens the text of a recorded cluster in the place of the sandbox's own, whose last state is kept. */
  openRecorded(text: string): Promise<void>;
  /** The sandbox's own cluster again. */
  closeRecorded(): Promise<void>;
  /** Opens a lab in the place of what is kept under a name, the sandbox's by default. If it is refused, all is as before. */
  replace(source: OwnSource, scope?: string): Promise<LabPhase>;
  /** The cluster of the lesson or the sandbox as it was at first, on a fresh lab. */
  restart(): Promise<void>;
  /** The cluster as it was last saved, on a fresh lab: after the one before has failed. */
  reopen(): Promise<void>;
  /** Writes down at once what waits to be written: the page goes away, or may. */
  keep(): Promise<void>;
}

export type SandboxSource =
  /** Manifests, which are fetched when they are needed. */
  { readonly kind: 'own'; load(): Promise<string> } | ServedLab;

type ServedLab = Extract<LabSource, { readonly kind: 'served' }>;

export interface AppParts {
  readonly client: LabClient;
  readonly sandbox: SandboxSource;
  readonly course: CourseSource;
  readonly storage: TextStorage;
}

/** What is open, or is to be: under which name, and what it is at first. */
interface Entered {
  readonly scope: string;
  readonly source: OwnSource | ServedLab;
}

export function createAppStores({ client, sandbox, course, storage: texts }: AppParts): AppStores {
  const storage = createKeeper(texts);
  const lab = createLabStore(client);
  const trace = createTraceStore(client);
  const selection = createSelectionStore();
  const layout = createLayoutStore(storage);
  /** The lesson or the sandbox that is on its way, with its lab. */
  let entering: Promise<unknown> = Promise.resolve();
  const onWay = (way: Promise<void>): Promise<void> => {
    entering = Promise.allSettled([entering, way]);
    return way;
  };
  const whenEntered = (): Promise<unknown> => entering;
  const terminal = createTerminalStore(client, storage, whenEntered, result => {
    const last = result.exchanges[result.exchanges.length - 1];
    if (last !== undefined) void trace.open(last.id);
    const file = result.opened?.at(-1);
    if (file !== undefined) {
      editor.takeFile(file);
      layout.set({ tab: 'yaml', side: 'main', phonePane: 'yaml' });
    }
    lesson.dispatch({ kind: 'ran' });
  });
  const editor = createEditorStore(client, storage, () => undefined);
  const lesson = createLessonStore(client, course, lab, storage);
  let keptStates: Promise<LabHistory> | undefined;
  const history = (): Promise<LabHistory> => {
    keptStates ??= import('./labHistory.ts').then(({ createLabHistory }) => createLabHistory());
    return keptStates;
  };
  const autosave = createAutosave(lab, storage, (scope, saved) => {
    const { history: now } = lab.getState();
    void history().then(states => states.note(scope, saved, now));
  });

  selection.subscribe((state, before) => {
    if (state.picks !== before.picks && state.selected !== undefined)
      lesson.dispatch({ kind: 'clicked', element: state.selected });
  });

  let entered: Entered | undefined;

  const openLab = async (
    sources: readonly LabSource[],
    scope: string,
    { log, save }: { /** What the learner has before them stays as it is. */ log?: 'kept'; save?: 'now' } = {},
  ): Promise<LabPhase> => {
    // What was done a moment ago, before the lab is another one.
    await autosave.keep();
    autosave.leave();
    storage.enter(scope === SERVED ? undefined : scope);
    if (log === undefined) {
      trace.clear();
      terminal.clear();
      selection.select(undefined);
    }
    const phase = await lab.open(...sources);
    if (entered?.scope !== scope || phase.kind !== 'open') return phase;
    if (phase.refused !== undefined) autosave.setAside(scope, phase.refused);
    // At once: a command that was typed while the cluster started runs next, and it counts for the open step.
    lesson.labOpened();
    // A recorded cluster comes from a file, which the page cannot open again by itself.
    if (scope !== SERVED) autosave.enter(scope, scope === RECORDED ? 'now' : save);
    await terminal.refreshPrompt();
    // What the lab says of the open file, if it could not be asked before.
    editor.recheck();
    return phase;
  };

  /** What the open lab was last saved as, and what it was at first. */
  const sourcesOf = <T extends LabSource>(scope: string, source: T): readonly [OwnSource | T, ...T[]] => {
    const saved = autosave.read(scope);
    return saved === undefined ? [source] : [{ kind: 'saved', saved }, source];
  };
  const reopen = async (): Promise<void> => {
    if (entered !== undefined) await openLab(sourcesOf(entered.scope, entered.source), entered.scope);
  };

  /** When a lab was last restored, on the page's own clock. */
  let restored = Number.NEGATIVE_INFINITY;
  lab.subscribe(async ({ phase }, before) => {
    if (phase.kind !== 'stopped' || before.phase.kind === 'stopped') return;
    const now = performance.now();
    if (phase.during === 'opening' || now - restored < RESTORE_MS) return;
    if (entered === undefined || entered.source.kind === 'served') return;
    restored = now;
    const { scope, source } = entered;
    const [otherwise, ...others] = sourcesOf(scope, source);
    const again = await openLab([{ kind: 'lost', otherwise }, ...others], scope, { log: 'kept', save: 'now' });
    if (again.kind === 'open') storage.tell({ kind: 'restored', why: phase.message, from: again.from ?? 'otherwise' });
  });

  const enter = (scope: string, source: Entered['source']): Promise<void> => {
    entered = { scope, source };
    editor.enter(scope);
    return reopen();
  };
  const enterOwnSandbox = async (): Promise<void> => {
    if (sandbox.kind === 'served') return enter(SERVED, sandbox);
    entered = { scope: SANDBOX, source: { kind: 'manifests', text: '' } };
    try {
      const text = await sandbox.load();
      // Whoever went elsewhere meanwhile is there.
      if (entered.scope === SANDBOX) await enter(SANDBOX, { kind: 'manifests', text });
    } catch (error) {
      lab.markStopped(messageOf(error));
    }
  };

  const enterRecorded = (source: OwnSource): Promise<void> => {
    entered = { scope: RECORDED, source };
    return reopen();
  };

  const enterLesson = async (id: string): Promise<void> => {
    if (lesson.getState().lesson?.id === id) return;
    const loaded = await lesson.load(id);
    if (loaded !== undefined) await enter(`lesson.${id}`, { kind: 'manifests', text: loaded.scenario });
  };
  const enterSandbox = async (): Promise<void> => {
    const isHere = entered !== undefined && [SANDBOX, RECORDED, SERVED].includes(entered.scope);
    if (isHere && lesson.getState().phase.kind === 'none') return;
    lesson.leave();
    // An address that names a lab means that lab.
    const saved = sandbox.kind === 'served' ? undefined : autosave.read(RECORDED);
    await (saved === undefined ? enterOwnSandbox() : enterRecorded({ kind: 'saved', saved }));
  };

  return {
    client,
    sandbox,
    keeper: storage,
    lab,
    trace,
    selection,
    layout,
    editor,
    terminal,
    lesson,
    history,
    scope: () => (entered?.scope === SERVED ? undefined : entered?.scope),
    enterLesson: id => onWay(enterLesson(id)),
    enterSandbox: () => onWay(enterSandbox()),
    async openRecorded(text) {
      lesson.leave();
      autosave.forget(RECORDED);
      await enterRecorded({ kind: 'kernel', text });
    },
    async closeRecorded() {
      const { phase } = lab.getState();
      if (phase.kind === 'refused') autosave.setAside(RECORDED, phase.problems[0]?.message ?? '');
      else autosave.forget(RECORDED);
      await enterOwnSandbox();
    },
    async replace(source, scope = SANDBOX) {
      const before = entered;
      if (before?.scope !== scope) {
        lesson.leave();
        editor.enter(scope);
      }
      entered = { scope, source: source.kind === 'saved' && before !== undefined ? before.source : source };
      const phase = await openLab([source], scope, { save: 'now' });
      if (phase.kind === 'open') autosave.forget(RECORDED);
      else if (before !== undefined) {
        entered = before;
        await reopen();
      }
      return phase;
    },
    async restart() {
      if (entered === undefined) return;
      autosave.setAside(entered.scope, WORDS.wasReset);
      await openLab([entered.source], entered.scope);
    },
    reopen,
    keep() {
      lesson.keep();
      editor.keep();
      return autosave.keep();
    },
  };
}
