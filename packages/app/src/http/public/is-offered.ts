import type { SiteRow } from '@voltway/store'

/** Whether a site is shown and offered to drivers and strangers; at the others only a card opens a session. */
export const isOffered = ({ access }: Pick<SiteRow, 'access'>): boolean => access === 'public'
