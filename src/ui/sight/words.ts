// Words of what stands over the graph while a part of it is out of sight.

export const SIGHT_WORDS = {
  follow: 'Follow the packet',
} as const;
