import type { ReactNode } from 'react';
import styles from './EmptyState.module.css';
import { Icon } from './Icon.tsx';
import type { IconName } from './iconDrawings.tsx';

export interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** `h1`: it stands where the page's own title would. */
  readonly heading?: 'h1' | 'h3';
}

/** Says what will be here and how it gets here. */
export function EmptyState({ icon, title, children, actions, heading: Heading = 'h3' }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      <Icon name={icon} />
      <Heading className={styles.title}>{title}</Heading>
      <p className={styles.text}>{children}</p>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
