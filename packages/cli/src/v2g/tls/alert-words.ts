const CLOSE_NOTIFY = 0
const USER_CANCELED = 90

/** Alerts that end a handshake, by their numbers (RFC 8446 section 6). */
const WORDS: ReadonlyMap<number, string> = new Map([
  [10, 'unexpected_message'],
  [20, 'bad_record_mac'],
  [40, 'handshake_failure'],
  [42, 'bad_certificate'],
  [43, 'unsupported_certificate'],
  [44, 'certificate_revoked'],
  [45, 'certificate_expired'],
  [46, 'certificate_unknown'],
  [47, 'illegal_parameter'],
  [48, 'unknown_ca'],
  [50, 'decode_error'],
  [51, 'decrypt_error'],
  [70, 'protocol_version'],
  [71, 'insufficient_security'],
  [80, 'internal_error'],
  [109, 'missing_extension'],
  [110, 'unsupported_extension'],
  [113, 'bad_certificate_status_response'],
  [116, 'certificate_required'],
])

/** What an alert complains of; undefined for those that only say goodbye. */
export const alertWords = ([, description = CLOSE_NOTIFY]: Uint8Array): string | undefined =>
  description === CLOSE_NOTIFY || description === USER_CANCELED ? undefined : (WORDS.get(description) ?? `alert ${description}`)
