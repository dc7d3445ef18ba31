// One's own account: password or PIN, and where one is in.
import { Button, Loader, Paper, PasswordInput, Stack, Table, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../api/client'
import { useSession } from '../../app/useSession'
import { moment } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { useTitle } from '../useTitle'
import { Refusal } from './SignInPage'
import { useComeIn } from './useComeIn'
import { useRoles } from './useRoles'

export function OwnPage() {
  const { t, language } = useTexts()
  useTitle(t('me-title'))
  const roles = useRoles()
  const queries = useQueryClient()
  const comeIn = useComeIn()
  const { session } = useSession()
  const { data } = api.useQuery('get', '/api/v1/me/sessions')
  const end = api.useMutation('delete', '/api/v1/me/sessions/{session}', {
    onSuccess: async () => {
      await queries.invalidateQueries()
    },
  })
  const password = api.useMutation('put', '/api/v1/me/password', { onSuccess: () => comeIn('/') })
  const pin = api.useMutation('put', '/api/v1/me/pin')
  const person = session?.person
  if (!person) return <Loader aria-label={t('loading')} />
  return (
    <Stack gap="lg" maw={760}>
      <div>
        <Title order={1} size="h2">
          {person.account.name}
        </Title>
        <Text mt={4}>{roles(person.account.grants)}</Text>
      </div>
      {person.account.has_password && (
        <ChangeSecret
          title={t('password-change')}
          note={t('password-change-note')}
          oldLabel={t('password-old')}
          newLabel={t('password-new')}
          rule={t('password-rule')}
          error={password.error}
          done={password.isSuccess}
          onSend={(body) => password.mutate({ body })}
        />
      )}
      {person.account.has_badge && (
        <ChangeSecret
          title={t('pin-change')}
          note=""
          oldLabel={t('pin-old')}
          newLabel={t('pin-new')}
          rule={t('pin-rule')}
          error={pin.error}
          done={pin.isSuccess}
          onSend={(body) => pin.mutate({ body })}
        />
      )}
      <Paper className="paper" withBorder p="lg" component="section" aria-labelledby="own-sessions">
        <Title order={2} size="h4" id="own-sessions">
          {t('me-sessions')}
        </Title>
        <Table.ScrollContainer
          minWidth={480}
          scrollAreaProps={{
            viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('me-sessions') },
          }}
        >
          <Table data-results="none">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('me-agent')}</Table.Th>
                <Table.Th>{t('me-seen')}</Table.Th>
                <Table.Th>{t('person-do')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data?.sessions.map((one) => (
                <Table.Tr key={one.id}>
                  <Table.Td>
                    <Text size="sm" lineClamp={2}>
                      {one.agent || '–'}
                    </Text>
                  </Table.Td>
                  <Table.Td>
                    {one.current ? t('me-current') : moment(language, one.seen_at)}
                  </Table.Td>
                  <Table.Td>
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => end.mutate({ params: { path: { session: one.id } } })}
                    >
                      {t('me-end')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
    </Stack>
  )
}

function ChangeSecret({
  title,
  note,
  oldLabel,
  newLabel,
  rule,
  error,
  done,
  onSend,
}: {
  title: string
  note: string
  oldLabel: string
  newLabel: string
  rule: string
  error: unknown
  done: boolean
  onSend: (body: { old: string; new: string }) => void
}) {
  const { t } = useTexts()
  const [before, setBefore] = useState('')
  const [after, setAfter] = useState('')
  const show = { 'aria-label': t('password-show') }
  return (
    <Paper className="paper" withBorder p="lg" component="section">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onSend({ old: before, new: after })
        }}
      >
        <Stack gap="sm" maw={420}>
          <Title order={2} size="h4">
            {title}
          </Title>
          {note && <Text size="sm">{note}</Text>}
          <PasswordInput
            label={oldLabel}
            required
            autoComplete="current-password"
            value={before}
            onChange={(event) => setBefore(event.currentTarget.value)}
            visibilityToggleButtonProps={show}
          />
          <PasswordInput
            label={newLabel}
            description={rule}
            required
            autoComplete="new-password"
            value={after}
            onChange={(event) => setAfter(event.currentTarget.value)}
            visibilityToggleButtonProps={show}
          />
          {Boolean(error) && <Refusal problem={error} />}
          {done && <Text role="status">{t('changed')}</Text>}
          <Button type="submit" style={{ alignSelf: 'flex-start' }}>
            {t('save')}
          </Button>
        </Stack>
      </form>
    </Paper>
  )
}
