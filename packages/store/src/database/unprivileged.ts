import { type Program, runProgram } from './run-program.ts'

/** How PostgreSQL is run on this machine, which refuses to run as root. */
export interface Unprivileged {
  readonly how: 'same user' | 'user namespace' | 'nobody'
  /** Who must own the data directory; undefined: whoever we are. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined
  /** Wraps a program; `whileWeLive` makes the kernel end it when this process is gone, however that came. */
  readonly wrap: (command: string, args: readonly string[], whileWeLive?: boolean) => Program
}

// Where there is no setpriv: a shell that holds our pipe and ends the server when the pipe breaks.
const GUARD = `"$@" 3<&- & server=$!
(read -r line; kill -INT $server) <&3 & reader=$!
exec 3<&-
trap "kill -INT $server" INT TERM
wait $server; code=$?
while kill -0 $server 2>/dev/null; do wait $server; code=$?; done
kill $reader 2>/dev/null
exit $code`

/** Wraps a program so that it ends with us: through the kernel, or through a shell that holds the other end of descriptor 3. */
export const guarded = (command: string, args: readonly string[], setpriv: boolean): readonly [string, readonly string[]] =>
  setpriv ? ['setpriv', ['--pdeathsig', 'INT', command, ...args]] : ['/bin/sh', ['-c', GUARD, 'postgres-guard', command, ...args]]

const works = async (program: Program) => (await runProgram(program)).code === 0

const idOfNobody = async (flag: '-u' | '-g') => Number((await runProgram({ command: 'id', args: [flag, 'nobody'] })).output.trim() || 65534)

/**
 * Finds a way to run `postgres` that works here: as ourselves; as root in a user namespace of its own, where files stay ours
 * and nothing on the machine changes; else as the user nobody.
 * @throws Error that names DATABASE_URL when none works
 */
export const unprivileged = async (postgres: string, isRoot = process.getuid?.() === 0): Promise<Unprivileged> => {
  const probe = ['--version'] as const
  const setpriv = process.platform === 'linux' && (await works({ command: 'setpriv', args: ['--pdeathsig', 'INT', 'true'] }))
  const plain = (user: Program['user']) => (command: string, args: readonly string[], whileWeLive?: boolean) => {
    const [outer, outerArgs] = whileWeLive ? guarded(command, args, setpriv) : [command, args]
    return { command: outer, args: outerArgs, user }
  }
  if (!isRoot) {
    const { code, output } = await runProgram(plain(undefined)(postgres, probe))
    if (code === 0) return { how: 'same user', owner: undefined, wrap: plain(undefined) }
    throw new Error(`The embedded PostgreSQL does not run on this machine: ${output.trim()}. Set DATABASE_URL to a PostgreSQL 15 or newer.`)
  }
  const namespaced = (command: string, args: readonly string[], whileWeLive?: boolean): Program => {
    const [inner, innerArgs] = whileWeLive ? guarded(command, args, setpriv) : [command, args]
    return { command: 'unshare', args: ['-U', '--map-user=65534', '--map-group=65534', inner, ...innerArgs] }
  }
  if (await works(namespaced(postgres, probe))) return { how: 'user namespace', owner: { uid: 0, gid: 0 }, wrap: namespaced }
  const nobody = { uid: await idOfNobody('-u'), gid: await idOfNobody('-g') }
  const { code, output } = await runProgram(plain(nobody)(postgres, probe))
  if (code === 0) return { how: 'nobody', owner: nobody, wrap: plain(nobody) }
  throw new Error(
    `The embedded PostgreSQL runs neither in a user namespace nor as the user nobody here (${output.trim()}). Start Voltway as an ordinary user, or set DATABASE_URL to a PostgreSQL 15 or newer.`,
  )
}
