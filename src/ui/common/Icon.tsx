import { ICONS, type IconName } from './iconDrawings.tsx';
import { laterPart, useLater } from './laterPart.ts';

const laterIcons = laterPart(async () => (await import('./laterIcons.tsx')).LATER_ICONS);

const isFirst = (name: IconName): name is keyof typeof ICONS => Object.hasOwn(ICONS, name);

/** The drawing of an icon, for an SVG of one's own. */
export function Drawing({ name }: { readonly name: IconName }) {
  const later = useLater(laterIcons, isFirst(name) ? 'unwanted' : 'wanted');
  if (isFirst(name)) return ICONS[name];
  return later.kind === 'ready' ? later.part[name] : null;
}

/** An icon in the colour of its text. It is always beside a word or in a control that has a name, so it has none. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <Drawing name={name} />
    </svg>
  );
}

/** The mark: two hops and three stops, the last one in marker. */
export function Mark() {
  return (
    <svg width="30" height="20" viewBox="0 0 30 20" fill="none" stroke="currentColor" aria-hidden="true">
      <path d="M4 15C5 3 14 3 15 15M15 15C16 6 25 6 26 15" strokeWidth="1.75" />
      <circle cx="4" cy="15" r="3" fill="currentColor" stroke="none" />
      <circle cx="15" cy="15" r="3" fill="currentColor" stroke="none" />
      <circle cx="26" cy="15" r="3.25" fill="var(--marker)" strokeWidth="1.25" />
    </svg>
  );
}
