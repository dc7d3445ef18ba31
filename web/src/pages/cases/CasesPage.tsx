// Follow-ups that signals ask for: first those that nobody looks into, then those that somebody
// does, and folded away those that are closed.
import { Button, Loader, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { api } from '../../api/client'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { useTitle } from '../useTitle'
import { Section } from '../voices/Section'
import { byStandard, CaseGroup } from './CaseGroup'

const STATES = ['draft', 'open', 'closed'] as const

export function CasesPage() {
  const { t } = useTexts()
  useTitle(t('nav-cases'))
  const { data, error } = api.useQuery('get', '/api/v1/cases')
  const [withClosed, setWithClosed] = useState(false)
  if (error) return <Problem problem={error} />
  if (!data) return <Loader aria-label={t('loading')} />
  const of = (state: string) => data.cases.filter((found) => found.state === state)
  return (
    <Stack gap="xl" maw={920}>
      <div>
        <Title order={1} size="h2">
          {t('nav-cases')}
        </Title>
        <Text mt={4} maw={760}>
          {t('cases-lead')}
        </Text>
      </div>
      {data.cases.length === 0 && (
        <Paper className="paper" withBorder p="lg">
          <Text fw={600}>{t('cases-none')}</Text>
          <Text mt={4} maw={680}>
            {t('cases-none-do')}
          </Text>
          <Button mt="sm" variant="default" component={Link} to="/standards">
            {t('standards-all')}
          </Button>
        </Paper>
      )}
      {STATES.map((state) => {
        const cases = of(state)
        if (data.cases.length === 0 || (cases.length === 0 && state === 'closed')) return null
        const folded = state === 'closed' && !withClosed
        return (
          <Section
            key={state}
            id={`cases-${state}`}
            title={t(`cases-${state}`, { count: cases.length })}
          >
            {cases.length === 0 && <Text c="dimmed">{t(`cases-${state}-none`)}</Text>}
            {state === 'closed' && (
              <div>
                <Button
                  variant="default"
                  size="sm"
                  aria-expanded={withClosed}
                  onClick={() => setWithClosed(!withClosed)}
                >
                  {t(withClosed ? 'cases-closed-hide' : 'cases-closed-show')}
                </Button>
              </div>
            )}
            {!folded &&
              byStandard(cases).map((group) => <CaseGroup key={group[0].standard} cases={group} />)}
          </Section>
        )
      })}
    </Stack>
  )
}
