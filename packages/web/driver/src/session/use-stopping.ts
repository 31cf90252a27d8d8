import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '../api/types.ts'

/** Whether this app asked the station to stop, from the press until the station reports the end. */
export const useStopping = ({ id, endedAt }: Session) => {
  const queries = useQueryClient()
  const queryKey = ['stopping', id]
  const asked = useQuery({ queryKey, queryFn: () => false, initialData: false, staleTime: Number.POSITIVE_INFINITY })
  return { stopping: asked.data && endedAt === undefined, setStopping: (stopping: boolean) => queries.setQueryData(queryKey, stopping) }
}
