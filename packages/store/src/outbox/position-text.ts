import type { OutboxPosition } from './outbox-event.ts'

/** `1234-56`: what a live stream gives as its event id. */
export const positionToText = ({ xid, position }: OutboxPosition) => `${xid}-${position}`

const TEXT = /^(\d{1,20})-(\d{1,16})$/

/** undefined when the text is no position, as a client may send anything. */
export const positionFromText = (text: string): OutboxPosition | undefined => {
  const [, xid, position] = TEXT.exec(text) ?? []
  if (xid === undefined || position === undefined) return undefined
  if (BigInt(xid) >= 2n ** 64n || !Number.isSafeInteger(Number(position))) return undefined
  return { xid, position: Number(position) }
}
