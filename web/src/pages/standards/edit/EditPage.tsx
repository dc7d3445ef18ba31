// Owners change a standard: as a form or as text, with what is wrong and what would change said
// while they write. Saving makes a new version; nothing is overwritten.
import { Alert, Button, Group, Stack, Tabs, Text, Title } from '@mantine/core'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'

import { api } from '../../../api/client'
import { useSession } from '../../../app/useSession'
import { useTexts } from '../../../text/LanguageProvider'
import { Problem } from '../../Problem'
import { useTitle } from '../../useTitle'
import { blank, standardOf, type Standard } from '../content'
import { useNames } from '../useNames'
import { Waiting } from '../Waiting'
import { FormFields } from './FormFields'
import { PictureField } from './PictureField'
import { RetireBox } from './RetireBox'
import { SaveBox } from './SaveBox'
import { TextField } from './TextField'
import { useDraft } from './useDraft'

export function EditPage() {
  const { t } = useTexts()
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error } = api.useQuery(
    'get',
    '/api/v1/standards/{standard}',
    { params: { path: { standard: id } } },
    // A draft is not thrown away because somebody else looked.
    { staleTime: Infinity, gcTime: 0 },
  )
  if (error) return <Problem problem={error} />
  const content = standardOf(data?.content)
  if (!data || !content) return <Waiting />
  if (!data.may_change || data.retired)
    return (
      <Stack maw={620} align="flex-start">
        <Title order={1} size="h2">
          {t('edit-not')}
        </Title>
        <Text>{t(data.retired ? 'retired-note' : 'edit-not-owner')}</Text>
        <Button renderRoot={(props) => <Link {...props} to="/standards/$id" params={{ id }} />}>
          {t('back')}
        </Button>
      </Stack>
    )
  return <Editor first={content} text={data.text} version={data.version} />
}

export function NewPage() {
  const { session } = useSession()
  const names = useNames()
  if (!session || !names.ready) return <Waiting />
  const grants = session.person?.account.grants ?? []
  const own = grants.find((one) => one.role === 'designer')?.team
  const party = (role: string) =>
    names.objects.find(
      (one) => one.kind === 'party' && (one.content as { role?: string } | null)?.role === role,
    )?.id ?? ''
  const first: Standard = {
    id: '',
    title: {},
    dimension: 'quality',
    touchpoint: names.touchpoints[0]?.id ?? '',
    owner: own ?? names.list('team')[0]?.id ?? '',
    owed_by: party('frontline'),
    owed_to: party('customer'),
    target: 0.9,
    requirement: blank('checklist'),
    latitude: { extras: [] },
  }
  return <Editor first={first} text="" version={0} />
}

function Editor({ first, text, version }: { first: Standard; text: string; version: number }) {
  const { t, named } = useTexts()
  const isNew = version === 0
  useTitle(isNew ? t('standards-new') : t('edit-title', { title: named(first.title) }))
  const names = useNames()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const draft = useDraft(first, text)
  if (!names.ready) return <Waiting />
  const saved = async (id: string, from?: string) => {
    await queries.invalidateQueries()
    // Looks since that day are still judged by the version before: the page says so.
    const today = new Date().toISOString().slice(0, 10)
    const since = !isNew && from && from < today ? from : undefined
    await navigate({
      to: '/standards/$id',
      params: { id },
      search: { since },
      hash: since ? 'again' : undefined,
    })
  }
  return (
    <Stack gap="lg" maw={860}>
      <div>
        <Title order={1} size="h2">
          {isNew ? t('standards-new') : t('edit-title', { title: named(first.title) })}
        </Title>
        <Text mt={4}>{t(isNew ? 'edit-lead-new' : 'edit-lead', { version })}</Text>
      </div>
      <Tabs defaultValue="form" keepMounted={false}>
        <Tabs.List aria-label={t('edit-how')}>
          <Tabs.Tab value="form">{t('edit-form')}</Tabs.Tab>
          <Tabs.Tab value="text">{t('edit-text')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="form" pt="md">
          <FormFields
            content={draft.content}
            problems={draft.problems}
            names={names}
            isNew={isNew}
            onChange={draft.setContent}
          />
        </Tabs.Panel>
        <Tabs.Panel value="text" pt="md">
          <TextField text={draft.text} problems={draft.problems} onChange={draft.setText} />
        </Tabs.Panel>
      </Tabs>
      {draft.failure !== null && <Problem problem={draft.failure} />}
      {draft.problems.length > 0 && (
        <Alert color="red" variant="outline" className="paper" role="status">
          <Text fw={600}>{t('edit-problems', { count: draft.problems.length })}</Text>
          <ul className="problems">
            {draft.problems.map((one, at) => (
              <li key={at}>
                {one.line ? <b>{t('spot-line', { line: String(one.line) })} </b> : null}
                {one.message}
              </li>
            ))}
          </ul>
        </Alert>
      )}
      {!isNew && (
        <PictureField
          id={first.id}
          name={draft.content.picture}
          onNamed={(picture) => draft.setContent({ ...draft.content, picture })}
        />
      )}
      <SaveBox draft={draft} names={names} version={version} onSaved={saved} />
      {!isNew && (
        <RetireBox id={first.id} title={named(first.title)} onRetired={() => saved(first.id)} />
      )}
      <Group className="no-print">
        <Button
          variant="subtle"
          renderRoot={(props) =>
            isNew ? (
              <Link {...props} to="/standards" />
            ) : (
              <Link {...props} to="/standards/$id" params={{ id: first.id }} />
            )
          }
        >
          {t('cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
