import styles from './ActionMenu.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconDrawings.tsx';
import { usePopoverList } from './usePopoverList.ts';

export interface MenuAction {
  readonly label: string;
  /** Said below it, smaller. */
  readonly hint?: string;
  readonly icon: IconName;
  readonly onPress: () => void;
}

/** An icon that opens a list of things to do. Arrow keys, Home and End move, Enter does it, Escape closes. */
export function ActionMenu({ label, actions }: { readonly label: string; readonly actions: readonly MenuAction[] }) {
  const { button, list, close } = usePopoverList('menuitem');
  const act = (action: MenuAction): void => {
    close();
    action.onPress();
  };
  return (
    <>
      <button {...button} type="button" className={styles.button} aria-label={label} aria-haspopup="menu" title={label}>
        <Icon name="more" size={18} />
      </button>
      <div {...list} className={styles.menu} role="menu" aria-label={label}>
        <MenuItems actions={actions} onChoose={act} />
      </div>
    </>
  );
}

/** The items of a menu. */
export function MenuItems({
  actions,
  onChoose,
}: {
  readonly actions: readonly MenuAction[];
  readonly onChoose: (action: MenuAction) => void;
}) {
  return actions.map(action => (
    <button
      key={action.label}
      type="button"
      role="menuitem"
      tabIndex={-1}
      className={styles.item}
      onClick={() => onChoose(action)}
    >
      <Icon name={action.icon} size={18} />
      <span className={styles.words}>
        {action.label}
        {action.hint !== undefined && <span className={styles.hint}>{action.hint}</span>}
      </span>
    </button>
  ));
}
