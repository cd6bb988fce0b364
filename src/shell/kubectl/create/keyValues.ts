// The data of ConfigMaps and Secrets: --from-literal, --from-file and --from-env-file.
//
// Read:    kubectl pkg/util/util.go (`ParseFileSource`, `ParseLiteralSource`), pkg/util/env_file.go;
//          k8s.io/apimachinery pkg/util/validation, `IsConfigMapKey`, `IsEnvVarName`.

import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson, type JsonObject } from '../../../sim/index.ts';
import type { FlagTable } from '../flags.ts';
import { type KubectlCall, KubectlError } from '../session.ts';

export const SOURCES: FlagTable = {
  'append-hash': { kind: 'flag' },
  'from-env-file': { kind: 'words' },
  'from-file': { kind: 'words' },
  'from-literal': { kind: 'list' },
};

/** Keys and values of the flags, in their order. @param kind as messages name it, with the object's name */
export function keyValues(call: KubectlCall, kind: 'ConfigMap' | 'Secret', name: string): ReadonlyMap<string, string> {
  const { flags } = call;
  const envFiles = flags.list('from-env-file');
  const [files, literals] = [flags.list('from-file'), flags.list('from-literal')];
  if (envFiles.length > 0 && files.length + literals.length > 0)
    throw new KubectlError('error: from-env-file cannot be combined with from-file or from-literal');
  const found = new Map<string, string>();
  const add = (key: string, value: string): void => {
    const problem = keyProblem(key);
    if (problem !== undefined)
      throw new KubectlError(
        kind === 'ConfigMap'
          ? `error: ${JSON.stringify(key)} is not a valid key name for a ConfigMap: ${problem}`
          : `error: ${JSON.stringify(key)} is not valid key name for a Secret ${problem}`,
      );
    if (found.has(key))
      throw new KubectlError(
        kind === 'ConfigMap'
          ? `error: cannot add key ${JSON.stringify(key)}, another key by that name already exists in Data for ConfigMap ${JSON.stringify(name)}`
          : `error: cannot add key ${key}, another key by that name already exists`,
      );
    found.set(key, value);
  };
  for (const source of literals) {
    const at = source.indexOf('=');
    if (at <= 0) throw new KubectlError(`error: invalid literal source ${source}, expected key=value`);
    add(source.slice(0, at), source.slice(at + 1));
  }
  for (const source of files) {
    const { key, path } = fileSource(source);
    add(key, fileText(call, path));
  }
  for (const path of envFiles) for (const [key, value] of envLines(call, path)) add(key, value);
  return found;
}

function fileSource(source: string): { readonly key: string; readonly path: string } {
  const parts = source.split('=');
  const [first = '', second] = parts;
  if (second === undefined) return { key: first.split('/').at(-1) ?? first, path: first };
  if (parts.length > 2) throw new KubectlError("error: key names or file paths cannot contain '='");
  if (first === '') throw new KubectlError(`error: key name for file path ${second} missing`);
  if (second === '') throw new KubectlError(`error: file path for key name ${first} missing`);
  return { key: first, path: second };
}

/** The text of a file that a flag names. */
export function fileText(call: KubectlCall, path: string): string {
  if (path === '-' || path === '/dev/stdin') return call.context.stdin ?? '';
  const text = call.context.files.get(path.replace(/^\.\//, ''));
  if (text === undefined) throw new KubectlError(`error: error reading ${path}: no such file or directory`);
  return text;
}

function envLines(call: KubectlCall, path: string): readonly (readonly [string, string])[] {
  return fileText(call, path)
    .split('\n')
    .map(line => line.replace(/\r$/, '').trimStart())
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const at = line.indexOf('=');
      const key = at < 0 ? line : line.slice(0, at);
      if (!/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(key))
        throw new KubectlError(
          `error: ${JSON.stringify(key)} is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
        );
      return [key, at < 0 ? '' : line.slice(at + 1)];
    });
}

function keyProblem(key: string): string | undefined {
  if (key.length > 253) return 'must be no more than 253 characters';
  if (!/^[-._a-zA-Z0-9]+$/.test(key))
    return "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')";
  if (key === '.') return "must not be '.'";
  if (key === '..') return "must not be '..'";
  return key.startsWith('..') ? "must not start with '..'" : undefined;
}

/** What --append-hash puts behind the name. Source: kubectl pkg/util/hash/hash.go */
export function contentHash(content: JsonObject): string {
  const letters: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };
  const hex = bytesToHex(sha256(utf8ToBytes(canonicalJson(content)))).slice(0, 10);
  return [...hex].map(letter => letters[letter] ?? letter).join('');
}
