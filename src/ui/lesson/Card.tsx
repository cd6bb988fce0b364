import type { ReactNode } from 'react';
import { Icon } from '../common/Icon.tsx';
import type { IconName } from '../common/iconDrawings.tsx';
import styles from './Card.module.css';

export interface CardProps {
  readonly title: string;
  readonly icon?: IconName;
  /** At the right of the head: how it stands. */
  readonly note?: ReactNode;
  /** Of its head: under the title of a step, or of the page. */
  readonly level?: 2 | 3;
  readonly children: ReactNode;
}

/** A framed part of the lesson with a head: a prediction, a question, a hint. */
export function Card({ title, icon, note, level = 3, children }: CardProps) {
  const Heading = `h${level}` as const;
  return (
    <section className={styles.card} aria-label={title}>
      <header className={styles.head}>
        <Heading className={styles.title}>
          {icon !== undefined && <Icon name={icon} size={16} />}
          {title}
        </Heading>
        {note !== undefined && <span className={styles.note}>{note}</span>}
      </header>
      {children}
    </section>
  );
}

/** The padded part of a card; rows of feedback stand beside it, from edge to edge. */
export function CardBody({ children }: { readonly children: ReactNode }) {
  return <div className={styles.body}>{children}</div>;
}
