// Requirements that are lists of something with a name: points to tick, scores with what they look
// like.
import { Button, Group, NativeSelect, Paper, Stack, TextInput } from '@mantine/core'

import { useTexts } from '../../../text/LanguageProvider'
import type { Checklist, ChecklistItem, Rubric } from '../content'
import { percentOf, shareOf } from './FormFields'
import { NumberField, TextInLanguages } from './inputs'
import type { Fields } from './KindFields'
import { problemOf } from './useDraft'

const COUNTS = ['required', 'auto_fail', 'bonus'] as const

export function ChecklistFields({ requirement, problems, onChange }: Fields<Checklist>) {
  const { t } = useTexts()
  const { items } = requirement
  const set = (at: number, part: Partial<ChecklistItem>) =>
    onChange({
      ...requirement,
      items: items.map((item, index) => (index === at ? { ...item, ...part } : item)),
    })
  const newId = () => {
    const taken = new Set(items.map(({ id }) => id))
    let at = items.length + 1
    while (taken.has(`point-${at}`)) at += 1
    return `point-${at}`
  }
  return (
    <Stack gap="sm">
      <NumberField
        label={t('field-pass_at')}
        value={percentOf(requirement.pass_at)}
        suffix="%"
        error={problemOf(problems, 'requirement.pass_at')}
        onChange={(found) => onChange({ ...requirement, pass_at: shareOf(found) ?? Number.NaN })}
      />
      {items.map((item, at) => (
        <Paper key={at} withBorder p="sm" className="paper" role="group" aria-label={item.id}>
          <TextInLanguages
            label={t('edit-point')}
            value={item.title}
            error={
              problemOf(problems, `requirement.items[${item.id}]`) ??
              problemOf(problems, `requirement.items[${at}]`)
            }
            onChange={(title) => set(at, { title })}
          />
          <Group gap="xs" align="flex-end" mt="xs">
            <TextInput
              label={t('edit-id-short')}
              value={item.id}
              onChange={(event) => set(at, { id: event.currentTarget.value })}
            />
            <NativeSelect
              label={t('edit-counts')}
              value={item.counts_as ?? 'required'}
              data={COUNTS.map((one) => ({ value: one, label: t(`counts-${one}`) }))}
              onChange={(event) => {
                const counts_as = event.currentTarget.value as ChecklistItem['counts_as']
                // A bonus weighs nothing.
                set(at, { counts_as, weight: counts_as === 'bonus' ? 0 : item.weight || 1 })
              }}
            />
            {item.counts_as !== 'bonus' && (
              <NumberField
                label={t('edit-weight')}
                value={item.weight ?? 1}
                onChange={(weight) => set(at, { weight })}
              />
            )}
            <Button
              variant="default"
              aria-label={t('edit-remove-of', { what: item.id })}
              onClick={() =>
                onChange({ ...requirement, items: items.filter((_, index) => index !== at) })
              }
            >
              {t('edit-remove')}
            </Button>
          </Group>
        </Paper>
      ))}
      <Button
        variant="default"
        style={{ alignSelf: 'flex-start' }}
        onClick={() =>
          onChange({
            ...requirement,
            items: [...items, { id: newId(), title: {}, counts_as: 'required', weight: 1 }],
          })
        }
      >
        {t('edit-point-add')}
      </Button>
    </Stack>
  )
}

export function RubricFields({ requirement, problems, onChange }: Fields<Rubric>) {
  const { t } = useTexts()
  const { anchors } = requirement
  const scores = anchors.map(({ score }) => score)
  // The scale is as long as its anchors say.
  const withEnds = (next: Rubric['anchors']): Rubric => {
    const { min: _min, max: _max, ...rest } = requirement
    return { ...rest, anchors: next }
  }
  return (
    <Stack gap="sm">
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('field-pass_from')}
          value={String(requirement.pass_from)}
          error={problemOf(problems, 'requirement.pass_from')}
          data={scores.map(String)}
          onChange={(event) =>
            onChange({ ...requirement, pass_from: Number(event.currentTarget.value) })
          }
        />
        <NumberField
          label={t('field-raters')}
          value={requirement.raters}
          error={problemOf(problems, 'requirement.raters')}
          onChange={(raters) => onChange({ ...requirement, raters: raters ?? 0 })}
        />
      </Group>
      {anchors.map((anchor, at) => (
        <Group key={anchor.score} gap="xs" align="flex-end" wrap="nowrap" className="anchor-edit">
          <b className="number">{anchor.score}</b>
          <div style={{ flex: 1 }}>
            <TextInLanguages
              label={t('edit-anchor', { score: anchor.score })}
              value={anchor.title}
              error={
                problemOf(problems, `requirement.anchors[${anchor.score}]`) ??
                problemOf(problems, `requirement.anchors[${at}]`)
              }
              onChange={(title) =>
                onChange({
                  ...requirement,
                  anchors: anchors.map((one, index) => (index === at ? { ...one, title } : one)),
                })
              }
            />
          </div>
        </Group>
      ))}
      <Group gap="xs">
        <Button
          variant="default"
          onClick={() =>
            onChange(withEnds([...anchors, { score: Math.max(0, ...scores) + 1, title: {} }]))
          }
        >
          {t('edit-anchor-add')}
        </Button>
        {anchors.length > 2 && (
          <Button variant="subtle" onClick={() => onChange(withEnds(anchors.slice(0, -1)))}>
            {t('edit-anchor-remove')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
