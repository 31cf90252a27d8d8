/** What people call the plugs. */
const NAMES: Readonly<Record<string, string>> = {
  IEC_62196_T1: 'Type 1',
  IEC_62196_T2: 'Type 2',
  IEC_62196_T1_COMBO: 'CCS1',
  IEC_62196_T2_COMBO: 'CCS',
  CHADEMO: 'CHAdeMO',
  DOMESTIC: 'Socket',
}

/** Which connector it is, by standard, and by side where two look alike: "CCS · left". */
export const evseLabel = ({ standards, side }: { readonly standards: readonly string[]; readonly side: 'left' | 'right' | null }): string =>
  [[...new Set(standards)].map((standard) => NAMES[standard] ?? standard).join(' / '), side].filter(Boolean).join(' · ')
