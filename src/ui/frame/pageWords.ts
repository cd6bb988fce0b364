// Words of the header, the tabs and the panes, with which the page begins. Each is exported on its own: the build puts a
// constant where it is used, which an object's property is not.

export const lessons = 'Lessons';
export const sandbox = 'Sandbox';
export const servedAt = (address: string): string => `Lab at ${address}`;
export const skip = 'Skip to the graph';
export const show = (side: string): string => `Show ${side.toLowerCase()}`;
export const keep = 'Save and share';
export const find = 'Find an action';
export const theme = 'Theme';
export const offline = 'Offline';
export const offlineWhole = 'Offline: all lessons work';

export const previous = 'Previous';
export const next = 'Next';
export const atFirst = 'This is the first step';
export const atLast = 'This is the last question';
export const stepOf = (number: number, all: number): string => `Step ${number} of ${all}`;
export const questionOf = (number: number, all: number): string => `Quiz, question ${number} of ${all}`;

export const undo = (what: string | undefined): string => (what === undefined ? 'Undo' : `Undo: ${what}`);
export const noUndo = 'Undo: nothing to take back';
export const redo = (what: string | undefined): string => (what === undefined ? 'Redo' : `Redo: ${what}`);
export const noRedo = 'Redo: nothing to bring back';
export const reset = 'Reset';
export const noReset = 'Reset: nothing was changed';

/** What stands beside the graph. */
export const lesson = 'Lesson';
export const manifests = 'Manifests';
export const probes = 'Probes';
/** Beside the name of the manifests. */
export const broken = 'with problems';

export const graph = 'Graph';
export const panel = 'Panel';
export const terminal = 'Terminal';
export const yaml = 'YAML';
export const trace = 'Trace';
export const inspect = 'Inspect';
export const matrix = 'Matrix';
export const events = 'Events';

export const sideWidth = 'Width of the left pane';
export const graphHeight = 'Height of the graph';
export const starting = 'The cluster starts.';
