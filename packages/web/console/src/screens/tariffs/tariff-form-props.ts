import type { TariffDraft } from './tariff-draft.ts'

/** What every part of the tariff's form gets. */
export interface TariffFormProps {
  readonly draft: TariffDraft
  readonly onChange: (draft: TariffDraft) => void
  readonly error: Error | null
}
