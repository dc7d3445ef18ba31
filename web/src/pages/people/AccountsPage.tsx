// Everybody, and what they may do; a new person; a link or a badge for each.
import { Button, Group, Loader, Paper, Stack, Table, Text, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { AccountForm } from './AccountForm'
import { WayIn } from './WayIn'
import { useRoles } from './useRoles'

type Account = Schemas['AccountView']

export function AccountsPage() {
  const { t } = useTexts()
  useTitle(t('nav-people'))
  const roles = useRoles()
  const queries = useQueryClient()
  const { data, error } = api.useQuery('get', '/api/v1/accounts')
  const [open, setOpen] = useState<{ account?: Account; what: 'form' | 'way' } | null>(null)
  const changed = async () => {
    await queries.invalidateQueries({ queryKey: ['get', '/api/v1/accounts'] })
  }
  const change = api.useMutation('patch', '/api/v1/accounts/{account}', { onSuccess: changed })
  if (error) return <Problem problem={error} />
  if (!data) return <Loader aria-label={t('loading')} />
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {t('nav-people')}
          </Title>
          <Text mt={4}>{t('people-lead')}</Text>
        </div>
        <Button onClick={() => setOpen({ what: 'form' })}>{t('people-new')}</Button>
      </Group>
      {open?.what === 'form' && (
        <AccountForm
          key={open.account?.id ?? 'new'}
          account={open.account}
          onDone={async (account) => {
            await changed()
            setOpen(open.account ? null : { account, what: 'way' })
          }}
          onCancel={() => setOpen(null)}
        />
      )}
      {open?.what === 'way' && open.account && (
        <WayIn
          key={open.account.id}
          account={open.account}
          onMade={changed}
          onDone={() => setOpen(null)}
        />
      )}
      {change.error && <Problem problem={change.error} />}
      <Paper className="paper" withBorder p="md">
        <Table.ScrollContainer
          minWidth={760}
          scrollAreaProps={{
            viewportProps: { tabIndex: 0, role: 'group', 'aria-label': t('nav-people') },
          }}
        >
          <Table data-results="none">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('person-name')}</Table.Th>
                <Table.Th>{t('person-roles')}</Table.Th>
                <Table.Th>{t('person-ways')}</Table.Th>
                <Table.Th>{t('person-do')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {data.accounts.map((account) => (
                <Table.Tr key={account.id}>
                  <Table.Td>
                    {account.name}
                    <Text size="sm" c="dimmed">
                      {account.mail}
                    </Text>
                  </Table.Td>
                  <Table.Td>{roles(account.grants)}</Table.Td>
                  <Table.Td>
                    {[
                      !account.active && t('person-closed'),
                      account.has_password && t('password'),
                      account.has_badge && t('badge'),
                      !account.has_password && !account.has_badge && t('way-none'),
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </Table.Td>
                  <Table.Td className="nowrap">
                    <Group gap={4} wrap="nowrap">
                      <Do
                        label={t('person-change')}
                        about={account.name}
                        onClick={() => setOpen({ account, what: 'form' })}
                      />
                      <Do
                        label={t('way-in')}
                        about={account.name}
                        onClick={() => setOpen({ account, what: 'way' })}
                      />
                      <Do
                        label={t(account.active ? 'person-close' : 'person-open')}
                        about={account.name}
                        onClick={() =>
                          change.mutate({
                            params: { path: { account: account.id } },
                            body: { active: !account.active },
                          })
                        }
                      />
                    </Group>
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

function Do({ label, about, onClick }: { label: string; about: string; onClick: () => void }) {
  return (
    <Button size="compact-sm" variant="default" aria-label={`${label}: ${about}`} onClick={onClick}>
      {label}
    </Button>
  )
}
