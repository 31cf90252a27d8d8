import { ALWAYS, EMPTY_ELEMENT, newDraft, type Restriction, type TariffDraft } from './tariff-draft.ts'

type Json = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const objectIn = (value: unknown): Json => (isObject(value) ? value : {})
const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const textIn = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

/** `0.45` as millionths, `"450000"`; a text that is no number is handed on, so that its field is named as wrong. */
export const microsOf = (text: string): string => {
  const found = /^(-?)(\d*)(?:[.,](\d{0,6}))?$/.exec(text.trim())
  if (!found || text.trim() === '' || (found[2] === '' && !found[3])) return text
  const micros = `${found[2]}${(found[3] ?? '').padEnd(6, '0')}`.replace(/^0+(?=\d)/, '')
  return micros === '0' ? '0' : `${found[1]}${micros}`
}
/** Millionths as a person writes them: `450000` is `0.45`. */
export const textOfMicros = (micros: unknown): string => {
  const text = textIn(micros)
  const found = /^(-?)(\d+)$/.exec(text)
  if (!found) return text
  const digits = (found[2] ?? '').padStart(7, '0')
  return `${found[1]}${digits.slice(0, -6)}.${digits.slice(-6)}`.replace(/\.?0+$/, '')
}
/** Percent as parts per million and back: 20 is 200000. */
const ppmOfPercent = (text: string) =>
  /^-?[\d.,]+$/.test(text.trim()) ? String(Math.round(Number(text.replace(',', '.')) * 10_000)) : text
const percentOfPpm = (ppm: unknown) => (ppm === undefined ? '' : String(Number(textIn(ppm)) / 10_000))

const given = (fields: Json): Json => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''))
const price = (text: string) => (text.trim() === '' ? undefined : microsOf(text))
const whenJson = ({ weekdays, ...rest }: Restriction): Json | undefined => {
  const json = given({ ...rest, weekdays: weekdays.length > 0 ? weekdays : undefined })
  return Object.keys(json).length > 0 ? json : undefined
}
const whenDraft = (value: unknown): Restriction => {
  const { startTime, endTime, weekdays, seasonStart, seasonEnd } = objectIn(value)
  return {
    startTime: textIn(startTime),
    endTime: textIn(endTime),
    weekdays: listIn(weekdays).map(textIn),
    seasonStart: textIn(seasonStart),
    seasonEnd: textIn(seasonEnd),
  }
}

const listParts = ({ elements, dynamic }: TariffDraft): Json => ({
  elements: elements.map((element) =>
    given({
      name: element.name.trim(),
      perKwh: price(element.perKwh),
      perMinute: price(element.perMinute),
      perSession: price(element.perSession),
      when: whenJson(element.when),
    }),
  ),
  ...(dynamic.on && {
    dynamic: given({
      series: dynamic.series,
      markupPerKwh: microsOf(dynamic.markupPerKwh || '0'),
      factorPpm: microsOf(dynamic.factor || '1'),
      loadPerKwh: price(dynamic.loadPerKwh),
      floorPerKwh: price(dynamic.floorPerKwh),
      capPerKwh: price(dynamic.capPerKwh),
    }),
  }),
})
const formulaParts = (draft: TariffDraft): Json => ({
  energyPerKwh: microsOf(draft.energyPerKwh),
  peakDemandCharge: microsOf(draft.peakDemandCharge),
  serviceCharge: microsOf(draft.serviceCharge),
  peakWindows: draft.peakWindows.map((window) => whenJson(window) ?? {}),
  multipliersPpm: Object.fromEntries(Object.entries(draft.multipliers).map(([key, text]) => [key, microsOf(text)])),
})

/** The tariff in the API's JSON form; what cannot be read stands in it as typed, and the server names its field. */
export const definitionOf = (draft: TariffDraft): Json => ({
  kind: draft.kind,
  name: draft.name,
  currency: draft.currency,
  timeZone: draft.timeZone,
  vat: { ratePpm: ppmOfPercent(draft.vatPercent || '0'), pricesInclude: draft.pricesInclude },
  ...given({ feedInPerKwh: price(draft.feedInPerKwh) }),
  ...(draft.idle.on && {
    idle: given({
      perMinute: microsOf(draft.idle.perMinute),
      graceMinutes: Number(draft.idle.graceMinutes || 0),
      cap: price(draft.idle.cap),
      when: whenJson(draft.idle.when),
    }),
  }),
  ...(draft.kind === 'elements' ? listParts(draft) : formulaParts(draft)),
})

/** The form of a tariff that the API gave. */
export const draftOf = (definition: Json): TariffDraft => {
  const fresh = newDraft(textIn(definition.currency), textIn(definition.timeZone))
  const { vat, idle, dynamic, multipliersPpm } = definition
  const [tax, fee, moving, shares] = [objectIn(vat), objectIn(idle), objectIn(dynamic), objectIn(multipliersPpm)]
  const isFormula = definition.kind === 'evcms'
  const money = (key: string, otherwise: string) => (definition[key] === undefined ? otherwise : textOfMicros(definition[key]))
  return {
    ...fresh,
    kind: isFormula ? 'evcms' : 'elements',
    name: textIn(definition.name),
    vatPercent: percentOfPpm(tax.ratePpm),
    pricesInclude: tax.pricesInclude === true,
    feedInPerKwh: money('feedInPerKwh', ''),
    elements: isFormula
      ? fresh.elements
      : listIn(definition.elements).map((value) => {
          const element = objectIn(value)
          const text = (key: string) => (element[key] === undefined ? '' : textOfMicros(element[key]))
          return {
            ...EMPTY_ELEMENT,
            name: textIn(element.name),
            perKwh: text('perKwh'),
            perMinute: text('perMinute'),
            perSession: text('perSession'),
            when: whenDraft(element.when),
          }
        }),
    idle: idle
      ? {
          on: true,
          perMinute: textOfMicros(fee.perMinute),
          graceMinutes: textIn(fee.graceMinutes),
          cap: fee.cap === undefined ? '' : textOfMicros(fee.cap),
          when: whenDraft(fee.when),
        }
      : { ...fresh.idle, when: ALWAYS },
    dynamic: dynamic
      ? {
          on: true,
          series: textIn(moving.series),
          markupPerKwh: textOfMicros(moving.markupPerKwh),
          factor: textOfMicros(moving.factorPpm),
          loadPerKwh: moving.loadPerKwh === undefined ? '' : textOfMicros(moving.loadPerKwh),
          floorPerKwh: moving.floorPerKwh === undefined ? '' : textOfMicros(moving.floorPerKwh),
          capPerKwh: moving.capPerKwh === undefined ? '' : textOfMicros(moving.capPerKwh),
        }
      : fresh.dynamic,
    energyPerKwh: money('energyPerKwh', fresh.energyPerKwh),
    peakDemandCharge: money('peakDemandCharge', fresh.peakDemandCharge),
    serviceCharge: money('serviceCharge', fresh.serviceCharge),
    peakWindows: isFormula ? listIn(definition.peakWindows).map(whenDraft) : fresh.peakWindows,
    multipliers: isFormula
      ? {
          offPeakFree: textOfMicros(shares.offPeakFree),
          offPeakTaken: textOfMicros(shares.offPeakTaken),
          peakFree: textOfMicros(shares.peakFree),
          peakTaken: textOfMicros(shares.peakTaken),
        }
      : fresh.multipliers,
  }
}
