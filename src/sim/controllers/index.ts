// The controllers of kube-controller-manager and the scheduler: what a cluster starts.

import type { Controller } from '../api/controller.ts';
import type { ControllerContext } from './context.ts';
import { daemonSetController } from './daemonSet.ts';
import { deploymentController } from './deployment.ts';
import { endpointSliceController } from './endpointSlice.ts';
import { endpointSliceMirroringController } from './endpointSliceMirroring.ts';
import { endpointsController } from './endpoints.ts';
import { garbageCollector } from './garbageCollector.ts';
import { jobController } from './job.ts';
import { namespaceController } from './namespace.ts';
import { nodeIpamController } from './nodeIpam.ts';
import { NODE_LIFECYCLE, nodeLifecycleController } from './nodeLifecycle.ts';
import { podGcController } from './podGc.ts';
import { replicaSetController } from './replicaSet.ts';
import { schedulerController } from './scheduler.ts';
import { statefulSetController } from './statefulSet.ts';
import { taintEvictionController } from './taintEviction.ts';
import { ttlAfterFinishedController } from './ttlAfterFinished.ts';

export { type ControllerContext, startControllers } from './context.ts';
export { NODE_LIFECYCLE };

/** All of them, in the order in which they get to see a change. */
export function clusterControllers(context: ControllerContext): readonly Controller[] {
  return [
    nodeIpamController(context),
    nodeLifecycleController(context),
    taintEvictionController(context),
    podGcController(context),
    deploymentController(context),
    replicaSetController(context),
    statefulSetController(context),
    daemonSetController(context),
    jobController(context),
    ttlAfterFinishedController(context),
    schedulerController(context),
    endpointSliceController(),
    endpointsController(),
    endpointSliceMirroringController(),
    namespaceController(context),
    garbageCollector(),
  ];
}
