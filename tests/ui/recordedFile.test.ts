import { describe, expect, it } from 'vitest';
import { readRecordedFiles } from '../../src/ui/probes/recordedFile.ts';

const file = (name: string, text: string): File => new File([text], name, { type: 'application/json' });
const CLUSTER = '{"hosts": [], "links": [], "probes": []}';
const RESULTS = '{"hosts": [], "results": [{"id": "a", "verdict": "ok"}]}';

describe('the files of a recorded cluster', () => {
  it('are one text as it is, or a cluster with the results of another file', async () => {
    expect(await readRecordedFiles([file('a.json', CLUSTER)])).toEqual({ kind: 'text', text: CLUSTER });
    for (const files of [
      [CLUSTER, RESULTS],
      [RESULTS, CLUSTER],
    ]) {
      const read = await readRecordedFiles(files.map((text, i) => file(`${i}.json`, text)));
      expect(read.kind === 'text' && JSON.parse(read.text)).toMatchObject({
        links: [],
        results: [{ id: 'a', verdict: 'ok' }],
      });
    }
  });

  it('are refused when they are too large, too many, or two of a kind', async () => {
    const refusal = async (...files: readonly File[]): Promise<string> => {
      const read = await readRecordedFiles(files);
      return read.kind === 'refused' ? read.message : '';
    };
    expect(await refusal(file('large.json', 'x'.repeat(5_000_001)))).toMatch(/large\.json has 5\.0 MB/);
    expect(await refusal(file('a', CLUSTER), file('b', CLUSTER))).toMatch(/Of two files/);
    expect(await refusal(file('a', CLUSTER), file('b', RESULTS), file('c', RESULTS))).toMatch(/One cluster/);
  });
});
