// What to run so that a cluster of kind is like the lab, in Markdown.

//
// Read:    kind.sigs.k8s.io/docs/user/configuration and /known-issues; flannel issue 2068 (br_netfilter);
//          gateway-api.sigs.k8s.io/guides ("Installing Gateway API").

import type { JsonObject, LabConfig } from '../../sim/index.ts';
import { type ReplacedImage, TOOLS } from './realImages.ts';
import { README as WORDS } from './words.ts';

export interface ReadmeParts {
  readonly config: LabConfig;
  /** The lab's node names with kind's. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Command lines that make the nodes what they are in the lab. */
  readonly nodeLines: readonly string[];
  readonly replaced: readonly ReplacedImage[];
  /** Command lines that sent packets in the lab. */
  readonly lines: readonly string[];
  readonly manifests: readonly JsonObject[];
}

/** The release that has the plugin bridge, which kind's nodes lack. */
const PLUGINS =
  'https://github.com/containernetworking/plugins/releases/download/v1.6.2/cni-plugins-linux-$ARCH-v1.6.2.tgz';
const GATEWAY_API = 'https://github.com/kubernetes-sigs/gateway-api/releases/latest/download/standard-install.yaml';
const FLANNEL = 'https://github.com/flannel-io/flannel/releases/latest/download/kube-flannel.yml';

export function realReadme({ config, nodes, nodeLines, replaced, lines, manifests }: ReadmeParts): string {
  const { name, podSubnet, network } = config;
  const type = network.backend === 'vxlan' ? 'vxlan' : 'host-gw';
  const sections = [
    WORDS.title(name),
    WORDS.needs,
    WORDS.cluster,
    code('kind create cluster --config kind.yaml'),
    WORDS.notReady,
    table([WORDS.inLab, WORDS.here], [...nodes]),
    WORDS.plugin,
    WORDS.flannel,
    code(
      'ARCH=$(docker version --format "{{.Server.Arch}}")',
      `curl -sSL ${PLUGINS} -o cni-plugins.tgz`,
      `for node in $(kind get nodes --name ${name}); do docker exec -i $node tar -xz -C /opt/cni/bin ./bridge < cni-plugins.tgz; done`,
      `curl -sSL ${FLANNEL} -o kube-flannel.yml`,
      `sed -i.bak -e 's#"Network": "[^"]*"#"Network": "${podSubnet}"#' -e 's#"Type": "vxlan"#"Type": "${type}"#' kube-flannel.yml`,
      'kubectl apply -f kube-flannel.yml',
      'kubectl wait --for=condition=Ready nodes --all --timeout=180s',
    ),
    WORDS.module,
    ...(nodeLines.length === 0 ? [] : [WORDS.nodes, code(...nodeLines)]),
    ...(manifests.length === 0
      ? []
      : [
          WORDS.objects,
          ...kindsThatComeFirst(manifests),
          code('kubectl apply -f manifests.yaml', 'kubectl get pods -A -o wide'),
          WORDS.addresses,
        ]),
    ...(replaced.length === 0
      ? []
      : [
          WORDS.images,
          table(
            [WORDS.inLab, WORDS.here, WORDS.does],
            replaced.map(({ image, by, note }) => [image, by, note]),
          ),
        ]),
    ...(lines.length === 0
      ? []
      : [
          WORDS.last,
          WORDS.same,
          ...(lines.some(isOutside) ? [WORDS.outside] : []),
          code(...lines.map(line => onRealCluster(line, nodes))),
        ]),
    WORDS.inside,
    code(
      ...[...nodes.values()]
        .slice(0, 2)
        .flatMap(node => [`docker exec ${node} ip route`, `docker exec ${node} iptables-save -t nat`]),
    ),
    WORDS.end,
    code(`kind delete cluster --name ${name}`),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** What the server has to know before it takes the manifests. */
function kindsThatComeFirst(manifests: readonly JsonObject[]): readonly string[] {
  const isOf = (group: string) => (object: JsonObject) => String(object.apiVersion).startsWith(`${group}/`);
  return [
    ...(manifests.some(isOf('gateway.networking.k8s.io'))
      ? [WORDS.gateway, code(`kubectl apply -f ${GATEWAY_API}`)]
      : []),
    ...(manifests.some(({ kind }) => kind === 'CustomResourceDefinition') ? [WORDS.custom] : []),
  ];
}

/** It ran on a host outside: neither by kubectl nor on a node. */
const isOutside = (line: string): boolean => !/^(kubectl|ssh)\s/.test(line);

/** A line of the lab's terminal for a shell beside the cluster: nodes are containers there. */
function onRealCluster(line: string, nodes: ReadonlyMap<string, string>): string {
  // The word after kubectl is its verb: one of them is `cp`.
  const renamed = (text: string): string =>
    text.replace(/(?<![\w.-]|^kubectl )[\w.-]+/g, word => nodes.get(word) ?? word);
  const [, host = '', rest = ''] = /^ssh\s+(\S+)\s+(.+)$/.exec(line) ?? [];
  const node = nodes.get(host);
  if (node !== undefined) return `docker exec ${node} ${oneCommand(renamed(rest.replace(/^(["'])(.*)\1$/, '$2')))}`;
  // Beside the nodes, in their network: their names are known there, also where docker runs in a machine of its own.
  return isOutside(line) ? `docker run --rm --network kind ${TOOLS} ${oneCommand(renamed(line))}` : renamed(line);
}

/** A line that docker runs as a whole: what a shell would read in it is read inside. */
function oneCommand(line: string): string {
  if (!/[;|&<>$\x60(]/.test(line)) return line;
  const quoted = line.split(QUOTE).join(`${QUOTE}\\${QUOTE}${QUOTE}`);
  return `sh -c ${QUOTE}${quoted}${QUOTE}`;
}
const QUOTE = '\x27';

const FENCE = '\x60'.repeat(3);
const code = (...lines: readonly string[]): string => [`${FENCE}sh`, ...lines, FENCE].join('\n');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
