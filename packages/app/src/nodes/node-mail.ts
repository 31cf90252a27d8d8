import type { NodeId } from '@voltway/store'
import { type Clock, type Milliseconds, milliseconds, type RandomBytes, uuidv7 } from '@voltway/units'
import type { Log } from '../log.ts'
import type { Asked } from './node.ts'
import type { NodeAnswer, NodeRequest } from './node-request.ts'
import { sealing } from './seal-letter.ts'

type Letter =
  | { readonly type: 'ask'; readonly id: string; readonly from: NodeId; readonly request: NodeRequest }
  | { readonly type: 'answer'; readonly id: string; readonly answer: NodeAnswer }

export interface NodeMailParts {
  readonly network: Clock
  readonly random: RandomBytes
  readonly log: Log
  readonly nodeKey: Uint8Array
  readonly self: () => NodeId
  readonly send: (to: NodeId, body: string) => Promise<void>
  /** Whether a sender's lease lasts: what a node wanted that has ended is not done any more. */
  readonly isLiving: (id: NodeId) => Promise<boolean>
}

/** Questions to other nodes and their answers, over letters that may get lost. */
export const createNodeMail = ({ network, random, log, nodeKey, self, send, isLiving }: NodeMailParts) => {
  const { seal, open } = sealing(nodeKey, random)
  const pending = new Map<string, { readonly to: NodeId; readonly end: (asked: Asked) => void }>()
  let answer: (request: NodeRequest) => Promise<NodeAnswer> = async () => ({ kind: 'gone' })
  let hungUp = false

  const post = (to: NodeId, letter: Letter) => send(to, seal(JSON.stringify(letter)))
  const read = (body: string): Letter | undefined => {
    try {
      return JSON.parse(open(body)) as Letter
    } catch (error) {
      log.warn('a letter to this node could not be read', { error: String(error) })
      return undefined
    }
  }
  const reply = async ({ id, from, request }: Extract<Letter, { readonly type: 'ask' }>) => {
    if (!(await isLiving(from))) return
    await post(from, { type: 'answer', id, answer: await answer(request) })
  }

  return {
    answerWith: (work: typeof answer) => {
      answer = work
    },
    ask: (to: NodeId, request: NodeRequest, withinMs: number): Promise<Asked> => {
      if (hungUp) return Promise.resolve({ kind: 'ended' })
      const id = uuidv7(network.now(), random)
      return new Promise((resolve) => {
        const end = (asked: Asked) => {
          cancel()
          pending.delete(id)
          resolve(asked)
        }
        const cancel = network.after(milliseconds(withinMs) as Milliseconds, () => end({ kind: 'silent' }))
        pending.set(id, { to, end })
        post(to, { type: 'ask', id, from: self(), request }).catch((error: unknown) => {
          log.warn('another node could not be asked', { error })
          end({ kind: 'silent' })
        })
      })
    },
    /** Takes a letter that has come. */
    take: (body: string) => {
      const letter = read(body)
      if (!letter) return
      if (letter.type === 'answer') return pending.get(letter.id)?.end(letter.answer)
      reply(letter).catch((error: unknown) => log.warn('what another node asked could not be answered', { error }))
    },
    /** A node has ended: nobody waits for its answers any more. */
    ended: (id: NodeId) => {
      for (const { to, end } of [...pending.values()]) if (to === id) end({ kind: 'ended' })
    },
    hangUp: () => {
      hungUp = true
      for (const { end } of [...pending.values()]) end({ kind: 'ended' })
    },
  }
}
