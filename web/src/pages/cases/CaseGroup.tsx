// The cases of one standard: whose it is is said once, each case has a line of its own.
import { Paper, Text, Title } from '@mantine/core'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { CaseRow } from './CaseRow'

export function CaseGroup({ cases }: { cases: Schemas['CaseView'][] }) {
  const { t, named } = useTexts()
  const [first] = cases
  return (
    <Paper className="paper" withBorder p="md" data-state={first.state}>
      <Title order={3} size="h4">
        {named(first.standard_title) || first.standard}
      </Title>
      <Text size="sm" c="dimmed">
        {first.owner
          ? t('case-owner', { owner: named(first.owner_title) || first.owner })
          : t('case-retired')}
      </Text>
      <div className="case-rows">
        {cases.map((found) => (
          <CaseRow key={found.id} found={found} />
        ))}
      </div>
    </Paper>
  )
}

/** By standard, in the order in which each comes first. */
export function byStandard(cases: Schemas['CaseView'][]): Schemas['CaseView'][][] {
  const groups = new Map<string, Schemas['CaseView'][]>()
  for (const found of cases)
    groups.set(found.standard, [...(groups.get(found.standard) ?? []), found])
  return [...groups.values()]
}
