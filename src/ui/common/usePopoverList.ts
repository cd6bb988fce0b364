import {
  type HTMLAttributes,
  type KeyboardEvent,
  type RefObject,
  type ToggleEvent,
  useEffect,
  useId,
  useRef,
} from 'react';
import { onResized } from './onResized.ts';
import { placeUnder } from './placeUnder.ts';

/** The button of a list, the list, and how it closes. */
export interface PopoverList {
  readonly button: {
    readonly ref: RefObject<HTMLButtonElement | null>;
    readonly popoverTarget: string;
    readonly 'aria-controls': string;
    readonly 'aria-expanded': 'false';
  };
  readonly list: Pick<HTMLAttributes<HTMLDivElement>, 'id' | 'tabIndex' | 'onToggle' | 'onKeyDown'> & {
    readonly ref: RefObject<HTMLDivElement | null>;
    readonly popover: 'auto';
  };
  /** Closes the list; the button has the focus again. */
  readonly close: () => void;
}

/**
 * A list over the page that a button opens. Its items have the role `item`; the first selected one has the focus first.
 * Arrow keys, Home and End move, Tab and Escape close; `onEnter` says what Enter and the space bar do to an item that is
 * not a button.
 */
export function usePopoverList(item: 'menuitem' | 'option', onEnter?: (item: HTMLElement) => void): PopoverList {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const items = (): readonly HTMLElement[] => [
    ...(list.current?.querySelectorAll<HTMLElement>(`[role=${item}]`) ?? []),
  ];
  const stopPlacing = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => stopPlacing.current?.(), []);
  const onToggle = ({ newState }: ToggleEvent<HTMLDivElement>): void => {
    button.current?.setAttribute('aria-expanded', String(newState === 'open'));
    stopPlacing.current?.();
    const [anchor, panel] = [button.current, list.current];
    if (newState !== 'open' || anchor === null || panel === null) return;
    placeUnder(anchor, panel);
    stopPlacing.current = onResized(() => placeUnder(anchor, panel));
    const all = items();
    (all.find(one => one.getAttribute('aria-selected') === 'true') ?? all[0])?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    // Keys of the list are not keys of the panel around it.
    event.stopPropagation();
    const all = items();
    const here = all.indexOf(document.activeElement as HTMLElement);
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    const current = all[here];
    if (event.key === 'Tab') list.current?.hidePopover();
    else if (target !== undefined) {
      all[Math.max(0, Math.min(all.length - 1, target))]?.focus();
      event.preventDefault();
    } else if (onEnter !== undefined && current !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      onEnter(current);
      event.preventDefault();
    }
  };
  return {
    button: { ref: button, popoverTarget: id, 'aria-controls': id, 'aria-expanded': 'false' },
    list: { ref: list, id, popover: 'auto', tabIndex: -1, onToggle, onKeyDown },
    close: () => {
      list.current?.hidePopover();
      button.current?.focus();
    },
  };
}
