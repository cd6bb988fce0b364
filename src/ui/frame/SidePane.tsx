import { LessonPane } from '../lesson/LessonPane.tsx';
import { useLayout } from '../StoresContext.ts';
import { ListTwin, SourcePanel } from './laterPanels.ts';
import styles from './SidePane.module.css';
import { useSideName } from './sideName.ts';

/**
 * Beside the graph: the lesson or, in the sandbox, the manifests or probes; the list twin takes their place. They stay mounted
 * behind it, so that a question of the lesson can be answered in the list.
 */
export function SidePane() {
  const name = useSideName();
  const isList = useLayout(state => state.side === 'list');
  return (
    <>
      <div className={styles.pane} hidden={isList}>
        {name === 'Lesson' ? (
          <LessonPane />
        ) : (
          <>
            <h2 className="visually-hidden">{name}</h2>
            <SourcePanel />
          </>
        )}
      </div>
      {isList && (
        <div className={styles.pane}>
          <ListTwin />
        </div>
      )}
    </>
  );
}
