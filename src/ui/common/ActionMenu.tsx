import styles from './ActionMenu.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconDrawings.tsx';
import { usePopoverList } from './usePopoverList.ts';

export interface MenuAction {
  readonly label: string;
  /** Said below it, smaller. */
  readonly hint?: string;
  readonly icon: IconName;
  /** The heading that it stands under, with all others that have the same. */
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
  const { button, list, close } = usePopoverList('menuitem');
  const act = (action: MenuAction): void => {
    close();
    action.onPress();
  };
  return (
    <>
      <button {...button} type="button" className={styles.button} aria-label={label} aria-haspopup="menu" title={label}>
        <Icon name={icon} size={18} />
      </button>
      <div {...list} className={styles.menu} role="menu" aria-label={label}>
        <MenuItems actions={actions} onChoose={act} />
      </div>
    </>
  );
}

/** The items of a menu. Those that cannot be chosen now say why. */
export function MenuItems({
  actions,
  onChoose,
}: {
  readonly actions: readonly MenuAction[];
  readonly onChoose: (action: MenuAction) => void;
}) {
  const titles = [...new Set(actions.map(({ group = '' }) => group))];
  return titles.map(title => (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a menu.
    <div key={title} role="group" aria-label={title || undefined}>
      {title !== '' && (
        <div className={styles.group} aria-hidden="true">
          {title}
        </div>
      )}
      {actions
        .filter(({ group = '' }) => group === title)
        .map(action => (
          <button
            key={action.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={styles.item}
            aria-disabled={action.blocked === undefined ? undefined : true}
            onClick={() => {
              if (action.blocked === undefined) onChoose(action);
            }}
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
  ));
}
