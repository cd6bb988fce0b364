// What a kubectl command works with: its flags, the API server, and where its words go.

import type { ApiResponse, Json } from '../../sim/index.ts';
import type { CommandContext } from '../command.ts';
import { listAt, objectAt, textAt } from './fields.ts';
import type { Flags } from './flags.ts';

export interface KubectlCall {
  readonly flags: Flags;
  readonly context: CommandContext;
  /** The namespace of `-n`, or `default`. */
  readonly namespace: string;
}

/** Ends a command with a message of its own: caught in kubectl.ts. */
export class KubectlError extends Error {
  readonly exitCode: number;
  /** What the command had printed by then. */
  readonly printed: string;

  /** @param message as kubectl prints it, with its `error: ` or `Error from server (...): ` */
  constructor(message: string, exitCode = 1, printed = '') {
    super(message);
    this.exitCode = exitCode;
    this.printed = printed;
  }
}

/** The line below a complaint about the words of a command. Source: kubectl pkg/cmd/util/helpers.go, `UsageErrorf`. */
export function seeHelp(path: string): string {
  return `See 'kubectl ${path} -h' for help and examples`;
}

/** A verb that takes no words refuses them. Source: kubectl, `cmdutil.UsageErrorf(cmd, "unexpected arguments: %v")` */
export function refuseWords({ flags: { words } }: KubectlCall, path: string): void {
  if (words.length > 0) throw new KubectlError(`error: unexpected arguments: [${words.join(' ')}]\n${seeHelp(path)}`);
}

export function print(call: KubectlCall, text: string): void {
  call.context.output.write('out', text);
}

export function printError(call: KubectlCall, text: string): void {
  call.context.output.write('err', text);
}

/** What went wrong with one object, as kubectl says it when nothing else did, and as one of several messages. */
export interface Refusal {
  readonly alone: string;
  readonly among: string;
}

/** A message of kubectl's own. */
export function ownRefusal(message: string): Refusal {
  return { alone: `error: ${message}`, among: message };
}

/**
 * What the server refused. Source: kubectl pkg/cmd/util/helpers.go, `checkErr`, `StandardErrorMessage`.
 * @param source what was done with which file: `error when creating "web.yaml": `
 */
export function serverRefusal(response: ApiResponse, source = ''): Refusal {
  const reason = textAt(response.body, 'reason');
  const message = textAt(response.body, 'message');
  const among =
    reason === '' ? `Error from server: ${source}${message}` : `Error from server (${reason}): ${source}${message}`;
  return { among, alone: reason === 'Invalid' ? invalidText(response.body) : among };
}

/** `The Service "web" is invalid: spec.ports: Required value`, with a list when there are several causes. */
export function invalidText(status: Json): string {
  const details = objectAt(status, 'details');
  const [kind, name] = [textAt(details, 'kind'), textAt(details, 'name')];
  const causes = listAt(details, 'causes').map(cause => `${textAt(cause, 'field')}: ${textAt(cause, 'message')}`);
  const distinct = [...new Set(causes)];
  const head =
    kind !== '' || name !== ''
      ? `The ${kind} ${JSON.stringify(name)} is invalid`
      : distinct.length === 0
        ? `The request is invalid: ${textAt(status, 'message')}`
        : 'The request is invalid';
  if (distinct.length === 0) return head;
  const [only] = distinct;
  return distinct.length === 1 ? `${head}: ${only}` : `${head}: \n${distinct.map(cause => `* ${cause}`).join('\n')}`;
}

/** The message of a refusal that ends the command. */
export function serverError(response: ApiResponse, source = ''): string {
  return serverRefusal(response, source).alone;
}

/** Prints the warnings that came with an answer: `Warning: ...`. */
export function printWarnings(call: KubectlCall, response: ApiResponse): void {
  const warnings = response.headers.warning ?? '';
  for (const [, text = '""'] of warnings.matchAll(/299 - ("(?:[^"\\]|\\.)*")/g)) {
    const warning: unknown = JSON.parse(text);
    printError(call, `Warning: ${String(warning)}\n`);
  }
}

/** A request whose refusal ends the command. */
export async function mustGet(
  call: KubectlCall,
  path: string,
  query: Readonly<Record<string, string>> = {},
): Promise<Json> {
  const response = await call.context.request({ method: 'GET', path, query });
  printWarnings(call, response);
  if (response.status >= 400) throw new KubectlError(serverError(response));
  return response.body;
}
