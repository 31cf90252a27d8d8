import { insertNode, type NodeChannel, type NodeChannelParts, type NodeId, openNodeChannel } from '@voltway/store'
import { type EpochMs, uuidv7 } from '@voltway/units'
import type { NodeParts } from './node-parts.ts'

export interface Lease {
  readonly id: NodeId
  readonly channel: NodeChannel
  /** When the newest renewal that was kept left us, in real time: others count from later. */
  renewedAt: EpochMs
}

/** Enters this process as a node and listens for it. */
export const takeLease = async (
  { db, network, random, log, name, leaseMs, secretCheck }: NodeParts,
  hearing: Pick<NodeChannelParts, 'onMail' | 'onWake' | 'onNodes'>,
): Promise<Lease> => {
  const at = network.now()
  const id = uuidv7<'Node'>(at, random)
  const number = await insertNode(db.directory, { id, name, secretCheck, leaseMs, at })
  const channel = await openNodeChannel({
    ...hearing,
    connectionString: db.connectionString,
    directory: db.directory,
    id,
    number,
    network,
    log: (line) => log.warn(line, { part: 'nodes' }),
  })
  return { id, channel, renewedAt: at }
}
