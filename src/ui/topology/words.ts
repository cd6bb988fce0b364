// Words of the graph's scenes and of its list. Each is exported on its own: the page begins with them, and the build puts
// a constant where it is used, which an object's property is not.

interface PortWords {
  readonly port: number;
  readonly targetPort: string;
  readonly protocol: string;
  readonly nodePort?: number;
}

export const outside = 'Outside the cluster';
export const routes = (count: number): string => (count === 1 ? '1 route' : `${count} routes`);
export const pods = (count: number): string => (count === 1 ? '1 Pod' : `${count.toLocaleString('en')} Pods`);
export const port = ({ port, targetPort, protocol, nodePort }: PortWords): string =>
  `${port}${nodePort === undefined ? '' : `:${nodePort}`} → ${targetPort}/${protocol}`;
export const serviceAlone = 'Service';
export const service = (type: string): string => `Service · ${type}`;
export const ready = 'Ready';
export const namespace = 'Namespace';
export const notReady = 'not ready';
export const lan = (address: string, mtu: number): string => `${address} · MTU ${mtu}`;
