// Makes traces, and refuses those that cannot be.

import type { Frame } from '../net/packet.ts';
import { InvariantError } from '../runtime/errors.ts';
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
  TraceCause,
  Turn,
} from './trace.ts';

export const NO_EFFECTS: readonly Effect[] = [];

// Steps and hops are of classes for the garbage collector's sake. Engines note for each literal in the code whether what
// it makes lives long, and then make it in old memory at once. A flooded frame makes hundreds of steps in one exchange:
// a collection in the middle of it finds them all alive, and every later trace would pile up where it is rarely cleared.

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

/** A namespace as a fork sees it. Told apart as objects, which is quicker than by name: every step asks. */
interface Place {
  readonly name: string;
}

class RecordedHop implements Hop {
  readonly netns: string;
  readonly enteredUs: ElapsedUs;
  readonly steps: Step[];
  readonly #place: Place;

  constructor(place: Place, enteredUs: ElapsedUs, steps: Step[]) {
    this.netns = place.name;
    this.enteredUs = enteredUs;
    this.steps = steps;
    this.#place = place;
  }

  isIn(place: Place): boolean {
    return this.#place === place;
  }

  copy(): RecordedHop {
    return new RecordedHop(this.#place, this.enteredUs, [...this.steps]);
  }
}

class RecordedTrace implements Trace {
  readonly id: number;
  readonly role: Role;
  readonly label: string;
  readonly cause: TraceCause | undefined;
  readonly startedUs: ElapsedUs;
  readonly endedUs: ElapsedUs;
  readonly turns: readonly Turn[];
  readonly hops: readonly Hop[];
  readonly disposition: Disposition;
  readonly dropReason: DropReason | undefined;

  constructor(made: TraceBuilder, turns: readonly Turn[], hops: readonly Hop[], ended: TraceEnd) {
    this.id = made.id;
    this.role = made.role;
    this.label = made.label;
    this.cause = made.cause;
    this.startedUs = made.startedUs;
    this.endedUs = ended.at;
    this.turns = turns;
    this.hops = hops;
    this.disposition = ended.disposition;
    this.dropReason = ended.dropReason;
  }
}

interface TraceEnd {
  readonly disposition: Disposition;
  readonly dropReason: DropReason | undefined;
  readonly at: ElapsedUs;
}

/** A trace that is being made while its packet travels. */
export class TraceBuilder {
  readonly id: number;
  role: Role;
  readonly label: string;
  readonly cause: TraceCause | undefined;
  readonly startedUs: ElapsedUs;
  readonly #turns: Turn[];
  readonly #hops: RecordedHop[];
  /** What time it is for the packet. */
  #us: ElapsedUs;
  /** The hop that it is in. */
  #hop: RecordedHop | undefined;
  #count: number;
  #ended: TraceEnd | undefined;

  constructor(id: number, role: Role, label: string, startedUs: ElapsedUs, cause?: TraceCause, before?: TraceBuilder) {
    this.id = id;
    this.role = role;
    this.label = label;
    this.startedUs = startedUs;
    this.cause = cause;
    this.#us = before === undefined ? startedUs : before.#us;
    this.#turns = before === undefined ? [] : [...before.#turns];
    this.#hops = before === undefined ? [] : before.#hops.map(hop => hop.copy());
    this.#hop = this.#hops.at(-1);
    this.#count = before === undefined ? 0 : before.#count;
  }

  /** The same journey so far, for another copy of the packet. */
  fork(id: number): TraceBuilder {
    return new TraceBuilder(id, this.role, this.label, this.startedUs, { trace: this.id, step: this.count - 1 }, this);
  }

  /** The walk goes on with this packet now. */
  takeUp(us: ElapsedUs, order: number): void {
    this.#us = us;
    this.#turns.push({ step: this.#count, us, order });
  }

  /** The packet was on a wire for so long. */
  pass(us: ElapsedUs): void {
    this.#us += us;
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
    place: Place,
    stage: StageName,
    action: StepAction,
    detail: StepDetail,
    before: Frame,
    after: Frame,
    device?: string,
    effects: readonly Effect[] = NO_EFFECTS,
  ): void {
    const last = this.#hop;
    const hop = last?.isIn(place) === true ? last : this.#enter(place, stage);
    hop.steps.push(new RecordedStep(stage, action, device, detail, before, after, effects));
    this.#count++;
  }

  /** A new namespace is entered by an interface; a macvlan's frames leave by the one below. */
  #enter(place: Place, stage: StageName): RecordedHop {
    if (this.#hop !== undefined && stage !== 'linkReceive' && stage !== 'linkTransmit')
      throw new InvariantError(`trace ${this.id}: a hop in ${place.name} that begins with linkReceive, not ${stage}`);
    const hop = new RecordedHop(place, this.#us, []);
    this.#hop = hop;
    this.#hops.push(hop);
    return hop;
  }

  /** Whether a bridge has sent this very frame on before. */
  hasCrossed(place: Place, bridge: string, frame: Frame): boolean {
    for (const hop of this.#hops)
      if (hop.isIn(place))
        for (const { stage, action, device, after } of hop.steps)
          if (stage === 'bridge' && after === frame && device === bridge && action !== 'PASSED_UP') return true;
    return false;
  }

  /** Adds an effect to the last step if that step is of this stage; says whether it could. */
  amend(stage: StageName, effect: Effect): boolean {
    const steps = this.#hop?.steps;
    const last = steps?.at(-1);
    if (steps === undefined || last?.stage !== stage) return false;
    const { action, device, detail, before, after, effects } = last;
    steps[steps.length - 1] = new RecordedStep(stage, action, device, detail, before, after, [...effects, effect]);
    return true;
  }

  end(at: ElapsedUs, disposition: Disposition, dropReason?: DropReason): void {
    if (this.#ended !== undefined) throw new InvariantError(`trace ${this.id}: one end, not a second (${disposition})`);
    if (disposition !== 'ACCEPTED' && dropReason === undefined)
      throw new InvariantError(`trace ${this.id}: a drop reason with disposition ${disposition}`);
    this.#ended = { disposition, dropReason, at };
  }

  /** The finished trace. A packet that is still waiting when the exchange is over counts as dropped there. */
  build(now: ElapsedUs, waiting: DropReason): Trace {
    const ended = this.#ended ?? { disposition: 'DROPPED' as const, dropReason: waiting, at: now };
    const hops = this.#hops;
    if (hops.length === 0) throw new InvariantError(`trace ${this.id}: at least one hop`);
    return new RecordedTrace(this, this.#turns, hops, ended);
  }
}
