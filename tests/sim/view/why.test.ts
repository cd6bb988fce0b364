// Questions about elements, answered from small clusters that are right, and wrong in one thing each.

import { describe, expect, it } from 'vitest';
import { type ApiRequest, Lab } from '../../../src/sim/index.ts';

const POD = (name: string, more = '', labels = 'app: web'): string => `---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { ${labels} } }
spec: { nodeName: node-1, containers: [{ name: web, image: web${more} }] }
`;
const SERVICE = (selector = '{ app: web }', ports = '[{ port: 80, targetPort: 8080 }]', more = ''): string => `---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: ${selector}, ports: ${ports}${more} }
`;

function open(text: string): Lab {
  const opened = Lab.open(text);
  if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
  opened.lab.advance(5000);
  return opened.lab;
}

/** What answers a question about an element, a line each; what decides begins with `!`. */
function answers(lab: Lab, element: string, question: string): readonly string[] {
  const found = lab.why(element).find(answer => answer.question === question);
  if (found === undefined) throw new Error(`no such question: ${lab.why(element).map(answer => answer.question)}`);
  return found.evidence.map(
    ({ part, sentence, line }) => `${part === 'cause' ? '! ' : ''}${sentence}${line === undefined ? '' : ` ${line}`}`,
  );
}

const NO_ENDPOINTS = 'Why has it no endpoints?';

describe('why a Service has no endpoints', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'a typo in the selector: the label that differs is named, and the nearest comes first',
      POD('client', '', 'app: client') + POD('web-1') + POD('web-2') + SERVICE('{ app: wbe }'),
      [
        '! Its selector asks for app=wbe, and no Pod in default has that.',
        '! Pods web-1 and web-2 have app=web; the selector asks for app=wbe.',
        'Pod client has app=client; the selector asks for app=wbe.',
      ],
    ],
    [
      'a label that is missing',
      POD('web-1') + SERVICE('{ app: web, tier: front }'),
      [
        '! Its selector asks for app=web,tier=front, and no Pod in default has that.',
        '! Pod web-1 has no label tier; the selector asks for tier=front.',
      ],
    ],
    [
      'Pods that have none of its labels are not near',
      POD('web-1', '', 'run: web') + SERVICE(),
      ['! Its selector asks for app=web, and no Pod in default has that.'],
    ],
    [
      'the Pods are in another namespace',
      `---\napiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n${POD('web-1').replace('name: web-1,', 'name: web-1, namespace: shop,')}${SERVICE()}`,
      [
        '! Its selector asks for app=web, and no Pod in default has that.',
        '! Pod web-1 has these labels, in shop: a selector finds Pods of its own namespace only.',
        'There is no Pod in default at all.',
      ],
    ],
    [
      'a port name that no container has',
      POD('web-1', ', ports: [{ name: http, containerPort: 8080 }]') +
        SERVICE('{ app: web }', '[{ port: 80, targetPort: htp }]'),
      ['! Pod web-1 matches, and none of its containers names a port htp (TCP): they name http.'],
    ],
    [
      'Pods that are not Ready, with what is the matter with them',
      POD('web-1', ', readinessProbe: { httpGet: { path: /, port: 9999 }, periodSeconds: 1 }') + SERVICE(),
      [
        '! Pod web-1 matches and is not Ready: Container web runs, but: Readiness probe failed: Get "http://10.244.1.2:9999/": dial tcp 10.244.1.2:9999: connect: connection refused',
      ],
    ],
    [
      'a Service without a selector',
      POD('web-1') + SERVICE().replace('selector: { app: web }, ', ''),
      ['! It has no selector, so nobody fills its EndpointSlices: there are none with a ready address.'],
    ],
    [
      'another name for a host',
      '---\napiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { type: ExternalName, externalName: api.example.com }\n',
      ['! It is another name for api.example.com: it never has endpoints.'],
    ],
  ])('%s', (_, text, expected) => {
    expect(answers(open(text), 'svc/default/web', NO_ENDPOINTS)).toEqual(expected);
  });

  it('has no rules of a headless Service, and says why', () => {
    const headless = open(`${POD('web-1')}---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
`);
    expect(answers(headless, 'svc/default/web', 'Which rules are about it?')).toEqual([
      'None: it has no ClusterIP that kube-proxy could translate. DNS answers with the addresses of its Pods.',
    ]);
  });

  it('is no question when it has some; a port that nobody listens on is told all the same', () => {
    const behind = 'Which Pods are behind it?';
    expect(answers(open(POD('web-1') + SERVICE()), 'svc/default/web', behind)).toEqual([
      'Pod web-1 is Ready and listens on 10.244.1.2:8080.',
    ]);
    const deaf = open(POD('web-1') + SERVICE('{ app: web }', '[{ port: 80 }]'));
    expect(answers(deaf, 'svc/default/web', behind)).toEqual(['! Pod web-1 is Ready, but listens on 8080, not 80.']);
  });

  it('is answered by its EndpointSlice and refers to what is there now', () => {
    const lab = open(POD('web-1') + SERVICE('{ app: wbe }'));
    const request: ApiRequest = {
      method: 'PATCH',
      path: '/api/v1/namespaces/default/services/web',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: { spec: { selector: { app: 'web' } } },
    };
    expect(lab.request(request).status).toBe(200);
    const slice = [...lab.elements().keys()].find(id => id.startsWith('slice/default/web-')) ?? '';
    expect(answers(lab, slice, 'Which Pods are behind it?')).toHaveLength(1);
  });
});

