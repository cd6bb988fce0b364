// host-gw: the other node is the gateway. It must be on the same link: no header is added, and the LAN sees Pod addresses.
//
// Read:    flannel-io/flannel pkg/backend/hostgw/hostgw.go.

import type { Backend } from './backend.ts';

export const hostGw: Backend = {
  name: 'host-gw',
  overheadBytes: 0,
  prepare: () => [],
  routeTo: (lease, externalInterface) => ({ dst: lease.subnet, via: lease.publicIP, dev: externalInterface }),
  connect: () => [],
  disconnect: () => undefined,
};
