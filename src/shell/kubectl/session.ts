// What a kubectl command works with: its flags, the API server, and where its words go.

import type { ApiResponse, Json } from '../../sim/index.ts';
import type { CommandContext } from '../command.ts';
import { textAt } from './fields.ts';
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

  /** @param message as kubectl prints it, with its `error: ` or `Error from server (...): ` */
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function print(call: KubectlCall, text: string): void {
  call.context.output.write('out', text);
}

export function printError(call: KubectlCall, text: string): void {
  call.context.output.write('err', text);
}

/**
 * `Error from server (NotFound): pods "web" not found`. Source: kubectl pkg/cmd/util/helpers.go, `StandardErrorMessage`.
 * @param source what was done with which file: `error when creating "web.yaml": `
 */
export function serverError(response: ApiResponse, source = ''): string {
  const reason = textAt(response.body, 'reason');
  const message = textAt(response.body, 'message');
  if (reason === 'Invalid' && source === '') {
    const causes = message;
    return textAt(response.body, 'details', 'name') === '' ? `Error from server (Invalid): ${causes}` : `The ${causes}`;
  }
  return reason === ''
    ? `Error from server: ${source}${message}`
    : `Error from server (${reason}): ${source}${message}`;
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
