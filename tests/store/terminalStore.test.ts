import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CommandOutput, CommandResult, LabClient } from '../../src/client/port.ts';
import { memoryStorage } from '../../src/store/storage.ts';
import { commandLines, createTerminalStore, type KeptOutput, withOutput } from '../../src/store/terminalStore.ts';

const out = (text: string): CommandOutput => ({ stream: 'out', text });
const err = (text: string): CommandOutput => ({ stream: 'err', text });

describe('commandLines', () => {
  it.each<[string, readonly string[]]>([
    ['kubectl get pods', ['kubectl get pods']],
    ['  a  \n\n b\n', ['a', 'b']],
    ['kubectl run web \\\n  --image=x', ['kubectl run web    --image=x']],
    ['kubectl apply -f - <<EOF\nkind: Pod\nEOF', ['kubectl apply -f - <<EOF\nkind: Pod\nEOF']],
    ['\n', []],
  ])('%j', (text, lines) => {
    expect(commandLines(text)).toEqual(lines);
  });
});

const NOTHING: KeptOutput = { output: [], more: 0 };

describe('withOutput', () => {
  it('joins texts of one stream and keeps streams apart', () => {
    const kept = [out('a'), out('b'), err('c'), out('d')].reduce(withOutput, NOTHING);
    expect(kept).toEqual({ output: [out('ab'), err('c'), out('d')], more: 0 });
  });

  it('keeps 200 000 characters up to the end of a line, and counts the lines after it', () => {
    const long = withOutput(NOTHING, out(`${'x'.repeat(199_990)}\nshort\nis cut\nas this is\n`));
    expect(long).toEqual({ output: [out(`${'x'.repeat(199_990)}\nshort\n`)], more: 2 });
    expect(withOutput(long, err('three\nmore\nlines\n'))).toEqual({ ...long, more: 5 });
  });

  it('keeps nothing of a line that is longer than all that is kept', () => {
    expect(withOutput(NOTHING, out('x'.repeat(200_001)))).toEqual({ output: [], more: 1 });
  });
});

