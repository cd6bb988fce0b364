// Words of the terminal's input and of an empty terminal, with which the page begins. Each is exported on its own: the
// build puts a constant where it is used, which an object's property is not. Words of what ran stand in blockWords.ts.

export const title = 'Terminal';
export const nothingRun = 'No command yet';
export const howTo = 'Commands and what they print stand here. Type one below, or take one of these.';
export const newest = 'Newest output';

export const command = (prompt: string): string => `Command, ${prompt}`;
export const keys = 'Up: history. Tab: complete. Escape, then Tab: leave.';
export const history = 'history';
export const complete = 'complete';
export const leave = 'leave';
export const listed = (count: number, kind: 'history' | 'completion'): string =>
  `${count} ${kind === 'history' ? 'commands' : 'completions'}`;

/** What can be asked where the prompt stands. */
export const atRecorded = 'probe, ssh to a host, ip, curl';
export const atLaptop = 'kubectl, or curl, ip, iptables-save inside a Pod or node';
export const atNode = 'ip, iptables-save, curl, or exit to go back to laptop';
export const inPod = 'ip, curl, ping, or exit to leave the Pod';

/** What a list of candidates is. */
export const earlierCommands = 'Earlier commands';
export const completions = 'Completions';
