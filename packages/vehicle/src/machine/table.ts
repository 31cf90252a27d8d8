/**
 * What every state does with every message: the states it may lead to, its own among them where the message may come again.
 * None: the message is refused there.
 */
export type Table<State extends string, Message extends string> = Readonly<Record<State, Readonly<Record<Message, readonly State[]>>>>

/** A row that refuses everything, to be spread. */
export const refusing = <State extends string, Message extends string>(
  messages: readonly Message[],
): Readonly<Record<Message, readonly State[]>> =>
  Object.fromEntries(messages.map((message): [Message, readonly State[]] => [message, []])) as Record<Message, readonly State[]>

/** The table as a Mermaid state diagram, for the docs; messages that lead back to their own state are shown as such. */
export const tableDiagram = <State extends string, Message extends string>(table: Table<State, Message>, initial: State): string => {
  const rows = Object.entries(table) as [State, Readonly<Record<Message, readonly State[]>>][]
  const edges = rows.flatMap(([from, row]) => {
    const arrows = (Object.entries(row) as [Message, readonly State[]][]).flatMap(([message, targets]) =>
      targets.map((to) => ({ to, message })),
    )
    if (arrows.length === 0) return [`  ${from} --> [*]`]
    return [...Map.groupBy(arrows, ({ to }) => to)].map(
      ([to, one]) => `  ${from} --> ${to}: ${one.map(({ message }) => message).join(', ')}`,
    )
  })
  return ['stateDiagram-v2', `  [*] --> ${initial}`, ...edges].join('\n')
}
