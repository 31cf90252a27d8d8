export type { Cable, CableMessage, CableState, CarIdentity, HighLevel } from './cable.ts'
export { type CableEvents, openCable } from './open-cable.ts'
