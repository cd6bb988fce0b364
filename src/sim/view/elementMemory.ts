// Elements are made again only when what they are made of changed: the page gets the same objects otherwise.

import type { ElementId, LabElement } from './elements.ts';

/** Adds one element: `parts` are the values that it is made of. */
export type AddElement = (id: ElementId, parts: readonly unknown[], make: () => LabElement) => void;

/** Remembers elements with the values that they were made of. */
export class ElementMemory {
  readonly #known = new Map<ElementId, { readonly parts: readonly unknown[]; readonly element: LabElement }>();

  /** What `fill` adds, in its order. Unchanged elements are the same objects as at the last time. */
  collect(fill: (add: AddElement) => void): ReadonlyMap<ElementId, LabElement> {
    const all = new Map<ElementId, LabElement>();
    fill((id, parts, make) => {
      const known = this.#known.get(id);
      const same = known?.parts.length === parts.length && known.parts.every((part, i) => part === parts[i]);
      const element = same ? known.element : make();
      if (!same) this.#known.set(id, { parts, element });
      all.set(id, element);
    });
    for (const id of this.#known.keys()) if (!all.has(id)) this.#known.delete(id);
    return all;
  }
}
