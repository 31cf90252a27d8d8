/** Secrets of one TLS session by their labels: `CLIENT_RANDOM` is the master secret of TLS 1.2, the others are of TLS 1.3. */
export type TlsSecrets = ReadonlyMap<string, Uint8Array>
/** By the client random of the session, in lower-case hexadecimal. */
export type KeyLog = ReadonlyMap<string, TlsSecrets>

const LINE = /^([A-Z0-9_]+) ([0-9a-f]{64}) ((?:[0-9a-f]{2})+)\s*$/i

/** Reads the SSLKEYLOGFILE format (RFC 9850). Comments and lines of other forms are passed over. */
export const readKeyLog = (text: string): KeyLog => {
  const sessions = new Map<string, Map<string, Uint8Array>>()
  for (const line of text.split('\n')) {
    const [, label, random, secret] = LINE.exec(line) ?? []
    if (label === undefined || random === undefined || secret === undefined) continue
    const key = random.toLowerCase()
    const secrets = sessions.get(key) ?? new Map<string, Uint8Array>()
    secrets.set(label, Uint8Array.fromHex(secret))
    sessions.set(key, secrets)
  }
  return sessions
}
