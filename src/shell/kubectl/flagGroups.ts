// Flags that many verbs have.
//
// Read:    kubectl pkg/cmd/util/helpers.go; k8s.io/cli-runtime pkg/genericclioptions.

import type { FlagTable } from './flags.ts';

/** How the result is printed. */
export const PRINT: FlagTable = {
  'allow-missing-template-keys': { kind: 'flag', initial: 'true' },
  output: { short: 'o', kind: 'value' },
  'show-managed-fields': { kind: 'flag' },
  template: { kind: 'value' },
};

export const DRY_RUN: FlagTable = { 'dry-run': { kind: 'value', bare: 'unchanged', initial: "'none'" } };

/** Where the objects come from. */
export const FILES: FlagTable = {
  filename: { short: 'f', kind: 'words' },
  kustomize: { short: 'k', kind: 'value' },
  recursive: { short: 'R', kind: 'flag' },
};

export const SELECTOR: FlagTable = { selector: { short: 'l', kind: 'value' } };

export const VALIDATE: FlagTable = { validate: { kind: 'value', bare: 'strict', initial: "'strict'" } };

export const SAVE_CONFIG: FlagTable = { 'save-config': { kind: 'flag' } };

export const RECORD: FlagTable = {
  record: { kind: 'flag', deprecated: '--record will be removed in the future' },
};

/** How objects end that a verb deletes. */
export const DELETION: FlagTable = {
  cascade: { kind: 'value', bare: 'background', initial: "'background'" },
  force: { kind: 'flag' },
  'grace-period': { kind: 'number', initial: '-1' },
  timeout: { kind: 'duration' },
  wait: { kind: 'flag' },
};

/** @param name who owns the fields that the verb writes */
export function fieldManager(name: string): FlagTable {
  return { 'field-manager': { kind: 'value', initial: `'${name}'` } };
}

/** What all generators of `kubectl create` take. */
export const GENERATOR: FlagTable = {
  ...PRINT,
  ...DRY_RUN,
  ...SAVE_CONFIG,
  ...VALIDATE,
  ...fieldManager('kubectl-create'),
};
