import type { Database } from '@voltway/store'
import type { Clock, RandomBytes } from '@voltway/units'
import type { Log } from '../log.ts'
import type { Answers } from './answers.ts'
import type { Ingest } from './ingest.ts'
import type { Link } from './link.ts'
import type { Links } from './links.ts'

/** What all links of a server share. */
export interface LinkServices {
  /** The platform's time: what facts are dated by. May run fast. */
  readonly clock: Clock
  /** The network's time: how long a peer may be silent. Never runs fast. */
  readonly network: Clock
  readonly random: RandomBytes
  readonly log: Log
  readonly db: Database
  readonly ingest: Ingest
  readonly hmacKey: Uint8Array
  readonly links: Links<Link>
  readonly answers: Answers
  readonly heartbeatSeconds: number
  /** Called once the answer to an accepted boot is on its way. */
  readonly onBooted: (link: Link) => void
}
