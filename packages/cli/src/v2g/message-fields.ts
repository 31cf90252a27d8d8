import type { Message } from '@voltway/vehicle/transport'

export type Fields = Readonly<Record<string, unknown>>

export const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? { ...value } : {})

/** The fields of a message itself: in DIN 70121 and ISO 15118-2 they lie inside the body, in the others at the root. */
export const bodyOf = ({ document: { root, value }, name }: Message): Fields =>
  root === 'V2G_Message' ? fieldsOf(fieldsOf(fieldsOf(value).Body)[name]) : fieldsOf(value)

const words = (...values: readonly unknown[]): string | undefined => values.find((value) => typeof value === 'string')

/** What a message is about beyond its name: `Start` of a PowerDelivery, `Pause` of a SessionStop, `Ongoing` where it is to be asked again. */
export const gistOf = (message: Message): string | undefined => {
  const { ChargeProgress, ReadyToChargeState, ChargingSession, SelectedPaymentOption, EVSEProcessing } = bodyOf(message)
  const din = typeof ReadyToChargeState === 'boolean' ? (ReadyToChargeState ? 'Start' : 'Stop') : undefined
  return words(ChargeProgress, din, ChargingSession, SelectedPaymentOption, EVSEProcessing === 'Finished' ? undefined : EVSEProcessing)
}
