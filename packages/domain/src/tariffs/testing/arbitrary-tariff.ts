import { currency } from '@voltway/units'
import fc from 'fast-check'
import { PAPER_TARIFF } from '../paper-tariff.ts'
import type { ElementTariff, EvcmsTariff, IdleFee, TariffElement, TariffRestriction } from '../tariff.ts'

export const ZONES = ['Europe/London', 'Europe/Berlin', 'Australia/Sydney', 'Asia/Kathmandu'] as const
const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const

type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> }
/** fast-check's `record` with optional keys says `T | undefined`; absent keys are left out here. */
const partial = <T extends object>(record: fc.Arbitrary<T>): fc.Arbitrary<Defined<T>> =>
  record.map((value) => Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Defined<T>)

const micros = fc.bigInt({ min: 0n, max: 2_000_000n })
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`)
const monthDay = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, day]) => `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`)

export const arbitraryRestriction: fc.Arbitrary<TariffRestriction> = partial(
  fc.record(
    {
      startTime: time,
      endTime: time,
      weekdays: fc.subarray([...WEEKDAYS], { minLength: 1 }),
      seasonStart: monthDay,
      seasonEnd: monthDay,
    },
    { requiredKeys: [] },
  ),
).filter(({ startTime, endTime }) => startTime === undefined || startTime !== endTime)

const element: fc.Arbitrary<TariffElement> = partial(
  fc.record(
    { name: fc.constantFrom('day', 'night', 'weekend'), perKwh: micros, perMinute: micros, perSession: micros, when: arbitraryRestriction },
    { requiredKeys: ['when'] },
  ),
).filter(({ perKwh, perMinute, perSession }) => perKwh !== undefined || perMinute !== undefined || perSession !== undefined)

const idle: fc.Arbitrary<IdleFee> = fc
  .tuple(
    micros,
    fc.integer({ min: 0, max: 60 }),
    fc.option(micros, { nil: undefined }),
    fc.option(arbitraryRestriction, { nil: undefined }),
  )
  .map(([perMinute, graceMinutes, cap, when]) => ({
    perMinute,
    graceMinutes,
    ...(cap === undefined ? {} : { cap }),
    ...(when === undefined ? {} : { when }),
  }))

const head = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD').map(currency),
  timeZone: fc.constantFrom(...ZONES),
  vat: fc.record(
    { ratePpm: fc.constantFrom(0n, 50_000n, 190_000n, 200_000n, 255_000n), pricesInclude: fc.boolean() },
    { noNullPrototype: true },
  ),
})

export const arbitraryElementTariff: fc.Arbitrary<ElementTariff> = fc
  .tuple(head, fc.array(element, { minLength: 0, maxLength: 5 }), micros, fc.option(idle, { nil: undefined }))
  .map(([common, elements, perKwh, fee]) => ({
    kind: 'elements',
    name: 'standard',
    ...common,
    ...(fee ? { idle: fee } : {}),
    elements: [...elements, { perKwh, perMinute: perKwh / 10n }],
  }))

export const arbitraryEvcmsTariff: fc.Arbitrary<EvcmsTariff> = fc
  .tuple(head, micros, fc.array(arbitraryRestriction, { maxLength: 3 }), fc.option(idle, { nil: undefined }))
  .map(([common, energyPerKwh, peakWindows, fee]) => ({
    ...PAPER_TARIFF,
    ...common,
    energyPerKwh,
    peakWindows,
    ...(fee ? { idle: fee } : {}),
  }))

export const arbitraryTariff = fc.oneof(arbitraryElementTariff, arbitraryEvcmsTariff)
