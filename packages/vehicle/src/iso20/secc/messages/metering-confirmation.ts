import { seconds, wattHours } from '@voltway/units'
import type { commonMessages } from '@voltway/wire/iso15118'
import type { MeterReading } from '../../../machine/charging.ts'
import { fragmentOf } from '../../codec.ts'
import { sameBytes } from '../../message.ts'
import { optional } from '../../rational.ts'
import type { Handler } from '../answer.ts'

const readingOf = (meter: commonMessages.MeterInfoType): MeterReading => ({
  meterId: meter.MeterID,
  energy: wattHours(Number(meter.ChargedEnergyReadingWh)),
  ...optional('dischargedEnergy', meter.BPT_DischargedEnergyReadingWh, (value) => wattHours(Number(value))),
  ...optional('signature', meter.MeterSignature, (signature) => signature),
  ...optional('status', meter.MeterStatus, (status) => status),
  ...optional('at', meter.MeterTimestamp, (time) => seconds(Number(time))),
})

/** The car signs the last reading with its contract's key. Anything else than that reading is no confirmation. */
export const meteringConfirmation: Handler<'MeteringConfirmation'> = ({ session, incoming }, { SignedMeteringData }) => {
  const { facts, options, sessionId } = session
  const { contract, meterSent } = facts
  const { Id, MeterInfo, SessionID } = SignedMeteringData
  const exi = fragmentOf('SignedMeteringData', SignedMeteringData)
  const same =
    meterSent !== undefined &&
    meterSent.MeterID === MeterInfo.MeterID &&
    meterSent.ChargedEnergyReadingWh === MeterInfo.ChargedEnergyReadingWh &&
    sameBytes(SessionID, sessionId)
  const signed =
    contract !== undefined &&
    exi !== undefined &&
    incoming.signature !== undefined &&
    options.crypto?.verify(incoming.signature, [{ id: Id, exi }], contract.chain.leaf) === true
  const receipt = { told: 'receipt', meter: readingOf(MeterInfo), signatureValid: same && signed, exi: incoming.raw } as const
  // A session that goes on after a pause knows the contract's certificate no more: the receipt is kept, as not verified.
  const unknown = contract === undefined && session.resumed?.payment === 'contract'
  if (!same || (!signed && !unknown)) return { kind: 'fail', code: 'FAILED_MeteringSignatureNotValid', told: [receipt] }
  return { kind: 'respond', response: { ResponseCode: 'OK' }, next: session.name, facts: { confirmationDue: false }, told: [receipt] }
}
