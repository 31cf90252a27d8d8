import { type Clock, isoOf } from '@voltway/units'

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

/** What goes with a message; an `Error` is written as its name, message and stack. */
export type LogFields = Readonly<Record<string, unknown>>

/** JSON lines. Never give it a password, a token or an authorization header. */
export interface Log {
  readonly debug: (message: string, fields?: LogFields) => void
  readonly info: (message: string, fields?: LogFields) => void
  readonly warn: (message: string, fields?: LogFields) => void
  readonly error: (message: string, fields?: LogFields) => void
}

/** Control characters beyond JSON's own escapes, line separators, and marks that turn the reading direction. */
const MISLEADING = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

const plain = (_: string, value: unknown): unknown => {
  if (value instanceof Error) return { name: value.name, message: value.message, stack: value.stack }
  return typeof value === 'bigint' ? value.toString() : value
}

/** One line without a line break, whatever strangers put into the fields. */
export const logLine = (entry: LogFields): string => {
  try {
    return JSON.stringify(entry, plain).replace(MISLEADING, escaped)
  } catch {
    return JSON.stringify({ level: 'error', message: 'a log entry could not be written' })
  }
}

export interface LogOptions {
  readonly level: LogLevel
  readonly clock: Pick<Clock, 'now'>
  /** Takes one line with its line break: `process.stderr.write` in the server. */
  readonly write: (line: string) => void
}

export const createLog = ({ level, clock, write }: LogOptions): Log => {
  const at = (name: LogLevel) => {
    if (LOG_LEVELS.indexOf(name) < LOG_LEVELS.indexOf(level)) return () => {}
    return (message: string, fields: LogFields = {}) => write(`${logLine({ ...fields, at: isoOf(clock.now()), level: name, message })}\n`)
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}

/** Says nothing. */
export const quietLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
