import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@voltway/ui'
import type * as Api from './api-types.ts'
import type * as Commands from './command-types.ts'
import type * as Money from './money-types.ts'
import type * as Now from './overview-types.ts'

type Filter = Readonly<Record<string, string | number | boolean | undefined>>

/** `?a=1&b=true` of what is given; nothing for an empty filter. */
export const queryText = (filter: Filter): string => {
  const given = Object.entries(filter).flatMap(([key, value]) =>
    value === undefined || value === '' || value === false ? [] : [[key, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** The pages of a list; keys begin with the noun, so that a live event can name all lists of it. */
export const listQuery = <Item>(noun: string, path: string, filter: Filter = {}) =>
  infiniteQueryOptions({
    queryKey: [noun, 'list', path, filter],
    queryFn: ({ pageParam }) => api<Api.List<Item>>('GET', `${path}${queryText({ limit: 100, ...filter, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  })

export const ledgerQuery = (filter: Filter = {}) =>
  infiniteQueryOptions({
    queryKey: ['ledger', filter],
    queryFn: ({ pageParam }) => api<Money.Ledger>('GET', `/ledger${queryText({ limit: 100, ...filter, cursor: pageParam })}`),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor,
  })

/** All of a list that a choice or a chart needs whole: page after page, up to as many as a person could ever look at. */
const MOST_PAGES = 25
const whole = <Item>(key: readonly unknown[], path: string, filter: Filter = {}) =>
  queryOptions({
    queryKey: key,
    queryFn: async (): Promise<Api.List<Item>> => {
      const items: Item[] = []
      let cursor: string | undefined
      for (let pages = 0; pages < MOST_PAGES; pages++) {
        const page = await api<Api.List<Item>>('GET', `${path}${queryText({ limit: 200, ...filter, cursor })}`)
        items.push(...page.items)
        cursor = page.nextCursor
        if (cursor === undefined) break
      }
      return { items }
    },
  })
const one = <Answer>(key: readonly unknown[], path: string) => queryOptions({ queryKey: key, queryFn: () => api<Answer>('GET', path) })

export const meQuery = queryOptions({ queryKey: ['me'], queryFn: () => api<Api.Me>('GET', '/me'), staleTime: 60_000, retry: false })
export const overviewQuery = one<Now.Overview>(['overview'], '/overview')
export const funnelQuery = (from: string, to: string) => one<Now.Funnel>(['funnel', from, to], `/funnel${queryText({ from, to })}`)
export const sitesQuery = whole<Api.Site>(['sites'], '/sites')
export const sitePowerQuery = (id: string, from: string, to: string) =>
  one<Api.SitePower>(['power', id, from, to], `/sites/${id}/power${queryText({ from, to })}`)
export const siteEnergyQuery = (siteId: string) =>
  queryOptions({ queryKey: ['energy', siteId], queryFn: () => api<Api.SiteEnergy>('GET', `/sites/${siteId}/energy`) })

export const sitePlanQuery = (id: string) => one<Api.SitePlan>(['plan', id], `/sites/${id}/plan`)
export const siteTimelineQuery = (id: string, from: string, to: string) =>
  one<Api.Timeline>(['timeline', id, from, to], `/sites/${id}/timeline${queryText({ from, to })}`)
export const stationsOfSiteQuery = (siteId: string) => whole<Api.Station>(['stations', 'site', siteId], '/stations', { siteId })
export const stationQuery = (id: string) => one<Api.StationDetail>(['stations', id], `/stations/${id}`)
export const stationTimelineQuery = (id: string, from: string, to: string) =>
  one<Api.Timeline>(['timeline', id, from, to], `/stations/${id}/timeline${queryText({ from, to })}`)
export const variablesQuery = (id: string) => one<Api.List<Api.StationVariable>>(['variables', id], `/stations/${id}/variables`)
export const ocppActionsQuery = (version: string) =>
  queryOptions({
    queryKey: ['ocpp', version],
    queryFn: () => api<Api.List<Commands.OcppAction> | readonly Commands.OcppAction[]>('GET', `/ocpp/schemas/${version}`),
    staleTime: Infinity,
  })
export const ocppSchemaQuery = (version: string, action: string) =>
  queryOptions({
    queryKey: ['ocpp', version, action],
    queryFn: () => api<Commands.OcppSchema>('GET', `/ocpp/schemas/${version}/${action}`),
    staleTime: Infinity,
    enabled: action !== '',
  })
export const sessionQuery = (id: string) => one<Api.Session>(['sessions', id], `/sessions/${id}`)
export const sessionSeriesQuery = (id: string) => one<Api.SessionSeries>(['sessions', id, 'series'], `/sessions/${id}/series`)
export const vehiclesQuery = one<Api.VehiclesCharging>(['vehicles'], '/vehicles/charging')
export const tariffQuery = (id: string) => one<Api.Tariff>(['tariffs', id], `/tariffs/${id}`)
export const priceSeriesQuery = whole<Money.PriceSeries>(['prices', 'all'], '/price-series')
export const seriesPricesQuery = (name: string, from: string, to: string) =>
  one<Api.List<Money.SeriesPrice>>(['prices', name, from, to], `/price-series/${encodeURIComponent(name)}${queryText({ from, to })}`)
export const siteQuery = (id: string) => one<Api.Site>(['sites', id], `/sites/${id}`)
export const driverQuery = (id: string) => one<Api.DriverDetail>(['drivers', id], `/drivers/${id}`)
export const apiKeysQuery = one<Api.List<Api.ApiKey>>(['apiKeys'], '/api-keys')
