import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { api } from '@voltway/ui'
import { faultAt, ProblemNote } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'

interface SetUp {
  readonly organisation: string
  readonly name: string
  readonly email: string
  readonly password: string
}
const route = getRouteApi('/setup')

/** The one-time link of the first start: an organisation and its owner. */
export const SetUpScreen = () => {
  const { token = '' } = route.useSearch()
  const check = useQuery({
    queryKey: ['setup', token],
    queryFn: () => api<{ readonly due: boolean }>('GET', `/setup?token=${encodeURIComponent(token)}`),
    retry: false,
  })
  const form = useForm({ initialValues: { organisation: '', name: '', email: '', password: '' } })
  const setUp = useAction({
    run: async (values: SetUp) => {
      await api('POST', '/setup', { token, ...values })
      await api('POST', '/api/auth/sign-in/email', { email: values.email, password: values.password })
    },
    stale: [['me']],
    quiet: true,
    onDone: () => location.assign('/console/'),
  })
  const fault = (path: string) => ({ error: faultAt(setUp.error, path) })
  if (check.isError)
    return (
      <main className="c-entry">
        <div className="c-entry-card">
          <h1>{t('setUp.refused')}</h1>
          <p>{t('setUp.refusedHint')}</p>
          <a href="/console/">{t('setUp.signIn')}</a>
        </div>
      </main>
    )
  return (
    <main className="c-entry">
      <form className="c-entry-card" onSubmit={form.onSubmit((values) => setUp.mutate(values))}>
        <p className="c-brand">{t('app.name')}</p>
        <h1>{t('setUp.title')}</h1>
        <p>{t('setUp.intro')}</p>
        <TextInput label={t('setUp.organisation')} required {...form.getInputProps('organisation')} {...fault('organisation')} />
        <TextInput label={t('setUp.name')} autoComplete="name" required {...form.getInputProps('name')} {...fault('name')} />
        <TextInput
          label={t('setUp.email')}
          type="email"
          autoComplete="username"
          required
          {...form.getInputProps('email')}
          {...fault('email')}
        />
        <PasswordInput
          label={t('setUp.password')}
          description={t('setUp.passwordHint')}
          autoComplete="new-password"
          minLength={12}
          required
          {...form.getInputProps('password')}
          {...fault('password')}
        />
        {setUp.error && <ProblemNote error={setUp.error} title={t('do.failed')} />}
        <Button type="submit" loading={setUp.isPending} disabled={check.isPending}>
          {t('setUp.do')}
        </Button>
      </form>
    </main>
  )
}
