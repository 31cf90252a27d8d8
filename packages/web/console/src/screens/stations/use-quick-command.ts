import { api } from '@voltway/ui'
import type { StationDetail } from '../../api-types.ts'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { type QuickCommand, quickRequest } from './quick-command.ts'

interface Answer {
  readonly response: Readonly<Record<string, unknown>>
}

/** Sends one of the everyday commands in the station's own version and says what the station answered. */
export const useQuickCommand = (station: Pick<StationDetail, 'id' | 'ocppVersion'>) =>
  useAction({
    run: async (command: QuickCommand) => {
      const { action, payload } = quickRequest(station.ocppVersion ?? 'ocpp1.6', command)
      const { response } = await api<Answer>('POST', `/stations/${station.id}/commands/${action}`, payload)
      return { action, answer: String(response.status ?? JSON.stringify(response)) }
    },
    stale: [['stations'], ['commands'], ['messages']],
    said: ({ action, answer }) => t('command.sent', { action, answer }),
  })
