import { checkEvseId } from '@voltway/vehicle'
import type { HighLevel } from './cable.ts'
import { HighLevelUnusable } from './high-level-unusable.ts'

/** `DE*VLT*E`, the identity without what an id has not, and the EVSE's number: 37 characters at most. */
const madeOf = (identity: string, number: number): string => `DE*VLT*E${identity.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, 20)}*${number}`

/**
 * The id of each EVSE, in the order of the numbers.
 * @throws HighLevelUnusable naming the option
 */
export const evseIdsOf = (identity: string, numbers: readonly number[], { evseIds }: Pick<HighLevel, 'evseIds'> = {}): readonly string[] =>
  numbers.map((number, index) => {
    const checked = checkEvseId(evseIds?.[index] ?? madeOf(identity, number), `highLevel.evseIds[${index}]`)
    if (!checked.ok) throw new HighLevelUnusable(checked.failure)
    return checked.value
  })
