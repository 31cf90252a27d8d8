import { formatEnergy } from '@voltway/ui/format'
import { text } from '../text.ts'

const KEYS = {
  connected: 'noticeConnected',
  started: 'noticeStarted',
  almostDone: 'noticeAlmostDone',
  done: 'noticeDone',
  idleFeeBegins: 'noticeIdleFee',
} as const

/** What a notice says, in the app and as a push. */
export const noticeText = (kind: string, data: Readonly<Record<string, unknown>>) => {
  const energy = typeof data.importWh === 'number' ? formatEnergy(data.importWh) : ''
  return text(KEYS[kind as keyof typeof KEYS] ?? 'noticeOther', { energy })
}
