// Words of a graph on which nothing moves yet.

export const QUIET_WORDS = {
  noPod: 'No Pod of yours yet. Apply a manifest, or run kubectl create.',
  noPacket: 'No packet yet. Run curl or ping in the terminal, or choose "Trace from here" in the menu of a Pod.',
  noProbe: 'No packet yet. Send one of the probes.',
} as const;
