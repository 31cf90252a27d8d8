/** What a session must have been billed for. */
export interface EndedSession {
  readonly importWh: number
}

/** What stations said and what they were answered: kept outside of everything that is killed. */
export interface Book {
  /** Fact keys, before the CALL leaves. */
  readonly sent: Set<string>
  /** Fact keys whose CALL was answered with a CALLRESULT. */
  readonly acknowledged: Set<string>
  /** Sessions whose end was acknowledged, by session key. */
  readonly ended: Map<string, EndedSession>
}

export const newBook = (): Book => ({ sent: new Set(), acknowledged: new Set(), ended: new Map() })
