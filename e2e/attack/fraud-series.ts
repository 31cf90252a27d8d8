/** What a meter that lies shows: at the start, on the way, at the stop. */
export interface FraudSeries {
  readonly name: string
  readonly start: number
  readonly samples: readonly (number | string)[]
  readonly stop: number
  /** Of the samples; Wh unless told. */
  readonly unit?: string
}

const HAND_MADE: readonly FraudSeries[] = [
  { name: 'falls', start: 5_000, samples: [4_000, 3_000], stop: 2_000 },
  { name: 'stops below its start', start: 5_000, samples: [], stop: 0 },
  { name: 'is negative', start: -5_000, samples: [-4_000], stop: -3_000 },
  { name: 'goes from below zero to above', start: -5_000, samples: [0], stop: 5_000 },
  { name: 'jumps', start: 0, samples: [10, 10_000_000], stop: 10_000_000 },
  { name: 'jumps and comes back', start: 0, samples: [10, 10_000_000, 20], stop: 30 },
  { name: 'falls and comes back', start: 1_000, samples: [2_000, 0, 2_500], stop: 3_000 },
  { name: 'is 2^31 - 1', start: 0, samples: [], stop: 2 ** 31 - 1 },
  { name: 'is 2^31', start: 0, samples: [2 ** 31], stop: 2 ** 31 },
  { name: 'rolls over at 2^31', start: 2 ** 31 - 100, samples: [2 ** 31 - 10, 50], stop: 100 },
  { name: 'rolls over at 2^32', start: 2 ** 32 - 100, samples: [2 ** 32 - 10, 50], stop: 100 },
  { name: 'is 2^53 - 1', start: 0, samples: [], stop: 2 ** 53 - 1 },
  { name: 'is 2^53 + 2', start: 0, samples: [2 ** 53 + 2], stop: 2 ** 53 + 2 },
  { name: 'is 1e18', start: 0, samples: [1e18], stop: 1e18 },
  { name: 'is 1e19, beyond what a database counts to', start: 0, samples: [1e19], stop: 1e19 },
  { name: 'is 1e300', start: 0, samples: [1e300], stop: 1e300 },
  { name: 'is -1e300', start: 0, samples: [-1e300], stop: -1e300 },
  { name: 'is a fraction', start: 0, samples: [0.4, 0.6], stop: 1 },
  { name: 'mixes Wh and kWh', start: 5_000, samples: ['5.2', '5300', '5.4'], stop: 5_500 },
  { name: 'says kWh of what is Wh', start: 5_000, samples: [5_100, 5_200], stop: 5_300, unit: 'kWh' },
  { name: 'says NaN', start: 0, samples: ['NaN', 'Infinity', '-Infinity'], stop: 10 },
  { name: 'says words', start: 0, samples: ['', ' ', 'many', '0x10', '1e3', '1,5', '١٢'], stop: 10 },
  { name: 'says 1e400', start: 0, samples: ['1e400', '-1e400'], stop: 10 },
  { name: 'says a number of 5,000 digits', start: 0, samples: ['9'.repeat(5_000)], stop: 10 },
  { name: 'says -0', start: -0, samples: ['-0', '-0.0'], stop: -0 },
  { name: 'gives nothing', start: 100, samples: [100, 100], stop: 100 },
]

/** Sixty of them, of which none may ever make a bill below zero or above what its EVSE can give. */
export const FRAUD_SERIES: readonly FraudSeries[] = [
  ...HAND_MADE,
  ...Array.from({ length: 60 - HAND_MADE.length }, (_, index): FraudSeries => {
    const at = (step: number) => ((index * 7_919 + step * 104_729) % 40_000) - 10_000
    return { name: `is drawn by lot, number ${index}`, start: at(0), samples: [at(1), at(2), at(3)], stop: at(4) }
  }),
]
