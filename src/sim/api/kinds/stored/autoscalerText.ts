// The TARGETS of an autoscaler: `cpu: <unknown>/80%, memory: 12Mi/20Mi + 1 more...`.
//
// Read:    kubernetes pkg/printers/internalversion/printers.go, `formatHPAMetrics`.

import { field, isJsonObject, type JsonObject } from '../../json.ts';
import { listAt } from '../../peek.ts';
import type { Json } from '../../request.ts';
import type { StoredDraft } from './storedKind.ts';

/** So many metrics are printed; the rest is counted. */
const SHOWN = 2;

/** Type of a metric to the field with its source. */
const SOURCES: Readonly<Record<string, string>> = {
  External: 'external',
  Pods: 'pods',
  Object: 'object',
  Resource: 'resource',
  ContainerResource: 'containerResource',
};

export function metricsText(autoscaler: StoredDraft): string {
  const specs = listAt(autoscaler, 'spec', 'metrics');
  const current = listAt(autoscaler, 'status', 'currentMetrics');
  if (specs.length === 0) return '<none>';
  const texts = specs.map((spec, i) => metricText(asObject(spec), asObject(current[i])));
  const text = texts.slice(0, SHOWN).join(', ');
  return texts.length > SHOWN ? `${text} + ${texts.length - SHOWN} more...` : text;
}

function metricText(spec: JsonObject, status: JsonObject): string {
  const type = String(field(spec, 'type') ?? '');
  const key = Object.hasOwn(SOURCES, type) ? (SOURCES[type] ?? '') : '';
  if (key === '') return '<unknown type>';
  const source = asObject(field(spec, key));
  const target = asObject(field(source, 'target'));
  const measured = field(status, key);
  const now = asObject(field(asObject(measured), 'current'));
  // A quantity that Go finds unset prints as 0.
  const unset = isJsonObject(measured) ? '0' : '<unknown>';
  const value = (from: JsonObject, name: string) => {
    const found = field(from, name);
    return found === undefined || found === null ? undefined : String(found);
  };
  const average = value(target, 'averageValue');
  if (type === 'Resource' || type === 'ContainerResource') {
    const name = String(field(source, 'name') ?? '');
    if (average !== undefined) return `${name}: ${value(now, 'averageValue') ?? unset}/${average}`;
    const [used, wanted] = [value(now, 'averageUtilization'), value(target, 'averageUtilization')];
    return `${name}: ${used === undefined ? '<unknown>' : `${used}%`}/${wanted === undefined ? '<auto>' : `${wanted}%`}`;
  }
  if (type === 'Pods') return `${value(now, 'averageValue') ?? unset}/${average ?? '0'}`;
  if (average !== undefined) return `${value(now, 'averageValue') ?? '<unknown>'}/${average} (avg)`;
  return `${value(now, 'value') ?? unset}/${value(target, 'value') ?? '0'}`;
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
