// URLs as curl and wget take them: without a scheme, http.

export type ParsedUrl =
  | {
      readonly kind: 'url';
      readonly scheme: string;
      /** An IPv6 address stands in its brackets. */
      readonly host: string;
      readonly port: number;
      readonly path: string;
    }
  | { readonly kind: 'malformed' };

const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

export function parseUrl(text: string): ParsedUrl {
  const match = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[0-9a-f:.]+\]|[^/?#:\s]+)(?::(\d{1,5}))?([/?][^#\s]*)?(#.*)?$/i.exec(
    text,
  );
  if (match === null) return { kind: 'malformed' };
  const [, scheme = 'http', host = '', portText, path = '/'] = match;
  const port = portText === undefined ? (DEFAULT_PORTS[scheme.toLowerCase()] ?? 80) : Number(portText);
  if (port > 65535) return { kind: 'malformed' };
  return { kind: 'url', scheme: scheme.toLowerCase(), host, port, path: path.startsWith('?') ? `/${path}` : path };
}
