import type { EvseRow } from '@voltway/store'
import { isoOf } from '@voltway/units'
import { given } from '../given.ts'
import type { EvseView } from '../schemas/station.ts'
import { evseLabel } from './evse-label.ts'
import { iso } from './times.ts'

const sessionOf = (row: EvseRow): EvseView['session'] =>
  row.sessionId === null || row.sessionStartedAt === null
    ? undefined
    : given({
        id: row.sessionId,
        powerW: row.sessionPowerW ?? 0,
        importWh: row.sessionImportWh ?? 0,
        socPercent: row.sessionSocPercent,
        startedAt: isoOf(row.sessionStartedAt),
      })

const nextOf = (row: EvseRow): EvseView['nextReservation'] =>
  row.nextReservationId === null || row.nextReservationStartsAt === null || row.nextReservationEndsAt === null
    ? undefined
    : { id: row.nextReservationId, startsAt: isoOf(row.nextReservationStartsAt), endsAt: isoOf(row.nextReservationEndsAt) }

export const labelOf = ({ connectors, side }: Pick<EvseRow, 'connectors' | 'side'>) =>
  evseLabel({ standards: connectors.map(({ standard }) => standard), side })

export const evseView = (row: EvseRow): EvseView =>
  given({
    id: row.id,
    code: row.code,
    number: row.number,
    label: labelOf(row),
    currentType: row.currentType,
    maxPowerW: row.maxPowerW,
    phases: row.phases,
    side: row.side,
    connectors: [...row.connectors],
    status: row.status,
    statusSince: iso(row.statusSince),
    statusError: row.statusError,
    session: sessionOf(row),
    nextReservation: nextOf(row),
    tariffId: row.tariffId,
  })
