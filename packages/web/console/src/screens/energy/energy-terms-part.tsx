import { Button, NumberInput, SimpleGrid, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { api } from '@voltway/ui'
import type { Site, SiteEnergy } from '../../api-types.ts'
import { Part } from '../../components/page.tsx'
import { faultAt, ProblemNote } from '../../components/problem.tsx'
import { siteEnergyQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'

type Field = number | string

/** As the form holds it: amperes, currency units and kW; empty is none. */
const draftOf = ({ phaseLimitsA, mostPauses, feedInPerKwhMicros, demandCharge, carbonSeries }: SiteEnergy) => ({
  L1: (phaseLimitsA?.[0] ?? '') as Field,
  L2: (phaseLimitsA?.[1] ?? '') as Field,
  L3: (phaseLimitsA?.[2] ?? '') as Field,
  pauses: (mostPauses ?? '') as Field,
  feedIn: (feedInPerKwhMicros === undefined ? '' : Number(feedInPerKwhMicros) / 1e6) as Field,
  demand: (demandCharge ? Number(demandCharge.perKwMicros) / 1e6 : '') as Field,
  peakKw: (demandCharge?.peakSoFarW === undefined ? '' : demandCharge.peakSoFarW / 1_000) as Field,
  carbonSeries: carbonSeries ?? '',
})
type Draft = ReturnType<typeof draftOf>

const PHASES = ['L1', 'L2', 'L3'] as const
const micros = (value: Field) => String(Math.round(Number(value) * 1e6))

/** What the API takes; stations stay as they are wired. */
const bodyOf = ({ pauses, feedIn, demand, peakKw, carbonSeries, ...phases }: Draft): SiteEnergy => ({
  ...(PHASES.every((phase) => phases[phase] !== '') && { phaseLimitsA: PHASES.map((phase) => Number(phases[phase])) }),
  ...(pauses !== '' && { mostPauses: Number(pauses) }),
  ...(feedIn !== '' && { feedInPerKwhMicros: micros(feedIn) }),
  ...(demand !== '' && { demandCharge: { perKwMicros: micros(demand), peakSoFarW: Math.round(Number(peakKw) * 1_000) } }),
  ...(carbonSeries.trim() !== '' && { carbonSeries: carbonSeries.trim() }),
})

const isPartial = (draft: Draft) => new Set(PHASES.map((phase) => draft[phase] === '')).size > 1

const TermsForm = ({ site, energy, readOnly }: { readonly site: Site; readonly energy: SiteEnergy; readonly readOnly: boolean }) => {
  const form = useForm({ initialValues: draftOf(energy) })
  const save = useAction({
    run: (draft: Draft) => api<SiteEnergy>('PUT', `/sites/${site.id}/energy`, bodyOf(draft)),
    stale: [['energy', site.id], ['plan', site.id], ['sites']],
    said: () => t('energy.terms.saved'),
  })
  const number = (name: Exclude<keyof Draft, 'carbonSeries'>) => ({
    ...form.getInputProps(name),
    hideControls: true,
    min: 0,
    disabled: readOnly,
  })
  const partial = isPartial(form.values) ? t('energy.terms.partial') : undefined
  return (
    <form className="c-surface" onSubmit={form.onSubmit((draft) => save.mutate(draft))}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
        {PHASES.map((phase) => (
          <NumberInput
            key={phase}
            {...number(phase)}
            label={t('energy.terms.phase', { phase })}
            error={partial ?? faultAt(save.error, 'phaseLimitsA')}
          />
        ))}
        <NumberInput {...number('pauses')} label={t('energy.terms.pauses')} />
        <NumberInput {...number('feedIn')} label={t('energy.terms.feedIn', { currency: site.currency })} />
        <NumberInput {...number('demand')} label={t('energy.terms.demand', { currency: site.currency })} />
        <NumberInput {...number('peakKw')} label={t('energy.terms.peak')} />
        <TextInput {...form.getInputProps('carbonSeries')} label={t('energy.terms.carbon')} disabled={readOnly} />
      </SimpleGrid>
      {save.error ? <ProblemNote error={save.error} /> : null}
      {!readOnly && (
        <Button type="submit" mt="md" loading={save.isPending} disabled={partial !== undefined || !form.isDirty()}>
          {t('energy.terms.save')}
        </Button>
      )}
    </form>
  )
}

/** What a site has beside its limit in W: currents by phase, pauses, feed-in, demand charge and carbon. */
export const EnergyTermsPart = ({ site }: { readonly site: Site }) => {
  const may = useScopes()
  const { data, error, refetch } = useQuery(siteEnergyQuery(site.id))
  return (
    <Part title={t('energy.terms')} hint={t('energy.terms.hint')}>
      {error && !data ? <ProblemNote error={error} onRetry={() => void refetch()} /> : null}
      {data && <TermsForm key={site.id} site={site} energy={data} readOnly={!may('stations:write')} />}
    </Part>
  )
}
