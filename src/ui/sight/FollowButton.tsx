import { Button } from '../common/Button.tsx';
import { useLayout, useStores } from '../StoresContext.ts';
import styles from './FollowButton.module.css';
import { SIGHT_WORDS } from './words.ts';

/** Whether the graph moves with the packet; there while a journey is open in a graph that is larger than its view. */
export function FollowButton() {
  const { layout } = useStores();
  const isOn = useLayout(state => state.follow === 'on');
  return (
    <span className={styles.place}>
      <Button dense icon="target" pressed={isOn} onPress={() => layout.set({ follow: isOn ? 'off' : 'on' })}>
        {SIGHT_WORDS.follow}
      </Button>
    </span>
  );
}
