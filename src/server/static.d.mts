export const CONTENT_SECURITY_POLICY: string;
export function serveFolder(
  path: string,
  port: number,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }>;
