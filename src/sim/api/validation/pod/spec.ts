// The spec of a Pod or of a template of Pods, in the order in which the API server checks it.
//
// Read:    kubernetes pkg/apis/core/validation/validation.go, `ValidatePodSpec`.

import type { Draft } from '../../draft.ts';
import { duplicate, eachInvalid, type FieldError, fieldNotFound, forbidden, invalid } from '../../fieldError.ts';
import { child, type FieldPath, ROOT_PATH } from '../../fieldPath.ts';
import { asJson } from '../../json.ts';
import type { PodResourceClaim, PodSpec } from '../../kinds/podSpec.ts';
import { dnsLabel, dnsSubdomain, inRange } from '../formats.ts';
import { validateLabelName, validateLabels } from '../objectMeta.ts';
import { validateAffinity } from './affinity.ts';
import {
  type ContainerContext,
  validateChoice,
  validateContainers,
  validateEphemeralContainers,
  validateInitContainers,
} from './container.ts';
import { validateDnsConfig, validateHostAliases, validateHostname, validateNodePorts } from './network.ts';
import { validateOverhead, validatePodResources } from './resources.ts';
import { validateGates, validateSpread, validateTolerations } from './scheduling.ts';
import { validateOwnUsers, validatePodSecurity } from './security.ts';
import { type VolumeOwner, validateVolumes } from './volumes.ts';
import { validateHostProcess, validateOs } from './windows.ts';

const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'] as const;
const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'] as const;
const PREEMPTION_POLICIES = ['PreemptLowerPriority', 'Never'] as const;

export function validatePodSpec(spec: Draft<PodSpec>, owner: VolumeOwner, place: FieldPath): FieldError[] {
  const checked = validateVolumes(spec.volumes ?? [], owner, child(place, 'volumes'));
  const context: ContainerContext = { spec, volumes: checked.volumes };
  return [
    ...checked.errors,
    ...validateResourceClaims(spec.resourceClaims ?? [], child(place, 'resourceClaims')),
    ...validateContainers(context, child(place, 'containers')),
    ...validateInitContainers(context, child(place, 'initContainers')),
    ...validateEphemeralContainers(context, child(place, 'ephemeralContainers')),
    ...validatePodResources(spec, child(place, 'resources')),
    ...validateNodePorts(spec, owner === 'template' ? 'template' : 'pod', place),
    ...validateChoice(spec.restartPolicy, RESTART_POLICIES, child(place, 'restartPolicy')),
    ...validateChoice(spec.dnsPolicy, DNS_POLICIES, child(place, 'dnsPolicy')),
    ...validateLabels(child(place, 'nodeSelector'), spec.nodeSelector),
    ...validatePodSecurity(spec, child(place, 'securityContext')),
    ...validateAffinity(spec.affinity, child(place, 'affinity')),
    ...validateDnsConfig(spec.dnsConfig, spec.dnsPolicy ?? '', child(place, 'dnsConfig')),
    ...(spec.readinessGates ?? []).flatMap(({ conditionType = '' }, i) =>
      validateLabelName(child(place, 'readinessGates', i, 'conditionType'), conditionType),
    ),
    ...validateGates(spec.schedulingGates ?? [], child(place, 'schedulingGates')),
    ...validateSpread(spec.topologySpreadConstraints ?? [], child(place, 'topologySpreadConstraints')),
    ...validateHostProcess(spec, place),
    ...validateOwnUsers(spec, place),
    ...validateHostname(spec, place),
    ...named(spec.serviceAccountName, dnsSubdomain, child(place, 'serviceAccountName')),
    ...named(spec.nodeName, dnsSubdomain, child(place, 'nodeName')),
    ...deadline(spec.activeDeadlineSeconds, child(place, 'activeDeadlineSeconds')),
    ...named(spec.hostname, dnsLabel, child(place, 'hostname')),
    ...named(spec.subdomain, dnsLabel, child(place, 'subdomain')),
    ...validateTolerations(spec.tolerations ?? [], child(place, 'tolerations')),
    ...validateHostAliases(spec.hostAliases ?? [], child(place, 'hostAliases')),
    ...named(spec.priorityClassName, dnsSubdomain, child(place, 'priorityClassName')),
    ...(spec.runtimeClassName === undefined
      ? []
      : eachInvalid(child(place, 'runtimeClassName'), spec.runtimeClassName, dnsSubdomain(spec.runtimeClassName))),
    ...(spec.preemptionPolicy === undefined
      ? []
      : validateChoice(spec.preemptionPolicy, PREEMPTION_POLICIES, child(place, 'preemptionPolicy'))),
    ...validateOverhead(spec.overhead ?? {}, child(place, 'overhead')),
    ...validateOs(spec, place),
    ...validateFileVariables(spec, place),
  ];
}

