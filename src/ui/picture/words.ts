// Words of saving the graph as a picture.

export const PICTURE_WORDS = {
  title: 'Picture',
  lead: 'The whole graph as it is drawn now, with the legend, in the colours of this theme.',
  svg: 'Save as SVG',
  png: 'Save as PNG',
  size: (width: number, height: number) => `${width} × ${height} pixels`,
  failed: 'The browser could not draw this picture as PNG. SVG has no limit of size.',
  caption: (cluster: string, level: string) => `${cluster} · ${level}`,
} as const;
