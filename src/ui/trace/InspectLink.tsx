import type { ElementId } from '../../sim/index.ts';
import { showPanel } from '../actions/panelActions.ts';
import { Button } from '../common/Button.tsx';
import { formOfPage } from '../hooks/useMedia.ts';
import { useStores } from '../StoresContext.ts';
import { TRACE_WORDS } from './words.ts';

/** Opens what the tools print of an element: its tables as they are now. */
export function InspectLink({ element, name }: { readonly element: ElementId; readonly name: string }) {
  const stores = useStores();
  const follow = (): void => {
    stores.selection.select(element);
    showPanel({ stores, form: formOfPage() }, 'inspect');
  };
  return (
    <Button look="quiet" dense icon="search" onPress={follow}>
      {TRACE_WORDS.inspect(name)}
    </Button>
  );
}
