import { type SteeredSite, steerSite } from '@voltway/domain/planning/steering'
import type { SiteAnswer } from './site-planner.ts'
import { serveLine } from './worker-line.ts'

serveLine((site: SteeredSite): SiteAnswer => steerSite(site))
