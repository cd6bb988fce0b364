// Archives of files: what other programs make of them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { zipOf } from '../../src/ui/keeping/zip.ts';

const FILES = [
  { name: 'lab/README.md', text: '# Ä lab\n' },
  { name: 'lab/empty', text: '' },
  { name: 'lab/manifests.yaml', text: 'kind: Pod\n'.repeat(5000) },
];

describe('a zip archive', () => {
  it('has each file stored, with its checksum and its place in the directory', () => {
    const bytes = zipOf(FILES);
    const view = new DataView(bytes.buffer);
    const end = bytes.length - 22;
    expect(view.getUint32(end, true)).toBe(0x06054b50);
    expect(view.getUint16(end + 10, true)).toBe(FILES.length);
    let entry = view.getUint32(end + 16, true);
    for (const { name, text } of FILES) {
      expect(view.getUint32(entry, true)).toBe(0x02014b50);
      const data = new TextEncoder().encode(text);
      expect(view.getUint32(entry + 16, true)).toBe(crc32(data));
      const [size, nameSize] = [view.getUint32(entry + 24, true), view.getUint16(entry + 28, true)];
      expect(size).toBe(data.length);
      const local = view.getUint32(entry + 42, true);
      expect(view.getUint32(local, true)).toBe(0x04034b50);
      const decoder = new TextDecoder();
      expect(decoder.decode(bytes.subarray(local + 30, local + 30 + nameSize))).toBe(name);
      expect(decoder.decode(bytes.subarray(local + 30 + nameSize, local + 30 + nameSize + size))).toBe(text);
      entry += 46 + nameSize;
    }
    expect(entry).toBe(end);
  });

  it('is the same for the same files', () => {
    expect(zipOf(FILES)).toEqual(zipOf(FILES));
  });

  it.skipIf(!hasPython())('is unpacked by Python, which checks it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'hoplab-zip-'));
    try {
      const path = join(folder, 'a.zip');
      writeFileSync(path, zipOf(FILES));
      const script = `import json, sys, zipfile
z = zipfile.ZipFile(sys.argv[1])
assert z.testzip() is None
print(json.dumps([{"name": n, "text": z.read(n).decode()} for n in z.namelist()]))`;
      const out = execFileSync('python3', ['-c', script, path], { encoding: 'utf8' });
      expect(JSON.parse(out)).toEqual(FILES);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version']);
    return true;
  } catch {
    return false;
  }
}
