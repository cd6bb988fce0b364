// What the C library calls the errors of a connection. Source: strerror(3).

const ERRNO_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Connection refused',
  EHOSTUNREACH: 'No route to host',
  ENETUNREACH: 'Network is unreachable',
  EPERM: 'Operation not permitted',
  EACCES: 'Permission denied',
  ETIMEDOUT: 'Connection timed out',
  EINVAL: 'Invalid argument',
  ECONNRESET: 'Connection reset by peer',
};

/** The words for an error number; without one, the most common refusal. */
export function errnoText(errno: string | undefined): string {
  return ERRNO_WORDS[errno ?? 'ECONNREFUSED'] ?? 'Connection refused';
}
