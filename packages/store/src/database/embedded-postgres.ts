import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { chown, lstat, mkdir, mkdtemp, readdir, realpath, rm } from 'node:fs/promises'
import { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createCluster } from './create-cluster.ts'
import { takeDataLock } from './data-lock.ts'
import { endOrphan } from './end-orphan.ts'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts'
import { spawnOptions } from './run-program.ts'
import { type Unprivileged, unprivileged } from './unprivileged.ts'

export interface EmbeddedOptions {
  /** Absolute or relative folder; the database is in its subfolder `postgres`. */
  readonly dataDirectory: string
  /** Gets one line for each thing that PostgreSQL warns of. */
  readonly log?: (line: string) => void
  /** Server settings over the defaults; the tests trade durability for speed with it. */
  readonly settings?: Readonly<Record<string, string>>
  /** Whether the role may create further databases: tests only. */
  readonly mayCreateDatabases?: boolean
  /** The server's process runs; it is not ready yet, and needs nothing of this one until it is. */
  readonly onStarted?: () => void
}

export interface EmbeddedPostgres {
  /** Database `voltway` as role `voltway`, over the private socket. */
  readonly connectionString: string
  readonly processId: number
  /** How it is kept from running as root. */
  readonly how: Unprivileged['how']
  /** Settles when the server has ended, whatever ended it. */
  readonly exited: Promise<void>
  /** Ends open connections, writes a checkpoint, releases the directory. */
  readonly stop: () => Promise<void>
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '100',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_checkpoints: 'off',
}

/** Unix socket paths hold 103 bytes on macOS, and macOS keeps its temporary files deep. */
const socketParent = () => (tmpdir().length <= 60 ? tmpdir() : '/tmp')

const chownTree = async (path: string, uid: number, gid: number): Promise<void> => {
  await chown(path, uid, gid)
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const inner = join(path, entry.name)
    if (entry.isDirectory()) await chownTree(inner, uid, gid)
    else if (!entry.isSymbolicLink()) await chown(inner, uid, gid)
  }
}

/** A directory that was made when the machine allowed another way of running changes hands. */
const giveTo = async (path: string, owner: Unprivileged['owner']) => {
  if (owner !== undefined && (await lstat(path)).uid !== owner.uid) await chownTree(path, owner.uid, owner.gid)
}

const untilReady = (child: ChildProcess, log: (line: string) => void) =>
  new Promise<void>((resolve, reject) => {
    const last: string[] = []
    const lines = createInterface({ input: child.stderr! })
    lines.on('line', (line) => {
      last.push(line)
      if (last.length > 12) last.shift()
      if (line.includes('database system is ready to accept connections')) resolve()
      else if (/ (WARNING|ERROR|FATAL|PANIC): /.test(line) && !line.includes('due to administrator command')) log(line)
    })
    child.once('error', (error) =>
      reject(new Error(`The embedded PostgreSQL could not be started: ${error.message}. DATABASE_URL may name another server.`)),
    )
    child.once('close', (code) =>
      reject(
        new Error(
          `The embedded PostgreSQL ended with ${code} before it was ready. DATABASE_URL may name another server. It said:\n${last.join('\n')}`,
        ),
      ),
    )
  })

/** A program that ends without `stop` is not kept alive by its server: the kernel ends that one after it. */
const holdProcess = (child: ChildProcess, hold: boolean) => {
  for (const handle of [child, ...child.stdio]) {
    if (!(handle instanceof Socket) && handle !== child) continue
    if (hold) handle.ref()
    else handle.unref()
  }
}

const connectionStringOf = (socketDirectory: string) =>
  `postgresql://voltway@localhost/voltway?${new URLSearchParams({ host: socketDirectory }).toString()}`

interface Cluster {
  readonly directory: string
  readonly socketDirectory: string
  readonly binaries: PostgresBinaries
  readonly way: Unprivileged
}

const startServer = async ({ directory, socketDirectory, binaries, way }: Cluster, options: EmbeddedOptions) => {
  const settings = Object.entries({ ...SETTINGS, ...options.settings, unix_socket_directories: socketDirectory })
  const { command, args, user } = way.wrap(
    binaries.postgres,
    ['-D', directory, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    true,
  )
  // The fourth descriptor is the pipe that breaks when we are gone; only the shell guard reads it.
  const child = spawn(command, args, { ...spawnOptions(user), stdio: ['ignore', 'ignore', 'pipe', 'pipe'] })
  options.onStarted?.()
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
  await untilReady(child, options.log ?? (() => undefined))
  return { child, exited }
}

/**
 * Starts the PostgreSQL that npm installed, creating its data directory first where there is none. It listens on a unix socket in
 * a private temporary directory and nowhere else, and ends with this process even when that is killed.
 * @throws Error when the directory is in use (with the process that holds it), or it cannot run here (naming DATABASE_URL)
 */
export const startEmbeddedPostgres = async (options: EmbeddedOptions): Promise<EmbeddedPostgres> => {
  const binaries = await postgresBinaries()
  const way = await unprivileged(binaries.postgres)
  await mkdir(options.dataDirectory, { recursive: true, mode: 0o711 })
  const dataDirectory = await realpath(options.dataDirectory)
  const directory = join(dataDirectory, 'postgres')
  const socketDirectory = await mkdtemp(join(socketParent(), 'voltway-'))
  const removeSocketDirectory = () => rm(socketDirectory, { recursive: true, force: true })
  const lock = await takeDataLock(join(dataDirectory, 'postgres.lock'), socketDirectory).catch(async (error: unknown) => {
    await removeSocketDirectory()
    throw error
  })
  try {
    if (lock.staleSocketDirectory?.startsWith(join(socketParent(), 'voltway-')))
      await rm(lock.staleSocketDirectory, { recursive: true, force: true })
    if (way.owner !== undefined) await chown(socketDirectory, way.owner.uid, way.owner.gid)
    await createCluster({ directory, binaries, way, mayCreateDatabases: options.mayCreateDatabases ?? false })
    await giveTo(directory, way.owner)
    await endOrphan(directory)
    const { child, exited } = await startServer({ directory, socketDirectory, binaries, way }, options)
    holdProcess(child, false)
    const stop = async () => {
      holdProcess(child, true)
      child.kill('SIGINT')
      await exited
      await removeSocketDirectory()
      await lock.release()
    }
    return { connectionString: connectionStringOf(socketDirectory), processId: child.pid!, how: way.how, exited, stop }
  } catch (error) {
    await removeSocketDirectory()
    await lock.release()
    throw error
  }
}
