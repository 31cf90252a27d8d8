import { userLocale } from '@voltway/ui/format'

/** `350 m`, `2.4 km`. */
export const formatDistance = (metres: number) => {
  const [value, unit] = metres < 950 ? [Math.round(metres / 10) * 10, 'meter'] : [metres / 1000, 'kilometer']
  return new Intl.NumberFormat(userLocale(), { style: 'unit', unit, maximumFractionDigits: metres < 9_950 ? 1 : 0 }).format(value)
}
