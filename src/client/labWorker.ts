// The Worker's half: a lab that answers the page's calls.

import { answerPage } from './answerPage.ts';
import type { CallMessage } from './rpc.ts';

const answer = answerPage((message, transfer) => self.postMessage(message, { transfer }));
self.addEventListener('message', (event: MessageEvent<CallMessage>) => void answer(event.data));
