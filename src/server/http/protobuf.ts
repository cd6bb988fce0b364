// Bodies in Kubernetes' protobuf, which typed clients send (`kubectl create deployment`): read as the JSON that the same
// client would have sent otherwise.
//
// Models:  the envelope, all fields of the kinds in protobufMessages.json; what JSON leaves out when it is zero.
// Omits:   answers in protobuf: clients take JSON as well. Packed lists of numbers: Kubernetes has none.
// Read:    k8s.io/apimachinery pkg/runtime/serializer/protobuf/doc.go; protobuf.dev/programming-guides/encoding.

import type { Json } from '../../sim/index.ts';
import table from './protobufMessages.json';

/** The media type of such bodies. */
export const PROTOBUF = 'application/vnd.kubernetes.protobuf';

export type ProtobufBody =
  | { readonly kind: 'object'; readonly object: Json }
  | { readonly kind: 'unreadable'; readonly message: string };

/** What stands in front of every body: `k8s` and a zero. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00];

/** Reads a body; of a kind that is not known only what it is. */
export function readProtobuf(bytes: Uint8Array): ProtobufBody {
  if (!MAGIC.every((byte, i) => bytes[i] === byte))
    return { kind: 'unreadable', message: 'provided data does not appear to be a protobuf message, expected prefix' };
  try {
    const { typeMeta, raw } = readEnvelope(bytes.subarray(MAGIC.length));
    const { apiVersion, kind } = typeMeta;
    // Every group has the same DeleteOptions.
    const known = kind === 'DeleteOptions' ? 'v1 DeleteOptions' : `${apiVersion} ${kind}`;
    const message = KINDS.get(known);
    const identity = kind === 'DeleteOptions' ? { apiVersion: 'v1', kind } : { apiVersion, kind };
    return { kind: 'object', object: { ...identity, ...(message !== undefined && readMessage(message, raw)) } };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return { kind: 'unreadable', message: error.message };
  }
}

class WireError extends Error {}

/** One field as it stands on the wire: a number, or bytes. */
type WireValue = number | Uint8Array;

/** The fields of a message in their order. */
function* wireFields(bytes: Uint8Array): Generator<{ readonly number: number; readonly value: WireValue }> {
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new WireError('unexpected EOF');
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new WireError('proto: integer overflow');
  };
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length) throw new WireError('unexpected EOF');
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const number = Math.floor(key / 8);
    switch (key % 8) {
      case 0:
        yield { number, value: Number(BigInt.asIntN(64, varint())) };
        break;
      case 1:
        yield { number, value: new DataView(Uint8Array.from(take(8)).buffer).getFloat64(0, true) };
        break;
      case 2:
        yield { number, value: take(Number(varint())) };
        break;
      default:
        throw new WireError(`proto: illegal wireType ${key % 8}`);
    }
  }
}

const bytesOf = (value: WireValue | undefined): Uint8Array => (value instanceof Uint8Array ? value : new Uint8Array());
const textOf = (value: WireValue | undefined): string => Buffer.from(bytesOf(value)).toString('utf8');
const numberOf = (value: WireValue | undefined): number => (typeof value === 'number' ? value : 0);

/** The last value of each field. */
function lastFields(bytes: Uint8Array): ReadonlyMap<number, WireValue> {
  return new Map([...wireFields(bytes)].map(({ number, value }) => [number, value]));
}

function readEnvelope(bytes: Uint8Array) {
  const envelope = lastFields(bytes);
  const meta = lastFields(bytesOf(envelope.get(1)));
  return { typeMeta: { apiVersion: textOf(meta.get(1)), kind: textOf(meta.get(2)) }, raw: bytesOf(envelope.get(2)) };
}

interface Field {
  /** Its name in JSON; empty: its own fields stand in its place. */
  readonly name: string;
  readonly shape: 'one' | 'list' | 'map';
  /** `string`, `int`, ... or the name of a message. */
  readonly type: string;
  /** It is there when it is there; otherwise zero means that it is not. */
  readonly keepsZero: boolean;
}

