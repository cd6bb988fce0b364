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
  openHint: 'Linux only, with probes to send. A JSON file of at most 5 MB; its results may be a second file.',
} as const;
