import { insertStation, type NewEvseRow, type Tx } from '@voltway/store'
import { type ChargingStationId, type TariffId, type TenantId, uuidv7 } from '@voltway/units'
import { Type } from 'typebox'
import { hashStationPassword } from '../../ocpp/check-password.ts'
import type { Services } from '../../services.ts'
import { Problem } from '../problems.ts'
import { route } from '../route.ts'
import { ref } from '../schemas/ref.ts'
import { NewStation, StationDetailView } from '../schemas/station.ts'
import { findSite } from '../sites/find-site.ts'
import { findTariff } from '../tariffs/find-tariff.ts'
import { newEvseCode } from './evse-code.ts'
import { stationDetail } from './find-station.ts'
import { newStationPassword } from './station-password.ts'

export interface CreatedStation {
  readonly id: ChargingStationId
  /** Shown once; we keep only its keyed hash. */
  readonly password: string
}

const evseRow = (services: Services, evse: NewStation['evses'][number], index: number): NewEvseRow => ({
  id: uuidv7<'Evse'>(services.clock.now(), services.random),
  number: evse.number ?? index + 1,
  code: newEvseCode(services.random),
  currentType: evse.currentType,
  maxPowerW: evse.maxPowerW,
  phases: evse.phases ?? 3,
  side: evse.side ?? null,
  tariffId: (evse.tariffId ?? null) as TariffId | null,
  connectors: evse.connectors.map(({ standard, maxPowerW, cableAttached }, at) => ({
    number: at + 1,
    standard,
    maxPowerW: maxPowerW ?? evse.maxPowerW,
    cableAttached: cableAttached ?? evse.currentType === 'DC',
  })),
})

/** A station with its connectors and a generated password. @throws Problem when the site is not there or the identity is taken */
export const createStation = async (
  tx: Tx,
  services: Services,
  { tenantId, station }: { readonly tenantId: TenantId; readonly station: NewStation },
): Promise<CreatedStation> => {
  const site = await findSite(tx, tenantId, station.siteId)
  for (const tariffId of new Set(station.evses.flatMap((evse) => evse.tariffId ?? []))) await findTariff(tx, tenantId, tariffId)
  const now = services.clock.now()
  const id = uuidv7<'ChargingStation'>(now, services.random)
  const password = newStationPassword(services.random)
  const evses = station.evses.map((evse, index) => evseRow(services, evse, index))
  if (new Set(evses.map(({ number }) => number)).size < evses.length)
    throw new Problem('REQUEST_INVALID', 'Two EVSEs have the same number.', {
      errors: [{ path: 'body.evses', message: 'numbers must differ' }],
    })
  const inserted = await insertStation(tx, tenantId, {
    id,
    siteId: site.id,
    identity: station.identity,
    name: station.name,
    passwordHash: hashStationPassword(Buffer.from(password), services.secrets.hmacKey),
    openAccess: station.openAccess ?? false,
    sharedLimitW: station.sharedLimitW ?? null,
    createdAt: now,
    evses,
  })
  if (!inserted)
    throw new Problem('ALREADY_EXISTS', 'This OCPP identity is taken.', { errors: [{ path: 'body.identity', message: 'is taken' }] })
  return { id, password }
}

export const createStationRoute = route({
  id: 'createStation',
  method: 'POST',
  url: '/stations',
  summary: 'A new charging station; its password is shown once',
  access: 'stations:write',
  status: 201,
  onceOnly: ['password'],
  body: ref(NewStation),
  reply: Type.Object({ station: ref(StationDetailView), password: Type.Optional(Type.String()) }),
  async handle({ body, caller: { tenantId }, tx, services }) {
    const { id, password } = await createStation(tx, services, { tenantId, station: body })
    return { station: await stationDetail(tx, tenantId, { id, now: services.clock.now() }), password }
  },
})
