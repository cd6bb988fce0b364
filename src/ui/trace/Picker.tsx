import { type KeyboardEvent, type ReactNode, useId, useRef } from 'react';
import { Icon } from '../common/Icon.tsx';
import { placeUnder } from '../common/placeUnder.ts';
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
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const options = (): readonly HTMLElement[] => [
    ...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? []),
  ];

  const onToggle = (state: string): void => {
    button.current?.setAttribute('aria-expanded', String(state === 'open'));
    if (state !== 'open') return;
    if (button.current !== null && list.current !== null) placeUnder(button.current, list.current);
    const all = options();
    (all.find(option => option.getAttribute('aria-selected') === 'true') ?? all[0])?.focus();
  };
  const pick = (option: string | undefined): void => {
    list.current?.hidePopover();
    button.current?.focus();
    if (option !== undefined) onPick(option);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys of the list are not keys of the panel around it.
    event.stopPropagation();
    const all = options();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (target !== undefined) all[Math.max(0, Math.min(all.length - 1, target))]?.focus();
    else if (event.key === 'Enter' || event.key === ' ') pick(all[here]?.dataset.option);
    else if (event.key === 'Tab') list.current?.hidePopover();
    else return;
    if (event.key !== 'Tab') event.preventDefault();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={styles.button}
        aria-haspopup="listbox"
        aria-expanded="false"
        aria-controls={id}
        title={label}
        popoverTarget={id}
      >
        <span className={styles.chosen}>{children}</span>
        <Icon name="chevronDown" size={16} />
        <span className="visually-hidden">{label}</span>
      </button>
      <div
        ref={list}
        id={id}
        popover="auto"
        className={styles.list}
        role="listbox"
        tabIndex={-1}
        aria-label={label}
        aria-multiselectable={chosen.length > 1 ? true : undefined}
        onToggle={event => onToggle(event.newState)}
        onKeyDown={onKeyDown}
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
                onClick={() => pick(option.id)}
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
