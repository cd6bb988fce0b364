import { type RefObject, useEffect, useState } from 'react';
import { classNames } from '../common/classNames.ts';
import { Icon } from '../common/Icon.tsx';
import styles from './Beyond.module.css';

type Side = 'left' | 'right';

export interface BeyondProps {
  /** What scrolls. This stands beside it, in a place of its size. */
  readonly frame: RefObject<HTMLElement | null>;
  /** What is shown in it: another has another width. */
  readonly of: unknown;
  readonly words: Readonly<Record<Side, string>>;
}

/** Over the edges of a row that hide a part of it: says so, and brings it into sight. The row's own keys do that too. */
export function Beyond({ frame, of, words }: BeyondProps) {
  const beyond = useBeyond(frame, of);
  const scroll = (by: number): void => frame.current?.scrollBy({ left: by * frame.current.clientWidth });
  return (
    <>
      {beyond.left && <More side="left" label={words.left} onPress={() => scroll(-0.7)} />}
      {beyond.right && <More side="right" label={words.right} onPress={() => scroll(0.7)} />}
    </>
  );
}

/** At which sides a row goes on beyond what is in sight. */
function useBeyond(frame: RefObject<HTMLElement | null>, of: unknown): Readonly<Record<Side, boolean>> {
  const [beyond, setBeyond] = useState({ left: false, right: false });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another content has another width
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = (): void => {
      const left = element.scrollLeft > 8;
      const right = element.scrollLeft + element.clientWidth < element.scrollWidth - 8;
      setBeyond(before => (before.left === left && before.right === right ? before : { left, right }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, [frame, of]);
  return beyond;
}

interface MoreProps {
  readonly side: Side;
  readonly label: string;
  readonly onPress: () => void;
}

function More({ side, label, onPress }: MoreProps) {
  return (
    <button
      type="button"
      tabIndex={-1}
      className={classNames(styles.more, styles[side])}
      aria-label={label}
      title={label}
      onClick={onPress}
    >
      <Icon name={side === 'left' ? 'chevronLeft' : 'chevronRight'} size={16} />
    </button>
  );
}
