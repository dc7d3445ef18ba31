// Which period, how long, at which level.
import { Group, NativeSelect } from '@mantine/core'

import type { Schemas } from '../../api/types'
import type { OverviewSearch } from '../../app/router'
import { period as periodWords } from '../../text/format'
import { useTexts } from '../../text/LanguageProvider'

type Choose = (change: Pick<OverviewSearch, 'period' | 'granularity' | 'level' | 'unit'>) => void

export function Controls({
  overview,
  onChoose,
}: {
  overview: Schemas['OverviewView']
  onChoose: Choose
}) {
  const { t, named } = useTexts()
  return (
    <Group gap="sm" className="no-print" align="flex-end">
      <PeriodControls overview={overview} onChoose={onChoose} />
      <NativeSelect
        label={t('level')}
        size="sm"
        value={overview.level ?? ''}
        onChange={(event) => onChoose({ level: event.currentTarget.value, unit: undefined })}
        data={overview.levels.map((one) => ({
          value: one.id,
          label: t('level-shown', {
            level: named(one.title),
            shown: one.units_shown,
            total: one.units,
          }),
        }))}
      />
    </Group>
  )
}

export function PeriodControls({
  overview,
  onChoose,
}: {
  overview: Schemas['OverviewView']
  onChoose: (change: Pick<OverviewSearch, 'period' | 'granularity'>) => void
}) {
  const { t, language } = useTexts()
  return (
    <>
      <NativeSelect
        label={t('period')}
        size="sm"
        value={overview.period?.id ?? ''}
        onChange={(event) => onChoose({ period: event.currentTarget.value })}
        data={overview.periods.map((one) => ({ value: one.id, label: periodWords(language, one) }))}
      />
      <NativeSelect
        label={t('granularity')}
        size="sm"
        value={overview.granularity}
        onChange={(event) =>
          onChoose({ granularity: event.currentTarget.value, period: undefined })
        }
        data={overview.granularities.map((one) => ({
          value: one,
          label: t(`granularity-${one}`),
        }))}
      />
    </>
  )
}
