// Words of a recorded cluster and its probes.

export const PROBE_WORDS = {
  title: 'Probes',
  kind: 'Recorded cluster, Linux only',
  toSandbox: 'Back to the sandbox',
  filter: 'Filter probes',
  example: 'Filter: a host, an address, a name',
  list: 'Probes of this cluster',
  none: 'This recording has no probes. The terminal has its hosts: ssh HOST.',
  noMatch: 'No probe matches.',
  more: (left: number) => `Show more: ${left} left`,
  count: (found: number, all: number) => (found === all ? `${all} probes` : `${found} of ${all} probes`),
  send: 'Send',
  asRecorded: 'as recorded',
  recorded: (outcome: string | undefined) => `recorded: ${outcome ?? ''}`,
  openTrace: 'Open trace',
  of: (id: string) => ` of ${id}`,
  change: 'The recording changes the cluster here',
  run: 'Run',
  runAgain: 'Run again',
  open: 'Open a recorded cluster…',
  tally: (sent: number, same: number, other: number) =>
    [
      `${sent} sent`,
      ...(same > 0 ? [`${same} as recorded`] : []),
      ...(other > 0 ? [other === 1 ? '1 differs' : `${other} differ`] : []),
    ].join(', '),
  refused: {
    tooLarge: (name: string, megabytes: number) => `${name} has ${megabytes.toFixed(1)} MB. At most 5 MB are read.`,
    tooMany: 'One cluster at a time, with one file of results at most.',
    unreadable: 'The browser could not read the file.',
    problem: (names: readonly string[], line: number, message: string) =>
      `${names.join(' and ')} does not open. Line ${line}, ${message}. Nothing was changed.`,
    notAPair: 'Of two files, one holds a cluster (links) and the other its results.',
  },
  openHint:
    'Hosts, links and probes, recorded from a real one. A JSON file of at most 5 MB, its results in it or in a second file.',
} as const;
