import type { SiteRow } from '@voltway/store'
import { Problem } from '../problems.ts'
import { isOffered } from './is-offered.ts'

/** A connector of a site that is not offered does not exist for drivers and strangers. @throws Problem NOT_FOUND */
export const requireOffered = (site: Pick<SiteRow, 'access'>): void => {
  if (!isOffered(site)) throw new Problem('NOT_FOUND', 'There is no such connector.')
}
