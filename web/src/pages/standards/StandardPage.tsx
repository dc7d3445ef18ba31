// One standard: what is promised, how delivery keeps to it, in which ways it deviates, what came
// on top, and how it came to be.
import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'

import { api } from '../../api/client'
import type { StandardSearch } from '../../app/router'
import { useSession } from '../../app/useSession'
import { percent } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { Consistency } from './Consistency'
import { standardOf } from './content'
import { Delivery } from './Delivery'
import { Deviations } from './Deviations'
import { Keepers } from './Keepers'
import { WhatCustomersSaid } from './extras/WhatCustomersSaid'
import { Photos } from './photos/Photos'
import { JudgedAgain } from './JudgedAgain'
import { Picture } from './Picture'
import { RequirementView } from './RequirementView'
import { useNames } from './useNames'
import { Versions } from './Versions'
import { Waiting } from './Waiting'

export function StandardPage() {
  const { t, named, language } = useTexts()
  const { id } = useParams({ strict: false }) as { id: string }
  const search = useSearch({ strict: false }) as StandardSearch
  const navigate = useNavigate()
  const choose = (change: StandardSearch) =>
    void navigate({
      to: '/standards/$id',
      params: { id },
      search: { ...search, ...change },
      resetScroll: false,
    })
  const names = useNames()
  const { may } = useSession()
  const { data, error } = api.useQuery('get', '/api/v1/standards/{standard}', {
    params: { path: { standard: id } },
  })
  const content = standardOf(data?.content)
  useTitle(named(content?.title) || t('nav-standards'))
  if (error) return <Problem problem={error} />
  if (!data || !content || !names.ready) return <Waiting />
  const extras = content.latitude?.extras ?? []
  const steps = content.requirement.kind === 'sequence' ? content.requirement.steps : undefined
  return (
    <Stack gap="xl" maw={1080}>
      <Paper className="paper" withBorder p={{ base: 'md', sm: 'lg' }}>
        <Group align="flex-start" gap="lg" wrap="wrap">
          {data.picture && (
            <Picture
              source={data.picture}
              kind={content.requirement.kind}
              steps={steps}
              size={168}
            />
          )}
          <Stack gap="xs" style={{ flex: '1 1 320px', minWidth: 0 }}>
            <Text size="sm" c="dimmed">
              {names.name('touchpoint', content.touchpoint)} · {t(`dimension-${content.dimension}`)}
            </Text>
            <Title order={1} size="h2">
              {named(content.title)}
            </Title>
            <Text>
              {t('owes-sentence', {
                by: names.name('party', content.owed_by),
                to: names.name('party', content.owed_to),
                owner: names.name('team', content.owner),
                target: percent(language, content.target),
              })}
            </Text>
            {data.retired && <Text fw={600}>{t('retired-note')}</Text>}
            <Group gap="xs" className="no-print" mt={4}>
              {data.may_change && !data.retired && (
                <Button
                  renderRoot={(props) => (
                    <Link {...props} to="/standards/$id/edit" params={{ id }} />
                  )}
                >
                  {t('standard-edit')}
                </Button>
              )}
              {may('observe') && !data.retired && (
                <Button
                  variant="default"
                  renderRoot={(props) => <Link {...props} to="/look" search={{ standard: id }} />}
                >
                  {t('standard-look')}
                </Button>
              )}
              <Button variant="subtle" component={Link} to="/standards">
                {t('standards-all')}
              </Button>
            </Group>
          </Stack>
        </Group>
      </Paper>
      <Paper
        className="paper"
        withBorder
        p={{ base: 'md', sm: 'lg' }}
        component="section"
        aria-labelledby="required"
      >
        <Title order={2} size="h3" id="required" mb="xs">
          {t('requirement')}
        </Title>
        <RequirementView requirement={content.requirement} />
        <Title order={3} size="h5" mt="lg" mb={4}>
          {t('latitude')}
        </Title>
        {extras.length > 0 ? (
          <>
            <ul className="chips">
              {extras.map((extra) => (
                <li key={extra}>{extra}</li>
              ))}
            </ul>
            <Text size="sm" c="dimmed" mt={6}>
              {t('latitude-note')}
            </Text>
          </>
        ) : (
          <Text size="sm">{t('latitude-none')}</Text>
        )}
      </Paper>
      <Delivery id={id} search={search} onChoose={choose} content={content} />
      <Deviations id={id} unit={search.unit} content={content} names={names} />
      <Keepers id={id} unit={search.unit} />
      <WhatCustomersSaid id={id} unit={search.unit} />
      <Photos id={id} unit={search.unit} content={content} />
      <Consistency id={id} unit={search.unit} />
      <Versions versions={data.versions} names={names} />
      <JudgedAgain
        key={search.since}
        id={id}
        mayChange={data.may_change}
        since={search.since}
        names={names}
      />
    </Stack>
  )
}
