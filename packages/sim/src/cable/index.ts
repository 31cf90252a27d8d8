export type { Cable, CableMessage, CableState, CarIdentity, HighLevel } from './cable.ts'
export { type CableEvents, openCable } from './open-cable.ts'
export { type CarCertificates, carIdentity, SPEECHES, type Speech, speechesAt } from './speech.ts'
