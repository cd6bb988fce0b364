import { classNames } from '../common/classNames.ts';
import type { Box } from './geometry.ts';
import styles from './Scene.module.css';
import { roomFor, toMiddle } from './sceneParts.tsx';

interface TwoLinesProps {
  readonly box: Box;
  /** Where they begin, from the left of the box. */
  readonly x: number;
  /** Their base lines, from its top. */
  readonly lines: readonly [number, number];
  /** A name, and what stands under it. */
  readonly words: readonly [string, string];
  readonly look?: 'plain' | 'struck' | 'group';
  readonly room?: number;
}

/** A name over an address. From afar the name is alone, in the middle of its box. */
export function TwoLines({ box, x, lines, words, look = 'plain', room = box.width - x - 4 }: TwoLinesProps) {
  const [name, second] = words;
  return (
    <>
      <text
        x={box.x + x}
        y={box.y + lines[0]}
        className={classNames(
          look === 'group' ? styles.quietName : styles.name,
          styles.coarse,
          styles.centred,
          look === 'struck' && styles.struck,
        )}
        style={{ ...toMiddle(box, lines[0] - 4), ...roomFor(name, 'sans', room) }}
      >
        {name}
      </text>
      <text
        x={box.x + x}
        y={box.y + lines[1]}
        className={classNames(look === 'group' ? styles.text : styles.address, styles.fine)}
        style={roomFor(second, look === 'group' ? 'sans' : 'mono', room)}
      >
        {second}
      </text>
    </>
  );
}
