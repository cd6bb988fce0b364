import { describe, expect, it } from 'vitest';
import { mainJourney } from '../../../src/store/journey.ts';
import { networkLayout, wideLayout } from '../../../src/ui/topology/networkLayout.ts';
import { tallLayout } from '../../../src/ui/topology/tallLayout.ts';
import { journeyPaths, traceOverlay } from '../../../src/ui/topology/traceOverlay.ts';
import { TRANSLATION_ROWS, translationText } from '../../../src/ui/topology/translationPlace.ts';
import { exchangeOf, sandbox } from '../traceRecordings.ts';
import { betweenNodes } from './betweenNodes.ts';

const elements = new Map(sandbox.elements.map(element => [element.id, element]));
const journey = mainJourney(exchangeOf(sandbox, 'x1'));

/** The chip is so high, and its label a bit wider than it was reckoned with. */
const CHIP = { height: 20, letter: 3.45, padding: 8 };

describe.each([
  ['wide', wideLayout],
  ['tall', tallLayout],
] as const)('the packet and the text of a translation, %s', (form, pack) => {
  const layout = networkLayout(elements, betweenNodes(form), new Map(), pack);
  const paths = journeyPaths(layout, journey);
  const overlays = journey.steps.flatMap((_, cursor) => traceOverlay(layout, journey, paths, cursor) ?? []);
  const onBars = overlays.filter(({ lit, translations }) => lit.kind === 'spot' && translations.length > 0);

  it('are both there at some steps', () => {
    expect(onBars.length).toBeGreaterThan(0);
  });

  it('never stand on each other', () => {
    for (const { packet, translations, lit } of onBars) {
      const half = packet.label.length * CHIP.letter + CHIP.padding;
      for (const mark of translations.filter(({ node }) => lit.kind === 'spot' && node === lit.id)) {
        const { box, nameEnd, before, after } = translationText(mark, layout);
        const rows = [...before, ...after].map((_, i) => box.y + TRANSLATION_ROWS.first + TRANSLATION_ROWS.next * i);
        // Letters reach about 9 pixels over their base line and 3 under it.
        const [first = 0, last = 0] = [Math.min(...rows) - 9, Math.max(...rows) + 3];
        const [top, bottom] = [packet.rest.y - CHIP.height / 2, packet.rest.y + CHIP.height / 2];
        expect(bottom < first || top > last || packet.rest.x - half > box.x + box.width).toBe(true);
        expect(packet.rest.x - half).toBeGreaterThan(nameEnd);
      }
    }
  });

  it("and the name of a Pod's interface never do either", () => {
    const atPods = overlays.filter(
      ({ lit }) => lit.kind === 'pod' || (lit.kind === 'pin' && lit.id.startsWith('pod/')),
    );
    expect(atPods.length).toBeGreaterThan(0);
    for (const { packet } of atPods) {
      const half = packet.label.length * CHIP.letter + CHIP.padding;
      // `eth0` is written 10 px right of the pin, in letters 6.6 px wide.
      expect(packet.rest.x - half).toBeGreaterThan(packet.at.x + 10 + 4 * 6.6);
    }
  });
});
