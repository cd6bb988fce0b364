// The process of a container: the program of its image, or a script that its Pod gives it.

import type { Container } from '../api/kinds/pod.ts';
import { findImage } from '../workload/registry.ts';
import { type Course, courseOf, isScript } from '../workload/script.ts';

/** The script that a container runs; undefined when the program of its image runs. */
export function ownCourse(container: Container): Course | undefined {
  const { command = [], args = [] } = container;
  const argv = [...command, ...args];
  const image = findImage(container.image);
  const isCommand = command.length > 0 || image?.takes === 'command';
  return argv.length > 0 && isCommand && (image?.takes === 'command' || isScript(argv)) ? courseOf(argv) : undefined;
}

/** Does the process end when it is told to? A shell that is process 1 does not listen. */
export function heedsTerm(container: Container): boolean {
  return ownCourse(container) === undefined && findImage(container.image)?.endsOnTerm !== false;
}
