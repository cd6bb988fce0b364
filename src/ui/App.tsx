import { useEffect } from 'react';
import styles from './App.module.css';
import { Header } from './frame/Header.tsx';
import { LabBanner } from './frame/LabBanner.tsx';
import { PageOverlay, PhonePage } from './frame/laterPanels.ts';
import { usePlacedLesson, useSandboxTitle } from './frame/place.ts';
import { useRoute } from './frame/routes.ts';
import { Workbench } from './frame/Workbench.tsx';
import { usePageForm } from './hooks/useMedia.ts';
import { useLayout } from './StoresContext.ts';

/** The whole page. */
export function App() {
  const form = usePageForm();
  const overlay = useLayout(state => state.overlay);
  useDocumentTitle();
  return (
    <div className={styles.app}>
      {form === 'phone' ? (
        <PhonePage />
      ) : (
        <>
          <Header />
          <LabBanner />
          <Workbench form={form} />
        </>
      )}
      {overlay !== undefined && <PageOverlay key={overlay} overlay={overlay} />}
    </div>
  );
}

function useDocumentTitle(): void {
  const route = useRoute();
  const lesson = usePlacedLesson()?.lesson.title;
  const sandboxTitle = useSandboxTitle();
  const title = route?.kind === 'sandbox' ? sandboxTitle : lesson;
  useEffect(() => {
    document.title = title === undefined ? 'Hoplab' : `${title} · Hoplab`;
  }, [title]);
}
