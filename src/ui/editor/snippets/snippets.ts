// A manifest to begin with for each kind: what the API server takes as it is, with names that fit together, so that the
// Service finds the Deployment, the Ingress the Service and the policy the Pods.

import { CONFIGURATION } from './configuration.ts';
import { GATEWAYS } from './gateways.ts';
import { POLICIES } from './policies.ts';
import { SERVICES } from './services.ts';
import { WORKLOADS } from './workloads.ts';

export interface Snippet {
  /** What the menu calls it: the kind, and what sets it apart from others of the kind. */
  readonly label: string;
  /** The name of a file for it. */
  readonly file: string;
  readonly text: string;
}

export interface SnippetGroup {
  readonly title: string;
  readonly snippets: readonly Snippet[];
}

export const SNIPPETS: readonly SnippetGroup[] = [
  { title: 'Workloads', snippets: WORKLOADS },
  { title: 'Services', snippets: SERVICES },
  { title: 'Network policies', snippets: POLICIES },
  { title: 'Ingress and Gateway', snippets: GATEWAYS },
  { title: 'Configuration and access', snippets: CONFIGURATION },
];
