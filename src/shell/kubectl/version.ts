// kubectl version.
//
// Models:  the version of the kubectl that this one is held to, and how far it is from the server's.
// Read:    kubectl pkg/cmd/version.

import { at, objectAt, textAt } from './fields.ts';
import { KubectlError, mustGet, print, printError } from './session.ts';
import type { Verb } from './verb.ts';
import { yamlText } from './yamlText.ts';

/** Whose words this kubectl speaks. */
const CLIENT = {
  major: '1',
  minor: '32',
  gitVersion: 'v1.32.4',
  gitCommit: '',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'hoplab',
} as const;
const KUSTOMIZE = 'v5.5.0';

export const version: Verb = {
  summary: 'Print the client and server version information',
  usage: 'kubectl version [flags]',
  flags: { client: { kind: 'flag' }, output: { short: 'o', kind: 'value' } },
  run: async call => {
    const { flags } = call;
    if (flags.words.length > 0) throw new KubectlError(`error: extra arguments: [${flags.words.join(' ')}]`);
    const output = flags.value('output') ?? '';
    if (!['', 'json', 'yaml'].includes(output)) throw new KubectlError("error: --output must be 'yaml' or 'json'");
    const server = flags.has('client') ? undefined : await mustGet(call, '/version');
    const all = {
      clientVersion: CLIENT,
      kustomizeVersion: KUSTOMIZE,
      ...(server !== undefined && { serverVersion: objectAt(server) }),
    };
    if (output === 'json') print(call, `${JSON.stringify(all, undefined, 2)}\n`);
    else if (output === 'yaml') print(call, `${yamlText(all)}\n`);
    else {
      print(call, `Client Version: ${CLIENT.gitVersion}\nKustomize Version: ${KUSTOMIZE}\n`);
      if (server !== undefined) print(call, `Server Version: ${textAt(server, 'gitVersion')}\n`);
    }
    const minor = Number.parseInt(textAt(server, 'minor'), 10);
    if (at(server, 'minor') !== undefined && Math.abs(minor - Number(CLIENT.minor)) > 1)
      printError(
        call,
        `WARNING: version difference between client (1.${CLIENT.minor}) and server (1.${minor}) exceeds the supported minor version skew of +/-1\n`,
      );
    return 0;
  },
};
