import { createElement, type ReactNode } from 'react';
import { Drawing } from '../common/Icon.tsx';
import { ICONS } from '../common/iconDrawings.tsx';
import { LATER_ICONS } from '../common/laterIcons.tsx';
import type { Scene } from '../topology/useScene.ts';
import { Picture, type PictureFrame } from './Picture.tsx';
import { type MarkupWish, svgMarkup } from './svgMarkup.ts';

/** On the page a drawing may still be on its way; here all of them are at hand. */
const DRAWINGS: ReadonlyMap<unknown, ReactNode> = new Map(Object.entries({ ...ICONS, ...LATER_ICONS }));
const STAND_INS: MarkupWish['standIns'] = new Map([[Drawing, ({ name }) => DRAWINGS.get(name)]]);

/** The value of a token of the page: `--ink`. */
export type Token = (name: string) => string;

/**
 * The graph as the text of an SVG file that stands alone: colours instead of tokens, and no script, link or font from
 * elsewhere. Pure.
 */
export function pictureSvg(scene: Scene, frame: PictureFrame, token: Token): string {
  const resolve = (value: string): string => value.replace(/var\((--[\w-]+)(?:,[^)]*)?\)/g, (_, name) => token(name));
  const picture = createElement(Picture, { scene, frame: { ...frame, css: resolve(frame.css) } });
  return svgMarkup(picture, { resolve, standIns: STAND_INS });
}
