/** Colours of the figures: ours, peers in the order in which they come, limits, and what lies behind. */
export const COLOURS = {
  ours: '#1a6fb5',
  peers: ['#c4661f', '#2c8a4b', '#8250a8', '#8c959f', '#b08800'],
  limit: '#c93a3a',
  behind: '#b9d6ee',
} as const
