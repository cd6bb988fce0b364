// Requests and responses of the API server: the one door through which kubectl, the page, the HTTP server and the
// lessons reach the objects. The same as the Kubernetes REST API, with the body already parsed where nobody needs text.
//
// Read:    kubernetes.io/docs/reference/using-api/api-concepts.

/** A JSON value. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/api/v1/namespaces/default/pods/web`, without the query. */
  readonly path: string;
  /** `fieldValidation`, `labelSelector`, `watch`, `dryRun`, ... */
  readonly query?: Readonly<Record<string, string>>;
  /** Names in lower case: `accept`, `content-type`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A parsed value, or the text as it came over HTTP (then `content-type` says what it is). */
  readonly body?: Json;
}

export interface ApiResponse {
  /** The HTTP status code. */
  readonly status: number;
  /** Names in lower case. `warning` carries RFC 9111 warnings as the API server sends them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json;
  /** Present in the answer to a watch: what happens from now on. */
  readonly watch?: WatchStream;
  /** Present in the answer to a log that is followed: its body is what there is so far. */
  readonly follow?: FollowedText;
}

/** Text that goes on. It is asked for: what a container prints comes with the lab's time, and nothing else tells of it. */
export interface FollowedText {
  /** What has come since it was read last; `over`: nothing more will come. */
  read(): { readonly text: string; readonly state: 'open' | 'over' };
}

export interface WatchEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
  readonly object: Json;
}

/** A watch that is open. Events come in the order of the resource versions. */
export interface WatchStream {
  /** The events so far are handed over at once, later ones as they happen. */
  onEvent(listener: (event: WatchEvent) => void): void;
  close(): void;
}
