// One look: what the requirement asks to see, what came on top, why it deviated, a photo, and one
// large button under the thumb.
import { Button, Loader, Paper, Text, TextInput, Title } from '@mantine/core'
import { useState } from 'react'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import type { Standard } from '../standards/content'
import { useRequirementWords } from '../standards/useRequirementWords'
import { isTouched, observationOf, REASONS } from './draft'
import { isComplete, isUnderWay, looksKept } from './judge'
import { newKey } from './key'
import { drawnNow } from './moments'
import { PhotoField } from './PhotoField'
import { Chips } from './Chips'
import { SeenField } from './SeenField'
import { add } from './store'
import { useDraft } from './useDraft'

export function LookForm({
  standard,
  unit,
  unitTitle,
  account,
  moments,
  timeZone,
  onSaved,
}: {
  standard: Standard
  unit: string
  unitTitle: string
  account: { id: string; name: string }
  moments: Schemas['LookView'][]
  timeZone: string
  onSaved: () => void
}) {
  const { t, named } = useTexts()
  const words = useRequirementWords()
  const { draft, change, clear } = useDraft(`${standard.id}/${unit}`)
  const [saving, setSaving] = useState(false)
  const [saved, setSaved] = useState(0)
  const [full, setFull] = useState(false)
  if (!draft) return <Loader aria-label={t('loading')} />
  const { requirement } = standard
  const kept = looksKept(requirement, draft)
  const look = drawnNow(moments, standard.id, draft.startedAt ?? Date.now(), timeZone)
  const welcome = standard.latitude?.extras ?? []
  const save = async () => {
    setSaving(true)
    setFull(false)
    const now = Date.now()
    try {
      await add({
        key: newKey(),
        account: account.id,
        title: named(standard.title),
        unit,
        unitTitle,
        savedAt: now,
        state: 'waiting',
        observation: observationOf(requirement, draft, {
          standard: standard.id,
          unit,
          lookedBy: account.name,
          look,
          now,
          deviated: kept === false,
        }),
        photo: draft.photo,
        photoName: null,
        kept: null,
        sentAt: null,
        problems: [],
      })
      await clear()
      setSaved((before) => before + 1)
      onSaved()
      window.scrollTo({ top: 0 })
    } catch {
      // The phone has no room: nothing was saved, and what was ticked stays.
      setFull(true)
    } finally {
      setSaving(false)
    }
  }
  return (
    <>
      {saved > 0 && (
        <Text role="status" className="look-saved" key={saved}>
          <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true">
            <path d="M4 10.5l4 4 8-9" fill="none" stroke="currentColor" strokeWidth="2.4" />
          </svg>
          {t('look-saved', { count: saved })}
        </Text>
      )}
      <Paper className="paper" withBorder p="md">
        <Text mb="md">{words(requirement)}</Text>
        <SeenField requirement={requirement} draft={draft} onChange={change} />
      </Paper>
      {kept === false && isTouched(draft) && (
        <Paper className="paper" withBorder p="md" component="section" aria-labelledby="why">
          <Title order={2} size="h5" id="why">
            {t(isUnderWay(requirement, draft) ? 'look-why-if' : 'look-why')}
          </Title>
          <Text size="sm" c="dimmed" mb="xs">
            {t('look-why-note')}
          </Text>
          <Chips
            label={t('look-why')}
            items={REASONS.map((one) => ({ value: one, label: t(`reason-of-${one}`) }))}
            chosen={draft.reason ? [draft.reason] : []}
            onToggle={(one) => change({ reason: draft.reason === one ? null : one })}
          />
        </Paper>
      )}
      <Paper className="paper" withBorder p="md" component="section" aria-labelledby="on-top">
        <Title order={2} size="h5" id="on-top" mb="xs">
          {t('look-extras')}
        </Title>
        {welcome.length > 0 && (
          <Chips
            label={t('look-extras')}
            items={welcome.map((one) => ({ value: one, label: one }))}
            chosen={draft.extras}
            onToggle={(one) =>
              change({
                extras: draft.extras.includes(one)
                  ? draft.extras.filter((other) => other !== one)
                  : [...draft.extras, one],
              })
            }
          />
        )}
        <TextInput
          size="md"
          mt={welcome.length > 0 ? 'sm' : 0}
          label={t('look-extra-own')}
          value={draft.ownExtra}
          maxLength={200}
          onChange={(event) => change({ ownExtra: event.currentTarget.value })}
        />
        <TextInput
          size="md"
          mt="sm"
          label={t('look-subject')}
          description={t('look-subject-note')}
          value={draft.subject}
          maxLength={80}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
        <PhotoField photo={draft.photo} onChange={(photo) => change({ photo })} />
      </Paper>
      <Text size="sm" c="dimmed">
        {t(look ? 'look-random' : 'look-convenience')}
      </Text>
      {full && (
        <Text role="alert" className="attention">
          {t('look-full')}
        </Text>
      )}
      <div className="look-save">
        <Button
          fullWidth
          size="xl"
          loading={saving}
          disabled={!isComplete(requirement, draft)}
          onClick={() => void save()}
        >
          {t('look-save')}
        </Button>
      </div>
    </>
  )
}
