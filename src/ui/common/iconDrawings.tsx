// The icons: own drawings on a 20 px grid, 1.5 px line, no fill. Source: the look, section 6.

import type { ReactNode } from 'react';

/** Every drawing by its name. */
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
  endpointSlice: (
    <>
      <path d="M8 5h9M8 10h9M8 15h9" />
      <circle cx="4" cy="5" r="1.25" />
      <circle cx="4" cy="10" r="1.25" />
      <circle cx="4" cy="15" r="1.25" />
    </>
  ),
  deployment: (
    <>
      <rect x="2.5" y="8.5" width="9" height="9" rx="1.5" />
      <path d="M5.5 5.5h9v9M8.5 2.5h9v9" />
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
  internet: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M2.5 10h15M10 2.5c-5 5-5 10 0 15M10 2.5c5 5 5 10 0 15" />
    </>
  ),
  interface: (
    <>
      <rect x="5" y="5.5" width="10" height="9" rx="1" />
      <path d="M10 2v3.5M10 14.5V18M8 10h4" />
    </>
  ),
  bridge: (
    <>
      <path d="M2 13.5h16M5 13.5v-3M10 13.5V7.5M15 13.5v-3M2 11.5c4-5.5 12-5.5 16 0" />
    </>
  ),
  tunnel: (
    <>
      <rect x="2" y="4.5" width="16" height="11" rx="1.5" />
      <rect x="5.5" y="7.5" width="9" height="5" rx=".75" />
    </>
  ),
  rule: (
    <>
      <path d="M3 4h14l-5.5 6.5v5l-3 1.5v-6.5z" />
    </>
  ),
  route: (
    <>
      <path d="M10 18V2.5M10 4h5.5L17 5.75 15.5 7.5H10M10 9.5H4.5L3 11.25 4.5 13H10" />
    </>
  ),
  translated: (
    <>
      <path d="M3 7h12M12 4l3 3-3 3M17 13H5M8 10l-3 3 3 3" />
    </>
  ),
  delivered: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M6.5 10.2l2.4 2.4 4.6-5" />
    </>
  ),
  dropped: (
    <>
      <path d="M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9z" />
      <path d="M7.3 7.3l5.4 5.4M12.7 7.3l-5.4 5.4" />
    </>
  ),
  pending: (
    <>
      <circle cx="10" cy="10" r="7.5" strokeDasharray="2.6 2.4" />
      <path d="M10 6v4.2l2.6 1.6" />
    </>
  ),
  request: (
    <>
      <path d="M2.5 10h14M12 5.5l4.5 4.5L12 14.5" />
    </>
  ),
  reply: (
    <>
      <path d="M17.5 10h-14M8 5.5L3.5 10 8 14.5" />
      <path d="M17.5 10h-5" strokeDasharray="2 2" />
    </>
  ),
  dns: (
    <>
      <path d="M3 3.5h6.5l7 7-6 6-7.5-7z" />
      <circle cx="6.5" cy="7" r=".8" />
    </>
  ),
  hint: (
    <>
      <path d="M7.5 14c0-2-2.5-3-2.5-6a5 5 0 0 1 10 0c0 3-2.5 4-2.5 6zM8 17h4" />
    </>
  ),
  lockedIn: (
    <>
      <rect x="4.5" y="9" width="11" height="7.5" rx="1.2" />
      <path d="M7 9V6.5a3 3 0 0 1 6 0V9" />
    </>
  ),
  undo: (
    <>
      <path d="M7 4L3.5 7.5 7 11M3.5 7.5h8a4.5 4.5 0 0 1 0 9H8" />
    </>
  ),
  redo: (
    <>
      <path d="M13 4l3.5 3.5L13 11M16.5 7.5h-8a4.5 4.5 0 0 0 0 9H12" />
    </>
  ),
  reset: (
    <>
      <path d="M4 10a6 6 0 1 0 2-4.5M6 2.5v3.2h3.2" />
    </>
  ),
  share: (
    <>
      <path d="M10 12.5v-10M6.5 6L10 2.5 13.5 6M5 9.5H4v8h12v-8h-1" />
    </>
  ),
  play: (
    <>
      <path d="M6 4l10 6-10 6z" />
    </>
  ),
  stepBack: (
    <>
      <path d="M15 4.5L7 10l8 5.5zM4.5 4.5v11" />
    </>
  ),
  step: (
    <>
      <path d="M5 4.5l8 5.5-8 5.5zM15.5 4.5v11" />
    </>
  ),
  matrix: (
    <>
      <path d="M3 3h14v14H3zM3 7.7h14M3 12.3h14M7.7 3v14M12.3 3v14" />
    </>
  ),
  listTwin: (
    <>
      <path d="M3 5h4M3 5v10M3 10h4M3 15h4M10 5h7M10 10h7M10 15h7" />
    </>
  ),
  fit: (
    <>
      <path d="M3 7V3h4M13 3h4v4M17 13v4h-4M7 17H3v-4" />
    </>
  ),
  legend: (
    <>
      <circle cx="4.5" cy="5.5" r="1.8" />
      <rect x="2.7" y="12.5" width="3.6" height="3.6" />
      <path d="M10 5.5h7M10 14.3h7" />
    </>
  ),
  close: (
    <>
      <path d="M5 5l10 10M15 5L5 15" />
    </>
  ),
  tick: (
    <>
      <path d="M4.5 10.5l3.5 3.5 7.5-8" />
    </>
  ),
  chevronRight: (
    <>
      <path d="M8 5l5 5-5 5" />
    </>
  ),
  chevronDown: (
    <>
      <path d="M5 8l5 5 5-5" />
    </>
  ),
  chevronLeft: (
    <>
      <path d="M12 5l-5 5 5 5" />
    </>
  ),
  pause: (
    <>
      <path d="M7 4.5v11M13 4.5v11" />
    </>
  ),
  toStart: (
    <>
      <path d="M9.5 5L4.5 10l5 5M15.5 5L10.5 10l5 5" />
    </>
  ),
  target: (
    <>
      <circle cx="10" cy="10" r="6" />
      <circle cx="10" cy="10" r="1.8" />
      <path d="M10 1.5v3M10 15.5v3M1.5 10h3M15.5 10h3" />
    </>
  ),
  copy: (
    <>
      <rect x="7" y="7" width="9.5" height="9.5" rx="1.2" />
      <path d="M13 7V4.2a.7.7 0 0 0-.7-.7H4.2a.7.7 0 0 0-.7.7v8.1a.7.7 0 0 0 .7.7H7" />
    </>
  ),
  runAgain: (
    <>
      <path d="M4 10a6 6 0 1 0 2-4.5M6 2.5v3.2h3.2" />
    </>
  ),
  theme: (
    <>
      <circle cx="10" cy="10" r="7" />
      <path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor" />
    </>
  ),
  lesson: (
    <>
      <path d="M10 5.5C8 4 5.5 3.8 3 4v11.5c2.5-.2 5 0 7 1.5 2-1.5 4.5-1.7 7-1.5V4c-2.5-.2-5 0-7 1.5zM10 5.5V17" />
    </>
  ),
  graph: (
    <>
      <circle cx="5" cy="6" r="2" />
      <circle cx="15" cy="5" r="2" />
      <circle cx="9" cy="15" r="2" />
      <path d="M6.9 5.8l6.1-.6M5.8 7.8l2.4 5.4M10.2 13.3l3.7-6.6" />
    </>
  ),
  terminal: (
    <>
      <path d="M3.5 5.5L8 10l-4.5 4.5M10.5 15h6" />
    </>
  ),
  file: (
    <>
      <path d="M5 2.5h6.5L15.5 6.5v11H5zM11.5 2.5v4h4M7.5 10.5h5M7.5 13.5h5" />
    </>
  ),
  plus: (
    <>
      <path d="M10 4v12M4 10h12" />
    </>
  ),
  more: (
    <>
      <path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="2.5" />
    </>
  ),
  picture: (
    <>
      <rect x="2.5" y="3.5" width="15" height="13" rx="1.5" />
      <path d="M3 14l4.500-4.500 3.500 3.500 2.500-2.500 3.500 3.500M13 7h.01" />
    </>
  ),
  search: (
    <>
      <circle cx="9" cy="9" r="5.5" />
      <path d="M13 13l4 4" />
    </>
  ),
  events: (
    <>
      <path d="M4 4v13M4 6h6M4 10h9M4 14h5" />
      <circle cx="12.5" cy="6" r="1.2" />
      <circle cx="15.5" cy="10" r="1.2" />
      <circle cx="11.5" cy="14" r="1.2" />
    </>
  ),
  arrowRight: (
    <>
      <path d="M3.5 10h13M12 5.5l4.5 4.5-4.5 4.5" />
    </>
  ),
} as const satisfies Readonly<Record<string, ReactNode>>;

export type IconName = keyof typeof ICONS;
