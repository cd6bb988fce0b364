import type { AppStores } from '../../store/appStores.ts';
import type { Trouble } from '../../store/keeper.ts';
import { Button, IconButton } from '../common/Button.tsx';
import { saveFile } from '../common/saveFile.ts';
import { useKeeper, useLab, useStores } from '../StoresContext.ts';
import styles from './Troubles.module.css';
import { SURVIVING_WORDS } from './words.ts';

/** Notes under the header: what is not kept, why, and what can be done. */
export function Troubles() {
  const stores = useStores();
  const troubles = useKeeper(state => state.troubles);
  const phase = useLab(state => state.phase.kind);
  // A lab that stopped again says that.
  const shown = troubles.filter(({ kind }) => kind !== 'restored' || phase !== 'stopped');
  return shown.map(trouble => {
    const [title, ...rest] = textsOf(trouble);
    return (
      <div key={trouble.kind === 'aside' ? trouble.key : trouble.kind} className={styles.note} role="status">
        <div className={styles.body}>
          <p className={styles.text}>
            <strong className={styles.title}>{title}</strong> {rest.join(' ')}
          </p>
          <span className={styles.actions}>
            {actionsOf(trouble, stores).map(({ label, onPress }) => (
              <Button key={label} dense onPress={onPress}>
                {label}
              </Button>
            ))}
          </span>
        </div>
        <IconButton icon="close" dense label={SURVIVING_WORDS.close} onPress={() => stores.keeper.dismiss(trouble)} />
      </div>
    );
  });
}

function textsOf(trouble: Trouble): readonly string[] {
  const { texts } = SURVIVING_WORDS;
  switch (trouble.kind) {
    case 'aside':
      return texts.aside(trouble);
    case 'restored':
      return [SURVIVING_WORDS.restoredFrom[trouble.from], ...texts.restored(trouble)];
    default:
      return texts[trouble.kind]();
  }
}

function actionsOf(
  trouble: Trouble,
  stores: AppStores,
): readonly { readonly label: string; readonly onPress: () => void }[] {
  const { keeper } = stores;
  switch (trouble.kind) {
    case 'refused': {
      const save = async (): Promise<void> => (await import('../keeping/keepActs.tsx')).saveLab(stores);
      return [{ label: SURVIVING_WORDS.downloadLab, onPress: () => void save() }];
    }
    case 'aside':
      return [
        {
          label: SURVIVING_WORDS.download,
          onPress: () =>
            saveFile(SURVIVING_WORDS.fileName(trouble.key), 'application/json', keeper.read(trouble.key) ?? ''),
        },
      ];
    case 'elsewhere':
      return [
        { label: SURVIVING_WORDS.keepHere, onPress: () => keeper.claim() },
        { label: SURVIVING_WORDS.takeOver, onPress: () => location.reload() },
      ];
    default:
      return [];
  }
}
