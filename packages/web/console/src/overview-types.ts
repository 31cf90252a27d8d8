import type { EvseStatusName, MoneyJson } from '@voltway/ui'

export interface Need {
  readonly kind: string
  readonly severity: string
  readonly title: string
  /** Why a session is held, the kind of an alarm, a fault's code, a reservation's trouble and what its station answered. */
  readonly codes: readonly string[]
  readonly detail?: Readonly<Record<string, unknown>>
  readonly stationId?: string
  readonly stationName?: string
  /** Of a faulted one: its number at the station. */
  readonly evse?: number
  readonly reservationId?: string
  readonly reservationCode?: string
  readonly sessionId?: string
  readonly alarmId?: string
  readonly since: string
  readonly action?: string
}
export interface Overview {
  readonly needs: readonly Need[]
  readonly counts: {
    readonly stations: number
    readonly online: number
    readonly evses: Readonly<Partial<Record<EvseStatusName, number>>>
    readonly sessionsActive: number
    readonly powerW: number
    readonly vehiclesChargedToday: number
    readonly energyTodayWh: number
    readonly revenueToday?: MoneyJson | readonly MoneyJson[]
    readonly overallSocPercent?: number
  }
}
export interface Funnel {
  readonly steps: readonly { readonly step: string; readonly count: number }[]
  readonly losses: readonly Loss[]
}
export interface Loss {
  readonly step: string
  readonly cause: string
  /** The station's own word for a fault. */
  readonly errorCode?: string
  readonly count: number
  readonly sessionIds: readonly string[]
}
