import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { stationsOfSiteQuery } from '../../queries.ts'

/** Names of a site's EVSEs that tell them apart: the station's name before the connector's, by EVSE id. */
export const useEvseNames = (siteId: string): ReadonlyMap<string, string> => {
  const { data } = useQuery(stationsOfSiteQuery(siteId))
  return useMemo(
    () => new Map((data?.items ?? []).flatMap(({ name, evses }) => evses.map((evse) => [evse.id, `${name} · ${evse.label}`] as const))),
    [data],
  )
}
