import type { StationFact, StatusReported, TransactionReported } from '@voltway/domain/sessions'
import type { EvseStatus } from '@voltway/domain/stations'
import type { FaultSpan, NumberedStart, OpenTransaction, SaidFault, TransactionOwnership } from '@voltway/store'
import type { EpochMs, Result } from '@voltway/units'
import type { Action, RequestOf, ResponseOf } from '@voltway/wire/ocpp'
import type { PresentedContract } from '../certificates/check-contract.ts'
import type { ContractVerdict } from '../certificates/contract-verdict.ts'
import type { ContractRequest } from '../certificates/install-contract.ts'
import type { NotInstalled } from '../certificates/installation.ts'
import type { OcspClient } from '../certificates/ocsp-client.ts'
import type { Authorisation, TokenPurpose } from './authorisation.ts'
import type { StationTarget } from './station-gateway.ts'

/** A transaction's step with what was decided about it. */
export interface DecidedTransaction extends TransactionReported {
  /** The 1.6 integer of a start. */
  readonly number?: number
  /** What the token was: a refusal stands beside the fact. */
  readonly authorisation?: string
}
export type DecidedFact = Exclude<StationFact, TransactionReported> | DecidedTransaction

export interface PresentedToken {
  readonly idToken: string
  readonly purpose: TokenPurpose
  readonly evse?: number | undefined
  readonly reservationNumber?: number | undefined
  /** The transaction that the token is presented for, where it has a name already. */
  readonly transactionId?: string | undefined
}

/** All that a decision may know besides the request; look-ups are bound to the station of the link. */
export interface CallContext {
  readonly station: StationTarget
  readonly receivedAt: EpochMs
  readonly registration: 'accepted' | 'pending' | 'rejected'
  readonly heartbeatSeconds: number
  readonly authorise: (token: PresentedToken) => Promise<Authorisation>
  /** Whether a contract certificate is good; that its eMAID is a token of somebody is for `authorise` to say. */
  readonly contract: (contract: PresentedContract) => Promise<ContractVerdict>
  readonly askOcsp: OcspClient['ask']
  /** The answer to a car that asks for its contract, as EXI. */
  readonly installContract: (request: ContractRequest) => Promise<Result<Uint8Array, NotInstalled>>
  readonly numberedStart: (naturalKey: string) => Promise<NumberedStart>
  readonly transaction: (transactionId: string) => Promise<TransactionOwnership>
  /** Whether what is planned for an EVSE is sent to this station. */
  readonly canBePlanned: (evse: number) => Promise<boolean>
  readonly openTransactions: () => Promise<readonly OpenTransaction[]>
  /** Begun up to a moment, and open or ended since another. */
  readonly transactionsDuring: (span: {
    readonly from: EpochMs
    readonly to: EpochMs
  }) => Promise<readonly Pick<OpenTransaction, 'transactionId' | 'evse'>[]>
  /** Faults that were heard before the start that they belong to. */
  readonly faultsAround: (span: FaultSpan) => Promise<readonly SaidFault[]>
  /** The transaction that last began on an EVSE up to a moment, open or ended. */
  readonly latestTransaction: (evse: number, at: EpochMs) => Promise<string | undefined>
  /** Keyed hash in hexadecimal, to compare tokens and to build natural keys with. */
  readonly tokenHash: (idToken: string) => string
  /**
   * A status that the station dates before this link began is also what holds now: the moment to date it a second time.
   * Undefined when its own time is after the link's begin.
   */
  readonly asOfLink: (occurredAt: EpochMs) => EpochMs | undefined
  /** What the transaction on an EVSE is doing, where 2.x says only that the connector is occupied. */
  readonly activity: Map<number, EvseStatus>
  /** What this link last said of an EVSE, in the order in which it was heard and kept. */
  readonly lastStatus: (evse: number) => StatusReported | undefined
}

export interface RaisedByStation {
  /** PascalCase. */
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
}

export interface Decision<Response = object> {
  readonly facts: readonly DecidedFact[]
  readonly reply: Response
  readonly alarms?: readonly RaisedByStation[]
  /** The reply names something that only the first of these facts makes true: if it was not new, decide again. */
  readonly restsOnFirstFact?: true
}

export interface Handler<A extends Action = Action> {
  readonly action: A
  /** Decides and writes nothing. A method, so that handlers of different actions fit one registry. */
  decide(request: RequestOf<A>, context: CallContext): Promise<Decision<ResponseOf<A>>> | Decision<ResponseOf<A>>
}
export const handles = <A extends Action>(action: A, decide: Handler<A>['decide']): Handler<A> => ({ action, decide })

/** What the link turns into a CALLERROR of this code; anything else thrown becomes InternalError. */
export class CallRefused extends Error {
  readonly code: 'PropertyConstraintViolation' | 'OccurrenceConstraintViolation' | 'GenericError' | 'SecurityError'
  constructor(code: CallRefused['code'], description: string) {
    super(description)
    this.code = code
  }
}
