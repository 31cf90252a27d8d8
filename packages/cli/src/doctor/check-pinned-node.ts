import { findPinnedNode, LOWEST_NODE_MAJOR, majorOf } from '../../../../tools/bootstrap/pinned-node.mjs'
import { type Check, failed, passed } from './check.ts'

const NAME = 'pinned Node.js'

export const checkPinnedNode: Check = async ({ root }) => {
  const { pinned, why } = await findPinnedNode(root)
  if (pinned) return passed(NAME, `${pinned.version} runs`)
  if (majorOf(process.version) >= LOWEST_NODE_MAJOR) return passed(NAME, `${why}; the installed ${process.version} is used`)
  return failed(NAME, why, `run npm ci; if that does not help, install Node.js ${LOWEST_NODE_MAJOR} or newer.`)
}
