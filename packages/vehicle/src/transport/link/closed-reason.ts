/**
 * Why a connection is over. `own`: we closed it, as the message says; `peer`: the other side closed it between two frames; `cut`: in the
 * middle of one; `reset`: the network or TLS broke; `header` and `oversized`: what came is no V2GTP; `inboundOverflow` and
 * `outboundOverflow`: the peer sends without reading.
 */
export type ClosedCode = 'own' | 'peer' | 'cut' | 'reset' | 'header' | 'oversized' | 'inboundOverflow' | 'outboundOverflow'

export interface ClosedReason {
  readonly code: ClosedCode
  readonly message: string
}
