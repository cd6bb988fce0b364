// What a large lab needs: a chunk of its own.

export { CrowdLayer } from './CrowdLayer.tsx';
export { crowdLayout } from './crowdLayout.ts';
export { crowdObjects } from './crowdObjects.ts';
export { drawnPart } from './drawnPart.ts';
