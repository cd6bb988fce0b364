// The only way into the core from outside.

export type { ApiRequest, ApiResponse, Json, WatchEvent, WatchStream } from './api/request.ts';
export type { VirtualMs } from './runtime/clock.ts';
export type { LabEvent } from './runtime/eventLog.ts';
export type * from './view/elements.ts';
export type * from './view/exchange.ts';