const KINDS: ReadonlyMap<string, string> = new Map(Object.entries(table.kinds));
const MESSAGES: ReadonlyMap<string, string> = new Map(Object.entries(table.messages));
const parsed = new Map<string, ReadonlyMap<number, Field>>();

/** The fields of a message by number, from `1=name:string 2!=port:int 4=ports:[]core.v1.ServicePort`. */
function fieldsOf(message: string): ReadonlyMap<number, Field> {
  const known = parsed.get(message);
  if (known !== undefined) return known;
  const words = (MESSAGES.get(message) ?? '').matchAll(/(\d+)(!?)=(\w*):(\[\]|\{\})?(\S+)/g);
  const fields = new Map(
    [...words].map(([, number, keeps, name = '', shape, type = '']): [number, Field] => [
      Number(number),
      { name, shape: shape === '[]' ? 'list' : shape === '{}' ? 'map' : 'one', type, keepsZero: keeps === '!' },
    ]),
  );
  parsed.set(message, fields);
  return fields;
}

function readMessage(message: string, bytes: Uint8Array): Record<string, Json> {
  const object: Record<string, Json> = {};
  const lists = new Map<string, Json[]>();
  const maps = new Map<string, Map<string, Json>>();
  const fields = fieldsOf(message);
  for (const { number, value } of wireFields(bytes)) {
    const field = fields.get(number);
    if (field === undefined) continue;
    const { name, type } = field;
    if (field.shape === 'list') {
      const list = lists.get(name) ?? [];
      list.push(readValue(type, value));
      lists.set(name, list);
    } else if (field.shape === 'map') {
      const entry = lastFields(bytesOf(value));
      const map = maps.get(name) ?? new Map<string, Json>();
      maps.set(name, map.set(textOf(entry.get(1)), readValue(type, entry.get(2))));
    } else if (name === '') Object.assign(object, readMessage(type, bytesOf(value)));
    else {
      const read = readValue(type, value);
      if (field.keepsZero || (read !== 0 && read !== '' && read !== false)) object[name] = read;
    }
  }
  for (const [name, list] of lists) object[name] = list;
  for (const [name, map] of maps) object[name] = Object.fromEntries(map);
  return object;
}

function readValue(type: string, value: WireValue | undefined): Json {
  switch (type) {
    case 'string':
      return textOf(value);
    case 'int':
    case 'double':
      return numberOf(value);
    case 'bool':
      return numberOf(value) !== 0;
    case 'bytes':
      return Buffer.from(bytesOf(value)).toString('base64');
    case 'strings':
      return [...wireFields(bytesOf(value))].map(item => textOf(item.value));
    case 'quantity':
      return textOf(lastFields(bytesOf(value)).get(1)) || '0';
    case 'intOrString': {
      const fields = lastFields(bytesOf(value));
      return numberOf(fields.get(1)) === 0 ? numberOf(fields.get(2)) : textOf(fields.get(3));
    }
    case 'time':
    case 'microTime':
      return readTime(lastFields(bytesOf(value)), type === 'time' ? 0 : 6);
    case 'duration':
      return `${numberOf(lastFields(bytesOf(value)).get(1)) / 1e9}s`;
    case 'json':
      return readJson(textOf(lastFields(bytesOf(value)).get(1)));
    default:
      return readMessage(type, bytesOf(value));
  }
}

/** RFC 3339 in UTC; the zero time of Go is null. */
function readTime(fields: ReadonlyMap<number, WireValue>, digits: number): Json {
  if (fields.size === 0) return null;
  const date = new Date(numberOf(fields.get(1)) * 1000);
  if (Number.isNaN(date.getTime())) throw new WireError('proto: a time out of range');
  const micros = String(Math.floor(numberOf(fields.get(2)) / 1000)).padStart(6, '0');
  return `${date.toISOString().slice(0, 19)}${digits === 0 ? '' : `.${micros}`}Z`;
}

function readJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    throw new WireError('invalid character in JSON inside protobuf');
  }
}
