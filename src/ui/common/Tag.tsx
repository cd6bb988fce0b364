import type { ReactNode } from 'react';
import { classNames } from './classNames.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconDrawings.tsx';
import styles from './Tag.module.css';

/** The eight meanings that have a colour and a form; every other thing on the page is ink. */
export type Meaning = 'request' | 'reply' | 'dns' | 'encap' | 'nat' | 'ok' | 'drop' | 'pending';

/** The icon of each meaning. */
export const MEANING_FORMS: Readonly<Record<Meaning, IconName>> = {
  request: 'request',
  reply: 'reply',
  dns: 'dns',
  encap: 'tunnel',
  nat: 'translated',
  ok: 'delivered',
  drop: 'dropped',
  pending: 'pending',
};

/** A meaning in its colour, with its form and a word. `marker` has neither colour nor form: you are here. */
export function Tag({ meaning, children }: { readonly meaning: Meaning | 'marker'; readonly children: ReactNode }) {
  return (
    <span className={classNames(styles.tag, styles[meaning])}>
      {meaning !== 'marker' && <Icon name={MEANING_FORMS[meaning]} size={16} />}
      {children}
    </span>
  );
}

/** The form of a meaning alone, in its colour; `word` is read aloud. */
export function MeaningIcon({
  meaning,
  word,
  size = 20,
}: {
  readonly meaning: Meaning;
  readonly word: string;
  readonly size?: number;
}) {
  return (
    <span style={{ color: `var(--${meaning})`, display: 'inline-flex', flex: 'none' }}>
      <Icon name={MEANING_FORMS[meaning]} size={size} />
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
