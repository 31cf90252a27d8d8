/** How the records of a suite are protected. */
export interface Suite {
  readonly name: string
  readonly hash: 'sha256' | 'sha384'
  readonly protection: 'cbc' | 'gcm' | 'chacha20'
  readonly keyLength: 16 | 32
}

/** The suites of ISO 15118 and those that test tools use, by their numbers. */
export const SUITES: ReadonlyMap<number, Suite> = new Map<number, Suite>([
  [0xc023, { name: 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256', hash: 'sha256', protection: 'cbc', keyLength: 16 }],
  [0xc025, { name: 'TLS_ECDH_ECDSA_WITH_AES_128_CBC_SHA256', hash: 'sha256', protection: 'cbc', keyLength: 16 }],
  [0xc02b, { name: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', hash: 'sha256', protection: 'gcm', keyLength: 16 }],
  [0xc02c, { name: 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384', hash: 'sha384', protection: 'gcm', keyLength: 32 }],
  [0xc02d, { name: 'TLS_ECDH_ECDSA_WITH_AES_128_GCM_SHA256', hash: 'sha256', protection: 'gcm', keyLength: 16 }],
  [0x1301, { name: 'TLS_AES_128_GCM_SHA256', hash: 'sha256', protection: 'gcm', keyLength: 16 }],
  [0x1302, { name: 'TLS_AES_256_GCM_SHA384', hash: 'sha384', protection: 'gcm', keyLength: 32 }],
  [0x1303, { name: 'TLS_CHACHA20_POLY1305_SHA256', hash: 'sha256', protection: 'chacha20', keyLength: 32 }],
])

export const suiteName = (suite: number): string => SUITES.get(suite)?.name ?? `0x${suite.toString(16)}`
