import type { JsonFault } from './json-readers.ts'
import type { ElementTariff, Tariff, TariffElement, TariffRestriction } from './tariff.ts'

const contradiction = (path: string, message: string): JsonFault => ({ code: 'contradiction', path, message })

const keyOf = (when: TariffRestriction | undefined): string =>
  [
    when?.startTime ?? '00:00',
    when?.endTime ?? '00:00',
    [...(when?.weekdays ?? [])].sort().join(),
    when?.seasonStart ?? '01-01',
    when?.seasonEnd ?? '12-31',
  ].join(' ')

const DIMENSIONS = ['perKwh', 'perMinute', 'perSession'] as const

/** An element that can never apply, since an earlier one names the same dimension for all times or for the very same ones. */
const shadowedIn = (elements: readonly TariffElement[]): readonly JsonFault[] =>
  DIMENSIONS.flatMap((dimension) => {
    const taken = new Set<string>()
    return elements.flatMap((element, index) => {
      if (element[dimension] === undefined) return []
      const key = keyOf(element.when)
      const shadowed = taken.has(key) || taken.has(keyOf(undefined))
      taken.add(key)
      return shadowed ? [contradiction(`elements[${index}].${dimension}`, 'never applies: an earlier element has the same times')] : []
    })
  })

const bandFaults = ({ bands = [] }: ElementTariff): readonly JsonFault[] =>
  bands.flatMap((band, index) => {
    if (band.from >= band.to) return [contradiction(`bands[${index}].to`, 'must be after from')]
    const before = bands[index - 1]
    return before && before.to > band.from ? [contradiction(`bands[${index}].from`, 'overlaps the band before it')] : []
  })

const elementFaults = (tariff: ElementTariff): readonly JsonFault[] => {
  const { elements, dynamic, bands } = tariff
  const faults: JsonFault[] = [...shadowedIn(elements), ...bandFaults(tariff)]
  if (elements.length === 0 && !dynamic && !bands?.length)
    faults.push({ code: 'empty', path: 'elements', message: 'must name at least one price' })
  for (const [index, element] of elements.entries()) {
    if (DIMENSIONS.every((dimension) => element[dimension] === undefined))
      faults.push({ code: 'empty', path: `elements[${index}]`, message: 'must name perKwh, perMinute or perSession' })
  }
  if (dynamic?.floorPerKwh !== undefined && dynamic.capPerKwh !== undefined && dynamic.floorPerKwh > dynamic.capPerKwh)
    faults.push(contradiction('dynamic.floorPerKwh', 'must not exceed capPerKwh'))
  return faults
}

const restrictionsOf = (tariff: Tariff): readonly (readonly [string, TariffRestriction])[] => {
  const listed: readonly (readonly [string, TariffRestriction | undefined])[] =
    tariff.kind === 'evcms'
      ? tariff.peakWindows.map((window, index) => [`peakWindows[${index}]`, window] as const)
      : tariff.elements.map(({ when }, index) => [`elements[${index}].when`, when] as const)
  return [...listed, ['idle.when', tariff.idle?.when] as const].flatMap(([path, when]) => (when ? [[path, when] as const] : []))
}

/** Windows that say two things at once: a window without length, a day named twice. */
const windowFaults = (path: string, when: TariffRestriction): readonly JsonFault[] => [
  ...(when.startTime !== undefined && when.startTime === when.endTime
    ? [contradiction(`${path}.endTime`, 'must differ from startTime; leave both out for the whole day')]
    : []),
  ...(when.weekdays && new Set(when.weekdays).size < when.weekdays.length ? [contradiction(`${path}.weekdays`, 'names a day twice')] : []),
]

/** What each field alone cannot show: parts of a well-formed tariff that cannot be meant together. */
export const contradictionsOf = (tariff: Tariff): readonly JsonFault[] => [
  ...restrictionsOf(tariff).flatMap(([path, when]) => windowFaults(path, when)),
  ...(tariff.kind === 'elements' ? elementFaults(tariff) : []),
]
