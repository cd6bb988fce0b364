// `/etc/hosts`: names that are known without asking anybody.
//
// Read:    hosts(5); nss_files of glibc: the first line with the name wins, case does not matter.

export interface HostsLine {
  readonly address: string;
  /** The canonical name first. */
  readonly names: readonly string[];
}

function parseHosts(text: string): readonly HostsLine[] {
  return text.split('\n').flatMap(line => {
    const [address, ...names] = line.replace(/#.*$/, '').trim().split(/\s+/);
    return address === undefined || address === '' || names.length === 0 ? [] : [{ address, names }];
  });
}

/** The first line that has this name, of the wanted address family. */
export function findHost(text: string, name: string, family: 'IPv4' | 'IPv6' = 'IPv4'): HostsLine | undefined {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return parseHosts(text).find(
    ({ address, names }) =>
      address.includes(':') === (family === 'IPv6') && names.some(other => other.toLowerCase() === wanted),
  );
}

/** The file of a machine that knows others by name. */
export function machineHosts(machines: readonly { readonly name: string; readonly address: string }[]): string {
  const known = machines.map(({ name, address }) => `${address}\t${name}\n`);
  return `127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n${known.join('')}`;
}
