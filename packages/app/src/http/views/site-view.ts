import type { SiteRow } from '@voltway/store'
import { given } from '../given.ts'
import type { SiteView } from '../schemas/site.ts'

export const siteView = ({ evses, available, charging, faulted, offline, ...row }: SiteRow): SiteView =>
  given({
    id: row.id,
    name: row.name,
    kind: row.kind,
    address: row.address,
    city: row.city,
    country: row.country,
    latitude: row.latitude,
    longitude: row.longitude,
    timeZone: row.timeZone,
    currency: row.currency,
    gridLimitW: row.gridLimitW,
    operatorName: row.operatorName,
    access: row.access,
    steering: row.steering ?? row.isLimited,
    tariffId: row.tariffId,
    counts: { evses, available, charging, faulted, offline },
    powerW: row.powerW,
  })
