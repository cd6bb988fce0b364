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
      if (definition.position === undefined) continue;
      const { x, y } = existing.position();
      if (x !== definition.position.x || y !== definition.position.y) existing.position({ ...definition.position });
      const { width, height } = definition.data;
      if (existing.data('width') !== width || existing.data('height') !== height) existing.data({ width, height });
    }
  });
}
