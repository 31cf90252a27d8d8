import { appProtocol } from '@voltway/wire/iso15118'
import type { AppProtocol } from './app-protocol.ts'

type Offered = appProtocol.AppProtocolType
type Answer = appProtocol.SupportedAppProtocolResType

/** What an SECC answers, and the entry of `mine` that was chosen. */
export interface Negotiated<Mine> {
  readonly answer: Answer
  readonly chosen: Mine | undefined
}

/**
 * The SECC's choice: of what both ends speak with the same major version, what the car likes best. V2G2-169, V2G20-169.
 * Another minor version is a deviation, not a refusal; the order of the list means nothing.
 */
export const negotiate = <Mine extends AppProtocol>(offered: readonly Offered[], mine: readonly Mine[]): Negotiated<Mine> => {
  const both = offered
    .flatMap((theirs) =>
      mine
        .filter(({ namespace, major }) => namespace === theirs.ProtocolNamespace && major === theirs.VersionNumberMajor)
        .map((ours) => ({ theirs, ours })),
    )
    .sort((a, b) => a.theirs.Priority - b.theirs.Priority)
  const [best] = both
  if (best === undefined) return { answer: { ResponseCode: 'Failed_NoNegotiation' }, chosen: undefined }
  const exact = best.theirs.VersionNumberMinor === best.ours.minor
  return {
    answer: {
      ResponseCode: exact ? 'OK_SuccessfulNegotiation' : 'OK_SuccessfulNegotiationWithMinorDeviation',
      SchemaID: best.theirs.SchemaID,
    },
    chosen: best.ours,
  }
}

/** The car's list: at most twenty entries, the first is the one it likes best. SchemaID is the place in the list, from 1. */
export const offerOf = (mine: readonly AppProtocol[]): readonly Offered[] =>
  mine.slice(0, 20).map(({ namespace, major, minor }, index) => ({
    ProtocolNamespace: namespace,
    VersionNumberMajor: major,
    VersionNumberMinor: minor,
    SchemaID: index + 1,
    Priority: index + 1,
  }))

/** Which of its own entries a car was answered; undefined when none. A station with one choice may leave SchemaID out. */
export const chosenOf = <Mine extends AppProtocol>(answer: Answer, mine: readonly Mine[]): Mine | undefined => {
  if (answer.ResponseCode === 'Failed_NoNegotiation') return undefined
  if (answer.SchemaID === undefined) return mine.length === 1 ? mine[0] : undefined
  return mine[answer.SchemaID - 1]
}

export const { document: appProtocolCodec } = appProtocol.codec
