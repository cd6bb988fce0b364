import { useState } from 'react';
import { Button } from '../common/Button.tsx';
import { saveFile } from '../common/saveFile.ts';
import { ToolPanel } from '../find/ToolPanel.tsx';
import { useHidden } from '../find/useHidden.ts';
import { useLab, useLayout } from '../StoresContext.ts';
import * as GRAPH_WORDS from '../topology/graphWords.ts';
import objectsCss from '../topology/Objects.module.css?inline';
import sceneCss from '../topology/Scene.module.css?inline';
import traceCss from '../topology/Trace.module.css?inline';
import type { Scene } from '../topology/useScene.ts';
import { fontRules } from './fontRules.ts';
import { pictureSize } from './Picture.tsx';
import styles from './PicturePanel.module.css';
import { pictureSvg } from './pictureSvg.ts';
import { pngOf, pngScale } from './savePicture.ts';
import { PICTURE_WORDS } from './words.ts';

/** Saves the graph as a picture. */
export function PicturePanel({ scene }: { readonly scene: Scene }) {
  const name = useLab(({ phase }) => (phase.kind === 'open' ? phase.name : ''));
  const level = useLayout(state => state.level);
  const hidden = useHidden();
  const [complaint, setComplaint] = useState('');
  const size = pictureSize(scene);
  const scale = pngScale(size);
  const file = `${name === '' ? 'cluster' : name}-${level}`.replace(/[^\w.-]+/g, '-');
  const make = async (): Promise<string> => {
    const style = getComputedStyle(document.documentElement);
    const title = PICTURE_WORDS.caption(name, GRAPH_WORDS.levels[level]);
    const fonts = await fontRules();
    return pictureSvg(scene, { title, css: fonts + sceneCss + objectsCss + traceCss, hidden }, token =>
      style.getPropertyValue(token).trim(),
    );
  };
  const saveSvg = async (): Promise<void> => saveFile(`${file}.svg`, 'image/svg+xml', await make());
  const savePng = async (): Promise<void> => {
    setComplaint('');
    const blob = await pngOf(await make(), size);
    if (blob === undefined) setComplaint(PICTURE_WORDS.failed);
    else saveFile(`${file}.png`, 'image/png', blob);
  };
  return (
    <ToolPanel tool="picture" label={PICTURE_WORDS.title}>
      <div className={styles.rows}>
        <p className={styles.lead}>{PICTURE_WORDS.lead}</p>
        <div className={styles.row}>
          <Button onPress={() => void saveSvg()}>{PICTURE_WORDS.svg}</Button>
          <span>{PICTURE_WORDS.size(size.width, size.height)}</span>
        </div>
        <div className={styles.row}>
          <Button onPress={() => void savePng()}>{PICTURE_WORDS.png}</Button>
          <span>{PICTURE_WORDS.size(Math.floor(size.width * scale), Math.floor(size.height * scale))}</span>
        </div>
        <p className={styles.said} role="status">
          {complaint}
        </p>
      </div>
    </ToolPanel>
  );
}
