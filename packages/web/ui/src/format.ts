/** Money as the API writes it: millionths of the currency's unit as a decimal string. */
export interface MoneyJson {
  readonly currency: string
  readonly micros: string
}

/** The reader's language; a browser may name one that is none, such as `en-US@posix`. */
export const userLocale = (): string => {
  try {
    return (typeof navigator !== 'undefined' && Intl.getCanonicalLocales(navigator.language)[0]) || 'en-GB'
  } catch {
    return 'en-GB'
  }
}
const locale = userLocale
const cache = new Map<string, Intl.NumberFormat>()
const numberFormat = (options: Intl.NumberFormatOptions) => {
  const key = locale() + JSON.stringify(options)
  const known = cache.get(key) ?? new Intl.NumberFormat(locale(), options)
  cache.set(key, known)
  return known
}

/** `4.60 GBP` as the reader's locale writes it; unit prices may ask for more decimals. */
export const formatMoney = ({ currency, micros }: MoneyJson, maximumFractionDigits?: number) =>
  numberFormat({ style: 'currency', currency, ...(maximumFractionDigits !== undefined && { maximumFractionDigits }) }).format(
    Number(micros) / 1e6,
  )

export const formatEnergy = (wattHours: number) =>
  `${numberFormat({ minimumFractionDigits: wattHours < 100_000 ? 1 : 0, maximumFractionDigits: wattHours < 10_000 ? 2 : 1 }).format(wattHours / 1000)} kWh`

export const formatPower = (watts: number) =>
  `${numberFormat({ minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(watts / 1000)} kW`

/** A bare number as the reader's locale writes it, for columns whose header has the unit. */
export const formatNumber = (value: number, digits = 0) =>
  numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value)

export const formatPercent = (value: number) => `${numberFormat({ maximumFractionDigits: 0 }).format(value)} %`

/** `2 h 05 min`, `12 min`, `40 s`. */
export const formatDuration = (milliseconds: number) => {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)]
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`
  return minutes > 0 ? `${minutes} min` : `${seconds} s`
}

const dateFormat = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale(), options)
/** Times of a place are shown in the place's zone. */
export const formatTime = (iso: string, timeZone: string) =>
  dateFormat({ hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(iso))
export const formatDay = (iso: string, timeZone: string) =>
  dateFormat({ weekday: 'short', day: 'numeric', month: 'short', timeZone }).format(new Date(iso))
export const formatDateTime = (iso: string, timeZone: string) => `${formatDay(iso, timeZone)}, ${formatTime(iso, timeZone)}`
/** For hovering: the whole instant with its zone. */
export const formatExact = (iso: string, timeZone?: string) =>
  dateFormat({ dateStyle: 'medium', timeStyle: 'long', ...(timeZone && { timeZone }) }).format(new Date(iso))

/** How long ago a fact was heard: `just now`, `3 min ago`. */
export const formatAge = (iso: string, now: number) => {
  const seconds = Math.round((now - Date.parse(iso)) / 1000)
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' })
  if (seconds < 45) return relative.format(0, 'minute')
  if (seconds < 3600) return relative.format(-Math.round(seconds / 60), 'minute')
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3600), 'hour')
  return relative.format(-Math.round(seconds / 86_400), 'day')
}