/** A lab that runs commands when the test says so. */
function testLab() {
  const running: {
    readonly id: string;
    readonly line: string;
    readonly print: (output: CommandOutput) => void;
    readonly end: (result: Partial<CommandResult>) => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const cancelled: string[] = [];
  let prompt = '$';
  const lab: Pick<LabClient, 'run' | 'cancel' | 'complete' | 'prompt'> = {
    run: (id, line, print) =>
      new Promise((resolve, reject) => {
        running.push({
          id,
          line,
          print,
          end: result => resolve({ exitCode: 0, exchanges: [], ...result }),
          fail: reject,
        });
      }),
    cancel: async id => void cancelled.push(id),
    complete: () => Promise.reject(new Error('closed')),
    prompt: async () => prompt,
  };
  return {
    client: lab as LabClient,
    running,
    cancelled,
    setPrompt: (next: string) => {
      prompt = next;
    },
  };
}

const entered = async (): Promise<void> => undefined;

describe('the terminal store', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });
  const settle = () => vi.advanceTimersByTimeAsync(50);

  it('shows output while the command runs, and its end', async () => {
    const { client, running, setPrompt } = testLab();
    const finished = vi.fn();
    const store = createTerminalStore(client, memoryStorage(), entered, finished);
    const result = store.run('kubectl get pods');
    await settle();
    expect(store.getState().blocks[0]).toMatchObject({ command: 'kubectl get pods', state: { kind: 'running' } });
    running[0]?.print(out('NAME\n'));
    running[0]?.print(out('web\n'));
    expect(store.getState().blocks[0]?.output).toEqual([]);
    await settle();
    expect(store.getState().blocks[0]?.output).toEqual([out('NAME\nweb\n')]);
    running[0]?.print(err('late\n'));
    setPrompt('node-1 $');
    running[0]?.end({ exitCode: 1 });
    await settle();
    expect(await result).toMatchObject({ exitCode: 1 });
    expect(store.getState()).toMatchObject({ finished: 1, prompt: 'node-1 $' });
    expect(store.getState().blocks[0]?.output).toEqual([out('NAME\nweb\n'), err('late\n')]);
    expect(store.getState().blocks[0]?.state).toEqual({ kind: 'done', exitCode: 1, exchanges: [] });
    expect(finished).toHaveBeenCalledOnce();
  });

  it('runs one command after the other', async () => {
    const { client, running } = testLab();
    const store = createTerminalStore(client, memoryStorage(), entered, () => undefined);
    void store.run('a\nb');
    void store.run('c');
    await settle();
    expect(running.map(({ line }) => line)).toEqual(['a']);
    running[0]?.end({});
    await settle();
    expect(running.map(({ line }) => line)).toEqual(['a', 'b']);
    running[1]?.end({});
    await settle();
    expect(running.map(({ line }) => line)).toEqual(['a', 'b', 'c']);
    expect(new Set(running.map(({ id }) => id)).size).toBe(3);
  });

  it('goes on after a command that the lab could not run', async () => {
    const { client, running } = testLab();
    const finished = vi.fn();
    const store = createTerminalStore(client, memoryStorage(), entered, finished);
    void store.run('a');
    void store.run('b');
    await settle();
    running[0]?.print(out('half'));
    running[0]?.fail(new Error('the lab stopped'));
    await settle();
    expect(store.getState().blocks[0]).toMatchObject({
      output: [out('half')],
      state: { kind: 'failed', message: 'the lab stopped' },
    });
    expect(finished).not.toHaveBeenCalled();
    expect(running[1]?.line).toBe('b');
  });

  it('cancels the command that runs, and nothing otherwise', async () => {
    const { client, running, cancelled } = testLab();
    const store = createTerminalStore(client, memoryStorage(), entered, () => undefined);
    store.cancel();
    void store.run('ping web');
    await settle();
    store.cancel();
    await settle();
    expect(cancelled).toEqual([running[0]?.id]);
  });

  it('lets what is typed before the lab is there wait for it, also Ctrl+C and Tab', async () => {
    const { client, running, cancelled } = testLab();
    let arrive = (): void => undefined;
    const lab = new Promise<void>(resolve => {
      arrive = resolve;
    });
    const complete = vi.fn(async () => ({ from: 0, candidates: ['pods'] }));
    const whenThere = (): Promise<void> => lab;
    const store = createTerminalStore({ ...client, complete }, memoryStorage(), whenThere, () => undefined);
    void store.run('ping web');
    const completion = store.complete('po', 2);
    await settle();
    store.cancel();
    await settle();
    expect(store.getState().blocks[0]?.state).toEqual({ kind: 'running' });
    expect([running.length, cancelled.length, complete.mock.calls.length]).toEqual([0, 0, 0]);
    arrive();
    await settle();
    expect(running.map(({ line }) => line)).toEqual(['ping web']);
    expect(cancelled).toEqual([running[0]?.id]);
    expect(await completion).toEqual({ from: 0, candidates: ['pods'] });
  });

  it('clears what has ended', async () => {
    const { client, running } = testLab();
    const store = createTerminalStore(client, memoryStorage(), entered, () => undefined);
    void store.run('a\nb');
    await settle();
    running[0]?.end({});
    await settle();
    store.clear();
    expect(store.getState().blocks.map(block => block.command)).toEqual(['b']);
  });

  it('keeps the last 100 blocks', async () => {
    const { client, running } = testLab();
    const store = createTerminalStore(client, memoryStorage(), entered, () => undefined);
    void store.run(Array.from({ length: 102 }, (_, i) => `echo ${i}`).join('\n'));
    for (let i = 0; i < 102; i++) {
      await settle();
      running[i]?.end({});
    }
    await settle();
    expect(store.getState().blocks).toHaveLength(100);
    expect(store.getState().blocks[0]?.command).toBe('echo 2');
  });

  it('remembers commands between visits, each once', async () => {
    const storage = memoryStorage();
    const store = createTerminalStore(testLab().client, storage, entered, () => undefined);
    for (const text of ['a', 'b', ' a ', '  ']) void store.run(text);
    expect(store.getState().history).toEqual(['b', 'a']);
    const next = createTerminalStore(testLab().client, storage, entered, () => undefined);
    expect(next.getState().history).toEqual(['b', 'a']);
  });

  it.each(['not json', '{}', '[1, null]'])('starts without a history when %s is kept', text => {
    const storage = memoryStorage({ 'terminal-history': text });
    expect(createTerminalStore(testLab().client, storage, entered, () => undefined).getState().history).toEqual([]);
  });

  it('offers nothing when the lab cannot complete', async () => {
    const store = createTerminalStore(testLab().client, memoryStorage(), entered, () => undefined);
    expect(await store.complete('kubectl ge', 10)).toEqual({ from: 10, candidates: [] });
  });

  it('counts proposals, so that the same one is noticed twice', () => {
    const store = createTerminalStore(testLab().client, memoryStorage(), entered, () => undefined);
    store.propose('kubectl get pods');
    store.propose('kubectl get pods');
    expect(store.getState().proposal).toEqual({ text: 'kubectl get pods', number: 2 });
  });
});
