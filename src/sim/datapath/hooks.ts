// A packet at one netfilter hook: each part of the hook's plan has its say, in order.
//
// Read:    kernel net/netfilter/core.c, `nf_hook_slow`; linux/netfilter/hookPlan.ts for the order.

import { type CtEntry, putEntry, removeEntry } from '../linux/conntrack.ts';
import type { NetDevice } from '../linux/netDevice.ts';
import { askChain, type TableResult, type TableVerdict } from '../linux/netfilter/evaluate.ts';
import { type HookPart, type PlannedChain, planOf } from '../linux/netfilter/hookPlan.ts';
import type { AskedChain } from '../linux/netfilter/ruleTable.ts';
import type { Mention } from '../linux/netfilter/ruleWalk.ts';
import type { Hook, RejectWith, Target } from '../linux/netfilter/types.ts';
import type { Ip } from '../net/address.ts';
import { pairKey } from '../runtime/pairKey.ts';
import { outgoingAddress } from './addresses.ts';
import { PacketContext } from './hookContext.ts';
import { reject } from './icmp.ts';
import { applyBinding, bindDestination, bindSource } from './nat.ts';
import { ipOf, type Skb, type Tracking } from './skb.ts';
import type { Effect, StageName, StepDetail, Translation } from './trace.ts';
import { NO_EFFECTS } from './traceBuilder.ts';
import { confirm, outside, track } from './tracking.ts';
import type { Walk } from './walk.ts';

/** What became of the packet at the hook. */
export type HookOutcome =
  /** It goes on, possibly rewritten. */
  | 'continue'
  /** A rule ended it; its trace is over. */
  | 'stopped';

/** What the hook is told about where the packet is. */
interface HookDevices {
  readonly in: NetDevice | undefined;
  readonly out: NetDevice | undefined;
}

function stageOf(hook: Hook): StageName {
  switch (hook) {
    case 'PREROUTING':
      return 'prerouting';
    case 'INPUT':
      return 'input';
    case 'FORWARD':
      return 'forward';
    case 'OUTPUT':
      return 'output';
    case 'POSTROUTING':
      return 'postrouting';
  }
}

export function runHook(
  walk: Walk,
  skb: Skb,
  hook: Hook,
  inDevice: NetDevice | undefined,
  outDevice: NetDevice | undefined,
): HookOutcome {
  const plan = planOf(skb.view.derived.hooks, hook);
  if (plan.length === 0) return 'continue';
  for (const part of plan) {
    switch (part.kind) {
      case 'track':
        trackHere(walk, skb, hook);
        break;
      case 'table':
        if (askTable(walk, skb, hook, part.planned, inDevice, outDevice) === 'stopped') return 'stopped';
        break;
      case 'nat':
        if (translate(walk, skb, hook, part, inDevice, outDevice) === 'stopped') return 'stopped';
        break;
      case 'confirm':
        confirmHere(skb, hook);
        break;
    }
  }
  return 'continue';
}

function trackHere(walk: Walk, skb: Skb, hook: Hook): void {
  const before = skb.frame;
  // What a rule or the kernel itself has decided about the packet stands (untracked; an ICMP error of this host).
  skb.tracking ??= track(skb, walk.now);
  const { tracking } = skb;
  const { entry, confirmed } = tracking;
  // A packet of a known flow is translated by the binding at this same hook.
  const translation = confirmed ? applyBinding(skb, 'destination') : undefined;
  const effects: readonly Effect[] =
    entry !== undefined && !confirmed ? [{ kind: 'conntrack-new', entry }] : NO_EFFECTS;
  const action = translation === undefined ? 'TRACKED' : 'TRANSLATED';
  skb.trace.step(
    skb.view,
    stageOf(hook),
    action,
    conntrackDetail(hook, tracking, translation),
    before,
    skb.frame,
    undefined,
    effects,
  );
}

function conntrackDetail(hook: Hook, tracking: Tracking, translation: Translation | undefined): StepDetail {
  return {
    kind: 'conntrack',
    hook,
    state: tracking.state,
    direction: tracking.direction,
    entry: tracking.entry,
    translation,
  };
}

/** The new flow is written down as its first packet leaves. */
function confirmHere(skb: Skb, hook: Hook): void {
  const written = confirm(skb);
  if (written === undefined || skb.tracking === undefined) return;
  const effect: Effect = { kind: 'conntrack-confirmed', entry: written };
  if (skb.trace.amend(stageOf(hook), effect)) return;
  skb.trace.step(
    skb.view,
    stageOf(hook),
    'TRACKED',
    conntrackDetail(hook, skb.tracking, undefined),
    skb.frame,
    skb.frame,
    undefined,
    [effect],
  );
}

