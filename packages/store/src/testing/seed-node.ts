import type { Database } from '../database/open-database.ts'
import { insertNode, type NodeId } from '../nodes/nodes.ts'
import { testId } from './seed-rows.ts'
import { testClock } from './test-clock.ts'

/** Enters a node, whose lease lasts until somebody ends it: links and commands need one. */
export const seedNode = async ({ directory }: Pick<Database, 'directory'>, name = 'test'): Promise<NodeId> => {
  const id = testId<'Node'>()
  await insertNode(directory, { id, name, secretCheck: '', leaseMs: 6_000, at: testClock.now() })
  return id
}
