import type { EpochMs } from '@voltway/units'
import type { OCPP16 } from 'typed-ocpp'
import { groupSamples, type ReadSample } from '../group-samples.ts'
import { DEFAULT_MEASURAND, type MeterReading } from '../meter-reading.ts'

export type MeterValue = OCPP16.MeterValuesRequest['meterValue'][number]
type SampledValue = MeterValue['sampledValue'][number]

/** 1.6 writes numbers as text. */
const NUMBER = /^\s*[+-]?(?:\d{1,20}(?:\.\d{0,20})?|\.\d{1,20})(?:[eE][+-]?\d{1,2})?\s*$/

/** Whether a sample's text is a number, or signed data, which is passed on unread. */
export const isReadableSample = ({ value, format }: Readonly<Record<string, unknown>>) =>
  typeof value === 'string' && (format === 'SignedData' || NUMBER.test(value))

/** Meter values as numbers; samples that are neither number nor signed data are left out. */
export const readMeterValues = (meterValues: readonly MeterValue[], receivedAt: EpochMs): readonly MeterReading[] =>
  meterValues.flatMap(({ timestamp, sampledValue }) => groupSamples(timestamp, readable(sampledValue), receivedAt))

function readable(sampledValues: readonly SampledValue[]): readonly ReadSample[] {
  const read: ReadSample[] = []
  for (const { value, measurand = DEFAULT_MEASURAND, unit, phase, location, context, format } of sampledValues)
    if (format === 'SignedData') read.push({ context, sample: undefined, signed: { measurand, data: value } })
    else if (NUMBER.test(value))
      read.push({ context, sample: { measurand, value: Number(value), unit, multiplier: 0, phase, location }, signed: undefined })
  return read
}
