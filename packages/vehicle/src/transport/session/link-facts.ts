import type { EpochMs } from '@voltway/units'
import type { LinkFacts } from '../../machine/index.ts'
import type { Link } from '../link/link.ts'

const SECURITY = { '1.2': 'tls1.2', '1.3': 'tls1.3' } as const

/** What a machine is told of the link it runs over, and since when its set-up is counted, where that is known. */
export const linkFacts = ({ tls }: Link, dataLinkSince: EpochMs | undefined): LinkFacts => {
  const peerCertificate = tls?.peerChain[0]
  return {
    security: tls === undefined ? 'none' : SECURITY[tls.version],
    ...(peerCertificate && { peerCertificate }),
    ...(dataLinkSince !== undefined && { dataLinkSince }),
  }
}
