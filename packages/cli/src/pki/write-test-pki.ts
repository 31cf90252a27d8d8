import { chmod, lstat, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { TestPkiFile } from '@voltway/pki'
import { CommandFailure } from '../command-failure.ts'

const exists = async (path: string): Promise<boolean> => {
  try {
    await lstat(path)
    return true
  } catch {
    return false
  }
}

/** Reading a private key is for its owner alone; a umask can only take rights away, so that the mode is set once more. */
const write = async (path: string, { content, secret }: TestPkiFile) => {
  const mode = secret ? 0o600 : 0o644
  await writeFile(path, content, { mode, flag: 'wx' })
  await chmod(path, mode)
}

/**
 * Writes files below a folder, private keys with mode 0600 in folders with mode 0700. Nothing that exists is written over.
 * @throws CommandFailure when one of the files exists, before anything is written, or when the folder cannot be written
 */
export const writeTestPki = async (folder: string, files: readonly TestPkiFile[]): Promise<void> => {
  for (const { path } of files)
    if (await exists(join(folder, path)))
      throw new CommandFailure(`${join(folder, path)} exists; nothing was written.`, 'name another folder, or remove the old one.')
  try {
    for (const file of files) {
      const path = join(folder, file.path)
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await write(path, file)
    }
  } catch (error) {
    throw new CommandFailure(`${folder} cannot be written: ${error instanceof Error ? error.message : error}`)
  }
}
