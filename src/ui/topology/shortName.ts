/** A generated name: the workload's, a hash, and five letters. Source: `kubectl get pods` of any Deployment. */
const GENERATED = /^(.+)-[bcdfghjklmnpqrstvwxz2456789]{5,10}-([bcdfghjklmnpqrstvwxz2456789]{5})$/;

/** A name of at most `most` letters, shortened in the middle: `web-6c9f7d8b5-9qzlt` is `web-9qzlt`. */
export function shortName(name: string, most: number): string {
  if (name.length <= most) return name;
  const [, workload, own] = GENERATED.exec(name) ?? [];
  const short = workload === undefined ? name : `${workload}-${own}`;
  if (short.length <= most) return short;
  const tail = Math.min(6, Math.floor(most / 2));
  return `${short.slice(0, most - tail - 1)}…${short.slice(-tail)}`;
}
