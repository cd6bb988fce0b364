// ip -d link: what the kernel knows of an interface beside its two lines.
//
// Simplified: timers stand still, queues and offloads are those of the recorded machine.
// Read:    iproute2 6.1 ip/ipaddress.c `print_linkinfo`, iplink_bridge.c, iplink_bridge_slave.c, iplink_vxlan.c;
//          recordings (tests/shell/tools/ipLink.test.ts).

import type { Interface } from '../../sim/index.ts';
import type { IpCall } from './ip.ts';

/** What stands behind the second line, without a newline at the end. */
export function detailText(call: IpCall, device: Interface, mode: 'link' | 'address'): string {
  const isLoopback = device.kind === 'loopback';
  const port = device.port === undefined ? 0 : 1;
  const promiscuity = port + (device.promiscuous ? 1 : 0);
  const limits = isLoopback ? 'minmtu 0 maxmtu 0' : 'minmtu 68 maxmtu 65535';
  const queues = device.kind === 'veth' ? 2 : 1;
  const segments = device.kind === 'veth' || hasVethPorts(call, device) ? 1 : 65535;
  const generation = mode === 'address' ? '' : 'addrgenmode eui64 ';
  const tail = `${generation}numtxqueues ${queues} numrxqueues ${queues} gso_max_size 65536 gso_max_segs ${segments} tso_max_size 524280 tso_max_segs 65535 gro_max_size 65536 `;
  const kind = kindText(device);
  const slave = device.port === undefined ? '' : `${slaveText(call, device, device.port)} `;
  const lines = [...(kind === '' ? [] : [`${kind} `]), ...(slave === '' ? [] : [slave])];
  const own = lines.map(line => `\n    ${line}`).join('');
  return ` promiscuity ${promiscuity}  allmulti ${port} ${limits} ${own}${tail}`;
}

/** A bridge takes the least of its ports. */
function hasVethPorts(call: IpCall, { kind, name }: Interface): boolean {
  return (
    kind === 'bridge' &&
    call.netns.config.interfaces.some(other => other.kind === 'veth' && other.port?.master === name)
  );
}

function kindText(device: Interface): string {
  switch (device.kind) {
    case 'veth':
      return 'veth';
    case 'bridge':
      return bridgeText(bridgeId(device));
    case 'vxlan': {
      const local = device.local === undefined ? '' : ` local ${device.local}`;
      const dev = device.dev === undefined ? '' : ` dev ${device.dev}`;
      const df = device.df === 'unset' ? '' : ` df ${device.df}`;
      return `vxlan id ${device.vni}${local}${dev} srcport 0 0 dstport ${device.udpPort} ${device.learning ? '' : 'no'}learning ttl auto${df} ageing 300 udpcsum noudp6zerocsumtx noudp6zerocsumrx`;
    }
    case 'ipip': {
      const end = (address: string | undefined): string => address ?? 'any';
      return `ipip remote ${end(device.remote)} local ${end(device.local)} ttl inherit nopmtudisc`;
    }
    case 'macvlan':
      return 'macvlan mode bridge bcqueuelen 1000 usedbcqueuelen 1000';
    case 'dummy':
      return 'dummy';
    default:
      return '';
  }
}

/** `8000.a:58:a:f4:1:1`: the priority, and the address without leading zeros. */
function bridgeId({ mac }: Interface): string {
  return `8000.${mac
    .split(':')
    .map(byte => byte.replace(/^0(?=.)/, ''))
    .join(':')}`;
}

function bridgeText(id: string): string {
  return `bridge forward_delay 1500 hello_time 200 max_age 2000 ageing_time 30000 stp_state 0 priority 32768 vlan_filtering 0 bridge_id ${id} designated_root ${id} root_port 0 root_path_cost 0 topology_change 0 topology_change_detected 0 hello_timer    0.00 tcn_timer    0.00 topology_change_timer    0.00 gc_timer    0.00 group_fwd_mask 0 group_address 01:80:c2:00:00:00 mcast_snooping 1 no_linklocal_learn 0 mcast_vlan_snooping 0 mcast_router 1 mcast_query_use_ifaddr 0 mcast_querier 0 mcast_hash_elasticity 16 mcast_hash_max 4096 mcast_last_member_count 2 mcast_startup_query_count 2 mcast_last_member_interval 100 mcast_membership_interval 26000 mcast_querier_interval 25500 mcast_query_interval 12500 mcast_query_response_interval 1000 mcast_startup_query_interval 3124 mcast_stats_enabled 0 mcast_igmp_version 2 mcast_mld_version 1 nf_call_iptables 0 nf_call_ip6tables 0 nf_call_arptables 0`;
}

function slaveText(call: IpCall, device: Interface, port: NonNullable<Interface['port']>): string {
  const master = call.netns.interface(port.master);
  const id = master === undefined ? '' : bridgeId(master);
  const siblings = call.netns.config.interfaces.filter(other => other.port?.master === port.master);
  const number = siblings.findIndex(other => other.name === device.name) + 1;
  const hex = (0x8000 + number).toString(16);
  const state = call.context.lab.world.hasCarrier(device) ? 'forwarding' : 'disabled';
  return `bridge_slave state ${state} priority 32 cost 2 hairpin ${port.hairpin ? 'on' : 'off'} guard off root_block off fastleave off learning on flood on port_id 0x${hex} port_no 0x${number.toString(16)} designated_port ${0x8000 + number} designated_cost 0 designated_bridge ${id} designated_root ${id} hold_timer    0.00 message_age_timer    0.00 forward_delay_timer    0.00 topology_change_ack 0 config_pending 0 proxy_arp off proxy_arp_wifi off mcast_router 1 mcast_fast_leave off mcast_flood on bcast_flood on mcast_to_unicast off neigh_suppress off group_fwd_mask 0 group_fwd_mask_str 0x0 vlan_tunnel off isolated off locked off`;
}
