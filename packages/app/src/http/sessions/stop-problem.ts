import type { StopRefused } from '../../charging/stop-session.ts'
import { Problem } from '../problems.ts'

const CODES = { SESSION_NOT_OPEN: 'SESSION_ENDED', STATION_OFFLINE: 'STATION_OFFLINE', STATION_REFUSED: 'STATION_REFUSED' } as const

/** Why a session could not be stopped. */
export const stopProblem = ({ code, reason }: StopRefused) => new Problem(CODES[code], reason)
