import { endNode, forgetNodes, isListening, otherNodes } from '@voltway/store'
import { DAY, epochMs } from '@voltway/units'
import { StartFailure } from '../start-failure.ts'
import type { NodeParts } from './node-parts.ts'

const KEPT = 30 * DAY

/**
 * Before this process is a node: the one of the same name that it follows, and whoever was there before the database began, have no
 * lease any more. Others are left to be judged over time.
 * @throws StartFailure when a node that lives has another secret
 */
export const endPredecessors = async ({ db, network, name, secretCheck, isFirst }: NodeParts): Promise<void> => {
  for (const other of await otherNodes(db.directory, undefined)) {
    if (other.endedAt !== null) continue
    if (await isListening(db.directory, other.number)) {
      if (other.secretCheck === secretCheck) continue
      throw new StartFailure(
        `VOLTWAY_SECRET is not that of node ${other.name}, which serves this database.`,
        'give every node the same VOLTWAY_SECRET, or copy the file "secret" of its data directory',
        undefined,
      )
    }
    const { id, renewals } = other
    if (isFirst || other.name === name) await endNode(db.directory, { id, renewals, at: network.now(), reason: 'was started again' })
  }
  await forgetNodes(db.directory, epochMs(network.now() - KEPT))
}
