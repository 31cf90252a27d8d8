import type { PublicEvse } from '../api/types.ts'

const NAMES: Readonly<Record<string, string>> = {
  IEC_62196_T1: 'Type 1',
  IEC_62196_T2: 'Type 2',
  IEC_62196_T1_COMBO: 'CCS1',
  IEC_62196_T2_COMBO: 'CCS',
  CHADEMO: 'CHAdeMO',
  DOMESTIC: 'Socket',
}

/** What people call a plug. */
export const plugName = (standard: string) => NAMES[standard] ?? standard

/** `CCS up to 350 kW · CHAdeMO 50 kW`: what there is, strongest first. */
export const plugSummary = (evses: readonly PublicEvse[]) => {
  const strongest = new Map<string, number>()
  for (const { standards, maxPowerW } of evses)
    for (const standard of standards) strongest.set(standard, Math.max(strongest.get(standard) ?? 0, maxPowerW))
  return [...strongest]
    .sort(([, a], [, b]) => b - a)
    .map(([standard, watts]) => `${plugName(standard)} ${Math.round(watts / 1000)}\u00a0kW`)
    .join(' · ')
}
