import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { isObject, type JsonObject } from '../json.ts'
import type { CommandContext, Option } from '../verb.ts'
import type { Api } from './api.ts'

export const LIMIT_OPTION: Readonly<Record<string, Option>> = {
  limit: { type: 'string', value: 'n', summary: 'at most so many rows (default 200)' },
}

const PAGE = 100

/** The number that --limit asks for. @throws CommandFailure when it is none */
export const limitOf = ({ values }: Pick<CommandContext, 'values'>): number => {
  const limit = Number(values.limit ?? 200)
  if (Number.isInteger(limit) && limit > 0) return limit
  throw new CommandFailure(`--limit ${values.limit} is not a number of rows.`, 'give a whole number from 1 on.', EXIT.usage)
}

/** The rows of a list, page after page, up to a limit. */
export const listAll = async (
  api: Api,
  path: string,
  { limit, query = {} }: { readonly limit: number; readonly query?: Readonly<Record<string, string | undefined>> },
): Promise<readonly JsonObject[]> => {
  const rows: JsonObject[] = []
  let cursor: string | undefined
  do {
    const page = await api.get(path, { ...query, limit: String(Math.min(PAGE, limit - rows.length)), cursor })
    const items = Array.isArray(page.items) ? page.items : []
    rows.push(...items.filter(isObject))
    cursor = items.length > 0 && typeof page.nextCursor === 'string' ? page.nextCursor : undefined
  } while (cursor !== undefined && rows.length < limit)
  return rows.slice(0, limit)
}
