// Coming in by mail and password; whoever has a badge scans it.
import { Alert, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../api/client'
import { useSession } from '../../app/useSession'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { Card } from './Card'
import { useComeIn } from './useComeIn'

export function SignInPage() {
  const { t, named } = useTexts()
  useTitle(t('come-in'))
  const comeIn = useComeIn()
  const { session } = useSession()
  const [mail, setMail] = useState('')
  const [password, setPassword] = useState('')
  const sent = api.useMutation('post', '/api/v1/session/password', { onSuccess: () => comeIn() })
  return (
    <Card title={t('come-in')} lead={named(session?.organisation)}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          sent.mutate({ body: { mail, password } })
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={t('mail')}
            type="email"
            autoComplete="username"
            required
            value={mail}
            onChange={(event) => setMail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password')}
            autoComplete="current-password"
            required
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
      <Text size="sm" c="dimmed">
        {t('come-in-help')}
      </Text>
    </Card>
  )
}

/** Why somebody does not come in, in their language. */
export function Refusal({ problem }: { problem: unknown }) {
  const { t } = useTexts()
  const code = (problem as { code?: string } | null)?.code ?? ''
  const known = ['wrong_credentials', 'too_many_attempts', 'weak_secret', 'link_gone']
  if (!known.includes(code)) return <Problem problem={problem} />
  return (
    <Alert color="red" variant="outline" className="paper" role="alert">
      {t(`refused-${code}`)}
    </Alert>
  )
}
