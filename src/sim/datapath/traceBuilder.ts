// Makes traces, and refuses those that cannot be.

import type { Frame } from '../net/packet.ts';
import { invariant } from '../runtime/errors.ts';
import type {
  Disposition,
  DropReason,
  Effect,
  ElapsedUs,
  Hop,
  Role,
  StageName,
  Step,
  StepAction,
  StepDetail,
  Trace,
} from './trace.ts';

export const NO_EFFECTS: readonly Effect[] = [];

/**
 * One step, of a class for the garbage collector's sake: engines note where literals are made and whether those live
 * long. A collection in the middle of an exchange finds its hundreds of steps alive and would send the steps of all
 * later exchanges to old memory, from where dead traces are hard to clear away.
 */
class RecordedStep implements Step {
  readonly stage: StageName;
  readonly action: StepAction;
  readonly device: string | undefined;
  readonly detail: StepDetail;
  readonly before: Frame;
  readonly after: Frame;
  readonly effects: readonly Effect[];

  constructor(
    stage: StageName,
    action: StepAction,
    device: string | undefined,
    detail: StepDetail,
    before: Frame,
    after: Frame,
    effects: readonly Effect[],
  ) {
    this.stage = stage;
    this.action = action;
    this.device = device;
    this.detail = detail;
    this.before = before;
    this.after = after;
    this.effects = effects;
  }
}

/** A trace that is being made while its packet travels. */
export class TraceBuilder {
  readonly id: number;
  role: Role;
  readonly label: string;
  readonly cause: { readonly trace: number; readonly step: number } | undefined;
  readonly startedUs: ElapsedUs;
  readonly #hops: { readonly netns: string; readonly steps: Step[] }[] = [];
  #count = 0;
  #ended:
    | { readonly disposition: Disposition; readonly dropReason: DropReason | undefined; readonly at: ElapsedUs }
    | undefined;

  constructor(
    id: number,
    role: Role,
    label: string,
    startedUs: ElapsedUs,
    cause?: { readonly trace: number; readonly step: number },
  ) {
    this.id = id;
    this.role = role;
    this.label = label;
    this.startedUs = startedUs;
    this.cause = cause;
  }

  /** The same journey so far, for another copy of the packet. */
  fork(id: number): TraceBuilder {
    const copy = new TraceBuilder(id, this.role, this.label, this.startedUs, { trace: this.id, step: this.#count - 1 });
    for (const hop of this.#hops) copy.#hops.push({ netns: hop.netns, steps: [...hop.steps] });
    copy.#count = this.#count;
    return copy;
  }

  /** How many steps there are: the number of the last is one less. */
  get count(): number {
    return this.#count;
  }

  get isOver(): boolean {
    return this.#ended !== undefined;
  }

  get disposition(): Disposition | undefined {
    return this.#ended?.disposition;
  }

  step(
    netns: string,
    stage: StageName,
    action: StepAction,
    detail: StepDetail,
    before: Frame,
    after: Frame,
    device?: string,
    effects: readonly Effect[] = NO_EFFECTS,
  ): void {
    let hop = this.#hops[this.#hops.length - 1];
    if (hop === undefined || (hop.netns !== netns && stage === 'linkReceive')) {
      hop = { netns, steps: [] };
      this.#hops.push(hop);
    }
    invariant(hop.netns === netns, `trace ${this.id}: a hop in ${netns} that begins with linkReceive, not ${stage}`);
    hop.steps.push(new RecordedStep(stage, action, device, detail, before, after, effects));
    this.#count++;
  }

  /** Adds an effect to the last step if that step is of this stage; says whether it could. */
  amend(stage: StageName, effect: Effect): boolean {
    const steps = this.#hops[this.#hops.length - 1]?.steps;
    const last = steps?.[steps.length - 1];
    if (steps === undefined || last?.stage !== stage) return false;
    steps[steps.length - 1] = { ...last, effects: [...last.effects, effect] };
    return true;
  }

  end(at: ElapsedUs, disposition: Disposition, dropReason?: DropReason): void {
    invariant(this.#ended === undefined, `trace ${this.id}: one end, not a second (${disposition})`);
    invariant(
      disposition === 'ACCEPTED' || dropReason !== undefined,
      `trace ${this.id}: a drop reason with disposition ${disposition}`,
    );
    this.#ended = { disposition, dropReason, at };
  }

  /** The finished trace. A packet that is still waiting when the exchange is over counts as dropped there. */
  build(now: ElapsedUs, waiting: DropReason): Trace {
    const ended = this.#ended ?? { disposition: 'DROPPED' as const, dropReason: waiting, at: now };
    const hops: readonly Hop[] = this.#hops;
    invariant(hops.length > 0, `trace ${this.id}: at least one hop`);
    return {
      id: this.id,
      role: this.role,
      label: this.label,
      ...(this.cause !== undefined && { cause: this.cause }),
      startedUs: this.startedUs,
      endedUs: ended.at,
      hops,
      disposition: ended.disposition,
      ...(ended.dropReason !== undefined && { dropReason: ended.dropReason }),
    };
  }
}
