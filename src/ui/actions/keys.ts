// Shortcuts: how they are written, which key press they mean, and how this machine calls them.
//
//   T            the letter, without Ctrl, Alt or Meta
//   ? [ /        the character, however the keyboard makes it
//   Space Enter ArrowLeft Escape        a key with a name of its own
//   Mod+Shift+Z  with Command on a Mac, with Ctrl elsewhere

/** What counts of a key press. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

export type Machine = 'apple' | 'other';

export const thisMachine = (): Machine => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? 'apple' : 'other');

/** Whether a key press is a shortcut. */
export function isPressOf(keys: string, press: KeyPress, machine: Machine): boolean {
  const parts = keys === '+' ? ['+'] : keys.split('+');
  const key = parts.at(-1) ?? '';
  const hasMod = parts.includes('Mod');
  const wantsMeta = hasMod && machine === 'apple';
  const wantsControl = (hasMod && machine === 'other') || parts.includes('Ctrl');
  if (press.metaKey !== wantsMeta || press.ctrlKey !== wantsControl || press.altKey) return false;
  // What Shift makes of another key is a character of its own.
  const isLetter = /^[A-Z]$/.test(key);
  if ((isLetter || key.length > 1) && press.shiftKey !== parts.includes('Shift')) return false;
  return (key === 'Space' ? ' ' : key).toLowerCase() === press.key.toLowerCase();
}

/** Whether a shortcut is a character alone, which speech input and a cat type by accident (WCAG 2.2, 2.1.4). */
export const isSingleKey = (keys: string): boolean => keys.length === 1;

const APPLE_NAMES: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Ctrl: '⌃', Enter: '↩' };
const NAMES: Readonly<Record<string, string>> = {
  Mod: 'Ctrl',
  Escape: 'Esc',
  Plus: '+',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** The names of the keys of a shortcut, one for each key. */
export function keyNames(keys: string, machine: Machine): readonly string[] {
  return (keys === '+' ? ['+'] : keys.split('+')).map(
    key => (machine === 'apple' ? APPLE_NAMES[key] : undefined) ?? NAMES[key] ?? key,
  );
}

/** Whether keys pressed there are text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const isChoice = target instanceof HTMLInputElement && ['radio', 'checkbox', 'button'].includes(target.type);
  return !isChoice && (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"]'));
}
