import { useMemo, useRef } from 'react';
import { useLab } from '../StoresContext.ts';
import { buildLinkIndex, type LinkIndex } from './elementLinks.ts';

/** The names and addresses of the lab; the same object until one of them changes, so that old blocks stay as they are. */
export function useLinkIndex(): LinkIndex {
  const elements = useLab(state => state.elements);
  const known = useRef<LinkIndex | undefined>(undefined);
  return useMemo(() => {
    const index = buildLinkIndex(elements.values());
    if (known.current?.key !== index.key) known.current = index;
    return known.current ?? index;
  }, [elements]);
}
