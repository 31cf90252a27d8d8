import type { EpochMs } from '@voltway/units'
import type { OCPP20 } from 'typed-ocpp'
import { groupSamples, type ReadSample } from '../group-samples.ts'
import { DEFAULT_MEASURAND, type MeterReading, type SignedSample } from '../meter-reading.ts'

export type MeterValue = OCPP20.MeterValueType
type SampledValue = MeterValue['sampledValue'][number]

/** Meter values as numbers, with a signed value kept beside the plain one that it signs. */
export const readMeterValues = (meterValues: readonly MeterValue[], receivedAt: EpochMs): readonly MeterReading[] =>
  meterValues.flatMap(({ timestamp, sampledValue }) => groupSamples(timestamp, sampledValue.map(readSample), receivedAt))

function readSample({
  value,
  measurand = DEFAULT_MEASURAND,
  unitOfMeasure,
  phase,
  location,
  context,
  signedMeterValue,
}: SampledValue): ReadSample {
  const { unit, multiplier = 0 } = unitOfMeasure ?? {}
  const sample = Number.isFinite(value) ? { measurand, value, unit, multiplier, phase, location } : undefined
  return { context, sample, signed: signedMeterValue && signedOf(measurand, signedMeterValue) }
}

const signedOf = (measurand: string, value: NonNullable<SampledValue['signedMeterValue']>): SignedSample => ({
  measurand,
  data: value.signedMeterData,
  signingMethod: value.signingMethod,
  encodingMethod: value.encodingMethod,
  publicKey: value.publicKey,
})
