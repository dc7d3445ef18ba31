// A person's name, address and roles. A role says where it holds.
import { Button, Group, NativeSelect, Paper, Stack, TextInput, Title } from '@mantine/core'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { ROLES } from './useRoles'

type Account = Schemas['AccountView']
type Grant = Schemas['GrantView']

/** Roles that hold in a unit; an analyst and the works council may be limited to one. */
const WITH_UNIT = ['lead', 'member', 'analyst', 'works_council', 'administrator']
const NEED_UNIT = ['lead', 'member']

export function AccountForm({
  account,
  onDone,
  onCancel,
}: {
  account?: Account
  onDone: (account: Account) => Promise<void>
  onCancel: () => void
}) {
  const { t, named } = useTexts()
  const [name, setName] = useState(account?.name ?? '')
  const [mail, setMail] = useState(account?.mail ?? '')
  const [grants, setGrants] = useState<Grant[]>(account?.grants ?? [{ role: 'member' }])
  const { data: units } = api.useQuery('get', '/api/v1/units')
  const { data: foundation } = api.useQuery('get', '/api/v1/foundation')
  const create = api.useMutation('post', '/api/v1/accounts', { onSuccess: onDone })
  const change = api.useMutation('patch', '/api/v1/accounts/{account}', { onSuccess: onDone })
  const teams = foundation?.objects.filter((one) => one.kind === 'team') ?? []
  const set = (at: number, grant: Grant) =>
    setGrants((before) => before.map((one, index) => (index === at ? grant : one)))
  return (
    <Paper className="paper" withBorder p="lg" component="section" aria-labelledby="account-form">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (account) {
            change.mutate({
              params: { path: { account: account.id } },
              body: { name, mail, grants },
            })
          } else {
            create.mutate({ body: { name, mail: mail.trim() || undefined, grants } })
          }
        }}
      >
        <Stack gap="sm" maw={640}>
          <Title order={2} size="h4" id="account-form">
            {account ? account.name : t('people-new')}
          </Title>
          <TextInput
            label={t('person-name')}
            required
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('mail')}
            description={t('mail-none')}
            type="email"
            value={mail}
            onChange={(event) => setMail(event.currentTarget.value)}
          />
          {grants.map((grant, at) => (
            <Group key={at} gap="xs" align="flex-end">
              <NativeSelect
                label={t('role')}
                value={grant.role}
                onChange={(event) => set(at, { role: event.currentTarget.value })}
                data={ROLES.map((role) => ({ value: role, label: t(`role-${role}`) }))}
              />
              {WITH_UNIT.includes(grant.role) && (
                <NativeSelect
                  label={t('unit')}
                  required={NEED_UNIT.includes(grant.role)}
                  value={grant.unit ?? ''}
                  onChange={(event) =>
                    set(at, { role: grant.role, unit: event.currentTarget.value || undefined })
                  }
                  data={[
                    {
                      value: '',
                      label: t(NEED_UNIT.includes(grant.role) ? 'choose' : 'everywhere'),
                    },
                    ...(units?.units ?? []).map((unit) => ({
                      value: unit.id,
                      label: named(unit.title),
                    })),
                  ]}
                />
              )}
              {grant.role === 'designer' && (
                <NativeSelect
                  label={t('team')}
                  required
                  value={grant.team ?? ''}
                  onChange={(event) =>
                    set(at, { role: grant.role, team: event.currentTarget.value || undefined })
                  }
                  data={[
                    { value: '', label: t('choose') },
                    ...teams.map((team) => ({ value: team.id, label: named(team.title) })),
                  ]}
                />
              )}
              <Button
                variant="default"
                onClick={() => setGrants((before) => before.filter((_, index) => index !== at))}
              >
                {t('role-remove')}
              </Button>
            </Group>
          ))}
          <Button
            variant="default"
            style={{ alignSelf: 'flex-start' }}
            onClick={() => setGrants((before) => [...before, { role: 'member' }])}
          >
            {t('role-add')}
          </Button>
          {(create.error || change.error) && <Problem problem={create.error ?? change.error} />}
          <Group gap="xs">
            <Button type="submit" loading={create.isPending || change.isPending}>
              {t('save')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
