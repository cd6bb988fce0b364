import type { Sequence } from '../playBoth.ts';

export const OUTPUT: Sequence = {
  name: 'objects of its own types',
  lines: [
    'kubectl run p1 --image=nginx --dry-run=client -o json',
    'kubectl run p1 --image=nginx -o json',
    'kubectl expose pod client --port=80 --dry-run=client -o json',
    'kubectl expose pod client --port=80 -o json',
    'kubectl create cm a --from-literal=x=y -o json',
    'kubectl create service clusterip a --tcp=80 -o json',
    'kubectl create ns a -o json',
    'kubectl scale deploy web --replicas=2 --dry-run=client -o json',
    'kubectl create token default',
    `kubectl create cm z --from-literal=a=* --from-literal='b= x' --from-literal=c=true --from-literal=d= --from-literal=e='a: b' --from-literal=f='- x' --from-literal=h=1e3 --from-literal=i=0x1F --from-literal=j=y --from-literal=k=12:30 --from-literal=l='#a' --from-literal=m='a #b' --from-literal=n='-' --from-literal=o='a:' --from-literal=p=2001-01-01 --from-literal=q='?x' --from-literal=r='=' --from-literal=s='~' --from-literal=t='@x' --from-literal=u='"q"' --from-literal=v='é' --from-literal=w='<<' --from-literal=x='null' --from-literal=y='.5' --from-literal=z='1_000' --dry-run=client -o yaml`,
  ],
};
