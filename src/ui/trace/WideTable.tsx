import { type ReactNode, useLayoutEffect, useRef, useState } from 'react';
import { useSize } from '../hooks/useSize.ts';
import tables from './Tables.module.css';

/** The place of a table that may be wider than it. While it is, it is a stop of the keyboard, which scrolls it then. */
export function WideTable({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const box = useRef<HTMLElement>(null);
  const [fit, setFit] = useState<'fits' | 'wider'>('fits');
  useSize(box);
  // After each drawing: other rows may be as wide as they like.
  useLayoutEffect(() => {
    const element = box.current;
    if (element !== null) setFit(element.scrollWidth > element.clientWidth ? 'wider' : 'fits');
  });
  return (
    <section ref={box} className={tables.scroll} {...(fit === 'wider' && { 'aria-label': name, tabIndex: 0 })}>
      {children}
    </section>
  );
}
