// Container images: small behaviours that a container can have. One file an image; this one names what an image is.

import type { Program } from '../datapath/programs.ts';
import type { Result } from '../runtime/errors.ts';

/** What a container's process listens on. */
export interface Listening {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
}

/** What the author of a Pod wrote for one container. */
export interface ContainerStart {
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

export interface Image {
  /** The name by which lessons call it. */
  readonly name: string;
  /** Names that people know it by elsewhere, without tags. */
  readonly aliases: readonly string[];
  /** What its process is called, as `ss -p` shows it. */
  readonly process: string;
  /** Whether it ends at once when it is told to; a shell that sleeps as process 1 does not. */
  readonly endsOnTerm: boolean;
  /**
   * What its arguments are.
   * - `own` (by default): options of its program.
   * - `command`: a command to run, as where the image has no program of its own.
   */
  readonly takes?: 'own' | 'command';
  /** What it listens on; an argument that it does not understand ends it with a message. */
  listens(start: ContainerStart): Result<readonly Listening[], string>;
  /** What it answers. The name of the program is the image's name. */
  readonly program: Program | undefined;
}
