// The only way into the core from outside.

export { canonicalJson, equalJson, field as fieldOf, isJsonArray, isJsonObject, type JsonObject } from './api/json.ts';
export { objectsIn } from './api/objectsIn.ts';
export { goText } from './api/patch/goText.ts';
export { applyJsonPatch } from './api/patch/jsonPatch.ts';
export { listStrategy } from './api/patch/mergeKeys.ts';
export { applyMergePatch } from './api/patch/mergePatch.ts';
export { applyStrategicMergePatch } from './api/patch/strategicMergePatch.ts';
export type { ApiRequest, ApiResponse, Json, WatchEvent } from './api/request.ts';
export { knownKinds } from './api/scheme.ts';
export type { LabelRequirement } from './api/selectors.ts';
export { parseLabelSelector } from './api/serve/labelQuery.ts';
export { definitionOf, FIELD_ENUMS, type FieldType, fieldsOf, isRequired } from './api/structure.ts';
export { humanDuration, parseTimestamp, timestamp } from './api/timestamps.ts';
export { validateManifest } from './api/validateManifest.ts';
export { withoutDefaults } from './api/withoutDefaults.ts';
export { sendersOf } from './capture/senders.ts';
export { type Sighting, sightingsOf } from './capture/sightings.ts';
export { type Sender, WINDOW_SCALE } from './capture/wire.ts';
export { sourceFor } from './datapath/addresses.ts';
export type { Exchange, Question } from './datapath/trace.ts';
export { findHost } from './dns/hosts.ts';
export {
  asksServer,
  DNS_PORT,
  type DnsQuery,
  type DnsReply,
  type DnsTransport,
  LENGTH_BEFORE,
  replyTo,
} from './dns/message.ts';
export { candidates, parseResolvConf, settingsOf } from './dns/resolvConf.ts';
export {
  askServers,
  dnsQuery,
  type HostResolution,
  type QueryOutcome,
  type ResolverHost,
  resolveHost,
} from './dns/resolver.ts';
export { reverseName } from './dns/upstream.ts';
export { ENGINE_VERSION, Lab } from './lab.ts';
export { isLabConfig, type LabConfig, readLabConfig } from './labConfig.ts';
export { LAB_GROUP_PATH } from './labGroup/labGroup.ts';
export type { HostRef, HostService, LabHost } from './labHost.ts';
export type { LabSnapshot } from './labSnapshot.ts';
export type { OnProgress } from './labSystem.ts';
export type { OpenProblem } from './labText.ts';
export {
  addAddress,
  addInterface,
  addRoute,
  addVethPair,
  addVxlan,
  deleteAddress,
  deleteForwarding,
  deleteInterface,
  releasePort,
  setDeviceMtu,
  setForwarding,
  setLink,
  setMaster,
  updateInterface,
} from './linux/administer.ts';
export { allEntries, type CtEntry, removeEntry } from './linux/conntrack.ts';
export { type FdbEntry, isAged } from './linux/fdb.ts';
export { ETHERNET_MTU, type Interface, VXLAN_PORT } from './linux/interface.ts';
export { agedNeighbor, type Neighbor, neighborKey } from './linux/neighbors.ts';
export {
  makeTable,
  renderAppend,
  renderMatch,
  renderRule,
  renderTable,
  wrongJumpOf,
} from './linux/netfilter/iptablesSave.ts';
export { parseRuleWords } from './linux/netfilter/parseRule.ts';
export { rightPlace } from './linux/netfilter/places.ts';
export { splitWords } from './linux/netfilter/ruleWords.ts';
export {
  BASE_CHAINS,
  type Match,
  type Rule,
  TABLE_NAMES,
  type TableName,
  type Target,
} from './linux/netfilter/types.ts';
export { localRoutes, type Netns } from './linux/netns.ts';
export { renderNft, renderNftTable } from './linux/nftables/render.ts';
export type { NftRuleset, NftTable } from './linux/nftables/types.ts';
export { lookupRoute, type PolicyRule, type Route, type RouteType } from './linux/routes.ts';
export type { Listener } from './linux/sockets.ts';
export { knownSettings, readSysctl, withSysctl } from './linux/sysctl.ts';
export type { World } from './linux/world.ts';
export { type FormattedText, formatManifests } from './manifest/format.ts';
export { MANIFEST_LIMITS, type ManifestDocument, readManifests, type TextSpan } from './manifest/read.ts';
export {
  contains as prefixContains,
  formatInterfaceAddress,
  type Ip,
  interfaceAddress as parseInterfaceAddress,
  ip as parseIp,
  isIp,
  type Prefix,
  prefix as parsePrefix,
} from './net/address.ts';
export { drawnMac, type Mac, mac as parseMac, ZERO_MAC } from './net/mac.ts';
export { icmpTypeNumber, PROTOCOL_NUMBERS, typeOfService } from './net/numbers.ts';
export {
  type AppMessage,
  type ArpMessage,
  type Frame,
  type IcmpMessage,
  type IpPacket,
  isIcmpError,
  type Segment,
} from './net/packet.ts';
export { ipBytes } from './net/size.ts';
export type { WrittenQuestion } from './question.ts';
export { type ProbeOutcome, questionOf, type RecordedProbe, recordedText, targetOf } from './recorded/probe.ts';
export type { VirtualMs } from './runtime/clock.ts';
export { ParseError } from './runtime/errors.ts';
export type { LabEvent } from './runtime/eventLog.ts';
export type * from './view/elements.ts';
export type * from './view/exchange.ts';
export type { ExchangeRecord } from './view/exchangeView.ts';
export { formatConntrackEntry } from './view/linuxText.ts';
export type { TalliedOutcome } from './view/tally.ts';
export type { Evidence, WhyAnswer } from './view/why/answer.ts';
export { reasonPhrase, statusLine } from './workload/httpStatus.ts';
export { findImage } from './workload/registry.ts';
