import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Check, failed, passed } from './check.ts'
import { codeOf } from './code-of.ts'

const NAME = 'data folder'
const ADVICE = 'give a folder that this user may write to with --data (VOLTWAY_DATA_DIRECTORY).'

/** The folder itself, or the nearest one above it that there is: the first start makes the rest. */
const nearest = async (path: string): Promise<string> => {
  try {
    await stat(path)
    return path
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && dirname(path) !== path) return nearest(dirname(path))
    throw error
  }
}

/** Whether the server could keep its database and its secret there; nothing is written. */
export const checkDataFolder: Check = async ({ dataDirectory }) => {
  try {
    const there = await nearest(dataDirectory)
    if (!(await stat(there)).isDirectory()) return failed(NAME, `${there} is no folder`, ADVICE)
    await access(there, constants.W_OK | constants.X_OK)
    return passed(NAME, there === dataDirectory ? `${there} can be written` : `${dataDirectory} can be made`)
  } catch (error) {
    return failed(NAME, `${dataDirectory} cannot be used: ${codeOf(error)}`, ADVICE)
  }
}
