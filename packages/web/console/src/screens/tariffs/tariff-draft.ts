/** A tariff as a form holds it: every field a text, empty where it is left out. */
export interface Restriction {
  readonly startTime: string
  readonly endTime: string
  readonly weekdays: readonly string[]
  readonly seasonStart: string
  readonly seasonEnd: string
}
export interface ElementDraft {
  readonly name: string
  readonly perKwh: string
  readonly perMinute: string
  readonly perSession: string
  readonly when: Restriction
}
export interface TariffDraft {
  readonly kind: 'elements' | 'evcms'
  readonly name: string
  readonly currency: string
  readonly timeZone: string
  readonly vatPercent: string
  readonly pricesInclude: boolean
  readonly feedInPerKwh: string
  readonly elements: readonly ElementDraft[]
  readonly idle: {
    readonly on: boolean
    readonly perMinute: string
    readonly graceMinutes: string
    readonly cap: string
    readonly when: Restriction
  }
  readonly dynamic: {
    readonly on: boolean
    readonly series: string
    readonly markupPerKwh: string
    readonly factor: string
    readonly loadPerKwh: string
    readonly floorPerKwh: string
    readonly capPerKwh: string
  }
  readonly energyPerKwh: string
  readonly peakDemandCharge: string
  readonly serviceCharge: string
  readonly peakWindows: readonly Restriction[]
  readonly multipliers: {
    readonly offPeakFree: string
    readonly offPeakTaken: string
    readonly peakFree: string
    readonly peakTaken: string
  }
}

export const WEEKDAYS = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const
const WORKDAYS = WEEKDAYS.slice(0, 5)

export const ALWAYS: Restriction = { startTime: '', endTime: '', weekdays: [], seasonStart: '', seasonEnd: '' }
export const EMPTY_ELEMENT: ElementDraft = { name: '', perKwh: '', perMinute: '', perSession: '', when: ALWAYS }

/** What a new tariff begins with; of the formula, the paper's own figures (section 3.2.1 and Table 1). */
export const newDraft = (currency: string, timeZone: string): TariffDraft => ({
  kind: 'elements',
  name: '',
  currency,
  timeZone,
  vatPercent: '20',
  pricesInclude: true,
  feedInPerKwh: '',
  elements: [{ ...EMPTY_ELEMENT, perKwh: '0.45' }],
  idle: { on: false, perMinute: '0.10', graceMinutes: '15', cap: '', when: ALWAYS },
  dynamic: { on: false, series: 'day-ahead', markupPerKwh: '0.10', factor: '1', loadPerKwh: '', floorPerKwh: '', capPerKwh: '' },
  energyPerKwh: '0.5',
  peakDemandCharge: '3',
  serviceCharge: '0.2',
  peakWindows: [
    { ...ALWAYS, startTime: '08:00', endTime: '11:00', weekdays: WORKDAYS },
    { ...ALWAYS, startTime: '16:00', endTime: '22:00', weekdays: WORKDAYS },
  ],
  multipliers: { offPeakFree: '0', offPeakTaken: '0.25', peakFree: '0.5', peakTaken: '1' },
})
