import { plainCode } from './plain-code.ts'
import { wordOf } from './text.ts'

/** What a session was lost to, and after a fault what the station said of it: "Station fault · Ground failure". */
export const causeWord = (cause: string, errorCode?: string): string =>
  [wordOf('cause', cause), errorCode && plainCode(errorCode)].filter(Boolean).join(' · ')
