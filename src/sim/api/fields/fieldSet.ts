// Sets of fields, in the form in which managedFields keeps them (FieldsV1): a tree of path elements. A set is never
// changed; an operation that changes nothing returns what it was given, so that equal sets stay one object.
//
// Read:    k8s.io/apimachinery pkg/apis/meta/v1 types.go, `FieldsV1`; sigs.k8s.io/structured-merge-diff fieldpath/set.go.

/**
 * A tree. Keys are path elements: `f:spec` (a field or a key of a map), `k:{"name":"web"}` (an item by its keys),
 * `v:"a"` (a value of a set). A node without children is a member of the set; one with children is a member when it has
 * the key `.`. The root is never a member.
 */
export interface FieldSet {
  readonly [element: string]: FieldSet;
}

const SELF = '.';
const LEAF: FieldSet = {};
export const NO_FIELDS: FieldSet = {};

export function isEmptySet(set: FieldSet): boolean {
  for (const _element in set) return false;
  return true;
}

/** Is the node itself owned, not only something below it? */
export function isMember(node: FieldSet): boolean {
  return isEmptySet(node) || Object.hasOwn(node, SELF);
}

/** The child at a path element. */
export function childOf(set: FieldSet | undefined, element: string): FieldSet | undefined {
  return set !== undefined && Object.hasOwn(set, element) ? set[element] : undefined;
}

/** The children of a node with their path elements. */
export function childrenOf(set: FieldSet): readonly (readonly [string, FieldSet])[] {
  return Object.entries(set).filter(([element]) => element !== SELF);
}

/** A node from its parts; `undefined` when nothing is in it. */
export function nodeOf(member: boolean, children: Iterable<readonly [string, FieldSet]>): FieldSet | undefined {
  const entries = [...children];
  if (entries.length === 0) return member ? LEAF : undefined;
  return Object.fromEntries(member ? [[SELF, LEAF], ...entries] : entries);
}

/** A set from its children. */
export function setOf(children: Iterable<readonly [string, FieldSet]>): FieldSet {
  return nodeOf(false, children) ?? NO_FIELDS;
}

/** What is in either. */
export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || isEmptySet(b)) return a;
  if (isEmptySet(a)) return b;
  const children = new Map(childrenOf(a));
  let grown = false;
  for (const [element, theirs] of childrenOf(b)) {
    const own = children.get(element);
    const next = own === undefined ? theirs : unionOfNodes(own, theirs);
    if (next === own) continue;
    children.set(element, next);
    grown = true;
  }
  return grown ? setOf(children) : a;
}

function unionOfNodes(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  const member = isMember(a) || isMember(b);
  const children = union(withoutSelf(a), withoutSelf(b));
  return member === isMember(a) && children === withoutSelf(a) ? a : (nodeOf(member, childrenOf(children)) ?? a);
}

/** The children of a node as a set of their own. */
function withoutSelf(node: FieldSet): FieldSet {
  return Object.hasOwn(node, SELF) ? setOf(childrenOf(node)) : node;
}

/** What is in the first and not in the second. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(b) || isEmptySet(a)) return a;
  return kept(a, b, (own, theirs) => !theirs && own);
}

/** What is in both. */
export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a) || isEmptySet(b)) return NO_FIELDS;
  return kept(a, b, (own, theirs) => own && theirs);
}

function kept(a: FieldSet, b: FieldSet, keeps: (own: boolean, theirs: boolean) => boolean): FieldSet {
  const keepNode = (own: FieldSet, theirs: FieldSet | undefined): FieldSet | undefined => {
    if (theirs === undefined) return keeps(true, false) ? own : undefined;
    const children = keepChildren(own, theirs);
    const member = keeps(isMember(own), isMember(theirs));
    const isSame = member === isMember(own) && children.every(([element, child]) => own[element] === child);
    return isSame && children.length === childrenOf(own).length ? own : nodeOf(member, children);
  };
  const keepChildren = (own: FieldSet, theirs: FieldSet) =>
    childrenOf(own).flatMap(([element, child]): (readonly [string, FieldSet])[] => {
      const next = keepNode(child, childOf(theirs, element));
      return next === undefined ? [] : [[element, next]];
    });
  const children = keepChildren(a, b);
  const isSame = children.length === childrenOf(a).length && children.every(([element, child]) => a[element] === child);
  return isSame ? a : setOf(children);
}

/** The paths of all members, each as its path elements: those of a level before those below it. */
export function pathsOf(set: FieldSet): readonly (readonly string[])[] {
  const paths: (readonly string[])[] = [];
  const walk = (node: FieldSet, path: readonly string[]): void => {
    const children = [...childrenOf(node)].sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [element, child] of children) if (isMember(child)) paths.push([...path, element]);
    for (const [element, child] of children) walk(child, [...path, element]);
  };
  walk(set, []);
  return paths;
}

/** `.spec.containers[name="web"].image`, as errors write a path. Source: structured-merge-diff fieldpath/element.go. */
export function pathText(path: readonly string[]): string {
  return path.map(elementText).join('');
}

function elementText(element: string): string {
  const rest = element.slice(2);
  switch (element[0]) {
    case 'f':
      return `.${rest}`;
    case 'k': {
      const keys: Readonly<Record<string, unknown>> = JSON.parse(rest);
      return `[${Object.entries(keys)
        .map(([key, value]) => `${key}=${JSON.stringify(value)}`)
        .join(',')}]`;
    }
    case 'v':
      return `[=${rest}]`;
    default:
      return `[${rest}]`;
  }
}
