import { createElement } from 'react';
import type { Scene } from '../topology/useScene.ts';
import { Picture, type PictureFrame } from './Picture.tsx';
import { svgMarkup } from './svgMarkup.ts';

/** The value of a token of the page: `--ink`. */
export type Token = (name: string) => string;

/**
 * The graph as the text of an SVG file that stands alone: colours instead of tokens, and no script, link or font from
 * elsewhere. Pure.
 */
export function pictureSvg(scene: Scene, frame: PictureFrame, token: Token): string {
  const resolve = (value: string): string => value.replace(/var\((--[\w-]+)(?:,[^)]*)?\)/g, (_, name) => token(name));
  return svgMarkup(createElement(Picture, { scene, frame: { ...frame, css: resolve(frame.css) } }), resolve);
}
