import type { MouseEvent, ReactNode, Ref } from 'react';
import styles from './Button.module.css';
import { classNames } from './classNames.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconDrawings.tsx';

/**
 * - `primary`: filled; at most one in sight of a step.
 * - `default`: outlined.
 * - `quiet`: text only.
 */
export type ButtonLook = 'primary' | 'default' | 'quiet';

export interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly look?: ButtonLook;
  readonly icon?: IconName;
  /** After the text. */
  readonly iconAfter?: IconName;
  /** For bars: 24 px high. */
  readonly dense?: boolean;
  /** Why it cannot be pressed now. The button stays focusable, so that a screen reader reads why. */
  readonly blocked?: string | undefined;
  /** A switch: whether it is on. */
  readonly pressed?: boolean;
  /** It opens and closes something: whether that is open. */
  readonly expanded?: boolean;
  readonly title?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly testId?: string;
}

/** A button with text. */
export function Button(props: ButtonProps) {
  const {
    children,
    onPress,
    look = 'default',
    icon,
    iconAfter,
    dense = false,
    blocked,
    pressed,
    expanded,
    title,
  } = props;
  return (
    <button
      ref={props.ref}
      type="button"
      className={classNames(
        styles.button,
        look !== 'default' && styles[look],
        dense && styles.dense,
        (pressed === true || expanded === true) && styles.on,
      )}
      aria-disabled={blocked === undefined ? undefined : true}
      aria-pressed={pressed}
      aria-expanded={expanded}
      title={blocked ?? title}
      data-testid={props.testId}
      onClick={pressUnless(blocked, onPress)}
    >
      {icon !== undefined && <Icon name={icon} size={18} />}
      {children}
      {iconAfter !== undefined && <Icon name={iconAfter} size={18} />}
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  /** What it does: its name and its tooltip. */
  readonly label: string;
  readonly onPress: () => void;
  readonly look?: ButtonLook;
  readonly dense?: boolean;
  readonly blocked?: string | undefined;
  readonly pressed?: boolean;
  /** It opens and closes something: whether that is open. */
  readonly expanded?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

/** A button with an icon only. */
export function IconButton(props: IconButtonProps) {
  const { icon, label, onPress, look = 'quiet', dense = false, blocked, pressed, expanded } = props;
  return (
    <button
      ref={props.ref}
      type="button"
      className={classNames(
        styles.button,
        styles.icon,
        look !== 'default' && styles[look],
        dense && styles.dense,
        (pressed === true || expanded === true) && styles.on,
      )}
      aria-label={label}
      aria-disabled={blocked === undefined ? undefined : true}
      aria-pressed={pressed}
      aria-expanded={expanded}
      title={blocked ?? label}
      onClick={pressUnless(blocked, onPress)}
    >
      <Icon name={icon} size={dense ? 16 : 20} />
    </button>
  );
}

function pressUnless(blocked: string | undefined, onPress: () => void): (event: MouseEvent) => void {
  return event => {
    if (blocked === undefined) onPress();
    else event.preventDefault();
  };
}
