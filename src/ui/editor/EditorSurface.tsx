import { type RefObject, useEffect, useRef, useState } from 'react';
import { useShownTheme } from '../hooks/useMedia.ts';
import { useLayout, useStores } from '../StoresContext.ts';
import styles from './EditorSurface.module.css';
import { PlainText } from './PlainText.tsx';
import type { Handover, Surface } from './surface.ts';
import type { MonacoLoad, MonacoPart } from './useMonaco.ts';

export interface EditorSurfaceProps {
  readonly surface: RefObject<Surface | null>;
  readonly monaco: MonacoLoad;
  /** The id of the text that says how the Tab key works in here. */
  readonly describedBy: string;
}

/** The text of the open file: Monaco once it is loaded, a textarea until then. */
export function EditorSurface({ surface, monaco, describedBy }: EditorSurfaceProps) {
  const handover = useRef<Handover | undefined>(undefined);
  const [broken, setBroken] = useState(false);
  return (
    <div className={styles.frame}>
      {monaco.kind === 'ready' && !broken ? (
        <MonacoText
          part={monaco.part}
          surface={surface}
          handover={handover}
          describedBy={describedBy}
          onBroken={() => setBroken(true)}
        />
      ) : (
        <PlainText surface={surface} handover={handover} />
      )}
    </div>
  );
}

interface MonacoTextProps {
  readonly part: MonacoPart;
  readonly surface: RefObject<Surface | null>;
  readonly handover: RefObject<Handover | undefined>;
  readonly describedBy: string;
  readonly onBroken: () => void;
}

function MonacoText({ part, surface, handover, describedBy, onBroken }: MonacoTextProps) {
  const { client, editor } = useStores();
  const host = useRef<HTMLDivElement>(null);
  const theme = useShownTheme(useLayout(state => state.theme));
  const broken = useRef(onBroken);
  useEffect(() => part.showMonacoTheme(theme), [part, theme]);
  useEffect(() => {
    if (host.current === null) return;
    try {
      const mounted = part.mountMonaco(host.current, { editor, client, describedBy, handover: handover.current });
      surface.current = mounted;
      return () => {
        surface.current = null;
        mounted.dispose();
      };
    } catch {
      // A browser that Monaco cannot run in keeps the textarea.
      broken.current();
    }
  }, [part, client, editor, surface, handover, describedBy]);
  return <div ref={host} className={styles.monaco} data-testid="monaco" />;
}
