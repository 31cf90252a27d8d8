export const CONNECTOR_STATES = [
  'available',
  'reserved',
  'preparing',
  'authorised',
  'starting',
  'charging',
  'suspendedEV',
  'suspendedEVSE',
  'rampingDown',
  'locked',
  'finishing',
  'unavailable',
  'faulted',
] as const
export type ConnectorState = (typeof CONNECTOR_STATES)[number]

export const CONNECTOR_EVENTS = [
  'plug',
  'unplug',
  'authorise',
  'deauthorise',
  'energise',
  'vehiclePauses',
  'stationPauses',
  'stop',
  'currentZero',
  'voltageGone',
  'breakaway',
  'reserve',
  'reservationOver',
  'inoperative',
  'operative',
  'fault',
  'clear',
] as const
export type ConnectorEvent = (typeof CONNECTOR_EVENTS)[number]

type Answers = Readonly<Record<ConnectorEvent, ConnectorState | 'refused'>>

const REFUSED: Answers = {
  plug: 'refused',
  unplug: 'refused',
  authorise: 'refused',
  deauthorise: 'refused',
  energise: 'refused',
  vehiclePauses: 'refused',
  stationPauses: 'refused',
  stop: 'refused',
  currentZero: 'refused',
  voltageGone: 'refused',
  breakaway: 'refused',
  reserve: 'refused',
  reservationOver: 'refused',
  inoperative: 'refused',
  operative: 'refused',
  fault: 'faulted',
  clear: 'refused',
}
/** While energy may flow: the plug is locked, only force gets it out, and only a stop leads on. */
const FLOWING: Answers = {
  ...REFUSED,
  energise: 'charging',
  vehiclePauses: 'suspendedEV',
  stationPauses: 'suspendedEVSE',
  stop: 'rampingDown',
  breakaway: 'available',
}

/**
 * What a connector does with everything that can happen to it. The plug is locked from `starting` on, and after a stop it
 * stays locked through `rampingDown` (current falls) and `locked` (voltage is still present) until `finishing`.
 */
export const CONNECTOR: Readonly<Record<ConnectorState, Answers>> = {
  available: { ...REFUSED, plug: 'preparing', authorise: 'authorised', reserve: 'reserved', inoperative: 'unavailable' },
  // A cable in a reserved connector changes nothing until its driver is known.
  reserved: {
    ...REFUSED,
    plug: 'reserved',
    unplug: 'reserved',
    authorise: 'authorised',
    reservationOver: 'available',
    inoperative: 'unavailable',
  },
  preparing: { ...REFUSED, unplug: 'available', authorise: 'authorised', inoperative: 'unavailable' },
  authorised: { ...REFUSED, plug: 'starting', unplug: 'available', deauthorise: 'available', inoperative: 'unavailable' },
  starting: { ...FLOWING, stop: 'rampingDown' },
  charging: FLOWING,
  suspendedEV: FLOWING,
  suspendedEVSE: FLOWING,
  rampingDown: { ...REFUSED, currentZero: 'locked', breakaway: 'available' },
  locked: { ...REFUSED, voltageGone: 'finishing', breakaway: 'available' },
  finishing: { ...REFUSED, unplug: 'available', authorise: 'authorised', inoperative: 'unavailable' },
  unavailable: { ...REFUSED, plug: 'unavailable', unplug: 'unavailable', operative: 'available' },
  faulted: { ...REFUSED, plug: 'faulted', unplug: 'faulted', clear: 'available' },
}

/** The plug cannot be pulled. */
export const isLocked = (state: ConnectorState) => state === 'starting' || isFlowing(state) || state === 'rampingDown' || state === 'locked'
export const isFlowing = (state: ConnectorState) => state === 'charging' || state === 'suspendedEV' || state === 'suspendedEVSE'

/** The table as a Mermaid state diagram, for the docs. */
export function connectorDiagram(): string {
  const edges = CONNECTOR_STATES.flatMap((from) => {
    const byTarget = Map.groupBy(
      CONNECTOR_EVENTS.filter((event) => CONNECTOR[from][event] !== 'refused' && CONNECTOR[from][event] !== from),
      (event) => CONNECTOR[from][event],
    )
    return [...byTarget].map(([to, events]) => `  ${from} --> ${to}: ${events.join(', ')}`)
  })
  return ['stateDiagram-v2', '  [*] --> available', ...edges].join('\n')
}
