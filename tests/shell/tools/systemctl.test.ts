import { describe, expect, it } from 'vitest';
import { PROGRAMS } from '../../../src/shell/programs.ts';
import { smallCluster } from '../../support/smallCluster.ts';
import { testShell } from '../shellAt.ts';

describe('systemctl on a node', () => {
  it('stops and starts the kubelet', async () => {
    const { lab } = smallCluster();
    const { run } = testShell({ commands: PROGRAMS, lab });
    expect(await run('ssh node-1 systemctl is-active kubelet')).toEqual({ code: 0, out: 'active\n', err: '' });
    expect(await run('ssh node-1 systemctl stop kubelet')).toEqual({ code: 0, out: '', err: '' });
    lab.advance(65_000);
    expect((await run('ssh node-1 systemctl is-active kubelet.service')).code).toBe(3);
    expect(await run('ssh node-1 systemctl status kubelet')).toEqual({
      code: 3,
      out: `○ kubelet.service - kubelet: The Kubernetes Node Agent
     Loaded: loaded (/lib/systemd/system/kubelet.service; enabled; preset: enabled)
     Active: inactive (dead) since Thu 2026-01-01 00:00:01 UTC; 1min 5s ago
`,
      err: '',
    });
    await run('ssh node-1 systemctl start kubelet');
    expect((await run('ssh node-1 systemctl status kubelet')).out).toContain(
      'Active: active (running) since Thu 2026-01-01',
    );
  });

  it.each([
    ['systemctl stop sshd', 5, 'Failed to stop sshd.service: Unit sshd.service not found.\n'],
    ['systemctl status sshd', 4, 'Unit sshd.service could not be found.\n'],
    ['systemctl jump kubelet', 1, 'Unknown command verb jump.\n'],
    ['systemctl stop', 1, 'Too few arguments.\n'],
  ])('%s is refused', async (line, code, err) => {
    const { lab } = smallCluster();
    const { run } = testShell({ commands: PROGRAMS, lab });
    expect(await run(`ssh node-1 ${line}`)).toEqual({ code, out: '', err });
  });
});
