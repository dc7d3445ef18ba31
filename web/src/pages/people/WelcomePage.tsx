// A link that works once: the first administrator says who they are, others choose a password.
import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../api/client'
import { useSession } from '../../app/useSession'
import { useTexts } from '../../text/LanguageProvider'
import { useTitle } from '../useTitle'
import { Card } from './Card'
import { Refusal } from './SignInPage'
import { useComeIn } from './useComeIn'

export function WelcomePage() {
  const { t } = useTexts()
  useTitle(t('welcome-title'))
  const comeIn = useComeIn()
  const { session } = useSession()
  const isFirst = session?.state === 'first_start'
  // The fragment never leaves the browser; read once, then gone from the address.
  const [token] = useState(() => window.location.hash.slice(1))
  const [name, setName] = useState('')
  const [mail, setMail] = useState('')
  const [password, setPassword] = useState('')
  const sent = api.useMutation('post', '/api/v1/session/link', { onSuccess: () => comeIn('/') })
  if (!token) return <Card title={t('welcome-title')} lead={t('welcome-no-token')} />
  return (
    <Card title={t('welcome-title')} lead={t(isFirst ? 'welcome-first' : 'welcome-again')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          sent.mutate({ body: { token, password, ...(isFirst && { name, mail }) } })
        }}
      >
        <Stack gap="sm">
          {isFirst && (
            <>
              <TextInput
                label={t('person-name')}
                autoComplete="name"
                required
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <TextInput
                label={t('mail')}
                type="email"
                autoComplete="username"
                required
                value={mail}
                onChange={(event) => setMail(event.currentTarget.value)}
              />
            </>
          )}
          <PasswordInput
            label={t('password-new')}
            description={t('password-rule')}
            autoComplete="new-password"
            required
            minLength={12}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('password-show') }}
          />
          {sent.error && <Refusal problem={sent.error} />}
          <Button type="submit" loading={sent.isPending}>
            {t('come-in')}
          </Button>
        </Stack>
      </form>
    </Card>
  )
}
