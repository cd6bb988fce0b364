// What the menu "Save and share" does.

import type { AppStores } from '../../store/appStores.ts';
import { replaceLab } from '../../store/replaceLab.ts';
import type { TerminalBlock } from '../../store/terminalStore.ts';
import { ConfirmDialog } from '../common/Dialog.tsx';
import { saveFile } from '../common/saveFile.ts';
import { Toast } from '../common/Toast.tsx';
import { OPEN_PREFIX, SANDBOX_HREF } from '../frame/routes.ts';
import { HistoryDialog } from './HistoryDialog.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { showOver } from './layer.tsx';
import { packText } from './shareLink.ts';
import { whatIsLost } from './whatIsLost.ts';
import { HISTORY_WORDS, KEEP_WORDS, OPEN_WORDS, SAVE_WORDS } from './words.ts';
import { zipOf } from './zip.ts';

/** Downloads the lab as one file of manifests. */
export async function saveLab(stores: AppStores): Promise<void> {
  const lab = await manifestsOf(stores);
  if (lab === undefined) return;
  const name = `${lab.name}.yaml`;
  const text = `# ${SAVE_WORDS.firstLine}\n${lab.text}`;
  saveFile(name, 'application/yaml', text);
  tell(stores, SAVE_WORDS.saved(name, new TextEncoder().encode(text).length));
}

/** Shows the lab as a link. */
export async function shareLab(stores: AppStores): Promise<void> {
  const lab = await manifestsOf(stores);
  if (lab === undefined) return;
  const { origin, pathname } = location;
  const link = `${origin}${pathname}${OPEN_PREFIX}${await packText(lab.text)}`;
  showOver(stores, close => {
    const save = (): void => {
      close();
      void saveLab(stores);
    };
    return <LinkDialog link={link} onSave={save} onClose={close} />;
  });
}

/** Command lines that sent packets: the last ones, each once. */
const MOST_LINES = 10;

/** Downloads what makes a real cluster like the lab. */
export async function takeLab(stores: AppStores): Promise<void> {
  const { blocks } = stores.terminal.getState();
  const sent = blocks.filter(({ state }) => state.kind === 'done' && state.exchanges.length > 0);
  const lines = [...new Set(sent.flatMap(lineOf))].slice(-MOST_LINES);
  const files = await stores.client.realCluster(lines).catch(() => undefined);
  if (files === undefined || files.length === 0)
    return tell(stores, files === undefined ? SAVE_WORDS.failed : SAVE_WORDS.recorded);
  const { phase } = stores.lab.getState();
  const folder = phase.kind === 'open' ? phase.name : 'lab';
  const bytes = zipOf(files.map(({ name, text }) => ({ name: `${folder}/${name}`, text })));
  const name = `${folder}.zip`;
  saveFile(name, 'application/zip', bytes);
  tell(stores, SAVE_WORDS.zipped(name, bytes.length));
}

/** A command as it would be typed outside of the cluster. A shell in a Pod does not say in which. */
function lineOf({ prompt, command }: TerminalBlock): readonly string[] {
  const [, node] = /^root@(.+):~#$/.exec(prompt) ?? [];
  if (node !== undefined) return [`ssh ${node} ${command}`];
  return prompt.endsWith('$') ? [command] : [];
}

/** Shows where the lab has been. */
export async function showHistory(stores: AppStores): Promise<void> {
  const scope = stores.scope();
  if (scope === undefined) return tell(stores, HISTORY_WORDS.none);
  const history = await stores.history();
  showOver(stores, close => (
    <HistoryDialog
      history={history}
      scope={scope}
      onClose={close}
      onOpen={async ({ name, saved }) => {
        close();
        const { kind } = await replaceLab(stores, { kind: 'saved', saved }, scope);
        tell(stores, kind === 'open' ? HISTORY_WORDS.restored(name) : HISTORY_WORDS.refused(name));
      }}
    />
  ));
}

/** Begins the sandbox anew, after a question. */
export function newSandbox(stores: AppStores): void {
  showOver(stores, close => {
    const begin = async (): Promise<void> => {
      close();
      if (stores.sandbox.kind === 'served') return tell(stores, OPEN_WORDS.served);
      const text = await stores.sandbox.load();
      const opened = replaceLab(stores, { kind: 'manifests', text });
      location.hash = SANDBOX_HREF;
      await opened;
    };
    return (
      <ConfirmDialog
        title={OPEN_WORDS.freshTitle}
        keep={OPEN_WORDS.keep}
        confirm={OPEN_WORDS.begin}
        onKeep={close}
        onConfirm={() => void begin()}
      >
        {whatIsLost(stores)}
      </ConfirmDialog>
    );
  });
}

async function manifestsOf(stores: AppStores) {
  const lab = await stores.client.manifests().catch(() => undefined);
  if (lab?.kind === 'text') return lab;
  tell(stores, lab === undefined ? SAVE_WORDS.failed : SAVE_WORDS.recorded);
  return undefined;
}

function tell(stores: AppStores, text: string): void {
  showOver(stores, close => <Toast text={text} closeLabel={KEEP_WORDS.close} onClose={close} />);
}
