import { Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQueryClient } from '@tanstack/react-query'
import { api } from '@voltway/ui'
import { ProblemNote } from '../../components/problem.tsx'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'

/** In place of the screen that was asked for, which appears once somebody is known. */
export const SignIn = () => {
  const queries = useQueryClient()
  const form = useForm({ mode: 'uncontrolled', initialValues: { email: '', password: '' } })
  const signIn = useAction({
    run: (values: { readonly email: string; readonly password: string }) => api('POST', '/api/auth/sign-in/email', values),
    stale: [],
    quiet: true,
    onDone: () => void queries.resetQueries(),
  })
  return (
    <main className="c-entry">
      <form className="c-entry-card" onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <p className="c-brand">{t('app.name')}</p>
        <h1>{t('signIn.title')}</h1>
        <TextInput
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          required
          data-autofocus
          key={form.key('email')}
          {...form.getInputProps('email')}
        />
        <PasswordInput
          label={t('signIn.password')}
          autoComplete="current-password"
          required
          key={form.key('password')}
          {...form.getInputProps('password')}
        />
        {signIn.error && <ProblemNote error={signIn.error} title={t('do.failed')} />}
        <Button type="submit" loading={signIn.isPending}>
          {t('signIn.do')}
        </Button>
      </form>
    </main>
  )
}

/** A driver's account has nothing to see here. */
export const NotOperator = () => (
  <main className="c-entry">
    <div className="c-entry-card">
      <h1>{t('app.name')}</h1>
      <p>{t('signIn.notOperator')}</p>
      <Button variant="default" onClick={() => void api('POST', '/api/auth/sign-out', {}).finally(() => location.assign('/console/'))}>
        {t('shell.signOut')}
      </Button>
    </div>
  </main>
)
