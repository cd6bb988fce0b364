// The icons: own drawings on a 20 px grid, 1.5 px line, no fill. Source: the look, section 6.

import type { ReactNode } from 'react';
import type { LATER_ICONS } from './laterIcons.tsx';

/** Drawings that the page begins with, by their names; the others are in laterIcons.tsx. */
export const ICONS = {
  pod: (
    <>
      <rect x="2" y="6" width="16" height="8" rx="4" />
      <circle cx="7" cy="10" r="1.4" />
      <circle cx="13" cy="10" r="1.4" />
    </>
  ),
  node: (
    <>
      <rect x="3" y="3.5" width="14" height="5.5" rx="1" />
      <rect x="3" y="11" width="14" height="5.5" rx="1" />
      <path d="M6 6.25h.01M6 13.75h.01M11 6.25h3M11 13.75h3" />
    </>
  ),
  service: (
    <>
      <circle cx="4.5" cy="10" r="2" />
      <path d="M6.5 10h10M9 10c2.5 0 2.5-5 5-5h2.5M9 10c2.5 0 2.5 5 5 5h2.5" />
    </>
  ),
  namespace: (
    <>
      <rect x="2.5" y="3.5" width="15" height="13" rx="1.5" strokeDasharray="3 2.4" />
      <path d="M6 7.5h4" />
    </>
  ),
  router: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M5.5 8h6M9.5 6l2 2-2 2M14.5 12h-6M10.5 10l-2 2 2 2" />
    </>
  ),
  laptop: (
    <>
      <rect x="4" y="4" width="12" height="8.5" rx="1" />
      <path d="M2 15.5h16" />
    </>
  ),
  bridge: <path d="M2 13.5h16M5 13.5v-3M10 13.5V7.5M15 13.5v-3M2 11.5c4-5.5 12-5.5 16 0" />,
  rule: <path d="M3 4h14l-5.5 6.5v5l-3 1.5v-6.5z" />,
  route: <path d="M10 18V2.5M10 4h5.5L17 5.75 15.5 7.5H10M10 9.5H4.5L3 11.25 4.5 13H10" />,
  pending: (
    <>
      <circle cx="10" cy="10" r="7.5" strokeDasharray="2.6 2.4" />
      <path d="M10 6v4.2l2.6 1.6" />
    </>
  ),
  hint: <path d="M7.5 14c0-2-2.5-3-2.5-6a5 5 0 0 1 10 0c0 3-2.5 4-2.5 6zM8 17h4" />,
  lockedIn: (
    <>
      <rect x="4.5" y="9" width="11" height="7.5" rx="1.2" />
      <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
    </>
  ),
  undo: <path d="M7 4L3.5 7.5 7 11M3.5 7.5h8a4.5 4.5 0 0 1 0 9H8" />,
  redo: <path d="M13 4l3.5 3.5L13 11M16.5 7.5h-8a4.5 4.5 0 0 0 0 9H12" />,
  reset: <path d="M4 10a6 6 0 1 0 2-4.5M6 2.5v3.2h3.2" />,
  share: <path d="M10 12.5v-10M6.5 6L10 2.5 13.5 6M5 9.5H4v8h12v-8h-1" />,
  play: <path d="M6 4l10 6-10 6z" />,
  listTwin: <path d="M3 5h4M3 5v10M3 10h4M3 15h4M10 5h7M10 10h7M10 15h7" />,
  fit: <path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4" />,
  legend: (
    <>
      <circle cx="4.5" cy="5.5" r="1.8" />
      <rect x="2.7" y="12.5" width="3.6" height="3.6" />
      <path d="M10 5.5h7M10 14.3h7" />
    </>
  ),
  tick: <path d="M4.5 10.5l3.5 3.5 7.5-8" />,
  chevronRight: <path d="M8 5l5 5-5 5" />,
  chevronDown: <path d="M5 8l5 5 5-5" />,
  theme: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
    </>
  ),
  lesson: <path d="M10 5.5C8 4 5.5 3.8 3 4v11.5c2.5-.2 5 0 7 1.5 2-1.5 4.5-1.7 7-1.5V4c-2.5-.2-5 0-7 1.5zM10 5.5V17" />,
  terminal: <path d="M3.5 5.5L8 10l-4.5 4.5M10.5 15h6" />,
  picture: (
    <>
      <rect x="2.5" y="3.5" width="15" height="13" rx="1.5" />
      <path d="M3 14l4.500-4.500 3.500 3.500 2.500-2.500 3.500 3.500M13 7h.01" />
    </>
  ),
  actions: <path d="M11 2.5l-7 9h5l-.5 6 7.500-9.500h-5z" />,
  search: <path d="M3.5 9a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0M13 13l4 4" />,
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof ICONS | keyof typeof LATER_ICONS;
