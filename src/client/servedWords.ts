// Why the page has no served lab any more. They come with what opens one.

export const wentAway = (url: string): string => `the lab at ${url} went away`;
export const nobodyAt = (url: string): string => `no lab answers at ${url}`;
export const answeredWith = (status: number): string => `it answered with ${status}`;
export const notLoopback = (written: string): string =>
  `${written} is no address of this machine; http://127.0.0.1:8001, for one, was expected`;
