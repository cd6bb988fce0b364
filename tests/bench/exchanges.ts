// How many exchanges with full traces a second, in a lab of 100 Pods.

import { askRound, openLab, webPods } from './labs.ts';

export function main(): Record<string, number> {
  const lab = openLab({ nodes: 5, pods: 100 });
  const pods = webPods(lab);
  let asked = 0;
  let steps = 0;
  let traces = 0;
  const round = (): void => {
    asked += askRound(lab, pods, (ownSteps, ownTraces) => {
      steps += ownSteps;
      traces += ownTraces;
    });
  };
  for (let i = 0; i < 20; i++) round();
  asked = 0;
  steps = 0;
  traces = 0;
  const started = performance.now();
  let best = 0;
  while (performance.now() - started < 3000) {
    const before = asked;
    const beginning = performance.now();
    while (performance.now() - beginning < 250) round();
    best = Math.max(best, ((asked - before) * 1000) / (performance.now() - beginning));
  }
  const seconds = (performance.now() - started) / 1000;
  return {
    exchangesPerSecond: Math.round(asked / seconds),
    exchangesPerSecondAtBest: Math.round(best),
    stepsPerSecond: Math.round(steps / seconds),
    microsecondsPerStep: Math.round((seconds * 1e9) / steps) / 1000,
    stepsPerExchange: Math.round((steps / asked) * 10) / 10,
    tracesPerExchange: Math.round((traces / asked) * 10) / 10,
  };
}
