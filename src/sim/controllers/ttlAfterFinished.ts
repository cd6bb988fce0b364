// The TTL-after-finished controller: deletes Jobs some time after they have ended.
//
// Read:    kubernetes pkg/controller/ttlafterfinished/ttlafterfinished_controller.go.

import { type Controller, ofKind } from '../api/controller.ts';
import { jobs } from '../api/kinds/job.ts';
import { parseKey } from '../api/objects.ts';
import { parseTimestamp } from '../api/timestamps.ts';
import type { ControllerContext } from './context.ts';
import { finalCondition } from './job.ts';

const NAME = 'ttl-after-finished-controller';

export function ttlAfterFinishedController({ clock }: Pick<ControllerContext, 'clock'>): Controller {
  return {
    name: NAME,
    watches: [ofKind(jobs)],
    reconcile(api, key) {
      const job = api.get(jobs, parseKey(key));
      const { ttlSecondsAfterFinished: ttl } = job?.spec ?? {};
      const ended = job === undefined ? undefined : finalCondition(job)?.lastTransitionTime;
      const end = parseTimestamp(ended ?? '');
      if (job === undefined || ttl === undefined || end === undefined) return;
      if (job.metadata.deletionTimestamp !== undefined) return;
      const left = end + ttl * 1000 - clock.now;
      if (left > 0) clock.setAlarm(NAME, key, left, 'periodic');
      else api.delete(jobs, job.metadata, { propagationPolicy: 'Foreground', uid: job.metadata.uid });
    },
  };
}
