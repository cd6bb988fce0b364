// Runs inside one network namespace (`ip netns exec`): listens where it is told, and asks what it is told.
// Argument: JSON of listeners. Standard input: one probe a line. Standard output: one event a line.

import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import net from 'node:net';
import { createInterface } from 'node:readline';

/** Bytes of a datagram that a server answers with, so that sizes are known. */
const ANSWER_BYTES = 160;
/** Bytes of the tag that every question begins with. */
const TAG_BYTES = 9;

/** `HL000001 2000 160 ...`: behind the tag a question of many bytes says its size, and that of the answer. */
function sizesIn(text) {
  const [, up, down] = /^.{9}(\d+) (\d+) /.exec(text) ?? [];
  return { up: Number(up ?? 0), down: Number(down ?? ANSWER_BYTES) };
}

const question = ({ tag, up, down }) =>
  up === undefined ? tag : `${tag}${up} ${down ?? ANSWER_BYTES} `.padEnd(up, '.');

const say = event => process.stdout.write(`${JSON.stringify(event)}\n`);

function listenTcp({ name, addr, port }) {
  return new Promise((resolve, reject) => {
    const server = net.createServer({ allowHalfOpen: true }, socket => {
      socket.on('error', () => {});
      let bytes = 0;
      let wanted;
      socket.on('data', part => {
        wanted ??= sizesIn(part.toString('latin1'));
        bytes += part.length;
        if (bytes < wanted.up) return;
        const answer = JSON.stringify({ name, local: socket.localAddress, peer: socket.remoteAddress });
        socket.end(answer.padEnd(wanted.down));
      });
    });
    server.once('error', reject);
    server.listen({ host: addr ?? '0.0.0.0', port, backlog: 128 }, resolve);
  });
}

function listenUdp({ name, addr, port }) {
  return new Promise((resolve, reject) => {
    const server = dgram.createSocket('udp4');
    server.once('error', reject);
    server.on('message', (message, peer) => {
      const text = message.toString('latin1');
      const answer = `${text.slice(0, TAG_BYTES)}${JSON.stringify({ name, peer: peer.address })}`;
      server.send(answer.padEnd(sizesIn(text).down), peer.port, peer.address, () => {});
    });
    server.bind(port, addr ?? '0.0.0.0', () => {
      server.removeListener('error', reject);
      server.on('error', () => {});
      resolve();
    });
  });
}

function askTcp(probe) {
  const { id, to, port, localPort, timeoutMs } = probe;
  const socket = net.connect({ host: to, port, localPort, localAddress: '0.0.0.0' });
  let answer = '';
  let connected = false;
  let over = false;
  const finish = event => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    socket.destroy();
    say({ id, connected, ...event });
  };
  const timer = setTimeout(() => finish({ error: 'ETIMEDOUT' }), timeoutMs);
  socket.on('connect', () => {
    connected = true;
    socket.write(question(probe));
  });
  socket.on('data', part => {
    answer += part;
  });
  socket.on('end', () => finish(answer === '' ? { error: 'ECONNRESET' } : { answer: JSON.parse(answer) }));
  socket.on('error', error => finish({ error: error.code }));
}

function askUdp(probe) {
  const { id, to, port, localPort, ttl, timeoutMs } = probe;
  const socket = dgram.createSocket('udp4');
  let over = false;
  const finish = event => {
    if (over) return;
    over = true;
    clearTimeout(timer);
    socket.close();
    say({ id, connected: false, ...event });
  };
  const timer = setTimeout(() => finish({ error: 'ETIMEDOUT' }), timeoutMs);
  socket.on('error', error => finish({ error: error.code }));
  socket.on('message', message => finish({ answer: JSON.parse(message.subarray(TAG_BYTES).toString('latin1')) }));
  socket.bind(localPort, '0.0.0.0', () => {
    if (ttl !== undefined) socket.setTTL(ttl);
    socket.connect(port, to, error => {
      if (error) return finish({ error: error.code });
      socket.send(question(probe), failed => failed && finish({ error: failed.code }));
    });
  });
}

/** What ping(8) calls the values of IP_MTU_DISCOVER. */
const FRAGMENTATION = ['dont', 'want', 'do'];

/** Raw sockets are beyond Node: ping(8) asks. `-p` fills the payload with the tag. */
function askPing({ id, tag, to, ttl, up, df, timeoutMs }) {
  const pattern = Buffer.from(tag, 'latin1').toString('hex');
  const args = [
    '-n',
    '-c',
    '1',
    '-W',
    String(timeoutMs / 1000),
    '-s',
    String(up ?? TAG_BYTES),
    '-p',
    pattern,
    ...(ttl === undefined ? [] : ['-t', String(ttl)]),
    ...(df === undefined ? [] : ['-M', FRAGMENTATION[df]]),
    to,
  ];
  const child = spawn('ping', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout.on('data', part => {
    text += part;
  });
  child.stderr.on('data', part => {
    text += part;
  });
  child.on('close', () => say({ id, connected: false, ping: text }));
}

const ASK = { tcp: askTcp, udp: askUdp, icmp: askPing };
const listeners = JSON.parse(process.argv[2] ?? '[]');
try {
  await Promise.all(listeners.map(listener => (listener.proto === 'tcp' ? listenTcp : listenUdp)(listener)));
  say({ ready: true });
} catch (error) {
  say({ ready: false, error: String(error) });
}
createInterface({ input: process.stdin })
  .on('line', line => {
    const probe = JSON.parse(line);
    ASK[probe.proto](probe);
  })
  .on('close', () => process.exit(0));
