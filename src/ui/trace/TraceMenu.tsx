import { useState } from 'react';
import type { CapturePoint } from '../../client/port.ts';
import type { ExchangeSummary } from '../../sim/index.ts';
import { ActionMenu } from '../common/ActionMenu.tsx';
import { saveFile } from '../common/saveFile.ts';
import { Toast } from '../common/Toast.tsx';
import { useStores } from '../StoresContext.ts';
import { journeyText } from './journeyText.ts';
import { useMoment } from './useMoment.ts';
import { TRACE_WORDS } from './words.ts';

const WORDS = TRACE_WORDS.keep;
const PCAPNG = 'application/x-pcapng';

/** `client-10.96.40.10-80.pcapng`: what every file system takes. */
function fileName({ from, to }: ExchangeSummary, at: CapturePoint | undefined): string {
  const parts = [from, to, ...(at === undefined ? [] : [at.device])];
  return parts.join('-').replace(/[^A-Za-z0-9.-]+/g, '-');
}

/** What can be taken along of the open journey: its text, or the packets for Wireshark. */
export function TraceMenu() {
  const { client } = useStores();
  const shown = useMoment();
  const [said, setSaid] = useState<string | undefined>(undefined);
  if (shown === undefined) return null;
  const { exchange } = shown.journey;
  const { hop, step } = shown.moment;
  const copy = (): void => {
    navigator.clipboard?.writeText(journeyText(exchange)).then(
      () => setSaid(WORDS.copied),
      () => setSaid(WORDS.notCopied),
    );
  };
  const download = async (at?: CapturePoint): Promise<void> => {
    const file = await client.capture(exchange.id, at);
    if (file === undefined) setSaid(TRACE_WORDS.gone);
    else
      saveFile(
        `${fileName(exchange, at)}.pcapng`,
        PCAPNG,
        Uint8Array.from(atob(file), character => character.charCodeAt(0)),
      );
  };
  const { device } = step;
  const here = device === undefined ? undefined : { element: hop.element, device };
  return (
    <>
      <ActionMenu
        label={WORDS.label}
        actions={[
          { label: WORDS.copy, icon: 'copy', onPress: copy },
          { label: WORDS.all, hint: WORDS.wireshark, icon: 'file', onPress: () => void download() },
          ...(here === undefined
            ? []
            : [{ label: WORDS.at(hop.name, here.device), icon: 'file' as const, onPress: () => void download(here) }]),
        ]}
      />
      {said !== undefined && <Toast text={said} closeLabel={WORDS.close} onClose={() => setSaid(undefined)} />}
    </>
  );
}
