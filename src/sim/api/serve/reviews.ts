// Questions about who asks and what they may: posted like objects, answered at once, kept nowhere.
//
// Models:  SelfSubjectAccessReview, SelfSubjectRulesReview, SelfSubjectReview of a server that asks nobody who they are and
//          allows everything (`--authorization-mode=AlwaysAllow`).
// Omits:   reviews about others; discovery of these resources.
// Read:    k8s.io/apiserver pkg/authorization/authorizerfactory/builtin.go; kubernetes pkg/registry/authorization,
//          pkg/registry/authentication/selfsubjectreview.

import { badRequest, methodNotAllowed } from '../apiError.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ApiRequest, ApiResponse } from '../request.ts';
import { answer, refusal } from './answer.ts';
import { readBody } from './body.ts';

export type Review = 'SelfSubjectAccessReview' | 'SelfSubjectRulesReview' | 'SelfSubjectReview';

const PATHS: Readonly<Record<string, Review>> = {
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews': 'SelfSubjectAccessReview',
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews': 'SelfSubjectRulesReview',
  '/apis/authentication.k8s.io/v1/selfsubjectreviews': 'SelfSubjectReview',
};

const STATUS: Readonly<Record<Review, JsonObject>> = {
  SelfSubjectAccessReview: { allowed: true },
  SelfSubjectRulesReview: {
    resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
    nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
    incomplete: false,
  },
  SelfSubjectReview: { userInfo: { username: 'system:anonymous', groups: ['system:unauthenticated'] } },
};

/** The review that a path takes. */
export function reviewAt(path: string): Review | undefined {
  return Object.hasOwn(PATHS, path) ? PATHS[path] : undefined;
}

export function onReview(request: ApiRequest, review: Review): ApiResponse {
  if (request.method !== 'POST') return refusal(methodNotAllowed());
  const body = readBody(request);
  if (!body.ok) return refusal(body.error);
  if (body.value.kind !== 'value' || !isJsonObject(body.value.value))
    return refusal(badRequest('the object provided is unrecognized: it is no JSON object'));
  const [, , group = '', version = ''] = request.path.split('/');
  const { spec } = body.value.value;
  return answer(201, {
    kind: review,
    apiVersion: `${group}/${version}`,
    metadata: {},
    ...(spec !== undefined && { spec }),
    status: STATUS[review],
  });
}
