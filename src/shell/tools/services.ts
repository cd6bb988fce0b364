// Names of ports that learners meet, as /etc/services of Debian 12 has them.

const SERVICES: readonly { readonly name: string; readonly port: number; readonly protocols: readonly string[] }[] = [
  { name: 'ssh', port: 22, protocols: ['tcp'] },
  { name: 'smtp', port: 25, protocols: ['tcp'] },
  { name: 'domain', port: 53, protocols: ['tcp', 'udp'] },
  { name: 'bootps', port: 67, protocols: ['udp'] },
  { name: 'bootpc', port: 68, protocols: ['udp'] },
  { name: 'http', port: 80, protocols: ['tcp'] },
  { name: 'ntp', port: 123, protocols: ['udp'] },
  { name: 'https', port: 443, protocols: ['tcp', 'udp'] },
  { name: 'mysql', port: 3306, protocols: ['tcp'] },
  { name: 'postgresql', port: 5432, protocols: ['tcp', 'udp'] },
  { name: 'mdns', port: 5353, protocols: ['udp'] },
  { name: 'redis', port: 6379, protocols: ['tcp'] },
  { name: 'http-alt', port: 8080, protocols: ['tcp', 'udp'] },
];

export function serviceName(port: number, protocol: 'tcp' | 'udp'): string | undefined {
  return SERVICES.find(service => service.port === port && service.protocols.includes(protocol))?.name;
}

/** The number of a port that is given by name. */
export function servicePort(name: string): number | undefined {
  return SERVICES.find(service => service.name === name)?.port;
}
