// The meter that curl draws on stderr when its output goes into a pipe or a file, as under `kubectl exec` without -t.
//
// Simplified: a line each second, at the same moments; the real one misses some, and its first lines come within a second.
// Read:       curl lib/progress.c; recordings of curl 7.88.1.

export interface Meter {
  /** The heading, once, and the first line. */
  begin(): void;
  /** Time passes until so many milliseconds after the beginning. */
  wait(untilMs: number): void;
  /** The last line: bytes that came, of how many, and bytes that went. */
  end(elapsedMs: number, bytes: number, total?: number, sent?: number): void;
}

const HEADING =
  '  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n                                 Dload  Upload   Total   Spent    Left  Speed\n';

export const NO_METER: Meter = { begin: () => undefined, wait: () => undefined, end: () => undefined };

export function progressMeter(write: (text: string) => void): Meter {
  let drawn = 0;
  const nothing = (second: number, total = 0): void =>
    write(`\r  0 ${figure(total)}    0     0    0     0      0      0 --:--:-- ${duration(second)} --:--:--     0`);
  return {
    begin() {
      write(HEADING);
      nothing(0);
    },
    wait(untilMs) {
      if (untilMs >= 1000 && drawn === 0) nothing(0);
      for (; (drawn + 1) * 1000 < untilMs; drawn++) nothing(drawn + 1);
    },
    end(elapsedMs, bytes, total = bytes, sent = 0) {
      const seconds = Math.floor(elapsedMs / 1000);
      if (bytes === 0) nothing(seconds, total);
      else {
        const rate = (moved: number): number => Math.floor((moved * 1000) / Math.max(1, elapsedMs));
        const spent = `${duration(Math.floor(bytes / Math.max(1, rate(bytes))))} ${duration(seconds)} --:--:--`;
        const up = sent === 0 ? '  0     0' : `100 ${figure(sent)}`;
        write(
          `\r100 ${figure(bytes + sent)}  100 ${figure(bytes)}  ${up} ${figure(rate(bytes)).padStart(6)} ${figure(rate(sent)).padStart(6)} ${spent} ${figure(rate(bytes + sent))}`,
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
