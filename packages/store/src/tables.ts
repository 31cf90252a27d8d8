import type { BillingTables } from './tables/billing-tables.ts'
import type { CertificateTables } from './tables/certificate-tables.ts'
import type { DriverTables } from './tables/driver-tables.ts'
import type { FactTables } from './tables/fact-tables.ts'
import type { OutboxTables } from './tables/outbox-tables.ts'
import type { PlanningTables } from './tables/planning-tables.ts'
import type { SessionTables } from './tables/session-tables.ts'
import type { StationTables } from './tables/station-tables.ts'
import type { TariffTables } from './tables/tariff-tables.ts'
import type { TenancyTables } from './tables/tenancy-tables.ts'

/** Every table of schema voltway as Kysely knows it: the column types are what the driver gives after our parsers. */
export interface Tables
  extends TenancyTables,
    TariffTables,
    StationTables,
    DriverTables,
    CertificateTables,
    FactTables,
    SessionTables,
    BillingTables,
    PlanningTables,
    OutboxTables {}

/** The tables without row-level security: what must be found before a tenant is known. */
export type DirectoryTables = Pick<Tables, 'voltway.tenant' | 'voltway.station_directory' | 'voltway.membership' | 'voltway.api_key'>
