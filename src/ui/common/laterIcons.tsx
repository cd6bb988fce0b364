// Icons of what opens only when the learner opens it: see iconDrawings.tsx.

import type { ReactNode } from 'react';

export const LATER_ICONS = {
  delivered: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M6.5 10.2l2.4 2.4 4.6-5" />
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
  internet: (
    <>
      <circle cx="10" cy="10" r="7.5" />
      <path d="M2.5 10h15M10 2.5c-5 5-5 10 0 15M10 2.5c5 5 5 10 0 15" />
    </>
  ),
  tunnel: (
    <>
      <rect x="2" y="4.5" width="16" height="11" rx="1.5" />
      <rect x="5.5" y="7.5" width="9" height="5" rx=".75" />
    </>
  ),
  translated: (
    <>
      <path d="M3 7h12M12 4l3 3-3 3M17 13H5M8 10l-3 3 3 3" />
    </>
  ),
  dropped: (
    <>
      <path d="M6.9 2.5h6.2l4.4 4.4v6.2l-4.4 4.4H6.9l-4.4-4.4V6.9z" />
      <path d="M7.3 7.3l5.4 5.4M12.7 7.3l-5.4 5.4" />
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
  runAgain: (
    <>
      <path d="M4 10a6 6 0 1 0 2-4.5M6 2.5v3.2h3.2" />
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
  events: (
    <>
      <path d="M4 4v13M4 6h6M4 10h9M4 14h5" />
      <circle cx="12.5" cy="6" r="1.2" />
      <circle cx="15.5" cy="10" r="1.2" />
      <circle cx="11.5" cy="14" r="1.2" />
    </>
  ),
  interface: (
    <>
      <rect x="5" y="5.5" width="10" height="9" rx="1" />
      <path d="M10 2v3.5M10 14.5V18M8 10h4" />
    </>
  ),
  close: (
    <>
      <path d="M5 5l10 10M15 5L5 15" />
    </>
  ),
  copy: (
    <>
      <rect x="7" y="7" width="9.5" height="9.5" rx="1.2" />
      <path d="M13 7V4.2a.7.7 0 0 0-.7-.7H4.2a.7.7 0 0 0-.7.7v8.1a.7.7 0 0 0 .7.7H7" />
    </>
  ),
  arrowRight: (
    <>
      <path d="M3.5 10h13M12 5.5l4.5 4.5-4.5 4.5" />
    </>
  ),
  picture: (
    <>
      <rect x="2.5" y="3.5" width="15" height="13" rx="1.5" />
      <path d="M3 14l4.500-4.500 3.500 3.500 2.500-2.500 3.500 3.500M13 7h.01" />
    </>
  ),
} as const satisfies Readonly<Record<string, ReactNode>>;
