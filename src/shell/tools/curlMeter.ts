// The meter that curl draws on stderr when its output goes into a pipe or a file, as under `kubectl exec` without -t.
//
// Simplified: a line each second, at the same moments; the real one misses some, and its first lines come within a second.
// Read:       curl lib/progress.c; recordings of curl 7.88.1.

export interface Meter {
  /** The heading, once, and the first line. */
  begin(): void;
  /** Time passes until so many milliseconds after the beginning. */
  wait(untilMs: number): void;
  /** The last line. */
  end(elapsedMs: number, bytes: number): void;
}

const HEADING =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';

export const NO_METER: Meter = { begin: () => undefined, wait: () => undefined, end: () => undefined };

/** @param heading only the first transfer of a command has it */
export function progressMeter(write: (text: string) => void, heading: 'shown' | 'hidden'): Meter {
  let drawn = 0;
  const nothing = (second: number): void =>
    write(`\r  0     0    0     0    0     0      0      0 --:--:-- ${duration(second)} --:--:--     0`);
  return {
    begin() {
      if (heading === 'shown') write(HEADING);
      nothing(0);
    },
    wait(untilMs) {
      if (untilMs >= 1000 && drawn === 0) nothing(0);
      for (; (drawn + 1) * 1000 < untilMs; drawn++) nothing(drawn + 1);
    },
    end(elapsedMs, bytes) {
      const seconds = Math.floor(elapsedMs / 1000);
      if (bytes === 0) nothing(seconds);
      else {
        const speed = Math.floor((bytes * 1000) / Math.max(1, elapsedMs));
        const total = duration(Math.floor(bytes / Math.max(1, speed)));
        write(
          `\r100 ${figure(bytes)}  100 ${figure(bytes)}    0     0 ${figure(speed).padStart(6)}      0 ${total} ${duration(seconds)} --:--:-- ${figure(speed)}`,
        );
      }
      write('\n');
    },
  };
}

/** Source: lib/progress.c, `time2str`. */
function duration(seconds: number): string {
  if (seconds <= 0) return '--:--:--';
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return `${String(hours).padStart(2)}:${String(minutes).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Five characters. Source: lib/progress.c, `max5data`. */
function figure(bytes: number): string {
  if (bytes < 100_000) return String(bytes).padStart(5);
  if (bytes < 10_000 * 1024) return `${String(Math.floor(bytes / 1024)).padStart(4)}k`;
  return `${(bytes / 1_048_576).toFixed(1).padStart(4)}M`;
}
