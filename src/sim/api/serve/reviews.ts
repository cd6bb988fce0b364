// Reviews: questions to the API server about the one who asks. They are posted like objects, answered, and never stored.
//
// Simplified: nobody logs in, and everybody may do everything.
// Read:    kubernetes.io/docs/reference/access-authn-authz/authorization, "Checking API access"; kubernetes
//          pkg/registry/authorization, pkg/registry/authentication; k8s.io/apiserver authorizerfactory, `AlwaysAllow`.

import { failure, type Result, success } from '../../runtime/errors.ts';
import { invalidObject, methodNotAllowed } from '../apiError.ts';
import type { ApiError } from '../client.ts';
import { type FieldError, invalid, required } from '../fieldError.ts';
import { path } from '../fieldPath.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import type { ApiRequest, ApiResponse, Json } from '../request.ts';
import { groupOf } from '../scheme.ts';
import { answer } from './answer.ts';
import { readObject } from './decodeBody.ts';
import { readWriteQuery } from './options.ts';

export interface Review {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: string;
  readonly singular: string;
  check(spec: JsonObject): readonly FieldError[];
  answer(spec: JsonObject): JsonObject;
}

const ANY = ['*'];

export const REVIEWS: readonly Review[] = [
  {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview',
    resource: 'selfsubjectreviews',
    singular: 'selfsubjectreview',
    check: () => [],
    answer: () => ({ userInfo: { username: 'system:anonymous', groups: ['system:unauthenticated'] } }),
  },
  {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    resource: 'selfsubjectaccessreviews',
    singular: 'selfsubjectaccessreview',
    check({ resourceAttributes, nonResourceAttributes }) {
      if ((resourceAttributes === undefined) !== (nonResourceAttributes === undefined)) return [];
      const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
      const both = 'cannot be specified in combination with resourceAttributes';
      return resourceAttributes === undefined
        ? [invalid(path('spec', 'resourceAttributes'), null, why)]
        : [invalid(path('spec', 'nonResourceAttributes'), nonResourceAttributes, both)];
    },
    answer: () => ({ allowed: true }),
  },
  {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectRulesReview',
    resource: 'selfsubjectrulesreviews',
    singular: 'selfsubjectrulesreview',
    check: ({ namespace = '' }) => (namespace === '' ? [required(path('spec', 'namespace'))] : []),
    answer: () => ({
      resourceRules: [{ verbs: ANY, apiGroups: ANY, resources: ANY }],
      nonResourceRules: [{ verbs: ANY, nonResourceURLs: ANY }],
      incomplete: false,
    }),
  },
];

export function findReview(apiVersion: string, resource: string): Review | undefined {
  return REVIEWS.find(review => review.apiVersion === apiVersion && review.resource === resource);
}

/** Answers a question: its object with the answer as its status. */
export function onReview(request: ApiRequest, review: Review): Result<ApiResponse, ApiError> {
  if (request.method !== 'POST') return failure(methodNotAllowed());
  const query = readWriteQuery(request, 'CreateOptions');
  if (!query.ok) return query;
  const decoded = readObject(request, review, query.value.validation);
  if (!decoded.ok) return decoded;
  const { object, warnings } = decoded.value;
  const spec = isJsonObject(object.spec) ? object.spec : {};
  const errors = review.check(spec);
  if (errors.length > 0) return failure(invalidObject(review.kind, groupOf(review.apiVersion), '', errors));
  const { apiVersion, kind } = review;
  const body: Json = { kind, apiVersion, metadata: {}, spec, status: review.answer(spec) };
  return success(answer(201, body, warnings));
}
