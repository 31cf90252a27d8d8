import type { EpochMs } from '@voltway/units'
import type { EvseTemplate } from '../template.ts'
import type { SimEvse } from './core.ts'

/** An EVSE that nobody has used yet. `evseId` as ISO 15118 writes it. */
export const createEvse = (template: EvseTemplate, { now, evseId }: { readonly now: EpochMs; readonly evseId: string }): SimEvse => ({
  template,
  evseId,
  state: 'available',
  vehicle: undefined,
  cable: undefined,
  token: undefined,
  transaction: undefined,
  reservation: undefined,
  pendingProfile: undefined,
  registers: { importWh: 0, exportWh: 0 },
  powerW: 0,
  offeredW: 0,
  phases: template.phases,
  switchingUntil: undefined,
  settledAt: now,
  operative: true,
  faultCode: undefined,
  lockedSince: undefined,
  reportedStatus: undefined,
  cancel: { start: () => {}, meter: () => {}, token: () => {}, ramp: () => {} },
})