/** Asks a chain that filters; a DROP or REJECT ends the packet. */
function askTable(
  walk: Walk,
  skb: Skb,
  hook: Hook,
  planned: PlannedChain,
  inDevice: NetDevice | undefined,
  outDevice: NetDevice | undefined,
): HookOutcome {
  const context = new PacketContext(walk, skb, hook, inDevice, outDevice);
  const result = askChain(planned, context);
  if (result.untracked) skb.tracking = outside('UNTRACKED');
  noteMentions(walk, skb, result.mentions);
  if (result.ctMark !== undefined) markEntry(skb, result.ctMark);
  const fate = fateOf(result.verdict);
  const detail: StepDetail = {
    kind: 'rules',
    hook,
    asked: planned.asked,
    context,
    matched: result.matched,
    verdict: result.verdict,
    translation: undefined,
  };
  const action = fate === 'continue' ? 'PERMITTED' : fate === 'drop' ? 'DROPPED' : 'REJECTED';
  skb.trace.step(
    skb.view,
    stageOf(hook),
    action,
    detail,
    skb.frame,
    skb.frame,
    undefined,
    markEffect(skb, result.mark),
  );
  skb.mark = result.mark;
  if (fate === 'continue') return 'continue';
  if (fate === 'drop') skb.trace.end(walk.elapsedUs, 'DROPPED', 'NETFILTER_DROP');
  else reject(walk, skb, fate);
  return 'stopped';
}

/** The mark of a connection is kept with its entry. */
function markEntry(skb: Skb, mark: number): void {
  const { tracking } = skb;
  if (tracking?.entry === undefined) return;
  const marked = { ...tracking.entry, mark };
  if (tracking.confirmed) {
    removeEntry(skb.view.conntrack, tracking.entry);
    putEntry(skb.view.conntrack, marked);
  }
  tracking.entry = marked;
}

/** Times that a list keeps of one address. Source: kernel net/netfilter/xt_recent.c, `ip_pkt_list_tot`. */
const MOST_MENTIONS = 20;

function noteMentions(walk: Walk, skb: Skb, mentions: readonly Mention[]): void {
  for (const { list, address, action } of mentions) {
    const key = pairKey(list, address);
    const { recent } = skb.view;
    if (action === 'forget') recent.delete(key);
    else recent.set(key, [walk.now, ...(recent.get(key) ?? [])].slice(0, MOST_MENTIONS));
  }
}

function markEffect(skb: Skb, mark: number): readonly Effect[] {
  return mark === skb.mark ? NO_EFFECTS : [{ kind: 'mark', from: skb.mark, to: mark }];
}

type Fate = 'continue' | 'drop' | RejectWith;

function fateOf(verdict: TableVerdict): Fate {
  if (verdict.kind === 'policy') return verdict.policy === 'DROP' ? 'drop' : 'continue';
  if (verdict.target.kind === 'DROP') return 'drop';
  return verdict.target.kind === 'REJECT' ? verdict.target.with : 'continue';
}

/**
 * The chains of nat are asked once for each side of a flow, by its first packet, until one of them binds it; then the
 * binding is applied. A later packet is only translated (its destination side already was, as it was tracked).
 */
function translate(
  walk: Walk,
  skb: Skb,
  hook: Hook,
  part: Extract<HookPart, { kind: 'nat' }>,
  inDevice: NetDevice | undefined,
  outDevice: NetDevice | undefined,
): HookOutcome {
  const { tracking } = skb;
  if (tracking?.entry === undefined) return 'continue';
  const isSource = part.side === 'source';
  if (tracking.confirmed || (isSource ? tracking.sourceDecided : tracking.destinationDecided)) {
    if (!isSource) return 'continue';
    if (hasChangedWay(tracking, hook, outDevice)) return forgetFlow(walk, skb, hook, tracking);
    translateKnown(skb, hook, tracking);
    return 'continue';
  }
  if (isSource) tracking.sourceDecided = true;
  else tracking.destinationDecided = true;
  const devices: HookDevices = { in: inDevice, out: outDevice };
  const last = part.planned.length - 1;
  for (let i = 0; i < last; i++) {
    const planned = part.planned[i];
    if (planned === undefined) continue;
    const outcome = askNat(walk, skb, hook, part.side, planned, devices, 'others-follow');
    if (outcome !== 'undecided') return outcome;
  }
  const planned = part.planned[last];
  if (planned !== undefined)
    return askNat(walk, skb, hook, part.side, planned, devices, 'last') === 'stopped' ? 'stopped' : 'continue';
  const before = skb.frame;
  if (isSource) {
    const context = new PacketContext(walk, skb, hook, inDevice, outDevice);
    tracking.entry = bindNewSource(skb, tracking.entry, undefined, outDevice, context);
  }
  const translation = applyBinding(skb, part.side);
  if (translation !== undefined) recordTranslation(skb, hook, tracking, translation, before);
  return 'continue';
}

