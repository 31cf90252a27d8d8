import type { Output } from './machine.ts'

/** So many different ones are told in a session, at most: a peer cannot fill a log. */
const MOST = 32

/** Lets each deviation through once in a session. @returns what is known from now on, and the outputs without those known before */
export const toldOnce = <Told>(
  known: readonly string[],
  outputs: readonly Output<Told>[],
): { readonly known: readonly string[]; readonly outputs: readonly Output<Told>[] } => {
  if (!outputs.some(({ kind }) => kind === 'deviation')) return { known, outputs }
  const told = [...known]
  const left = outputs.filter((output) => {
    if (output.kind !== 'deviation') return true
    const { code, message, what } = output.deviation
    const name = [code, message, what].join(' ')
    if (told.includes(name) || told.length >= MOST) return false
    told.push(name)
    return true
  })
  return { known: told, outputs: left }
}
