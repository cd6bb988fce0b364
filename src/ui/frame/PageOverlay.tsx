import type { ReactNode } from 'react';
import type { Overlay } from '../../store/layoutStore.ts';
import { Palette } from '../actions/Palette.tsx';
import { ShortcutSheet } from '../actions/ShortcutSheet.tsx';
import { Tour } from '../tour/Tour.tsx';
import { ResetDialog } from './ResetDialog.tsx';

const OVERLAYS: Readonly<Record<Overlay, () => ReactNode>> = {
  palette: () => <Palette />,
  shortcuts: () => <ShortcutSheet />,
  reset: () => <ResetDialog />,
  tour: () => <Tour />,
};

/** What lies over the whole page and takes the keyboard until it is closed. */
export function PageOverlay({ overlay }: { readonly overlay: Overlay }) {
  return OVERLAYS[overlay]();
}
