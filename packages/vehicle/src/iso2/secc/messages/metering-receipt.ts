import { seconds, wattHours } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { MeterReading } from '../../../machine/charging.ts'
import { type Requests, sameBytes } from '../../message.ts'
import { optional } from '../../physical.ts'
import type { Handler } from '../answer.ts'
import type { Turn } from '../state.ts'
import { statusOf } from '../status.ts'
import { isDirect } from '../supply.ts'

const readingOf = ({ MeterID, MeterReading, SigMeterReading, MeterStatus, TMeter }: iso2.MeterInfoType): MeterReading => ({
  meterId: MeterID,
  ...optional('energy', MeterReading, (reading) => wattHours(Number(reading))),
  ...optional('signature', SigMeterReading, (bytes) => bytes),
  ...optional('status', MeterStatus, (status) => status),
  ...optional('at', TMeter, (unix) => seconds(Number(unix))),
})

/** The signed element, where it is signed by the contract's key and says what was metered. */
const signedPart = ({ session, incoming }: Turn, request: Requests['MeteringReceipt']): Uint8Array | undefined => {
  const { options, facts, dialect } = session
  const due = facts.receiptDue
  const same =
    due !== undefined &&
    due.MeterID === request.MeterInfo.MeterID &&
    due.MeterReading === request.MeterInfo.MeterReading &&
    sameBytes(request.SessionID, session.sessionId)
  if (!same || request.Id === undefined || incoming.signature === undefined || facts.contract === undefined) return undefined
  const exi = dialect.fragment({ kind: 'request', message: 'MeteringReceipt', value: request })
  if (!exi.ok) return undefined
  const parts = [{ id: request.Id, exi: exi.value }]
  return options.crypto?.verify(incoming.signature, parts, facts.contract.chain.leaf) === true ? exi.value : undefined
}

export const meteringReceipt: Handler<'MeteringReceipt'> = (turn, request) => {
  const { session } = turn
  if (session.facts.receiptDue === undefined) return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'no receipt was asked for' }
  const exi = signedPart(turn, request)
  if (exi === undefined) return { kind: 'fail', code: 'FAILED_MeteringSignatureNotValid' }
  const direct = isDirect(session)
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', ...statusOf(session, direct) },
    next: direct ? 'dcCharging' : 'acCharging',
    facts: { receiptDue: undefined },
    told: [{ told: 'receipt', meter: readingOf(request.MeterInfo), signatureValid: true, exi }],
  }
}
