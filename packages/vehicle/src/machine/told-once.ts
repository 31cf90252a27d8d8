import type { Deviation } from './deviation.ts'
import type { Output } from './machine.ts'
import type { StationTold } from './station-words.ts'

type DeviationOutput = Extract<Output<never>, { kind: 'deviation' }>

export const deviated = (deviations: readonly Deviation[]): readonly DeviationOutput[] =>
  deviations.map((deviation) => ({ kind: 'deviation', deviation }))

/** A contract that the station is asked about although its car did not prove that it holds the key: only by policy. */
export const unproven = (message: string, outputs: readonly Output<StationTold>[]): readonly Deviation[] =>
  outputs.some(
    (output) =>
      output.kind === 'tell' &&
      output.told.told === 'authoriseWanted' &&
      output.told.by.by === 'contract' &&
      !output.told.by.challengeChecked,
  )
    ? [{ code: 'unsignedAuthorization', message, what: 'the challenge is not signed by the key of the contract' }]
    : []

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
