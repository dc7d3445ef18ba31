// The fields of a requirement, by its kind.
import { Checkbox, Group, NativeSelect, SimpleGrid, TextInput } from '@mantine/core'

import { secondsOf, splitDuration, TIME_UNITS, type TimeUnit } from '../../../text/duration'
import { useTexts } from '../../../text/LanguageProvider'
import { Stack as SequenceStack } from '../SequenceStack'
import type { Duration, Range, Requirement, Sequence } from '../content'
import { ChecklistFields, RubricFields } from './ListFields'
import { Lines, NumberField } from './inputs'
import { problemOf, type Spot } from './useDraft'
import { WordingFields } from './WordingFields'

export interface Fields<Kind> {
  requirement: Kind
  problems: Spot[]
  onChange: (requirement: Kind) => void
}

export function KindFields({ requirement, problems, onChange }: Fields<Requirement>) {
  const rest = { problems, onChange }
  switch (requirement.kind) {
    case 'duration':
      return <DurationFields requirement={requirement} {...rest} />
    case 'range':
      return <RangeFields requirement={requirement} {...rest} />
    case 'checklist':
      return <ChecklistFields requirement={requirement} {...rest} />
    case 'rubric':
      return <RubricFields requirement={requirement} {...rest} />
    case 'wording':
      return <WordingFields requirement={requirement} {...rest} />
    case 'sequence':
      return <SequenceFields requirement={requirement} {...rest} />
  }
}

function DurationFields({ requirement, problems, onChange }: Fields<Duration>) {
  const { t } = useTexts()
  const { count, unit } = splitDuration(requirement.within)
  const set = (part: Partial<Duration>) => onChange({ ...requirement, ...part })
  return (
    <>
      <Group gap="xs" align="flex-end">
        <NumberField
          label={t('field-within')}
          value={count}
          error={problemOf(problems, 'requirement.within')}
          onChange={(found) => set({ within: secondsOf(found ?? 0, unit) })}
        />
        <NativeSelect
          aria-label={t('edit-time-unit')}
          value={unit}
          data={TIME_UNITS.map((one) => ({ value: one, label: t(`time-${one}`) }))}
          onChange={(event) =>
            set({ within: secondsOf(count, event.currentTarget.value as TimeUnit) })
          }
        />
      </Group>
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
        <TextInput
          label={t('field-clock_from')}
          value={requirement.clock_from ?? ''}
          error={problemOf(problems, 'requirement.clock_from')}
          onChange={(event) => set({ clock_from: event.currentTarget.value || undefined })}
        />
        <TextInput
          label={t('field-clock_to')}
          value={requirement.clock_to ?? ''}
          error={problemOf(problems, 'requirement.clock_to')}
          onChange={(event) => set({ clock_to: event.currentTarget.value || undefined })}
        />
      </SimpleGrid>
      <Checkbox
        label={t('duration-inclusive')}
        checked={requirement.inclusive !== false}
        onChange={(event) => set({ inclusive: event.currentTarget.checked })}
      />
      <NativeSelect
        label={t('field-open')}
        value={requirement.open ?? 'fail_past_limit'}
        data={(['fail_past_limit', 'leave_out'] as const).map((one) => ({
          value: one,
          label: t(`duration-open-${one}`),
        }))}
        onChange={(event) => set({ open: event.currentTarget.value as Duration['open'] })}
      />
    </>
  )
}

function RangeFields({ requirement, problems, onChange }: Fields<Range>) {
  const { t } = useTexts()
  const set = (part: Partial<Range>) => onChange({ ...requirement, ...part })
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
      {(['lower', 'upper', 'nominal'] as const).map((end) => (
        <NumberField
          key={end}
          label={t(`field-${end}`)}
          value={requirement[end]}
          error={problemOf(problems, `requirement.${end}`)}
          onChange={(found) => set({ [end]: found })}
        />
      ))}
      <TextInput
        label={t('field-unit_of_measure')}
        value={requirement.unit_of_measure}
        error={problemOf(problems, 'requirement.unit_of_measure')}
        onChange={(event) => set({ unit_of_measure: event.currentTarget.value })}
      />
    </SimpleGrid>
  )
}

function SequenceFields({ requirement, problems, onChange }: Fields<Sequence>) {
  const { t } = useTexts()
  return (
    <Group align="flex-start" gap="lg">
      <div style={{ flex: '1 1 240px' }}>
        <Lines
          label={t('field-steps')}
          description={t('edit-steps-note')}
          lines={requirement.steps}
          error={problemOf(problems, 'requirement.steps')}
          onChange={(steps) => onChange({ ...requirement, steps })}
        />
      </div>
      <SequenceStack steps={requirement.steps.filter(Boolean)} />
    </Group>
  )
}
