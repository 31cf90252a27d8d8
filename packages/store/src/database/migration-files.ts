import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Migration {
  /** The file's name, which starts with its number. */
  readonly name: string
  readonly sql: string
  /** SHA-256 of the text, hexadecimal. */
  readonly checksum: string
}

/** Reads a folder of `NNNN-name.sql` files in the order of their numbers. */
export const migrationFiles = async (directory: string): Promise<readonly Migration[]> => {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-.*\.sql$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const sql = await readFile(join(directory, name), 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}
