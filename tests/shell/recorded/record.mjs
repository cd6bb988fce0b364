// node tests/shell/recorded/record.mjs: records gnu.json on a Debian 12 (bash 5.2.15, coreutils 9.1, grep 3.8,
// sed 4.9, mawk 1.3.4, util-linux 2.38.1).

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FILES, LINES } from './lines.mjs';

const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
const recorded = LINES.map(line => {
  const env = { PATH: process.env.PATH, LC_CTYPE: 'C.UTF-8', LC_COLLATE: 'C', HOME: folder };
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', line], {
    cwd: folder,
    env,
    encoding: 'utf8',
    input: '',
  });
  return { line, code: status, out: stdout, err: stderr.replaceAll('bash: line 1: ', 'bash: ') };
});
rmSync(folder, { recursive: true });
writeFileSync(new URL('gnu.json', import.meta.url), `${JSON.stringify({ files: FILES, recorded }, null, 1)}\n`);
console.log(`${recorded.length} lines`);
