// Who is in: their roles, their own page, going out; in the demo, looking as somebody else.
import { Button, Menu, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'

import { api } from '../api/client'
import { useRoles } from '../pages/people/useRoles'
import { useTexts } from '../text/LanguageProvider'
import { useSession } from './useSession'

export function PersonMenu() {
  const { t } = useTexts()
  const roles = useRoles()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const { session } = useSession()
  const anew = async () => {
    await queries.resetQueries()
    await navigate({ to: '/' })
  }
  const look = api.useMutation('post', '/api/v1/session/demo', { onSuccess: anew })
  const out = api.useMutation('delete', '/api/v1/session', { onSuccess: anew })
  const person = session?.person
  if (!person) return null
  const short = person.account.name.split(' ')[0]
  return (
    <Menu position="bottom-end" width={300} withinPortal>
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          aria-label={t('person-menu', { name: person.account.name })}
        >
          {short}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)">
            {person.account.name}
          </Text>
          {roles(person.account.grants)}
        </Menu.Label>
        {person.door && (
          <Menu.Item component={Link} to="/me">
            {t('me-title')}
          </Menu.Item>
        )}
        {person.door && <Menu.Item onClick={() => out.mutate({})}>{t('go-out')}</Menu.Item>}
        {session.demo && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('demo-look-as')}</Menu.Label>
            {session.demo_people
              ?.filter((one) => one.id !== person.account.id)
              .map((one) => (
                <Menu.Item key={one.id} onClick={() => look.mutate({ body: { account: one.id } })}>
                  <Text size="sm">{one.name}</Text>
                  <Text size="xs" c="dimmed">
                    {roles(one.grants)}
                  </Text>
                </Menu.Item>
              ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
