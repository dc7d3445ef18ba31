// What the QR code on a badge opens: the PIN, and in.
import { Button, PasswordInput, Stack } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../api/client'
import { useTexts } from '../../text/LanguageProvider'
import { useTitle } from '../useTitle'
import { Card } from './Card'
import { Refusal } from './SignInPage'
import { useComeIn } from './useComeIn'

export function BadgePage() {
  const { t } = useTexts()
  useTitle(t('badge-title'))
  const comeIn = useComeIn()
  const [badge] = useState(() => window.location.hash.slice(1))
  const [pin, setPin] = useState('')
  const sent = api.useMutation('post', '/api/v1/session/badge', { onSuccess: () => comeIn('/') })
  if (!badge) return <Card title={t('badge-title')} lead={t('badge-scan')} />
  return (
    <Card title={t('badge-title')} lead={t('badge-lead')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          sent.mutate({ body: { badge, pin } })
        }}
      >
        <Stack gap="sm">
          <PasswordInput
            label={t('pin')}
            inputMode="numeric"
            autoComplete="off"
            required
            value={pin}
            onChange={(event) => setPin(event.currentTarget.value)}
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
