import type { Core, ElementDefinition } from 'cytoscape';

/** Makes Cytoscape hold exactly these elements; what did not change is left alone. */
export function syncElements(cy: Core, definitions: readonly ElementDefinition[]): void {
  cy.batch(() => {
    const wanted = new Set(definitions.map(definition => definition.data.id));
    cy.elements().forEach(element => {
      if (!wanted.has(element.id())) element.remove();
    });
    for (const definition of definitions) {
      const existing = cy.getElementById(definition.data.id ?? '');
      if (existing.empty()) {
        cy.add({
          ...definition,
          ...(definition.classes !== undefined && { classes: [...definition.classes].join(' ') }),
        });
        continue;
      }
      const classes = (typeof definition.classes === 'string' ? [definition.classes] : (definition.classes ?? [])).join(
        ' ',
      );
      if (existing.classes().join(' ') !== classes) existing.classes(classes);
      const { data, position } = definition;
      if (Object.entries(data).some(([key, value]) => existing.data(key) !== value)) existing.data({ ...data });
      if (position === undefined) continue;
      const { x, y } = existing.position();
      if (x !== position.x || y !== position.y) existing.position({ ...position });
    }
  });
}
