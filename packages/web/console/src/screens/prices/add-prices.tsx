import { Button, FileButton, Group, SegmentedControl, Textarea, TextInput } from '@mantine/core'
import { IconFileTypeCsv } from '@tabler/icons-react'
import { api, formatDateTime } from '@voltway/ui'
import { useMemo, useState } from 'react'
import { ProblemNote } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { type PriceFormat, type PriceText, type ReadPrice, readPrices } from './read-prices.ts'

/** What the API takes at a time. */
const AT_A_TIME = 5_000
const FAULTS_SHOWN = 5
const isZone = (timeZone: string) => {
  try {
    Temporal.Now.zonedDateTimeISO(timeZone)
    return true
  } catch {
    return false
  }
}

const Faults = ({ faults }: Pick<PriceText, 'faults'>) => (
  <div role="alert">
    <ul className="c-faults">
      {faults.slice(0, FAULTS_SHOWN).map(({ line, fault }) => (
        <li key={line}>{t('series.fault', { line, fault: t(`series.fault.${fault}`) })}</li>
      ))}
      {faults.length > FAULTS_SHOWN && <li>{t('series.moreFaults', { count: faults.length - FAULTS_SHOWN })}</li>}
    </ul>
  </div>
)

const save = async (name: string, prices: readonly ReadPrice[]) => {
  for (let from = 0; from < prices.length; from += AT_A_TIME)
    await api('PUT', `/price-series/${encodeURIComponent(name)}`, { items: prices.slice(from, from + AT_A_TIME) })
  return prices
}

export interface AddPricesProps {
  readonly name: string
  readonly timeZone: string
  /** With the first instant of what was saved. */
  readonly onSaved: (first: string) => void
}

/** Prices pasted or from a file, read as one types, and saved when every line could be. */
export const AddPrices = ({ name, timeZone, onSaved }: AddPricesProps) => {
  const [text, setText] = useState('')
  const [zone, setZone] = useState(timeZone)
  const [per, setPer] = useState<PriceFormat['per']>('kWh')
  const [unread, setUnread] = useState(false)
  const zoneIsGood = isZone(zone)
  const { prices, faults } = useMemo<PriceText>(
    () => (zoneIsGood ? readPrices(text, { timeZone: zone, per }) : { prices: [], faults: [] }),
    [text, zone, per, zoneIsGood],
  )
  const [first, last] = [prices[0], prices.at(-1)]
  const put = useAction({
    run: () => save(name, prices),
    stale: [['prices']],
    said: ({ length }) => t('series.saved', { count: length }),
    quiet: true,
    onDone: () => {
      setText('')
      if (first) onSaved(first.from)
    },
  })
  const readFile = (file: File | null) => {
    setUnread(false)
    file?.text().then(setText, () => setUnread(true))
  }
  return (
    <form
      className="c-surface c-form"
      onSubmit={(event) => {
        event.preventDefault()
        put.mutate()
      }}
    >
      <div className="c-fields">
        <TextInput
          label={t('series.zone')}
          value={zone}
          onChange={({ currentTarget }) => setZone(currentTarget.value)}
          error={zoneIsGood ? undefined : t('series.zoneWrong')}
        />
        <div>
          <span className="c-label" id="per">
            {t('series.per')}
          </span>
          <SegmentedControl
            aria-labelledby="per"
            value={per}
            onChange={(next) => setPer(next === 'MWh' ? 'MWh' : 'kWh')}
            data={['kWh', 'MWh']}
          />
        </div>
      </div>
      <Textarea
        label={t('series.text')}
        placeholder={t('series.placeholder')}
        autosize
        minRows={5}
        maxRows={14}
        spellCheck={false}
        classNames={{ input: 'vw-mono' }}
        value={text}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      {unread && <p role="alert">{t('series.fileFailed')}</p>}
      {faults.length > 0 && <Faults faults={faults} />}
      {put.error && <ProblemNote error={put.error} title={t('do.failed')} />}
      <Group justify="space-between">
        <FileButton accept=".csv,.txt,.tsv,text/csv,text/plain" onChange={readFile}>
          {(props) => (
            <Button {...props} variant="default" leftSection={<IconFileTypeCsv size={16} aria-hidden />}>
              {t('series.file')}
            </Button>
          )}
        </FileButton>
        <span role="status" className="c-sub">
          {first &&
            last &&
            t('series.preview', { count: prices.length, from: formatDateTime(first.from, zone), to: formatDateTime(last.to, zone) })}
        </span>
        <Button type="submit" loading={put.isPending} disabled={prices.length === 0 || faults.length > 0}>
          {prices.length === 0 ? t('series.saveNone') : t('series.save', { count: prices.length })}
        </Button>
      </Group>
    </form>
  )
}
