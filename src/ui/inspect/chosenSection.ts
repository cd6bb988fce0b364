// Which section the learner looks at. It stays when another element has one of the same name (routes of node-1, then of
// node-2), and while another tab is open.

import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';

const chosen = createStore<{ readonly section: string | undefined }>(() => ({ section: undefined }));

export const useChosenSection = (): string | undefined => useStore(chosen, state => state.section);

export const chooseSection = (section: string): void => chosen.setState({ section });
