// The Worker's half: a lab that answers the page's calls.

import { answerCalls } from './answerCalls.ts';
import { createInProcessClient } from './inProcess.ts';
import type { CallMessage } from './rpc.ts';

const answer = answerCalls(createInProcessClient(), message => self.postMessage(message));
self.addEventListener('message', (event: MessageEvent<CallMessage>) => void answer(event.data));
