import { type ReactNode, useEffect, useRef } from 'react';
import type { GraphTool } from '../../store/layoutStore.ts';
import { useStores } from '../StoresContext.ts';
import styles from './ToolPanel.module.css';

export interface ToolPanelProps {
  readonly tool: GraphTool;
  readonly label: string;
  readonly children: ReactNode;
}

/**
 * What opens over the graph from its bar. The first field of it has the focus; Escape and a press elsewhere close it,
 * and the focus goes back to where it was.
 */
export function ToolPanel({ tool, label, children }: ToolPanelProps) {
  const { layout } = useStores();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = panel.current;
    const before = document.activeElement;
    element?.querySelector<HTMLElement>('input, select, button')?.focus();
    const close = (): void => {
      if (layout.getState().tool === tool) layout.set({ tool: undefined });
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      close();
    };
    const onPress = ({ target }: PointerEvent): void => {
      const isOpener = target instanceof Element && target.closest(`[data-tool="${tool}"]`) !== null;
      if (target instanceof Node && element?.contains(target) !== true && !isOpener) close();
    };
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', onPress);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', onPress);
      // Unless a press elsewhere has taken it.
      const isLost = document.activeElement === document.body || element?.contains(document.activeElement) === true;
      if (isLost && before instanceof HTMLElement) before.focus();
    };
  }, [layout, tool]);
  return (
    <section ref={panel} className={styles.panel} aria-label={label} data-testid={`tool-${tool}`}>
      {children}
    </section>
  );
}
