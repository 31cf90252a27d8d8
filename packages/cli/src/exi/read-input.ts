import { createReadStream } from 'node:fs'
import { stdin } from 'node:process'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

/** The lines of a file, or of standard input where none is named, one after the other. Fails as the file system does. */
export async function* linesOf(file: string | undefined): AsyncGenerator<string> {
  const stream = file === undefined ? stdin : createReadStream(file)
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) if (line.trim() !== '') yield line
}

/** All of standard input. */
export const standardInput = (): Promise<string> => text(stdin)
