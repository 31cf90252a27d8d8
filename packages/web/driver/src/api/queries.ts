import { infiniteQueryOptions, keepPreviousData, queryOptions, skipToken, useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiProblem, api } from '@voltway/ui'
import type {
  IdToken,
  Items,
  Me,
  NetworkPlans,
  NetworkWish,
  Notice,
  Plans,
  PublicEvseDetail,
  PublicSite,
  Receipt,
  Reservation,
  Session,
  SessionSeries,
  Vehicle,
  Wish,
} from './types.ts'

/** Drivers hear of their own things live; of other people's connectors by asking again. */
const SITES_EVERY = 20_000
const SESSION_EVERY = 10_000

const meOrNobody = async (): Promise<Me | null> => {
  try {
    return await api<Me>('GET', '/me')
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401) return null
    throw error
  }
}

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: meOrNobody, staleTime: 60_000 })
export const sitesQuery = queryOptions({
  queryKey: ['sites'],
  queryFn: () => api<Items<PublicSite>>('GET', '/public/sites'),
  refetchInterval: SITES_EVERY,
})
export const evseQuery = (code: string) =>
  queryOptions({
    queryKey: ['evse', code],
    queryFn: () => api<PublicEvseDetail>('GET', `/public/evses/${encodeURIComponent(code)}`),
    refetchInterval: SITES_EVERY,
  })
export const vehiclesQuery = queryOptions({ queryKey: ['vehicles'], queryFn: () => api<Items<Vehicle>>('GET', '/driver/vehicles') })
export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: () => api<Items<IdToken>>('GET', '/driver/tokens') })
/** A list of the driver's own in pages, newest first: the next one when it is asked for. */
const pagesQuery = <Item>(key: readonly unknown[], path: string) =>
  infiniteQueryOptions({
    queryKey: [...key, 'pages'],
    queryFn: ({ pageParam }) => api<Items<Item>>('GET', pageParam ? `${path}?cursor=${encodeURIComponent(pageParam)}` : path),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  })

export const noticePagesQuery = pagesQuery<Notice>(['notices'], '/driver/notifications')
export const noticesQuery = queryOptions({ queryKey: ['notices'], queryFn: () => api<Items<Notice>>('GET', '/driver/notifications') })
export const reservationsQuery = queryOptions({
  queryKey: ['reservations'],
  queryFn: () => api<Items<Reservation>>('GET', '/driver/reservations'),
})
export const reservationQuery = (id: string) =>
  queryOptions({ queryKey: ['reservations', id], queryFn: () => api<Reservation>('GET', `/driver/reservations/${id}`) })
/** Those that run: few, however long the history is. */
export const openSessionsQuery = queryOptions({
  queryKey: ['sessions', 'open'],
  queryFn: () => api<Items<Session>>('GET', '/driver/sessions?active=true'),
})
export const sessionPagesQuery = pagesQuery<Session>(['sessions'], '/driver/sessions')
export const sessionQuery = (id: string) =>
  queryOptions({
    queryKey: ['sessions', id],
    queryFn: () => api<Session>('GET', `/driver/sessions/${id}`),
    refetchInterval: ({ state }) => (state.data?.endedAt && state.data.receiptNumber ? false : SESSION_EVERY),
  })
export const seriesQuery = (id: string, live: boolean) =>
  queryOptions({
    queryKey: ['sessions', id, 'series'],
    queryFn: () => api<SessionSeries>('GET', `/driver/sessions/${id}/series`),
    refetchInterval: live ? SESSION_EVERY : false,
  })
export const receiptQuery = (id: string) =>
  queryOptions({
    queryKey: ['receipt', id],
    queryFn: () => api<Receipt>('GET', `/driver/sessions/${id}/receipt`),
    staleTime: Number.POSITIVE_INFINITY,
  })
/** Of no wish, nothing is asked. */
export const plansQuery = (wish: Wish | undefined) =>
  queryOptions({
    queryKey: ['plans', wish],
    queryFn: wish ? () => api<Plans>('POST', '/driver/plans', wish) : skipToken,
    placeholderData: keepPreviousData,
    // Offers expire; an old answer is asked for again.
    staleTime: 60_000,
    retry: false,
  })

/** Which place and which start cost least; offers expire as those of one connector. */
export const networkPlansQuery = (wish: NetworkWish) =>
  queryOptions({
    queryKey: ['plans', 'network', wish],
    queryFn: () => api<NetworkPlans>('POST', '/driver/network-plans', wish),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  })

export const isOpen = ({ endedAt }: Session) => endedAt === undefined
export const isUpcoming = ({ state }: Reservation) => state === 'confirmed' || state === 'pushed'

/** A change on the server, after which the named queries are asked again. */
export const useChange = <Input, Answer>(change: (input: Input) => Promise<Answer>, stale: readonly (readonly unknown[])[]) => {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })))
    },
  })
}
