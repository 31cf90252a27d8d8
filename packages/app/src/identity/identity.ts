import type { Result } from '@voltway/units'

export interface SignedIn {
  readonly userId: string
  readonly name: string
  readonly email: string
}

export interface NewUser {
  readonly name: string
  readonly email: string
  readonly password: string
}

/** Who people are, over all tenants; what they may do is in their memberships. */
export interface Identity {
  /** Answers the identity library's own addresses under /api/auth. */
  readonly handler: (request: Request) => Promise<Response>
  readonly sessionOf: (cookie: string) => Promise<SignedIn | undefined>
  readonly createUser: (user: NewUser) => Promise<Result<{ readonly userId: string }, 'EMAIL_TAKEN' | 'PASSWORD_REFUSED'>>
  readonly removeUser: (userId: string) => Promise<void>
  readonly close: () => Promise<void>
}
