// The Pod garbage collector: Pods whose node is no more.
//
// Omits:   the limit for ended Pods (12,500), and Pods that terminate on nodes taken out of service.
// Read:    kubernetes pkg/controller/podgc/gc_controller.go, `gcOrphaned`, `gcUnscheduledTerminating`.

import { type Controller, ofKind } from '../api/controller.ts';
import { nodes } from '../api/kinds/node.ts';
import { isPodTerminal, pods } from '../api/kinds/pod.ts';
import { timestamp } from '../api/timestamps.ts';
import type { ControllerContext } from './context.ts';
import { disrupt } from './taintEviction.ts';

const NAME = 'pod-garbage-collector-controller';
/** A node may come back under its name. Source: gc_controller.go, `quarantineTime`. */
const QUARANTINE_MS = 40_000;

export function podGcController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [
      ofKind(nodes, ({ type, object }) => {
        if (type === 'DELETED') clock.setAlarm(NAME, object.metadata.name, QUARANTINE_MS, 'periodic');
        else clock.cancelAlarm(NAME, object.metadata.name);
        return [];
      }),
      // A Pod can name a node that never was.
      ofKind(pods, ({ type, object, previous }, api) => {
        const { nodeName: name = '' } = object.spec;
        if (type === 'DELETED' || name === '' || name === previous?.spec.nodeName) return [];
        const isKnown = api.get(nodes, { name }) !== undefined || clock.alarm(NAME, name) !== undefined;
        if (!isKnown) clock.setAlarm(NAME, name, QUARANTINE_MS, 'periodic');
        return [];
      }),
    ],
    reconcile(api, name) {
      if (api.get(nodes, { name }) !== undefined) return;
      for (const pod of api.list(pods, { node: name })) {
        const why = { reason: 'DeletionByPodGC', message: 'PodGC: node no longer exists' };
        if (!isPodTerminal(pod)) disrupt(api, pod, why, timestamp(clock.now), 'Failed');
        api.delete(pods, pod.metadata, { gracePeriodSeconds: 0, uid: pod.metadata.uid });
      }
    },
  };
}
