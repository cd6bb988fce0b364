// The API server: answers requests, serves controllers and node agents, and is a value that can be kept and put back.
//
// Models:  the Kubernetes REST API of v1.34 for the kinds of scheme.ts.
// Omits:   users and permissions (everybody may do everything).
// Read:    kubernetes.io/docs/reference/using-api/api-concepts.

import type { Prefix } from '../net/address.ts';
import type { Clock } from '../runtime/clock.ts';
import { assertNever, failure, type Result } from '../runtime/errors.ts';
import type { EventLog } from '../runtime/eventLog.ts';
import type { NameSource } from '../runtime/names.ts';
import type { AllocationState } from './admission/serviceAllocation.ts';
import { methodNotAllowed, noSuchPath } from './apiError.ts';
import type { ApiClient, ApiError } from './client.ts';
import type { ReadContainerLog } from './containerLog.ts';
import { customKinds, kindIn, removeInstances } from './customKinds.ts';
import { inProcessClient } from './inProcessClient.ts';
import { customResourceDefinitions } from './kinds/custom/definition.ts';
import type { Kind } from './kinds/kind.ts';
import { openApiIndex, openApiV2, openApiV3 } from './openapi/documents.ts';
import { EVENT_OWNER, sweepEvents } from './recordEvent.ts';
import type { ApiRequest, ApiResponse } from './request.ts';
import { SCHEME } from './scheme.ts';
import { answer, refusal, withWarnings } from './serve/answer.ts';
import {
  AGGREGATED_HEADERS,
  aggregatedDiscovery,
  apiGroup,
  apiGroups,
  apiResources,
  apiVersions,
  wantsAggregated,
} from './serve/discovery.ts';
import { checkAccept, encoded } from './serve/negotiate.ts';
import { onReview } from './serve/reviews.ts';
import { parsePath, type Route } from './serve/route.ts';
import { type ServedKind, servedKinds } from './serve/served.ts';
import { SERVER_VERSION } from './serve/serverVersion.ts';
import { onSubresource } from './serve/subresources.ts';
import { onCollection, onObject } from './serve/verbs.ts';
import { ObjectStore, type StoreDifference, type StoreState } from './store.ts';
import { ApiWorld } from './world.ts';

export interface ApiServerOptions {
  readonly clock: Clock;
  readonly names: NameSource;
  /** The lab's log: what was written, and the Events of controllers. */
  readonly events: EventLog;
  /** Where ClusterIPs come from: `10.96.0.0/12`. */
  readonly serviceSubnet: Prefix;
  /** How the kubelets are asked for logs; without it nothing was ever written. */
  readonly containerLog?: ReadContainerLog;
  /** Is told after each change of an object. */
  readonly onProgress?: () => void;
}

/** The server as a value. Clock, names and log have values of their own, which belong with it. */
export interface ApiServerState {
  readonly store: StoreState;
  readonly allocation: AllocationState;
}

const NO_LOG: ReadContainerLog = () => ({ kind: 'lines', startedAt: 0, lines: [], process: 'ended' });

export class ApiServer {
  readonly #world: ApiWorld;

