import { type ReactNode, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { AppStores } from '../../store/appStores.ts';
import { StoresContext } from '../StoresContext.ts';

/** Shows something over the page, whatever opened it. What has the focus gets it back when it is closed. */
export function showOver(stores: AppStores, content: (close: () => void) => ReactNode): void {
  const before = document.activeElement;
  const place = document.createElement('div');
  document.body.append(place);
  const root = createRoot(place);
  const close = (): void => {
    root.unmount();
    place.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  };
  root.render(
    <StrictMode>
      <StoresContext value={stores}>{content(close)}</StoresContext>
    </StrictMode>,
  );
}
