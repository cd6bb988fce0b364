// Opening a lab that comes as text: what it holds is shown first, then it takes the sandbox's place.

import type { ReactNode } from 'react';
import type { LabReading } from '../../client/port.ts';
import type { AppStores } from '../../store/appStores.ts';
import { replaceLab } from '../../store/replaceLab.ts';
import { OPEN_PREFIX, SANDBOX_HREF } from '../frame/routes.ts';
import { showOver } from './layer.tsx';
import { OpenDialog, RefusedDialog } from './OpenDialog.tsx';
import { unpackText } from './shareLink.ts';
import { LINK_WORDS, OPEN_WORDS } from './words.ts';

/** Bytes of a file: what kubectl prints of a whole cluster may be large. */
const MOST_FILE = 5_000_000;

const FILE_TYPES = '.yaml,.yml,.json,.txt,application/yaml,application/json,text/plain';

/** Lets the browser ask for a file, and then asks about the lab in it. */
export function chooseFile(stores: AppStores): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = FILE_TYPES;
  input.hidden = true;
  // Some browsers tell nothing to an input that is not in the page.
  document.body.append(input);
  input.addEventListener('cancel', () => input.remove());
  input.addEventListener('change', () => {
    input.remove();
    void openFiles(stores, [...(input.files ?? [])]);
  });
  input.click();
}

/** Asks about a lab from a file. */
export async function openFiles(stores: AppStores, files: readonly File[]): Promise<void> {
  const [file, ...others] = files;
  if (file === undefined) return;
  if (others.length > 0) return refuse(stores, OPEN_WORDS.oneFile);
  if (file.size > MOST_FILE) return refuse(stores, OPEN_WORDS.tooLarge(file.name, file.size));
  const text = await file.text().catch(() => undefined);
  if (text === undefined) return refuse(stores, OPEN_WORDS.unread);
  await ask(stores, text, OPEN_WORDS.title);
}

/** Asks about the lab of a link, while the page shows the sandbox. */
export async function openLink(stores: AppStores, hash: string): Promise<void> {
  const unpacked = await unpackText(hash.slice(OPEN_PREFIX.length));
  // A reload asks again only as long as the question is open.
  const onEnd = (): void => {
    if (location.hash === hash) location.replace(SANDBOX_HREF);
  };
  if (unpacked.kind === 'text') return ask(stores, unpacked.text, OPEN_WORDS.linkTitle, onEnd);
  const reasons = { empty: LINK_WORDS.empty, damaged: LINK_WORDS.damaged, 'too-large': LINK_WORDS.bomb };
  refuse(stores, reasons[unpacked.kind], onEnd);
}

async function ask(stores: AppStores, text: string, title: string, onEnd = nothing): Promise<void> {
  if (stores.sandbox.kind === 'served') return refuse(stores, OPEN_WORDS.served, onEnd);
  const reading: LabReading | undefined = await stores.client.readLab(text).catch(() => undefined);
  if (reading === undefined) return refuse(stores, OPEN_WORDS.failed, onEnd);
  askOver(stores, onEnd, end => {
    const open = async (): Promise<void> => {
      if (reading.kind !== 'lab') return;
      end();
      const opened = replaceLab(stores, { kind: 'manifests', text: reading.text });
      stores.layout.set({ side: 'main' });
      location.hash = SANDBOX_HREF;
      const phase = await opened;
      if (phase.kind === 'refused')
        askOver(stores, nothing, endIt => <RefusedDialog problems={phase.problems} onClose={endIt} />);
    };
    return reading.kind === 'refused' ? (
      <RefusedDialog problems={reading.problems} onClose={end} />
    ) : (
      <OpenDialog title={title} reading={reading} onKeep={end} onOpen={() => void open()} />
    );
  });
}

function refuse(stores: AppStores, message: string, onEnd = nothing): void {
  askOver(stores, onEnd, end => <RefusedDialog message={message} onClose={end} />);
}

const nothing = (): void => undefined;
let endBefore = nothing;

/** One question at a time: a second link is not asked about over the first. */
function askOver(stores: AppStores, onEnd: () => void, question: (end: () => void) => ReactNode): void {
  endBefore();
  showOver(stores, close => {
    const end = (): void => {
      endBefore = nothing;
      close();
      onEnd();
    };
    endBefore = end;
    return question(end);
  });
}
