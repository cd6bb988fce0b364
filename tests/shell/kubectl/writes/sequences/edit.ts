import type { Sequence } from '../playBoth.ts';

export const EDIT: Sequence = {
  name: 'edit',
  lines: [
    'kubectl create deployment web --image=nginx',
    { line: 'kubectl edit deploy/web', replace: 'nothing', by: 'nothing' },
    { line: 'kubectl edit deploy/web', replace: 'replicas: 1$', by: 'replicas: 2' },
    { line: 'kubectl edit deploy web', replace: 'replicas: 2$', by: 'replicas: -2' },
    { line: 'kubectl edit deploy web', replace: '  name: web', by: '  name: foo' },
    { line: 'kubectl edit deploy web', replace: 'replicas: 2$', by: '{{' },
    { line: 'kubectl edit deploy web', replace: 'image: nginx', by: 'image: tools' },
    { line: 'kubectl edit pod client', replace: 'app: client', by: 'app: other' },
    { line: 'kubectl edit pod client', replace: 'image: tools', by: 'name: changed' },
    { line: 'kubectl edit pod client -o json', replace: '"app": "other"', by: '"app": "third"' },
    'kubectl get deploy,pods --show-labels',
    'kubectl edit deploy/nope',
    'kubectl edit',
    'kubectl edit pods -l app=x',
  ],
};
