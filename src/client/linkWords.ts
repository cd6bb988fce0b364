// Why the page has no lab any more, as it completes "The lab stopped: …". They come with the page: each a name of its own.

export const closed = 'the lab is closed';
export const wasClosed = 'the lab was closed';
export const noAnswer = 'it does not answer';
export const ended = 'it ended';
export const noProgram = 'its program could not be loaded';
export const unreadable = 'it sent something that cannot be read';
export const noWorkers = 'this browser has no Web Workers, and the lab runs in one';
