import { type KeyboardEvent, useId, useRef } from 'react';
import styles from './ActionMenu.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconDrawings.tsx';
import { placeUnder } from './placeUnder.ts';

export interface MenuAction {
  readonly label: string;
  /** Said below it, smaller. */
  readonly hint?: string;
  readonly icon: IconName;
  /** The heading that it stands under, with those before and after it that have the same. */
  readonly group?: string;
  /** Why it cannot be done now. */
  readonly blocked?: string | undefined;
  readonly onPress: () => void;
}

interface ActionMenuProps {
  readonly label: string;
  readonly actions: readonly MenuAction[];
  readonly icon?: IconName;
}

/** An icon that opens a list of things to do. Arrow keys, Home and End move, Enter does it, Escape closes. */
export function ActionMenu({ label, actions, icon = 'more' }: ActionMenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const items = (): readonly HTMLElement[] => [
    ...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []),
  ];
  const onToggle = (state: string): void => {
    button.current?.setAttribute('aria-expanded', String(state === 'open'));
    if (state !== 'open' || button.current === null || menu.current === null) return;
    placeUnder(button.current, menu.current);
    items()[0]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys of the menu are not keys of the panel around it.
    event.stopPropagation();
    const all = items();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (event.key === 'Tab') menu.current?.hidePopover();
    if (target === undefined) return;
    all[Math.max(0, Math.min(all.length - 1, target))]?.focus();
    event.preventDefault();
  };
  const act = (action: MenuAction): void => {
    if (action.blocked !== undefined) return;
    menu.current?.hidePopover();
    button.current?.focus();
    action.onPress();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded="false"
        aria-controls={id}
        title={label}
        popoverTarget={id}
      >
        <Icon name={icon} size={18} />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className={styles.menu}
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onToggle={event => onToggle(event.newState)}
        onKeyDown={onKeyDown}
      >
        {groupsOf(actions).map(({ title, members }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu.
          <div key={title} role="group" aria-label={title || undefined}>
            {title !== '' && (
              <div className={styles.group} aria-hidden="true">
                {title}
              </div>
            )}
            {members.map(action => (
              <button
                key={action.label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                className={styles.item}
                aria-disabled={action.blocked === undefined ? undefined : true}
                onClick={() => act(action)}
              >
                <Icon name={action.icon} size={18} />
                <span className={styles.words}>
                  {action.label}
                  {(action.blocked ?? action.hint) !== undefined && (
                    <span className={styles.hint}>{action.blocked ?? action.hint}</span>
                  )}
                </span>
              </button>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

/** Neighbours under one heading. */
function groupsOf(
  actions: readonly MenuAction[],
): readonly { readonly title: string; readonly members: readonly MenuAction[] }[] {
  const titles = [...new Set(actions.map(({ group = '' }) => group))];
  return titles.map(title => ({ title, members: actions.filter(({ group = '' }) => group === title) }));
}
