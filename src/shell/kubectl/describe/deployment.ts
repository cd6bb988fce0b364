// `kubectl describe deployment`.
//
// Read:    kubectl v1.34 pkg/describe/describe.go, `describeDeployment`; pkg/util/deployment/deployment.go.

import { equalJson, type Json, type JsonObject } from '../../../sim/index.ts';
import { at, numberAt, objectAt, textAt } from '../fields.ts';
import { eventLines } from './events.ts';
import { compare, conditionLines, controllerOf, labelAndAnnotationLines, line, longTime, nameLines } from './lines.ts';
import { podTemplateLines } from './podTemplate.ts';
import type { Lines, Related } from './related.ts';
import { orNone, selectorText } from './selectorText.ts';

/** The label by which a ReplicaSet's Pods differ from those of its sisters. */
const HASH_LABEL = 'pod-template-hash';

export async function deploymentLines(deployment: Json, related: Related): Promise<Lines> {
  const [spec, status] = [at(deployment, 'spec'), at(deployment, 'status')];
  const replicas = (field: string): number => numberAt(status, field) ?? 0;
  const rollingUpdate = at(spec, 'strategy', 'rollingUpdate');
  return [
    ...nameLines(deployment),
    line(0, 'CreationTimestamp:', longTime(textAt(deployment, 'metadata', 'creationTimestamp'))),
    ...labelAndAnnotationLines(deployment),
    line(0, 'Selector:', selectorText(at(spec, 'selector'))),
    line(
      0,
      'Replicas:',
      [
        `${numberAt(spec, 'replicas') ?? 0} desired`,
        `${replicas('updatedReplicas')} updated`,
        `${replicas('replicas')} total`,
        `${replicas('availableReplicas')} available`,
        `${replicas('unavailableReplicas')} unavailable`,
      ].join(' | '),
    ),
    line(0, 'StrategyType:', textAt(spec, 'strategy', 'type')),
    line(0, 'MinReadySeconds:', numberAt(spec, 'minReadySeconds') ?? 0),
    ...(rollingUpdate === undefined ? [] : [rollingUpdateLine(rollingUpdate)]),
    ...podTemplateLines(at(spec, 'template')),
    ...conditionLines(deployment),
    ...(await replicaSetLines(deployment, related)),
    ...eventLines(related),
  ];
}

function rollingUpdateLine(rollingUpdate: Json): string {
  const [unavailable, surge] = [textAt(rollingUpdate, 'maxUnavailable'), textAt(rollingUpdate, 'maxSurge')];
  return line(0, 'RollingUpdateStrategy:', `${unavailable} max unavailable, ${surge} max surge`);
}

async function replicaSetLines(deployment: Json, related: Related): Promise<Lines> {
  const owned = await ownedReplicaSets(deployment, related);
  if (owned.length === 0) return [];
  const template = templateWithoutHash(deployment);
  const current = owned.find(replicaSet => equalJson(templateWithoutHash(replicaSet), template));
  return [
    line(0, 'OldReplicaSets:', replicaSetsText(owned.filter(replicaSet => replicaSet !== current))),
    line(0, 'NewReplicaSet:', replicaSetsText(current === undefined ? [] : [current])),
  ];
}

/** Oldest first; none when the server refuses. */
async function ownedReplicaSets(deployment: Json, related: Related): Promise<readonly Json[]> {
  const path = `/apis/apps/v1/namespaces/${textAt(deployment, 'metadata', 'namespace')}/replicasets`;
  const uid = textAt(deployment, 'metadata', 'uid');
  const found = await related
    .list(path, { labelSelector: selectorText(at(deployment, 'spec', 'selector')) })
    .catch((): readonly Json[] => []);
  const created = (object: Json): string => textAt(object, 'metadata', 'creationTimestamp');
  const name = (object: Json): string => textAt(object, 'metadata', 'name');
  return found
    .filter(replicaSet => textAt(controllerOf(replicaSet), 'uid') === uid)
    .sort((a, b) => compare(created(a), created(b)) || compare(name(a), name(b)));
}

function templateWithoutHash(workload: Json): JsonObject {
  const template = objectAt(workload, 'spec', 'template');
  const { [HASH_LABEL]: _, ...labels } = objectAt(template, 'metadata', 'labels');
  return { ...template, metadata: { ...objectAt(template, 'metadata'), labels } };
}

/** `web-5886cbdf9 (2/2 replicas created)`. */
function replicaSetsText(replicaSets: readonly Json[]): string {
  return orNone(
    replicaSets
      .map(replicaSet => {
        const [made, wanted] = [numberAt(replicaSet, 'status', 'replicas'), numberAt(replicaSet, 'spec', 'replicas')];
        return `${textAt(replicaSet, 'metadata', 'name')} (${made ?? 0}/${wanted ?? 0} replicas created)`;
      })
      .join(', '),
  );
}
