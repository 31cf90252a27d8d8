import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Session } from '../api/types.ts'

/** Whether the station was asked to stop, by whomever: from this app's press, or as the platform says, until the station reports the end. */
export const useStopping = ({ id, endedAt, stopRequestedAt }: Session) => {
  const queries = useQueryClient()
  const queryKey = ['stopping', id]
  const asked = useQuery({ queryKey, queryFn: () => false, initialData: false, staleTime: Number.POSITIVE_INFINITY })
  return {
    stopping: (asked.data || stopRequestedAt !== undefined) && endedAt === undefined,
    setStopping: (stopping: boolean) => queries.setQueryData(queryKey, stopping),
  }
}
