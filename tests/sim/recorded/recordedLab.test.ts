import { describe, expect, it } from 'vitest';
import { createInProcessClient } from '../../../src/client/inProcess.ts';
import type { LabClient, LabUpdate } from '../../../src/client/port.ts';
import { Lab } from '../../../src/sim/index.ts';
import { SMALL, SMALL_TEXT } from './smallCluster.ts';

async function openSmall(): Promise<LabClient> {
  const client = createInProcessClient();
  const report = await client.open({ kind: 'kernel', text: SMALL_TEXT });
  expect(report).toMatchObject({ kind: 'opened', name: 'small' });
  return client;
}

async function run(client: LabClient, line: string) {
  const parts: string[] = [];
  const result = await client.run('c', line, output => parts.push(output.text));
  return { ...result, output: parts.join('') };
}

describe('a recorded cluster', () => {
  it('finds nodes, Pods and what surrounds them by the wires', () => {
    const opened = Lab.openRecorded(SMALL_TEXT);
    if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
    expect([...opened.lab.elements().keys()]).toEqual(['node/n1', 'pod/default/p11', 'lan/sw', 'outside/ext']);
    expect(opened.lab.elements().get('pod/default/p11')).toMatchObject({ node: 'n1', address: '10.244.1.2' });
    expect(opened.lab.elements()).toEqual(opened.lab.elements());
    expect(opened.lab.elements().get('node/n1')).toBe(opened.lab.elements().get('node/n1'));
  });

  it('takes roles and nodes from the hosts where they say them', () => {
    const roles: Readonly<Record<string, object>> = { n1: { role: 'router' }, p11: { role: 'external' } };
    const hosts = SMALL.hosts.map(host => ({ ...host, ...roles[host.name] }));
    const opened = Lab.openRecorded(JSON.stringify({ ...SMALL, hosts }));
    if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
    expect([...opened.lab.elements().keys()]).toEqual(['lan/sw', 'router/n1', 'outside/p11', 'outside/ext']);
  });

  it('is the same again from a snapshot, with its journeys and what undo takes back', async () => {
    const opened = Lab.openRecorded(SMALL_TEXT);
    if (opened.kind === 'refused') throw new Error(JSON.stringify(opened.problems));
    const { lab } = opened;
    expect(lab.commit({ from: 'p11', to: 'ext', protocol: 'icmp' }).kind).toBe('asked');
    await lab.change('no rules', () => lab.world.get('n1').configure({ routes: [] }));
    const snapshot = lab.snapshot();
    if (snapshot === 'busy') throw new Error('a lab at rest was expected');
    const again = Lab.restore(structuredClone(snapshot));
    for (const each of [lab, again]) each.undo();
    const seen = (of: Lab) => [of.kind, [...of.elements()], of.steps, of.eventsSince(0), of.viewExchange('x1')];
    expect(seen(again)).toEqual(seen(lab));
    expect(again.world.get('n1').config.routes.length).toBeGreaterThan(0);
  });

  it('sends its probes, each with a journey and what the recording says', async () => {
    const client = await openSmall();
    const sent = await run(client, 'probe node-port');
    expect(sent.exitCode).toBe(0);
    expect(sent.output).toBe('ext to 172.18.0.2:30080/tcp: ok p11<172.18.0.100\nThe recorded kernel did the same.\n');
    const view = await client.exchange(sent.exchanges[0]?.id ?? '');
    expect(view?.traces[0]?.hops.map(hop => hop.element)).toEqual([
      'outside/ext',
      'lan/sw',
      'node/n1',
      'pod/default/p11',
    ]);
    const other = await run(client, 'probe closed');
    expect(other.exitCode).toBe(1);
    expect(other.exchanges[0]?.probe).toEqual({
      id: 'closed',
      recording: 'differs',
      now: 'refused',
      recorded: 'timeout',
    });
    expect((await run(client, 'probe ping')).exchanges[0]?.probe?.recording).toBe('none');
  });

  it('lists its probes, and has ssh to every host but no kubectl', async () => {
    const client = await openSmall();
    expect((await run(client, 'probe')).output.split('\n')[1]).toMatch(
      /^node-port +ext +172\.18\.0\.2:30080 +tcp +ok p11</,
    );
    expect((await run(client, 'probe nothing')).exitCode).toBe(2);
    expect((await run(client, 'kubectl get pods')).exitCode).toBe(127);
    expect((await run(client, 'ssh p11 hostname')).output).toBe('p11\n');
    expect(await client.prompt()).toBe('ext$');
    expect((await run(client, 'curl -s http://172.18.0.2:30080/')).output).toMatch(
      /^{"name":"p11","local":"10\.244\.1\.2:8080"/,
    );
    const inspection = await client.inspect('pod/default/p11');
    expect(inspection?.sections).toContain('Routes');
    expect(JSON.stringify(inspection)).not.toContain('kubectl');
  });

  it('can be asked who reaches whom, and a question that is sent leaves its journey', async () => {
    const client = await openSmall();
    const ends = await client.reachEnds();
    expect(ends.map(({ element }) => element)).toEqual(expect.arrayContaining(['pod/default/p11', 'node/n1']));
    const p11 = ends.find(({ element }) => element === 'pod/default/p11');
    expect(p11?.ports).toContainEqual({ protocol: 'tcp', port: 8080 });
    const question = { from: 'node/n1', to: 'pod/default/p11', protocol: 'tcp', port: 8080 } as const;
    expect(await client.reach([question])).toMatchObject([{ kind: 'answered', verdict: 'ok' }]);
    const sent = await client.send(question);
    expect(sent.kind === 'sent' && (await client.exchange(sent.exchange))?.verdict).toBe('ok');
  });

  it('takes changes back, resets, and opens again from what was saved', async () => {
    const client = await openSmall();
    let update: LabUpdate | undefined;
    client.onUpdate(next => {
      update = next;
    });
    await run(client, 'ssh n1 iptables -t nat -F');
    expect((await run(client, 'probe node-port--flushed')).exchanges[0]?.verdict).toBe('refused');
    expect(update?.history.undo).toBe('ssh n1 iptables -t nat -F');
    const saved = await client.save();
    await client.undo();
    expect((await run(client, 'probe node-port')).exchanges[0]?.verdict).toBe('ok');
    await client.redo();
    await client.reset();
    expect((await run(client, 'probe node-port')).exchanges[0]?.verdict).toBe('ok');

    const again = createInProcessClient();
    const report = await again.open({ kind: 'saved', saved });
    expect(report).toMatchObject({ kind: 'opened', name: 'small' });
    expect(report.kind === 'opened' && report.probes?.map(probe => probe.after)).toEqual([
      undefined,
      undefined,
      undefined,
      ['ssh n1 iptables -t nat -F'],
    ]);
    expect((await run(again, 'probe node-port')).exchanges[0]?.verdict).toBe('refused');
  });
});

describe('a text that is no recorded cluster', () => {
  const refusal = (text: string): string => {
    const opened = Lab.openRecorded(text);
    if (opened.kind === 'opened') throw new Error('a refusal was expected');
    return opened.problems.map(({ message, span }) => `${span.startLine}: ${message}`).join('\n');
  };
  const changed = (change: (spec: typeof SMALL) => void): string => {
    const spec = structuredClone(SMALL);
    change(spec);
    return JSON.stringify(spec, undefined, 1);
  };
  const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

  it('says the line and what was expected', () => {
    expect(refusal('[]')).toBe('1: a recorded cluster with hosts, links and probes was expected');
    expect(refusal('{"hosts": []}')).toBe('1: hosts: at least one host was expected');
    expect(refusal('{\n"hosts": [\n{"name": 5}]}')).toBe('3: hosts[0].name: the name of the host was expected');
    expect(refusal('{\n"hosts": [{"name": "a"}],\n"links": [["a"]]}')).toMatch(/^3: links\[0\]: two ends/);
    expect(refusal('{"hosts": [{"name": "a"}, {"name": "a"}]}')).toMatch(/another name than "a"/);
    expect(refusal('{"hosts": ')).toMatch(/This is not JSON/);
    const probe = changed(spec => Object.assign(spec.probes[1] ?? {}, { from: 'nobody' }));
    expect(refusal(probe)).toBe(
      `${lineOf(probe, '"nobody"')}: probes[1].from: there is no host "nobody" in this cluster`,
    );
  });

  it('says the host of a problem that building it finds', () => {
    const route = changed(spec => Object.assign(spec.hosts[2] ?? {}, { routes: ['10.9.0.0/16 dev eth9'] }));
    expect(refusal(route)).toMatch(new RegExp(`^${lineOf(route, '"10.9.0.0/16')}: host p11, route "10.9.0.0/16 `));
    const link = changed(spec => spec.links.push(['sw/x', 'gone/eth0']));
    expect(refusal(link)).toBe(`${lineOf(link, '"sw/x"') - 1}: link sw/x - gone/eth0: no host "gone"`);
    const rules = changed(spec =>
      Object.assign(spec.hosts[1] ?? {}, { iptables: '*nat\n-A NONE -j ACCEPT\nCOMMIT\n' }),
    );
    expect(refusal(rules)).toMatch(new RegExp(`^${lineOf(rules, '"*nat')}: host n1, iptables`));
  });

  it('is refused whatever value is replaced by another, never thrown at', () => {
    const wrong: readonly unknown[] = [null, -1, 1e10, 1.5, '', 'x y/z', [], ['a'], {}, { name: 1 }, true];
    const outcomes = { opened: 0, refused: 0 };
    const walk = (value: unknown, replace: (other: unknown) => unknown): void => {
      for (const other of wrong) outcomes[Lab.openRecorded(JSON.stringify(replace(other))).kind]++;
      if (Array.isArray(value))
        value.forEach((item: unknown, i) => {
          walk(item, other => replace(value.with(i, other)));
        });
      else if (typeof value === 'object' && value !== null)
        for (const [key, item] of Object.entries(value)) walk(item, other => replace({ ...value, [key]: other }));
    };
    walk(SMALL, other => other);
    expect(outcomes.refused).toBeGreaterThan(300);
  });
});
