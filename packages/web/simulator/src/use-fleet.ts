import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { LiveState } from '@voltway/ui'
import { useEffect, useState } from 'react'
import { withMessage, withStation } from './fleet-state.ts'
import { EVENTS_URL, loadStations, type SimMessage, type SimStation } from './simulator-api.ts'

const KEY = ['fleet']

/** All simulated stations, kept current by the simulator's event stream. */
export const useFleet = () => {
  const queries = useQueryClient()
  const [live, setLive] = useState<LiveState>('connecting')
  const fleet = useQuery({
    queryKey: KEY,
    queryFn: loadStations,
    retry: false,
    refetchInterval: (query) => (query.state.error ? 4_000 : false),
  })
  useEffect(() => {
    const source = new EventSource(EVENTS_URL)
    const change = (apply: (old: readonly SimStation[]) => readonly SimStation[]) =>
      queries.setQueryData<readonly SimStation[]>(KEY, (old) => old && apply(old))
    source.onopen = () => {
      setLive('live')
      // What happened while nobody listened.
      void queries.invalidateQueries({ queryKey: KEY })
    }
    source.onerror = () => setLive('lost')
    source.addEventListener('station.changed', ({ data }: MessageEvent<string>) =>
      change((old) => withStation(old, JSON.parse(data) as SimStation)),
    )
    source.addEventListener('message', ({ data }: MessageEvent<string>) =>
      change((old) => withMessage(old, JSON.parse(data) as SimMessage & { readonly stationId: string })),
    )
    return () => source.close()
  }, [queries])
  return { fleet, live }
}
