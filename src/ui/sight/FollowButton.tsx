import { Button } from '../common/Button.tsx';
import { classNames } from '../common/classNames.ts';
import { useLayout, useStores } from '../StoresContext.ts';
import places from './corners.module.css';
import styles from './FollowButton.module.css';
import type { Corner } from './freeCorner.ts';
import { SIGHT_WORDS } from './words.ts';

/** Whether the graph moves with the packet; there while a journey is open in a graph that is larger than its view. */
export function FollowButton({ corner }: { readonly corner: Corner }) {
  const { layout } = useStores();
  const isOn = useLayout(state => state.follow === 'on');
  return (
    <span className={classNames(styles.place, places[corner])}>
      <Button dense icon="target" pressed={isOn} onPress={() => layout.set({ follow: isOn ? 'off' : 'on' })}>
        {SIGHT_WORDS.follow}
      </Button>
    </span>
  );
}
