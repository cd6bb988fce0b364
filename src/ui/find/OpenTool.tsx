import { useLayout } from '../StoresContext.ts';
import { FilterPanel } from './FilterPanel.tsx';
import { FindPanel } from './FindPanel.tsx';

/** The tool that is open over the graph. The picture is the graph's own (sight/GraphTools.tsx): it needs the scene. */
export function OpenTool() {
  const tool = useLayout(state => state.tool);
  return tool === 'find' ? <FindPanel /> : tool === 'filter' ? <FilterPanel /> : null;
}
