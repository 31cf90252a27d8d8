import type { StatusReported } from '@voltway/domain/sessions'
import type { EvseStatus } from '@voltway/domain/stations'
import type { Database, TransactionOwnership } from '@voltway/store'
import type { ChargingStationId, Clock, EpochMs, Milliseconds, RandomBytes, TenantId } from '@voltway/units'
import type { ContractAuthority } from '../certificates/contract-authority.ts'
import type { OcspClient } from '../certificates/ocsp-client.ts'
import type { Log } from '../log.ts'
import type { CallCounts } from '../metrics/count-calls.ts'
import type { Answers } from './answers.ts'
import type { Ingest } from './ingest.ts'
import type { Links } from './links.ts'
import type { OutboundSlot } from './outbound-slot.ts'
import type { VersionRoom } from './version-room.ts'

/** A station as its link knows it. */
export interface LinkedStation {
  readonly tenantId: TenantId
  readonly stationId: ChargingStationId
  readonly inboundMode: 'lenient' | 'strict'
  readonly registration: 'accepted' | 'pending' | 'rejected'
  /** It was accepted after a boot on some link: that outlives the link. */
  readonly bootedBefore: boolean
  readonly evses: readonly number[]
  readonly capabilities: Readonly<Record<string, unknown>>
}

/** One WebSocket of one authenticated station, from 101 to its end. Carries its epoch into everything it writes. */
export interface Link {
  readonly station: LinkedStation
  readonly stationId: ChargingStationId
  readonly room: VersionRoom
  readonly epoch: number
  readonly connectedAt: EpochMs
  readonly services: LinkServices
  /** The CALLs from us. */
  readonly slot: OutboundSlot
  /** What the transaction on each EVSE is doing, where only that tells. */
  readonly activity: Map<number, EvseStatus>
  /** Transactions that are known to be this station's own. */
  readonly transactions: Map<string, TransactionOwnership>
  /** What was last heard of each EVSE on this link, and is kept. */
  readonly statusHeard: Map<number, StatusReported>
  capabilities: Readonly<Record<string, unknown>>
  /** May say more than that it booted. */
  accepted: boolean
  /** A boot was heard on this link. */
  booted: boolean
  /** Alarms that this link has raised. */
  alarmsRaised: number
  /** By the network's clock. */
  readonly lastHeardAt: EpochMs
  readonly answersPings: boolean
  readonly isOpen: boolean
  /** Resolves when the link is over and its end is written. */
  readonly ended: Promise<void>
  /** @returns false when the link is no longer open; a station that does not read what it is sent is let go */
  readonly send: (frame: string) => boolean
  /** Says goodbye with a code and a reason, and ends for good shortly after. */
  readonly close: (code: number, reason: string) => void
  /** Ends at once: there is nobody to say goodbye to. */
  readonly terminate: (reason: string) => void
  readonly ping: () => void
  /** Whether the peer says anything, a pong at least, within a time. */
  readonly isAlive: (within: Milliseconds) => Promise<boolean>
  /** A moment just after this link's begin, later each time it is asked for; undefined for what happened after it. */
  readonly asOfLink: (occurredAt: EpochMs) => EpochMs | undefined
}

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
  readonly calls: Pick<CallCounts, 'count'>
  readonly ocsp: OcspClient
  /** What contracts are issued with, where they are. */
  readonly contracts: ContractAuthority | undefined
  /** Called when rows of a tenant were written here and not by the ingest. */
  readonly onWritten: (tenantId: TenantId) => void
  /** Called once the answer to an accepted boot is on its way. */
  readonly onBooted: (link: Link) => void
}
