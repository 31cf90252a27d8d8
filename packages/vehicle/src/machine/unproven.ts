import type { Deviation } from './deviation.ts'
import type { Output } from './machine.ts'
import type { StationTold } from './station-words.ts'

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
