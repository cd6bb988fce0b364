// kubectl auth: what the one at the terminal may do, and who that is.
//
// Omits:   `reconcile`.
// Read:    kubectl pkg/cmd/auth, cani.go, whoami.go.

import type { Json } from '../../sim/index.ts';
import { at, listAt, objectAt, textAt } from './fields.ts';
import { PRINT } from './flagGroups.ts';
import { formatOf, objectText } from './formats.ts';
import { type ApiResource, discover, findResource } from './resources.ts';
import { type KubectlCall, KubectlError, print, printError, refuseWords, serverError } from './session.ts';
import { alignTabs, TABLE_STYLE } from './tabwriter.ts';
import type { Verb } from './verb.ts';

const RESOURCE_VERBS =
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest'.split(
    ' ',
  );
const URL_VERBS = 'get put post head options delete patch *'.split(' ');

const canI: Verb = {
  summary: 'Check whether an action is allowed',
  usage: 'kubectl auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  flags: {
    'all-namespaces': { short: 'A', kind: 'flag' },
    list: { kind: 'flag' },
    'no-headers': { kind: 'flag' },
    quiet: { short: 'q', kind: 'flag' },
    subresource: { kind: 'value' },
  },
  run: async call => {
    const { flags } = call;
    const [verb = '', what = ''] = flags.words;
    if (flags.has('list')) return listRules(call);
    if (flags.words.length !== 2)
      throw new KubectlError(
        "error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    const spec = what.startsWith('/') ? urlAttributes(call, verb, what) : await resourceAttributes(call, verb, what);
    if (flags.has('no-headers')) throw new KubectlError('error: --no-headers cannot be used without --list');
    const review = await ask(call, 'authorization.k8s.io/v1', 'SelfSubjectAccessReview', { spec });
    const isAllowed = at(review, 'status', 'allowed') === true;
    const reason = textAt(review, 'status', 'reason');
    if (!flags.has('quiet')) print(call, `${isAllowed ? 'yes' : 'no'}${reason === '' ? '' : ` - ${reason}`}\n`);
    return isAllowed ? 0 : 1;
  },
};

function urlAttributes(call: KubectlCall, verb: string, path: string): Json {
  if ((call.flags.value('subresource') ?? '') !== '')
    throw new KubectlError('error: --subresource can not be used with NonResourceURL');
  warnOfVerb(call, verb, URL_VERBS);
  return { nonResourceAttributes: { verb, path } };
}

async function resourceAttributes(call: KubectlCall, verb: string, what: string): Promise<Json> {
  const { flags } = call;
  const [word = '', ...names] = what.split('/');
  const known = word === '*' ? undefined : findResource(await discover(call), word);
  if (known !== undefined && !known.namespaced && !flags.has('all-namespaces'))
    printError(call, `Warning: resource '${known.name}' is not namespace scoped${inGroup(known)}\n\n`);
  if (known === undefined && word !== '*') {
    const [name, ...group] = word.split('.');
    const where = group.length === 0 ? '' : ` in group '${group.join('.')}'`;
    printError(call, `Warning: the server doesn't have a resource type '${name}'${where}\n\n`);
  }
  warnOfVerb(call, verb, RESOURCE_VERBS);
  const subresource = flags.value('subresource') ?? '';
  return {
    resourceAttributes: {
      ...(!flags.has('all-namespaces') && { namespace: call.namespace }),
      verb,
      ...(known !== undefined && known.group !== '' && { group: known.group }),
      resource: known?.name ?? word,
      ...(subresource !== '' && { subresource }),
      ...(names.length > 0 && { name: names.join('/') }),
    },
  };
}

function inGroup({ group }: ApiResource): string {
  return group === '' ? '' : ` in group '${group}'`;
}

function warnOfVerb(call: KubectlCall, verb: string, known: readonly string[]): void {
  if (!known.includes(verb)) printError(call, `Warning: verb '${verb}' is not a known verb\n\n`);
}

/** `--list`: a line for each rule. */
async function listRules(call: KubectlCall): Promise<number> {
  const { flags } = call;
  if (flags.words.length > 0) throw new KubectlError('error: list option must be specified with no arguments');
  if (flags.has('quiet') || flags.has('all-namespaces') || (flags.value('subresource') ?? '') !== '')
    throw new KubectlError(
      "error: list option can't be specified with neither quiet, all-namespaces nor subresource options",
    );
  const review = await ask(call, 'authorization.k8s.io/v1', 'SelfSubjectRulesReview', {
    spec: { namespace: call.namespace },
  });
  const words = (rule: Json, field: string): string => `[${listAt(rule, field).map(String).join(' ')}]`;
  const rows = [
    ...listAt(review, 'status', 'resourceRules').flatMap(rule =>
      listAt(rule, 'resources').flatMap(resource =>
        listAt(rule, 'apiGroups').map(group => {
          const name = group === '' ? String(resource) : `${String(resource)}.${String(group)}`;
          return [name, '[]', words(rule, 'resourceNames'), words(rule, 'verbs')];
        }),
      ),
    ),
    ...listAt(review, 'status', 'nonResourceRules').map(rule => [
      '',
      words(rule, 'nonResourceURLs'),
      '[]',
      words(rule, 'verbs'),
    ]),
  ];
  const header = ['Resources', 'Non-Resource URLs', 'Resource Names', 'Verbs'];
  const lines = [...(flags.has('no-headers') ? [] : [header]), ...rows].map(cells => cells.join('\t'));
  print(call, `${alignTabs(lines.join('\n'), TABLE_STYLE)}\n`);
  return 0;
}

const whoAmI: Verb = {
  summary: 'Experimental: Check self subject attributes',
  usage: 'kubectl auth whoami',
  flags: PRINT,
  run: async call => {
    refuseWords(call, 'auth whoami');
    const format = formatOf(call);
    const review = await ask(call, 'authentication.k8s.io/v1', 'SelfSubjectReview', {});
    const user = at(review, 'status', 'userInfo');
    if (format.kind !== 'table') {
      // kubectl prints its own object, in the order of its own fields.
      const kind = 'SelfSubjectReview';
      const apiVersion = 'authentication.k8s.io/v1';
      const own = { kind, apiVersion, metadata: { creationTimestamp: null }, status: { userInfo: objectAt(user) } };
      print(call, format.kind === 'json' ? `${JSON.stringify(own, undefined, 4)}\n` : objectText(own, format));
      return 0;
    }
    const groups = listAt(user, 'groups').map(String);
    const lines = [
      'ATTRIBUTE\tVALUE',
      `Username\t${textAt(user, 'username')}`,
      ...(groups.length > 0 ? [`Groups\t[${groups.join(' ')}]`] : []),
    ];
    print(call, `${alignTabs(lines.join('\n'), TABLE_STYLE)}\n`);
    return 0;
  },
};

async function ask(call: KubectlCall, apiVersion: string, kind: string, fields: Record<string, Json>): Promise<Json> {
  const response = await call.context.request({
    method: 'POST',
    path: `/apis/${apiVersion}/${kind.toLowerCase()}s`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ kind, apiVersion, metadata: {}, ...fields }),
  });
  if (response.status >= 400) throw new KubectlError(serverError(response));
  return response.body;
}

export const auth: Verb = {
  summary: 'Inspect authorization',
  usage: 'kubectl auth [flags]',
  flags: {},
  subcommands: { 'can-i': canI, whoami: whoAmI },
};
