/** A generated name: the workload's, a hash, and five letters. Source: `kubectl get pods` of any Deployment. */
const GENERATED = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5,10}-([bcdfghjklmnpqrstvwxz2456789]{5})$/;

/**
 * A name of at most `most` letters, shortened in the middle and seen to be: `web-6c9f7d8b5-9qzlt` is `web-…-9qzlt`.
 */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const [, workload, own] = GENERATED.exec(name) ?? [];
  if (workload !== undefined && own !== undefined) {
    const fitting = [`${workload}-…-${own}`, `${workload}…${own}`].find(text => text.length <= most);
    if (fitting !== undefined) return fitting;
  }
  const short = workload === undefined ? name : `${workload}-${own}`;
  // Of a generated name the letters of its own tell more than the workload's, which its neighbours have too.
  const tail = own !== undefined && most > own.length ? own.length : Math.min(6, Math.floor(most / 2));
  return `${short.slice(0, most - tail - 1)}…${short.slice(-tail)}`;
}

/** Letters that are much wider than most. */
const WIDE = /[mwMW@]/g;

/** A host's name in a room of so many pixels, in letters of a size: without its domain if that is enough. */
export function shortHost(name: string, room: number, size: number): string {
  const width = size * (0.55 * name.length + 0.35 * (name.match(WIDE)?.length ?? 0));
  const most = Math.floor((room * name.length) / width);
  const [host = name] = name.split('.');
  return name.length > most && host.length < most ? `${host}…` : shortName(name, Math.max(6, most));
}
