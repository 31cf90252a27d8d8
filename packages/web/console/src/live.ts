import { type LiveEvent, useLive } from '@voltway/ui'

const TYPES = [
  'station.connected',
  'station.disconnected',
  'station.booted',
  'status.reported',
  'transaction.changed',
  'meter.sampled',
  'session.changed',
  'session.ended',
  'session.held',
  'reservation.changed',
  'cdr.issued',
  'command.ended',
  'alarm.raised',
  'tariff.changed',
  'site.changed',
  'site.planned',
] as const

type Keys = readonly (readonly unknown[])[]
const STATIONS: Keys = [['stations'], ['overview'], ['sites'], ['timeline']]
const SESSIONS: Keys = [['sessions'], ['overview'], ['vehicles'], ['funnel'], ['stations']]

/** What an event makes stale, by its noun; messages and commands only of the station that it names. */
export const staleKeys = ({ type, data }: Pick<LiveEvent, 'type' | 'data'>): Keys => {
  const ofStation: Keys = data.stationId ? [['messages', 'list', `/stations/${data.stationId}/messages`]] : []
  switch (type) {
    case 'meter.sampled':
      return [...ofStation, ['power'], ['vehicles'], ['sessions']]
    case 'status.reported':
    case 'station.connected':
    case 'station.disconnected':
    case 'station.booted':
      return [...STATIONS, ...ofStation]
    case 'command.ended':
      return data.stationId ? [...ofStation, ['commands', 'list', `/stations/${data.stationId}/commands`]] : [['commands']]
    case 'reservation.changed':
      return [['reservations'], ['stations']]
    case 'alarm.raised':
      return [['alarms'], ['overview'], ['stations']]
    case 'tariff.changed':
      return [['tariffs'], ['prices']]
    case 'cdr.issued':
      return [...SESSIONS, ['ledger']]
    case 'site.changed':
      return [['sites'], ['plan']]
    case 'site.planned':
      return [['plan'], ['power']]
    default:
      return [...SESSIONS, ...ofStation]
  }
}

/** Keeps every screen current by the operator's event stream. */
export const useConsoleLive = () => useLive('/api/v1/events', TYPES, staleKeys)
