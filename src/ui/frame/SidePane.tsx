import { LessonPane } from '../lesson/LessonPane.tsx';
import { useLayout } from '../StoresContext.ts';
import { EditorPanel, ListTwin } from './laterPanels.ts';
import { useRoute } from './routes.ts';
import styles from './SidePane.module.css';

/**
 * Beside the graph: the lesson or, in the sandbox, the manifests; the list twin takes their place. They stay mounted
 * behind it, so that a question of the lesson can be answered in the list.
 */
export function SidePane() {
  const isSandbox = useRoute()?.kind === 'sandbox';
  const isList = useLayout(state => state.side === 'list');
  return (
    <>
      <div className={styles.pane} hidden={isList}>
        {isSandbox ? (
          <>
            <h2 className="visually-hidden">Manifests</h2>
            <EditorPanel />
          </>
        ) : (
          <LessonPane />
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
