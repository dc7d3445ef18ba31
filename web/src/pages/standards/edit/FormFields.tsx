// The form: what every standard has, then what its kind of requirement asks.
import { Fieldset, NativeSelect, SimpleGrid, Stack, TextInput } from '@mantine/core'

import { useTexts } from '../../../text/LanguageProvider'
import { blank, DIMENSIONS, KINDS, type Kind, type Requirement, type Standard } from '../content'
import type { useNames } from '../useNames'
import { KindFields } from './KindFields'
import { Lines, NumberField, TextInLanguages } from './inputs'
import { problemOf, type Spot } from './useDraft'

export function FormFields({
  content,
  problems,
  names,
  isNew,
  onChange,
}: {
  content: Standard
  problems: Spot[]
  names: ReturnType<typeof useNames>
  isNew: boolean
  onChange: (content: Standard) => void
}) {
  const { t } = useTexts()
  const set = (part: Partial<Standard>) => onChange({ ...content, ...part })
  const wrong = (field: string) => problemOf(problems, field)
  const from = (kind: string) =>
    names.list(kind).map(({ id, title }) => ({ value: id, label: title }))
  return (
    <Stack gap="md">
      <Fieldset legend={t('edit-promise')}>
        <Stack gap="sm">
          {isNew && (
            <TextInput
              label={t('edit-id')}
              description={t('edit-id-note')}
              required
              value={content.id}
              error={wrong('id')}
              onChange={(event) => set({ id: event.currentTarget.value })}
            />
          )}
          <TextInLanguages
            label={t('edit-promise-text')}
            value={content.title}
            error={wrong('title')}
            onChange={(title) => set({ title })}
          />
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
            <NativeSelect
              label={t('field-owed_by')}
              value={content.owed_by}
              error={wrong('owed_by')}
              data={from('party')}
              onChange={(event) => set({ owed_by: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('field-owed_to')}
              value={content.owed_to}
              error={wrong('owed_to')}
              data={from('party')}
              onChange={(event) => set({ owed_to: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('field-touchpoint')}
              value={content.touchpoint}
              error={wrong('touchpoint')}
              data={names.touchpoints.map(({ id, title }) => ({ value: id, label: title }))}
              onChange={(event) => set({ touchpoint: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('dimension')}
              value={content.dimension}
              error={wrong('dimension')}
              data={DIMENSIONS.map((one) => ({ value: one, label: t(`dimension-${one}`) }))}
              onChange={(event) => set({ dimension: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('owner')}
              value={content.owner}
              error={wrong('owner')}
              data={from('team')}
              onChange={(event) => set({ owner: event.currentTarget.value })}
            />
            <NumberField
              label={t('edit-target')}
              value={percentOf(content.target)}
              error={wrong('target')}
              suffix="%"
              onChange={(target) => set({ target: shareOf(target) ?? Number.NaN })}
            />
          </SimpleGrid>
        </Stack>
      </Fieldset>
      <Fieldset legend={t('requirement')}>
        <Stack gap="sm">
          <NativeSelect
            label={t('field-kind')}
            value={content.requirement.kind}
            error={wrong('requirement.kind')}
            data={KINDS.map((kind) => ({ value: kind, label: t(`requirement-kind-${kind}`) }))}
            onChange={(event) => set({ requirement: blank(event.currentTarget.value as Kind) })}
          />
          <KindFields
            requirement={content.requirement}
            problems={problems}
            onChange={(requirement: Requirement) => set({ requirement })}
          />
        </Stack>
      </Fieldset>
      <Fieldset legend={t('latitude')}>
        <Lines
          label={t('edit-extras')}
          description={t('edit-extras-note')}
          lines={content.latitude?.extras ?? []}
          error={wrong('latitude')}
          onChange={(extras) => set({ latitude: { ...content.latitude, extras } })}
        />
      </Fieldset>
    </Stack>
  )
}

/** A share as people write it, without the dust of binary fractions. */
export function percentOf(share: number | undefined): number | undefined {
  return share === undefined || Number.isNaN(share) ? undefined : Number((share * 100).toFixed(6))
}

export function shareOf(percent: number | undefined): number | undefined {
  return percent === undefined ? undefined : Number((percent / 100).toFixed(8))
}