/** Asks one chain of nat. The last one's flow is bound in any case: to what it has, if no rule says otherwise. */
function askNat(
  walk: Walk,
  skb: Skb,
  hook: Hook,
  side: 'source' | 'destination',
  planned: PlannedChain,
  devices: HookDevices,
  place: 'others-follow' | 'last',
): HookOutcome | 'undecided' {
  const { tracking } = skb;
  if (tracking?.entry === undefined) return 'continue';
  const before = skb.frame;
  const context = new PacketContext(walk, skb, hook, devices.in, devices.out);
  const result = askChain(planned, context);
  noteMentions(walk, skb, result.mentions);
  if (result.ctMark !== undefined) markEntry(skb, result.ctMark);
  const target = result.verdict.kind === 'target' ? result.verdict.target : undefined;
  const leadsNowhere = target?.kind === 'REDIRECT' && redirectAddress(devices.in) === undefined;
  const fate = leadsNowhere ? 'drop' : fateOf(result.verdict);
  const binds = fate === 'continue' && (place === 'last' || (target !== undefined && target.kind !== 'ACCEPT'));
  if (binds)
    tracking.entry =
      side === 'source'
        ? bindNewSource(skb, tracking.entry, target, devices.out, context)
        : bindNewDestination(skb, tracking.entry, target, devices.in);
  const translation = binds ? applyBinding(skb, side) : undefined;
  recordNat(skb, hook, planned.asked, context, result, fate, translation, before);
  if (fate === 'continue') return binds ? 'continue' : 'undecided';
  if (fate === 'drop') skb.trace.end(walk.elapsedUs, 'DROPPED', 'NETFILTER_DROP');
  else reject(walk, skb, fate);
  return 'stopped';
}

function recordNat(
  skb: Skb,
  hook: Hook,
  asked: AskedChain,
  context: PacketContext,
  result: TableResult,
  fate: Fate,
  translation: Translation | undefined,
  before: Skb['frame'],
): void {
  const { matched, verdict, mark } = result;
  const detail: StepDetail = { kind: 'rules', hook, asked, context, matched, verdict, translation };
  const passed = translation === undefined ? 'PERMITTED' : 'TRANSLATED';
  const action = fate === 'continue' ? passed : fate === 'drop' ? 'DROPPED' : 'REJECTED';
  skb.trace.step(skb.view, stageOf(hook), action, detail, before, skb.frame, undefined, markEffect(skb, mark));
  skb.mark = mark;
}

/** A flow that has the address of one interface leaves by another. Source: kernel nf_nat_proto.c, `nf_nat_oif_changed`. */
function hasChangedWay({ entry, direction }: Tracking, hook: Hook, out: NetDevice | undefined): boolean {
  const by = entry?.masqueradedBy;
  return by !== undefined && hook === 'POSTROUTING' && direction === 'original' && by !== out?.name;
}

function forgetFlow(walk: Walk, skb: Skb, hook: Hook, tracking: Tracking): HookOutcome {
  if (tracking.entry !== undefined) removeEntry(skb.view.conntrack, tracking.entry);
  skb.trace.step(skb.view, stageOf(hook), 'DROPPED', conntrackDetail(hook, tracking, undefined), skb.frame, skb.frame);
  skb.trace.end(walk.elapsedUs, 'DROPPED', 'NETFILTER_DROP');
  return 'stopped';
}

function translateKnown(skb: Skb, hook: Hook, tracking: Tracking): void {
  const before = skb.frame;
  const translation = applyBinding(skb, 'source');
  if (translation !== undefined) recordTranslation(skb, hook, tracking, translation, before);
}

function recordTranslation(
  skb: Skb,
  hook: Hook,
  tracking: Tracking,
  translation: Translation,
  before: Skb['frame'],
): void {
  skb.trace.step(
    skb.view,
    stageOf(hook),
    'TRANSLATED',
    conntrackDetail(hook, tracking, translation),
    before,
    skb.frame,
  );
}

function bindNewDestination(
  skb: Skb,
  entry: CtEntry,
  target: Target | undefined,
  arrived: NetDevice | undefined,
): CtEntry {
  const { view } = skb;
  if (target?.kind === 'REDIRECT') return bindDestination(view, entry, redirectAddress(arrived), target.port);
  if (target?.kind === 'DNAT') return bindDestination(view, entry, target.address, target.port);
  return entry.original.protocol === 'icmp' ? bindDestination(view, entry, undefined, undefined) : entry;
}

/**
 * The first address of the interface that it came in by (for a bridged frame: the bridge's); none: the packet is dropped.
 * Source: kernel net/netfilter/nf_nat_redirect.c.
 */
function redirectAddress(arrived: NetDevice | undefined): Ip | undefined {
  return arrived === undefined ? LOOPBACK : arrived.link?.addresses[0]?.address;
}

const LOOPBACK = '127.0.0.1' as Ip;

function bindNewSource(
  skb: Skb,
  entry: CtEntry,
  target: Target | undefined,
  out: NetDevice | undefined,
  context: PacketContext,
): CtEntry {
  if (target?.kind === 'SNAT')
    return bindSource(skb.view, entry, { address: target.address, port: target.port, randomFully: false }, context);
  if (target?.kind === 'MASQUERADE') {
    const address =
      out === undefined ? undefined : outgoingAddress(skb.view.derived, out, skb.nextHop ?? ipOf(skb).dst);
    const bound = bindSource(skb.view, entry, { address, port: undefined, randomFully: target.randomFully }, context);
    return { ...bound, masqueradedBy: out?.name };
  }
  return bindSource(skb.view, entry, KEEP_SOURCE, context);
}

/** A null binding: the source stays, unless its port is taken. */
const KEEP_SOURCE = { address: undefined, port: undefined, randomFully: false } as const;
