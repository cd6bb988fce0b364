// `POST /apis/lab.hoplab.dev/v1alpha1/lab`: a fresh lab in the place of the one that is served.

import type { Diagnostic, OpenReport } from '../../client/port.ts';
import { type ApiRequest, type ApiResponse, LAB_GROUP_PATH } from '../../sim/index.ts';

const TYPES = ['application/json', 'application/yaml', 'application/x-yaml', 'text/yaml'];
const JSON_HEADERS = { 'content-type': 'application/json' };

export function isNewLab({ method, path }: ApiRequest): boolean {
  return method === 'POST' && path === `${LAB_GROUP_PATH}/lab`;
}

/** Opens the body: a Lab config, in YAML also with manifests after it. The lab that was there stays when it is refused. */
export async function openNewLab(
  open: (manifests: string) => Promise<OpenReport>,
  { headers, body }: ApiRequest,
): Promise<ApiResponse> {
  const type = headers?.['content-type']?.split(';')[0]?.trim() ?? 'application/json';
  if (!TYPES.includes(type))
    return refusal(415, 'UnsupportedMediaType', `a Lab config was expected as one of ${TYPES.join(', ')}`);
  const text = typeof body === 'string' ? body : JSON.stringify(body ?? {});
  const opened = await open(text);
  if (opened.kind === 'opened') {
    const lab = { apiVersion: 'lab.hoplab.dev/v1alpha1', kind: 'Lab', metadata: { name: opened.name } };
    return { status: 201, headers: JSON_HEADERS, body: lab };
  }
  const causes = opened.problems.map(causeOf);
  const message = `Lab.lab.hoplab.dev "" is invalid: ${opened.problems.map(problem => problem.message).join(', ')}`;
  return refusal(422, 'Invalid', message, { group: 'lab.hoplab.dev', kind: 'Lab', causes });
}

/** `spec.nodes.0.address: an address was expected` names its field. */
function causeOf({ message, range }: Diagnostic): { readonly [key: string]: string } {
  const [, field, what = message] = /^([\w-]+(?:\.[\w-]+)*): (.*)$/.exec(message) ?? [];
  const isPlace = field !== undefined && field !== 'yaml';
  return {
    reason: 'FieldValueInvalid',
    message: isPlace ? what : `line ${range.startLine}: ${message}`,
    ...(isPlace && { field }),
  };
}

function refusal(code: number, reason: string, message: string, details?: ApiResponse['body']): ApiResponse {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code };
  return { status: code, headers: JSON_HEADERS, body: { ...status, ...(details !== undefined && { details }) } };
}
