import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Check, failed, passed } from './check.ts'

const NAME = 'data folder'
const ADVICE = 'give a folder that this user may write to with --data (VOLTWAY_DATA_DIRECTORY).'

/** The folder itself, or the nearest one above it that there is: the first start makes the rest. */
const nearest = async (path: string): Promise<string> =>
  (await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT' && dirname(path) !== path) return undefined
    throw error
  })) === undefined
    ? nearest(dirname(path))
    : path

const reasonOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error))

/** Whether the server could keep its database and its secret there; nothing is written. */
export const checkDataFolder: Check = async ({ dataDirectory }) => {
  try {
    const there = await nearest(dataDirectory)
    if (!(await stat(there)).isDirectory()) return failed(NAME, `${there} is no folder`, ADVICE)
    await access(there, constants.W_OK | constants.X_OK)
    return passed(NAME, there === dataDirectory ? `${there} can be written` : `${dataDirectory} can be made`)
  } catch (error) {
    return failed(NAME, `${dataDirectory} cannot be used: ${reasonOf(error)}`, ADVICE)
  }
}
