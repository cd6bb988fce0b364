// The manifests to begin with: the API server takes each as it is, and there is one for every kind that people write.

import { describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../../src/client/inProcess.ts';
import { SANDBOX_LAB } from '../../../src/client/sandboxLab.ts';
import { formatManifests } from '../../../src/sim/index.ts';
import { SNIPPETS } from '../../../src/ui/editor/snippets/snippets.ts';

const all = SNIPPETS.flatMap(group => group.snippets);

async function openSandbox() {
  const client = createInProcessClient();
  await client.open({ kind: 'manifests', text: SANDBOX_LAB });
  return client;
}

describe('a snippet', () => {
  it.each(all.map(snippet => [snippet.label, snippet] as const))(
    '%s has no problem and is applied',
    async (_, snippet) => {
      const client = await openSandbox();
      expect(await client.validate(snippet.text)).toEqual([]);
      await client.setFiles([{ name: snippet.file, text: snippet.text }]);
      let printed = '';
      const result = await client.runOnFiles('apply', [snippet.file], output => {
        printed += `${output.stream} ${output.text}`;
      });
      expect(printed).toMatch(/^(?:(?:err Warning: \w+ has no effect in this lab: .*\n)?out \S+ created\n)+$/);
      expect(result.exitCode).toBe(0);
      expect(formatManifests(snippet.text)).toEqual({ kind: 'formatted', text: snippet.text });
    },
  );

  it('has a name and a file that no other has', () => {
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
    expect(new Set(all.map(({ file }) => file)).size).toBe(all.length);
  });

  it('is there for every kind of the server, but those that machines write', async () => {
    const client = await openSandbox();
    let printed = '';
    await client.run('1', 'kubectl api-resources --verbs=create,patch --no-headers', output => {
      printed += output.text;
    });
    const kinds = printed
      .trimEnd()
      .split('\n')
      .map(line => line.trim().split(/\s+/).at(-1));
    const offered = new Set(all.flatMap(({ text }) => [...text.matchAll(/^kind: (\w+)$/gm)].map(match => match[1])));
    expect(kinds.length).toBeGreaterThan(25);
    expect(kinds.filter(kind => !offered.has(kind ?? '')).sort()).toEqual([
      'ControllerRevision',
      'Endpoints',
      'Event',
      'Lease',
      'Node',
    ]);
  });
});
