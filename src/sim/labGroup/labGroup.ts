// The lab's own group of the API, `lab.hoplab.dev/v1alpha1`: what Kubernetes has no words for.
//
//   POST exchanges     {from, to, protocol?, port?, path?, headers?, size?, df?, asks?, count?, commit?}   an Exchange
//   POST matrix        {probes: [{from, to, protocol?, port?, ...}]}                                verdicts only
//   POST resolutions   {from, name, type?}                                                          a Resolution
//   GET  kernel                                                       the whole lab as a kernel spec
//   GET  nodes/NAME/iptables                                          iptables-save of a node, as text
//
// Whoever serves a lab adds what replaces it (`POST lab`): src/server/http/newLab.ts.

import { badRequest, methodNotAllowed, noSuchPath, notFound } from '../api/apiError.ts';
import type { ApiError } from '../api/client.ts';
import type { FieldError } from '../api/fieldError.ts';
import { asJson } from '../api/json.ts';
import type { ApiRequest, ApiResponse, Json } from '../api/request.ts';
import { answer, refusal } from '../api/serve/answer.ts';
import { checkObjectType, readBody } from '../api/serve/body.ts';
import type { Lab } from '../lab.ts';
import { renderRuleset } from '../linux/netfilter/iptablesSave.ts';
import { ParseError } from '../runtime/errors.ts';
import { LAB_GROUP, refusedBody } from './body.ts';
import { exchanges, matrix } from './exchanges.ts';
import { exportKernel } from './kernelExport.ts';
import { resolutions } from './resolutions.ts';

const VERSION = `${LAB_GROUP}/v1alpha1`;

/** Where the group is. */
export const LAB_GROUP_PATH = `/apis/${VERSION}`;

/** What is posted: reads the body, notes what is wrong with it, and answers. */
type Post = (lab: Lab, body: Json | undefined, errors: FieldError[]) => Json;

const POSTS: ReadonlyMap<string, { readonly kind: string; readonly answer: Post }> = new Map([
  ['exchanges', { kind: 'Exchange', answer: exchanges }],
  ['matrix', { kind: 'Matrix', answer: matrix }],
  ['resolutions', { kind: 'Resolution', answer: resolutions }],
]);

/** The answer to a request to this group; `undefined` for every other path. */
export function answerLabGroup(lab: Lab, request: ApiRequest): ApiResponse | undefined {
  const { path } = request;
  if (path !== LAB_GROUP_PATH && !path.startsWith(`${LAB_GROUP_PATH}/`)) return undefined;
  const [resource = '', name = '', part = '', ...rest] = path.slice(LAB_GROUP_PATH.length + 1).split('/');
  const post = POSTS.get(resource);
  if (post !== undefined && name === '')
    return request.method === 'POST' ? answerPost(lab, request, post) : WRONG_METHOD;
  const isKernel = resource === 'kernel' && name === '';
  const isRules = resource === 'nodes' && part === 'iptables' && rest.length === 0;
  if (!isKernel && !isRules && resource !== '') return refusal(noSuchPath());
  if (request.method !== 'GET') return WRONG_METHOD;
  if (isKernel) return kernel(lab);
  return isRules ? iptables(lab, name) : answer(200, resourceList());
}

const WRONG_METHOD = refusal(methodNotAllowed());

function answerPost(
  lab: Lab,
  request: ApiRequest,
  { kind, answer: post }: { readonly kind: string; readonly answer: Post },
): ApiResponse {
  const mistyped = checkObjectType(request);
  if (mistyped !== undefined) return refusal(mistyped);
  const read = readBody(request);
  if (!read.ok) return refusal(read.error);
  const body = read.value;
  if (body.kind !== 'value')
    return refusal(badRequest(`the object provided is unrecognized (must be of type ${kind}): ${body.why}`));
  const errors: FieldError[] = [];
  const answered = post(lab, body.value, errors);
  return errors.length > 0 ? refusal(refusedBody(kind, errors)) : answer(201, answered);
}

function kernel(lab: Lab): ApiResponse {
  try {
    return answer(200, asJson(exportKernel(lab)));
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    const refused: ApiError = { code: 422, reason: 'Invalid', message: error.message };
    return refusal(refused);
  }
}

function iptables(lab: Lab, name: string): ApiResponse {
  const host = lab.host(name);
  const netns = host === undefined ? undefined : lab.world.find(host.netns);
  if (netns === undefined) return refusal(notFound({ group: LAB_GROUP, resource: 'nodes' }, name));
  lab.read(netns.name);
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return { status: 200, headers, body: renderRuleset(netns.config.netfilter) };
}

function resourceList(): Json {
  const entry = (name: string, kind: string, verb: string): Json => ({
    name,
    singularName: '',
    namespaced: false,
    kind,
    verbs: [verb],
  });
  const posts = [...POSTS].map(([name, { kind }]) => entry(name, kind, 'create'));
  const resources = [...posts, entry('kernel', 'KernelSpec', 'get'), entry('nodes/iptables', 'Rules', 'get')];
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: VERSION, resources };
}
