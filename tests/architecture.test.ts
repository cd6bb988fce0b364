// The layers of src/ and who may import whom. A forbidden import fails with the file, the line and the rule.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** Path from src/ for own files; undefined for packages and virtual modules. */
  readonly target: string | undefined;
  readonly isType: boolean;
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return /\.(ts|tsx|mjs)$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g;

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(IMPORT)].map(match => {
    const specifier = (match[2] ?? match[3] ?? match[4] ?? '').replace(/\?.*$/, '');
    const start = match.index + (match[0].startsWith('\n') ? 1 : 0);
    const target =
      specifier.startsWith('.') && /\.\w+$/.test(specifier)
        ? relative(src, resolve(dirname(file), specifier))
        : undefined;
    return {
      file: relative(src, file),
      line: text.slice(0, start).split('\n').length,
      specifier,
      target,
      isType: match[1] !== undefined,
    };
  });
}

const all = filesUnder(src).flatMap(importsOf);
const isIn = (path: string, layer: string): boolean => path === layer || path.startsWith(`${layer}/`);

/** The layers of the core: `A: [B]` means A may import B (and itself). */
const CORE: Readonly<Record<string, readonly string[]>> = {
  'sim/runtime': [],
  'sim/net': ['sim/runtime'],
  'sim/linux': ['sim/runtime', 'sim/net'],
  'sim/datapath': ['sim/runtime', 'sim/net', 'sim/linux'],
  'sim/cni': ['sim/runtime', 'sim/net', 'sim/linux'],
  'sim/manifest': ['sim/runtime', 'sim/api/request.ts'],
  'sim/api': ['sim/runtime', 'sim/net', 'sim/manifest'],
  'sim/controllers': ['sim/runtime', 'sim/net', 'sim/api'],
  'sim/dns': ['sim/runtime', 'sim/net', 'sim/api'],
  'sim/workload': ['sim/runtime', 'sim/net', 'sim/linux', 'sim/dns', 'sim/datapath/programs.ts'],
  'sim/proxy': ['sim/runtime', 'sim/net', 'sim/api', 'sim/linux'],
  'sim/noderoute': ['sim/runtime', 'sim/net', 'sim/api', 'sim/linux'],
  'sim/capture': [
    'sim/runtime',
    'sim/net',
    'sim/datapath/trace.ts',
    'sim/api/timestamps.ts',
    'sim/workload/httpStatus.ts',
    'sim/view/exchangeView.ts',
  ],
  'sim/kubelet': ['sim/runtime', 'sim/net', 'sim/api', 'sim/linux', 'sim/cni', 'sim/dns', 'sim/workload'],
};

/** Outside the core. `sim` may be reached through its index only. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  shell: ['sim/index.ts'],
  lesson: ['sim/index.ts', 'shell'],
  client: ['sim/index.ts', 'shell', 'lesson'],
  store: ['sim/index.ts', 'shell', 'lesson', 'client'],
  ui: ['sim/index.ts', 'shell', 'lesson', 'client', 'store'],
  server: ['sim/index.ts', 'shell', 'lesson', 'client'],
};

/** Libraries that the core may use, because they are not our field. */
const CORE_LIBRARIES = ['ipaddr.js', '@noble/hashes', 'yaml', 'virtual:kubernetes-schema'];

const where = (found: Import): string => `src/${found.file}:${found.line} imports ${found.specifier}`;

function forbidden(layers: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return all.flatMap(found => {
    const layer = Object.keys(layers).find(name => isIn(found.file, name));
    if (layer === undefined || found.target === undefined || isIn(found.target, layer)) return [];
    const allowed = layers[layer] ?? [];
    return allowed.some(name => isIn(found.target ?? '', name))
      ? []
      : [`${where(found)}: ${layer} may import ${allowed.join(', ') || 'nothing else'}`];
  });
}

describe('the layers', () => {
  it('are found: a test that reads no imports proves nothing', () => {
    expect(all.length).toBeGreaterThan(200);
    expect(
      all.some(found => found.file.startsWith('sim/datapath/') && found.target?.startsWith('sim/linux/') === true),
    ).toBe(true);
  });

  it('inside the core import only what lies below them', () => {
    expect(forbidden(CORE)).toEqual([]);
  });

  it('outside the core import only what lies below them, and the core through its index', () => {
    expect(forbidden(OUTSIDE)).toEqual([]);
  });

  it('keep the page free of the simulator: ui and store take only types from the core and the client', () => {
    const values = all.filter(
      found =>
        (isIn(found.file, 'ui') || isIn(found.file, 'store')) &&
        !found.isType &&
        (found.target?.startsWith('sim/') === true || found.target === 'client/inProcess.ts'),
    );
    expect(values.map(where)).toEqual([]);
  });

  it('keep the core to a few small libraries', () => {
    const strange = all.filter(
      found =>
        found.file.startsWith('sim/') &&
        found.target === undefined &&
        !CORE_LIBRARIES.some(name => isIn(found.specifier, name)),
    );
    expect(strange.map(where)).toEqual([]);
  });

  it('keep node modules to the server', () => {
    const strange = all.filter(found => found.specifier.startsWith('node:') && !isIn(found.file, 'server'));
    expect(strange.map(where)).toEqual([]);
  });
});

/** Words of Kubernetes; a kernel does not know what a Pod is. */
const KUBERNETES_WORD =
  /\b(kubernetes|kubectl|kubelet|kube-?proxy|pods?|podcidr|clusterip|nodeport|endpointslice|deployment|replicaset|daemonset|namespaced)\b/i;

describe('the kernel', () => {
  it.each(['sim/linux', 'sim/net'])('%s contains no Kubernetes word outside its comments', layer => {
    const lines = filesUnder(join(src, layer)).flatMap(file =>
      withoutComments(readFileSync(file, 'utf8'))
        .split('\n')
        .flatMap((line, i) =>
          KUBERNETES_WORD.test(line) ? [`src/${relative(src, file)}:${i + 1}: ${line.trim()}`] : [],
        ),
    );
    expect(lines).toEqual([]);
  });

  it('the data path never reads the API', () => {
    expect(
      all.filter(found => isIn(found.file, 'sim/datapath') && found.target?.startsWith('sim/api') === true).map(where),
    ).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text
    .replaceAll(/\/\*[\s\S]*?\*\//g, comment => comment.replaceAll(/[^\n]/g, ' '))
    .replaceAll(/(^|\s)\/\/[^\n]*/g, '$1');
}

describe('files', () => {
  it('are split by idea before they have 450 lines', () => {
    const long = filesUnder(src).flatMap(file => {
      const lines = readFileSync(file, 'utf8').split('\n').length;
      return lines > 450 ? [`src/${relative(src, file)}: ${lines} lines`] : [];
    });
    expect(long).toEqual([]);
  });
});
