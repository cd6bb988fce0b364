// A lab as one text of plain manifests: its config first, then the objects as somebody would write and apply them.

import { yamlText } from '../../shell/kubectl/yamlText.ts';
import { isLabConfig, type JsonObject, Lab, type LabConfig, readLabConfig, readManifests } from '../../sim/index.ts';
import type { LabText } from '../labSession.ts';
import { allObjects, plainManifests } from './plainManifests.ts';

/** The objects of a lab that opens from manifests, without its config. */
export function labManifests(lab: Lab, source: LabText): readonly JsonObject[] {
  return plainManifests(allObjects(lab), untouched(configOf(source.source)));
}

/** @returns YAML that `Lab.open` opens as a lab with the same objects */
export function labText(lab: Lab, source: LabText): string {
  return streamOf([configManifest(configOf(source.source)), ...labManifests(lab, source)]);
}

/** Objects as a stream of YAML documents. */
export function streamOf(objects: readonly JsonObject[]): string {
  return objects.map(object => yamlText(object)).join('---\n');
}

/** The config that a text opens with. */
export function configOf(text: string): LabConfig | undefined {
  const read = readManifests(text);
  const values = read.kind === 'documents' ? read.documents.map(({ value }) => value) : [];
  const config = readLabConfig(values.find(value => value !== undefined && isLabConfig(value)));
  return config.kind === 'config' ? config.config : undefined;
}

/** What a cluster of this config has before anybody applies anything. */
function untouched(config: LabConfig | undefined): readonly JsonObject[] {
  const opened = Lab.open(streamOf([configManifest(config)]));
  return opened.kind === 'opened' ? plainManifests(allObjects(opened.lab)) : [];
}

/** A config as the manifest that says all of it. */
export function configManifest(config: LabConfig | undefined): JsonObject {
  const head = { apiVersion: 'lab.hoplab.dev/v1alpha1', kind: 'Lab' };
  if (config === undefined) return head;
  const { name, seed, nodes, lan, podSubnet, serviceSubnet, network, outside } = config;
  return {
    ...head,
    metadata: { name },
    spec: {
      seed,
      nodes: nodes.map(node => ({ ...node })),
      underlay: [{ subnet: lan.subnet, router: lan.router }],
      networking: { podSubnet, serviceSubnet, kubeProxyMode: 'iptables' },
      network: { ...network, layout: 'island' },
      outside: outside.map(host => ({ ...host })),
    },
  };
}
