import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** One frame of a recorded session. */
export interface RecordedFrame {
  readonly dir: 'ev' | 'evse'
  readonly schema: string
  readonly message: string
  readonly exi_hex: string
}

/** Frames were left out here, in the middle of a long loop. */
interface Cut {
  readonly cut: number
}

export interface Recording {
  readonly name: string
  /** `tcp` or `tls…`. */
  readonly transport: string
  readonly frames: readonly (RecordedFrame | Cut)[]
}

export const isFrame = (one: RecordedFrame | Cut): one is RecordedFrame => 'dir' in one

/** The folder of recorded sessions beside this checkout, or undefined where VOLTWAY_DATA names none. */
export const sessionsFolder = (data: string | undefined): string | undefined =>
  data === undefined
    ? undefined
    : [data, join(data, '..')].map((one) => join(one, 'vectors', 'iso15118', 'sessions')).find((one) => existsSync(one))

export const readRecordings = (folder: string): readonly Recording[] =>
  globSync('*.json', { cwd: folder })
    .sort()
    .map((file): Recording => ({ name: basename(file, '.json'), ...JSON.parse(readFileSync(join(folder, file), 'utf8')) }))