describe('why a Pod is not Ready', () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      'an image that cannot be pulled',
      POD('web').replace('image: web', 'image: "nosuch:1"'),
      'Why is it not Ready?',
      [
        '! Container web waits: ImagePullBackOff: Back-off pulling image "nosuch:1": ErrImagePull: failed to pull and unpack image "docker.io/library/nosuch:1": failed to resolve reference "docker.io/library/nosuch:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed.',
      ],
    ],
    [
      'a node that no Pod fits: the words of the scheduler',
      POD('web').replace('nodeName: node-1', 'nodeSelector: { disk: ssd }'),
      'Why is it Pending?',
      [
        "! The scheduler says: 0/3 nodes are available: 1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }, 2 node(s) didn't match Pod's node affinity/selector. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.",
      ],
    ],
    [
      'a node that is not there',
      POD('web').replace('node-1', 'node-9'),
      'Why is it not Ready?',
      ['! It is bound to node-9, and there is no such node.'],
    ],
  ])('%s', (_, text, question, expected) => {
    expect(answers(open(text), 'pod/default/web', question).slice(0, expected.length)).toEqual(expected);
  });

  it('is no question while it is Ready', () => {
    expect(
      open(POD('web'))
        .why('pod/default/web')
        .map(({ question }) => question),
    ).toEqual(['Which Services choose it?', 'Which policies choose it?', 'Which rules are about it?']);
  });
});

describe('which policies and rules are about a Pod', () => {
  const POLICY = (spec: string): string =>
    `---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny }\nspec: ${spec}\n`;

  it.each<[string, string, readonly string[]]>([
    ['none', '', ['No NetworkPolicy chooses it.']],
    ['one for other Pods', POLICY('{ podSelector: { matchLabels: { app: db } } }'), ['No NetworkPolicy chooses it.']],
    [
      'one that closes it',
      POLICY('{ podSelector: {} }'),
      [
        'NetworkPolicy deny chooses it (every Pod).',
        'deny, to it: nothing is allowed.',
        'In this lab no network plugin enforces policies: packets pass as if there were none.',
      ],
    ],
    [
      'one with rules for both ways',
      POLICY(
        '{ podSelector: { matchLabels: { app: web } }, ingress: [{ from: [{ podSelector: { matchLabels: { app: client } } }], ports: [{ port: 8080 }] }], egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.96.0.0/12] } }] }] }',
      ),
      [
        'NetworkPolicy deny chooses it (app=web).',
        'deny, to it: allowed is from Pods with app=client, 8080/TCP.',
        'deny, from it: allowed is to 10.0.0.0/8 except 10.96.0.0/12, any port.',
        'In this lab no network plugin enforces policies: packets pass as if there were none.',
      ],
    ],
  ])('%s', (_, policy, expected) => {
    expect(answers(open(POD('web') + policy), 'pod/default/web', 'Which policies choose it?')).toEqual(expected);
  });

  it('counts what kube-proxy wrote for it, on all nodes at once while they say the same', () => {
    const rows = answers(open(POD('web') + SERVICE()), 'pod/default/web', 'Which rules are about it?');
    expect(rows[0]).toBe('On cp, node-1 and node-2:');
    expect(rows).toContainEqual(expect.stringMatching(/^nat KUBE-SEP-\w+: 2 rules name 10\.244\.1\.2\.$/));
    expect(rows.filter(row => row.startsWith('!'))).toEqual([]);
  });

  it('names the rule that refuses for a Service without endpoints', () => {
    const rows = answers(open(SERVICE()), 'svc/default/web', 'Which rules are about it?');
    expect(rows).toContainEqual(
      expect.stringMatching(/^! A rule of filter ends packets: -A KUBE-SERVICES .*has no endpoints.* -j REJECT/),
    );
  });

  it('says which Service sends it traffic, and which only chooses it', () => {
    expect(answers(open(POD('web') + SERVICE()), 'pod/default/web', 'Which Services choose it?')).toEqual([
      'Service web sends it traffic.',
    ]);
    expect(answers(open(POD('web') + SERVICE('{ app: wbe }')), 'pod/default/web', 'Which Services choose it?')).toEqual(
      ['No Service in default has a selector that it fits.', 'Service web asks for app=wbe; it has app=web.'],
    );
    const unready = POD('web', ', readinessProbe: { tcpSocket: { port: 9 } }') + SERVICE();
    expect(answers(open(unready), 'pod/default/web', 'Which Services choose it?')).toEqual([
      '! Service web chooses it, but its endpoint is not ready.',
    ]);
  });
});

it('a Deployment tells of its Pods that are not Ready, and an element that is well raises no question', () => {
  const deployment = (image: string): string =>
    `---\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 2, selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } }, spec: { containers: [{ name: web, image: "${image}" }] } } }\n`;
  expect(answers(open(deployment('nosuch')), 'deploy/default/web', 'Why are not all Pods Ready?')).toEqual([
    expect.stringMatching(/^! Pod web-\S+: Container web waits: /),
    expect.stringMatching(/^! Pod web-\S+: Container web waits: /),
  ]);
  expect(open(deployment('web')).why('deploy/default/web')).toEqual([]);
  expect(open('').why('router/router')).toEqual([]);
  expect(open('').why('pod/default/nobody')).toEqual([]);
});