function named(name: string | undefined, rule: (name: string) => readonly string[], place: FieldPath): FieldError[] {
  return name === undefined || name === '' ? [] : eachInvalid(place, name, rule(name));
}

function deadline(seconds: number | undefined, place: FieldPath): FieldError[] {
  return seconds === undefined ? [] : eachInvalid(place, seconds, inRange(seconds, 1, 2 ** 31 - 1));
}

function validateResourceClaims(claims: readonly Draft<PodResourceClaim>[], place: FieldPath): FieldError[] {
  const names = new Set<string>();
  return claims.flatMap((claim, i) => {
    const at = child(place, i);
    const { name = '', resourceClaimName, resourceClaimTemplateName } = claim;
    const errors = validateClaimName(name, names, child(at, 'name'));
    if (resourceClaimName !== undefined && resourceClaimTemplateName !== undefined) {
      const detail = 'at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified';
      errors.push(invalid(at, asJson(claim), detail));
    }
    if (resourceClaimName === undefined && resourceClaimTemplateName === undefined) {
      const detail = 'must specify one of: `resourceClaimName`, `resourceClaimTemplateName`';
      errors.push(invalid(at, asJson(claim), detail));
    }
    for (const [field, value] of Object.entries({ resourceClaimName, resourceClaimTemplateName }))
      if (value !== undefined) errors.push(...eachInvalid(child(at, field), value, dnsSubdomain(value)));
    return errors;
  });
}

function validateClaimName(name: string, names: Set<string>, place: FieldPath): FieldError[] {
  if (name === '') return [{ type: 'FieldValueRequired', path: place, detail: '' }];
  if (names.has(name)) return [duplicate(place, name)];
  names.add(name);
  return eachInvalid(place, name, dnsLabel(name));
}

/** A Pod that the kubelet has from a file. The path is upstream's: none at all. */
export function validateStaticPod(spec: Draft<PodSpec>): FieldError[] {
  return (spec.resourceClaims ?? []).map(() =>
    forbidden({ ...ROOT_PATH, text: '' }, 'static pods do not support resource claims'),
  );
}

/** Variables that stand in files of a volume: of one that is empty at first. */
function validateFileVariables(spec: Draft<PodSpec>, place: FieldPath): FieldError[] {
  const volumes = new Map((spec.volumes ?? []).map(volume => [volume.name ?? '', volume]));
  return (['initContainers', 'containers', 'ephemeralContainers'] as const).flatMap(list =>
    (spec[list] ?? []).flatMap(({ env = [] }, i) =>
      env.flatMap(({ valueFrom }, j) => {
        const name = valueFrom?.fileKeyRef?.volumeName;
        if (valueFrom?.fileKeyRef === undefined) return [];
        const at = child(place, list, i, 'env', j, 'valueFrom', 'fileKeyRef', 'volumeName');
        const volume = volumes.get(name ?? '');
        if (volume === undefined) return [fieldNotFound(at, name ?? '')];
        return volume.emptyDir === undefined ? [invalid(at, name, 'referenced volume must be of type emptyDir')] : [];
      }),
    ),
  );
}
