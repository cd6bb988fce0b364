// What to run so that a cluster of kind is like the lab, in Markdown.

import type { LabConfig } from '../../sim/index.ts';
import type { ReplacedImage } from './realImages.ts';

export interface ReadmeParts {
  readonly config: LabConfig;
  /** The lab's node names with kind's. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly replaced: readonly ReplacedImage[];
  /** Command lines that sent packets in the lab. */
  readonly lines: readonly string[];
  readonly hasManifests: boolean;
}

/** The release that has the plugin bridge, which kind's nodes lack. */
const PLUGINS =
  'https://github.com/containernetworking/plugins/releases/download/v1.6.2/cni-plugins-linux-$ARCH-v1.6.2.tgz';
const FLANNEL = 'https://github.com/flannel-io/flannel/releases/latest/download/kube-flannel.yml';

export function realReadme({ config, nodes, replaced, lines, hasManifests }: ReadmeParts): string {
  const { name, podSubnet, network } = config;
  const type = network.backend === 'vxlan' ? 'vxlan' : 'host-gw';
  const sections = [
    `# ${name}, on a cluster of your own`,
    'Made by Hoplab. It needs docker, [kind](https://kind.sigs.k8s.io) and kubectl. Run the commands in this folder.',
    '## 1. The cluster',
    code('kind create cluster --config kind.yaml'),
    'Its nodes are not Ready yet: there is no network plugin. Their names here:',
    table(['In the lab', 'Here'], [...nodes]),
    '## 2. The network plugin',
    'flannel, as in the lab. kind’s nodes lack the plugin `bridge`, so it comes first:',
    code(
      'ARCH=$(docker version --format "{{.Server.Arch}}")',
      `curl -sSL ${PLUGINS} -o cni-plugins.tgz`,
      `for node in $(kind get nodes --name ${name}); do docker exec -i $node tar -xz -C /opt/cni/bin ./bridge < cni-plugins.tgz; done`,
      `curl -sSL ${FLANNEL} -o kube-flannel.yml`,
      `sed -i.bak -e 's#"Network": "[^"]*"#"Network": "${podSubnet}"#' -e 's#"Type": "vxlan"#"Type": "${type}"#' kube-flannel.yml`,
      'kubectl apply -f kube-flannel.yml',
      'kubectl wait --for=condition=Ready nodes --all --timeout=180s',
    ),
    ...(hasManifests
      ? [
          '## 3. The objects of the lab',
          code('kubectl apply -f manifests.yaml', 'kubectl get pods -A -o wide'),
          'Services keep their addresses. Pods get others: kind gives each node its range as it joins.',
        ]
      : []),
    ...(replaced.length === 0
      ? []
      : [
          'Images that only the lab has are replaced:',
          table(
            ['In the lab', 'Here', 'What it does'],
            replaced.map(({ image, by, note }) => [image, by, note]),
          ),
        ]),
    ...(lines.length === 0
      ? []
      : [
          '## What you did last',
          'The same commands. Where one names the address of a Pod, look it up first.',
          code(...lines.map(line => onRealCluster(line, nodes))),
        ]),
    '## Looking inside',
    code(
      ...[...nodes.values()]
        .slice(0, 2)
        .flatMap(node => [`docker exec ${node} ip route`, `docker exec ${node} iptables-save -t nat`]),
    ),
    '## The end',
    code(`kind delete cluster --name ${name}`),
  ];
  return `${sections.join('\n\n')}\n`;
}

/** A line of the lab's terminal for a shell beside the cluster: nodes are containers there. */
function onRealCluster(line: string, nodes: ReadonlyMap<string, string>): string {
  const [, host = '', rest = ''] = /^ssh\s+(\S+)\s+(.+)$/.exec(line) ?? [];
  const node = nodes.get(host);
  if (node !== undefined) return `docker exec ${node} ${rest}`;
  return line.replace(/\S+/g, word => nodes.get(word) ?? word);
}

const code = (...lines: readonly string[]): string => ['```sh', ...lines, '```'].join('\n');

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
