// Words of the terminal's input and of an empty terminal, with which the page begins. Each is exported on its own: the
// build puts a constant where it is used, which an object's property is not. Words of what ran stand in blockWords.ts.

export const title = 'Terminal';
export const nothingRun = 'No command yet';
export const howTo = 'Commands and their output appear here. Type one below, or take one of these.';
export const newest = 'Newest output';

export const command = (prompt: string): string => `Command, ${prompt}`;
export const keys = 'Up: history. Tab: complete. Escape, then Tab: leave.';
export const history = 'history';
export const complete = 'complete';
export const leave = 'leave';

/** What can be asked where the prompt stands. */
export const atRecorded = 'probe, ssh to a host, ip, curl';
export const atLaptop = 'kubectl, or ssh to a node';
export const inside = 'ip, curl, ping, exit';
