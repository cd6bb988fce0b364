// What the Objects level needs: a chunk of its own, since the page begins with the Network level.

export { ObjectsScene } from './ObjectsScene.tsx';
export { objectsElements } from './objectElements.ts';
export { objectsLayout } from './objectsLayout.ts';
export { shownElements } from './shownElements.ts';
