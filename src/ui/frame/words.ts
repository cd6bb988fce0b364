// Words of the page's frame.

export const THEME_WORDS = {
  title: 'Theme',
  names: { system: 'As the system', light: 'Light', dark: 'Dark', contrast: 'High contrast' },
} as const;
