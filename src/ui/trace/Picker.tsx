import type { ReactNode } from 'react';
import { Icon } from '../common/Icon.tsx';
import { usePopoverList } from '../common/usePopoverList.ts';
import styles from './Picker.module.css';

export interface PickerOption {
  readonly id: string;
  readonly content: ReactNode;
}

export interface PickerGroup {
  readonly label: string;
  readonly options: readonly PickerOption[];
}

export interface PickerProps {
  /** What is chosen: the name of the button and of the list. */
  readonly label: string;
  /** On the button. */
  readonly children: ReactNode;
  readonly groups: readonly PickerGroup[];
  readonly chosen: readonly string[];
  readonly onPick: (id: string) => void;
}

/** A button that opens a list over the page. Arrow keys, Home and End move, Enter picks, Escape closes. */
export function Picker({ label, children, groups, chosen, onPick }: PickerProps) {
  const pick = (option: HTMLElement): void => {
    close();
    if (option.dataset.option !== undefined) onPick(option.dataset.option);
  };
  const { button, list, close } = usePopoverList('option', pick);
  return (
    <>
      <button {...button} type="button" className={styles.button} aria-haspopup="listbox" title={label}>
        <span className={styles.chosen}>{children}</span>
        <Icon name="chevronDown" size={16} />
        <span className="visually-hidden">{label}</span>
      </button>
      <div
        {...list}
        className={styles.list}
        role="listbox"
        aria-label={label}
        aria-multiselectable={chosen.length > 1 ? true : undefined}
      >
        {groups.map(group => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox, not of form fields
          <div key={group.label} role="group" aria-label={group.label}>
            {groups.length > 1 && (
              <div className={styles.group} aria-hidden="true">
                {group.label}
              </div>
            )}
            {group.options.map(option => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the list handles the keys of its options
              <div
                key={option.id}
                role="option"
                tabIndex={-1}
                className={styles.option}
                aria-selected={chosen.includes(option.id)}
                data-option={option.id}
                onClick={event => pick(event.currentTarget)}
              >
                {option.content}
              </div>
            ))}
          </div>
        ))}
      </div>
    </>
  );
}
