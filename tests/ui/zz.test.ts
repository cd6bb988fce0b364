import { readFileSync, readdirSync } from 'node:fs';
import { it } from 'vitest';
it('x', () => {
  const out: string[] = [];
  for (const base of ['src/ui/', 'src/store/', 'src/client/']) for (const f of readdirSync(base, { recursive: true }) as string[]) {
    if (!/\.tsx?$/.test(f) || /ords\.ts$/.test(f) || f.includes('snippets/')) continue;
    const code = readFileSync(base + f, 'utf8').replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
    const w = [...code.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map(m => m[1] ?? m[2] ?? '').filter(t => /\p{Lu}\p{L}/u.test(t) && / /.test(t) || /\p{Ll}{2,} \p{Ll}{2,}/u.test(t));
    if (w.length) out.push('== ' + base + f + '\n    ' + w.map(t => t.slice(0,150)).join('\n    '));
  }
  console.log(out.join('\n'));
});
