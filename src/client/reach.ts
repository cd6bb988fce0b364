// Who can reach whom: what there is to ask, questions put to a fork of the lab, and one of them asked for real.

import {
  DNS_PORT,
  isJsonObject,
  LAB_GROUP_PATH,
  type Lab,
  type LabElement,
  type WrittenQuestion,
} from '../sim/index.ts';
import type { LabSession } from './labSession.ts';
import type { ReachAnswer, ReachEnd, ReachPort, ReachQuestion, SentQuestion } from './port.ts';

/** A name that every cluster has. */
const ASKED_NAME = 'kubernetes.default.svc.cluster.local.';

/** Everything that can ask or be asked, in the order of the list twin. */
export function reachEnds(lab: Lab): readonly ReachEnd[] {
  return [...lab.elements().values()].flatMap(element => {
    const end = reachEnd(lab, element);
    return end === undefined ? [] : [end];
  });
}

/** How an element can ask or be asked; undefined: it cannot, or not by itself. */
export function reachEnd(lab: Lab, element: LabElement): ReachEnd | undefined {
  const { id, name } = element;
  switch (element.kind) {
    case 'pod':
      // A Pod of its node's network is asked as the node.
      if (element.hostNetwork || element.address === undefined) return undefined;
      return {
        element: id,
        kind: 'pod',
        name,
        namespace: element.namespace,
        labels: element.labels,
        ports: listening(lab, element),
      };
    case 'node':
    case 'outside':
      return { element: id, kind: element.kind, name, labels: {}, ports: listening(lab, element) };
    case 'service': {
      if (element.clusterIP === 'None' || element.clusterIP === '') return undefined;
      const ports = element.ports.flatMap((port): readonly ReachPort[] => {
        const protocol = port.protocol.toLowerCase();
        return protocol === 'tcp' || protocol === 'udp' ? [{ protocol, port: port.port }] : [];
      });
      return {
        element: id,
        kind: 'service',
        name,
        namespace: element.namespace,
        labels: element.selector ?? {},
        ports,
      };
    }
    default:
      return undefined;
  }
}

/** Ports that somebody else can reach: not those on the loopback alone. */
function listening(lab: Lab, { id }: LabElement): readonly ReachPort[] {
  const netns = lab.netnsOf(id);
  const listeners = (netns === undefined ? undefined : lab.world.find(netns)?.config.listeners) ?? [];
  const ports = new Map<string, ReachPort>();
  for (const { address, protocol, port } of listeners) {
    if (address.startsWith('127.')) continue;
    ports.set(`${protocol}/${port}`, { protocol, port });
  }
  return [...ports.values()].sort((a, b) => a.port - b.port || a.protocol.localeCompare(b.protocol));
}

/** A DNS server answers DNS questions only; a recorded server answers everything. */
function written(question: ReachQuestion, lab: Lab): WrittenQuestion {
  const isDns = question.protocol !== 'icmp' && question.port === DNS_PORT && lab.kind === 'cluster';
  return isDns ? { ...question, asks: ASKED_NAME } : question;
}

/** What would happen to each question; nothing changes in the lab. */
export function reach(lab: Lab, questions: readonly ReachQuestion[]): readonly ReachAnswer[] {
  return questions.map(question => {
    const asked = lab.ask(written(question, lab));
    if (asked.kind === 'not-sent') return { kind: 'not-sent', because: asked.because };
    const { lessonVerdict, outcome } = lab.summarize(asked.record);
    return { kind: 'answered', verdict: lessonVerdict, outcome };
  });
}

/** Asks for real, as a request to the lab's own API does: it is kept with the lab, and a saved lab asks again. */
export async function send(session: LabSession, question: ReachQuestion): Promise<SentQuestion> {
  const meant = written(question, session.lab);
  const asked = session.lab.ask(meant);
  if (asked.kind === 'not-sent') return { kind: 'not-sent', because: asked.because };
  const { status, body } = await session.request({
    method: 'POST',
    path: `${LAB_GROUP_PATH}/exchanges`,
    body: JSON.stringify({ ...meant, commit: true }),
  });
  const text = (field: string): string => String((isJsonObject(body) ? body[field] : undefined) ?? '');
  return status === 201 ? { kind: 'sent', exchange: text('id') } : { kind: 'not-sent', because: text('message') };
}