  constructor({ clock, names, events, serviceSubnet, containerLog = NO_LOG, onProgress }: ApiServerOptions) {
    const store = new ObjectStore(SCHEME);
    this.#world = new ApiWorld({ store, clock, names, log: events, serviceSubnet, containerLog });
    store.onChange(customResourceDefinitions, ({ type, object }) => {
      if (type === 'DELETED') removeInstances(store, object);
    });
    if (onProgress !== undefined) store.onProgress(onProgress);
    clock.onAlarm(EVENT_OWNER, () => sweepEvents(this.#world));
  }

  /** Answers a request. A refusal is an answer too: a Status with its code. */
  request(request: ApiRequest): ApiResponse {
    const route = parsePath(request.path, customKinds(this.#world.store));
    switch (route.kind) {
      case 'collection':
      case 'object':
      case 'review':
        return encoded(request, this.#noted(request, route, respond(this.#onResource(request, route))));
      default:
        return request.method === 'GET' || route.kind === 'unknown'
          ? fixed(request, route, servedKinds(customKinds(this.#world.store)))
          : refusal(methodNotAllowed());
    }
  }

  #onResource(request: ApiRequest, route: ResourceRoute): Outcome {
    const unacceptable = checkAccept(request);
    if (unacceptable !== undefined) return failure(unacceptable);
    if (route.kind === 'review') return onReview(request, route.review);
    if (route.kind === 'collection') return onCollection(this.#world, request, route);
    return (route.subresource === undefined ? onObject : onSubresource)(this.#world, request, route);
  }

  /** Says once what somebody who makes such an object should know of its kind. */
  #noted(request: ApiRequest, route: ResourceRoute, response: ApiResponse): ApiResponse {
    if (route.kind === 'review') return response;
    const { kind, effect, deprecation } = route.of;
    const isFirst = response.status === 201 && this.#world.store.table(route.of).size === 1;
    const isKept = request.query?.dryRun === undefined;
    return withWarnings(response, [
      ...(deprecation === undefined ? [] : [deprecation]),
      ...(effect === 'none' && isFirst && isKept
        ? [`${kind} has no effect in this lab: it is only kept and shown`]
        : []),
    ]);
  }

  /** A client for controllers and node agents. @param userAgent who it is, for the log */
  client(userAgent: string): ApiClient {
    return inProcessClient(this.#world, userAgent);
  }

  /** A kind that it serves: `kindOf('v1', 'Pod')`. */
  kindOf(apiVersion: string, kind: string): Kind | undefined {
    return kindIn(this.#world.store, apiVersion, kind);
  }

  /** Grows with every change and every restore; see {@link ApiServer.changesSince}. */
  get revision(): number {
    return this.#world.store.revision;
  }

  /** Objects that differ from what they were at a revision; 0 asks for all. Putting a snapshot back is a change too. */
  changesSince(revision: number): StoreDifference {
    return this.#world.store.changesSince(revision);
  }

  /** Forgets how the objects came to be as they are: watches and lists of earlier states end with 410. */
  compact(): void {
    this.#world.store.compact();
  }

  /** Costs nothing but the number of kinds. */
  snapshot(): ApiServerState {
    return { store: this.#world.store.snapshot(), allocation: this.#world.allocation };
  }

  /** Puts a state back. Watches of clients get the differences as events; controllers do not. */
  restore(state: ApiServerState): void {
    this.#world.allocation = state.allocation;
    this.#world.store.restore(state.store);
  }
}

type ResourceRoute = Extract<Route, { readonly kind: 'collection' | 'object' | 'review' }>;
type Outcome = Result<ApiResponse, ApiError>;

function respond(outcome: Outcome): ApiResponse {
  return outcome.ok ? outcome.value : refusal(outcome.error);
}

/** What does not depend on any object. */
function fixed(request: ApiRequest, route: Exclude<Route, ResourceRoute>, served: readonly ServedKind[]): ApiResponse {
  switch (route.kind) {
    case 'versions':
      return wantsAggregated(request) ? aggregated('core', served) : answer(200, apiVersions());
    case 'groups':
      return wantsAggregated(request) ? aggregated('groups', served) : answer(200, apiGroups(served));
    case 'group':
      return answer(200, apiGroup(route.group, served));
    case 'resources':
      return answer(200, apiResources(route.apiVersion, served));
    case 'version':
      return answer(200, SERVER_VERSION);
    case 'openapi':
      if (route.document === 'v3') return answer(200, openApiV3(route.apiVersion));
      return answer(200, route.document === 'v2' ? openApiV2() : openApiIndex());
    case 'health':
      return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' };
    case 'unknown':
      return refusal(noSuchPath());
    default:
      return assertNever(route, 'a route');
  }
}

function aggregated(part: 'core' | 'groups', served: readonly ServedKind[]): ApiResponse {
  return { status: 200, headers: AGGREGATED_HEADERS, body: aggregatedDiscovery(part, served) };
}
