import { type ToggleEvent, useEffect, useRef } from 'react';
import menu from '../common/ActionMenu.module.css';
import { type MenuAction, MenuItems } from '../common/ActionMenu.tsx';
import { usePopoverList } from '../common/usePopoverList.ts';
import type { Point } from '../topology/geometry.ts';
import styles from './PointMenu.module.css';

export interface PointMenuProps {
  readonly label: string;
  /** In pixels of the window. */
  readonly at: Point;
  readonly actions: readonly MenuAction[];
  readonly onClose: () => void;
}

/** A menu that opens at a point, as a right click does. What had the focus has it again afterwards. */
export function PointMenu({ label, at, actions, onClose }: PointMenuProps) {
  const { button, list, close } = usePopoverList('menuitem');
  const before = useRef(document.activeElement);
  const { ref } = list;
  useEffect(() => ref.current?.showPopover(), [ref]);
  const leave = (): void => {
    close();
    if (before.current instanceof HTMLElement) before.current.focus();
  };
  const onToggle = (event: ToggleEvent<HTMLDivElement>): void => {
    list.onToggle?.(event);
    if (event.newState === 'closed') onClose();
  };
  return (
    <>
      <button
        {...button}
        type="button"
        className={styles.anchor}
        style={{ left: at.x, top: at.y }}
        tabIndex={-1}
        aria-label={label}
      />
      <div {...list} className={menu.menu} role="menu" aria-label={label} onToggle={onToggle}>
        <MenuItems
          actions={actions}
          onChoose={action => {
            leave();
            action.onPress();
          }}
        />
      </div>
    </>
  );
}
