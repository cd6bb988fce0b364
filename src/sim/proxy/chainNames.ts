// The names of kube-proxy's chains.
//
// Read:    kubernetes pkg/proxy/iptables/proxier.go, `portProtoHash`, `servicePortEndpointChainName`.

import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const hashes = new Map<string, string>();

/** The first 16 characters of the SHA-256 of the text in base 32 (RFC 4648). */
function hash16(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const digest = sha256(utf8ToBytes(text));
  let encoded = '';
  let bits = 0;
  let held = 0;
  for (const byte of digest.subarray(0, 10)) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      encoded += BASE32[(held >>> bits) & 31];
    }
    held &= 0xff;
  }
  if (hashes.size > 100_000) hashes.clear();
  hashes.set(text, encoded);
  return encoded;
}

/** `KUBE-SVC-...`: the endpoints of a Service's port. */
export const clusterPolicyChain = (servicePort: string, protocol: string): string =>
  `KUBE-SVC-${hash16(servicePort + protocol)}`;
/** `KUBE-SVL-...`: its endpoints on this node. */
export const localPolicyChain = (servicePort: string, protocol: string): string =>
  `KUBE-SVL-${hash16(servicePort + protocol)}`;
/** `KUBE-EXT-...`: traffic that came from outside the cluster. */
export const externalChain = (servicePort: string, protocol: string): string =>
  `KUBE-EXT-${hash16(servicePort + protocol)}`;
/** `KUBE-FW-...`: the source ranges of a load balancer address. */
export const firewallChain = (servicePort: string, protocol: string): string =>
  `KUBE-FW-${hash16(servicePort + protocol)}`;
/** `KUBE-SEP-...`: one endpoint of a Service's port. */
export const endpointChain = (servicePort: string, protocol: string, endpoint: string): string =>
  `KUBE-SEP-${hash16(servicePort + protocol + endpoint)}`;
