// How somebody comes in for the first time: a link to choose a password with, or a badge to
// print. Both are shown once; the server keeps their hash only.
import { Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'

export function WayIn({
  account,
  onMade,
  onDone,
}: {
  account: Schemas['AccountView']
  /** The account has a way in now. */
  onMade: () => Promise<void>
  onDone: () => void
}) {
  const { t } = useTexts()
  const params = { path: { account: account.id } }
  const link = api.useMutation('post', '/api/v1/accounts/{account}/link')
  const badge = api.useMutation('post', '/api/v1/accounts/{account}/badge', { onSuccess: onMade })
  return (
    <Paper className="paper" withBorder p="lg" component="section" aria-labelledby="way-in">
      <Stack gap="sm">
        <Title order={2} size="h4" id="way-in">
          {t('way-in-of', { name: account.name })}
        </Title>
        <Text size="sm">{t('way-in-lead')}</Text>
        <Group gap="xs">
          {account.mail && (
            <Button onClick={() => link.mutate({ params })} loading={link.isPending}>
              {t('way-link')}
            </Button>
          )}
          <Button
            variant={account.mail ? 'default' : 'filled'}
            loading={badge.isPending}
            onClick={() => badge.mutate({ params, body: { origin: window.location.origin } })}
          >
            {t('way-badge')}
          </Button>
          <Button variant="default" onClick={onDone}>
            {t('close')}
          </Button>
        </Group>
        {(link.error || badge.error) && <Problem problem={link.error ?? badge.error} />}
        {link.data && (
          <div role="status">
            <Text size="sm">{t('way-link-made')}</Text>
            <Code block tabIndex={0}>
              {window.location.origin + link.data.path}
            </Code>
          </div>
        )}
        {badge.data && (
          <div role="status" className="badge-card">
            <Text fw={600}>{account.name}</Text>
            <img
              src={`data:image/svg+xml;utf8,${encodeURIComponent(badge.data.qr)}`}
              alt={t('badge-qr')}
              width={220}
              height={220}
            />
            <Text>{t('badge-pin', { pin: badge.data.pin })}</Text>
            <Text size="sm" c="dimmed">
              {t('badge-print')}
            </Text>
          </div>
        )}
      </Stack>
    </Paper>
  )
}
