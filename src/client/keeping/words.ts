// Words of what is taken from a real cluster, and of what is taken to one.

/** What a lab of a real cluster leaves out or has otherwise, and why. */
export const IMPORT = {
  objects: (count: number) => (count === 1 ? '1 object' : `${count} objects`),
  secrets: (count: number) => (count === 1 ? '1 Secret' : `${count} Secrets`),
  noValues: 'without their values',
  unknownKind: 'the lab does not know this kind',
  system: (namespace: string) => `in ${namespace}: the lab has a system of its own`,
  everyCluster: 'every cluster makes them by itself',
  ownService: 'the API server publishes itself in every cluster',
  beingDeleted: 'on the way to being deleted',
  made: 'a controller or a node makes them: the lab makes its own',
  noNode: (node: string) => `its node ${node} is not in the text: the scheduler chooses another`,
  image: (image: string) => `Image ${image}`,
  noProgram: 'its program is not modelled: its Pods do not start',
  nodes: 'Nodes',
  noNodes: (own: readonly string[]) => `none in the text: the lab has ${own.join(', ')}`,
  addresses: 'Node addresses',
  noAddresses: 'not IPv4, or missing: the lab gives its own',
  ranges: 'Pod networks of the nodes',
  noRanges: 'no podCIDR: the lab gives each node a /24',
} as const;

/** What does much the same as an image of the lab, by the lab's name of the image. */
export const REAL_IMAGES = {
  web: 'answers /hostname with the Pod’s name and /clientip with the client’s address; / says the time',
  hostnames: 'answers with the Pod’s name, on port 9376',
  echoserver: 'says what it saw of the request, on port 8080',
  pause: 'waits',
  tools: 'curl, dig, ping, ip and tcpdump; it waits with sleep',
} as const;

/** The README.md of a lab for a real cluster, in Markdown. */
export const README = {
  title: (name: string) => `# ${name}, on a cluster of your own`,
  needs:
    'Made by Hoplab. It needs docker, [kind](https://kind.sigs.k8s.io) and kubectl. Run the commands in this folder.',
  cluster: '## 1. The cluster',
  notReady: 'Its nodes are not Ready yet: there is no network plugin. Their names here:',
  inLab: 'In the lab',
  here: 'Here',
  does: 'What it does',
  plugin: '## 2. The network plugin',
  flannel: 'flannel, as in the lab. kind’s nodes lack the plugin `bridge`, so it comes first:',
  module:
    'If flannel says that it failed to check br_netfilter, load it on the machine that runs docker: `sudo modprobe br_netfilter`.',
  nodes: 'The nodes, as in the lab:',
  objects: '## 3. The objects of the lab',
  gateway:
    'A cluster does not know the kinds of the Gateway API by itself, and nothing acts on them until a controller for them is installed.',
  custom: 'Objects of custom kinds are taken once their kind is known: apply the file a second time.',
  addresses: 'Services keep their addresses. Pods get others: kind gives each node its range as it joins.',
  images: 'Images that only the lab has are replaced:',
  last: '## What you did last',
  same: 'The same commands. Where one names the address of a Pod or a node, look it up first: they have others here.',
  outside: 'What ran outside of the cluster runs here beside its nodes.',
  inside: '## Looking inside',
  end: '## The end',
} as const;
