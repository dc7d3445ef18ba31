// A webhook: its name, and the mapping that reads the other program's JSON, typed, pasted or chosen
// as a file. What is wrong with it is marked at its line.
import {
  Alert,
  Button,
  FileButton,
  Group,
  NativeSelect,
  Paper,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core'
import { useState } from 'react'

import { api } from '../../api/client'
import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import { TextField } from '../standards/edit/TextField'
import { EXAMPLES, type Example } from './examples'

export interface Made {
  id: string
  path: string
  token: string
}

export function HookForm({
  hook,
  taken,
  onMade,
  onCancel,
}: {
  hook: Schemas['HookView'] | null
  /** Names that other webhooks have: theirs would stop working. */
  taken: string[]
  onMade: (made: Made) => void
  onCancel: () => void
}) {
  const { t } = useTexts()
  const [id, setId] = useState(hook?.id ?? '')
  const [text, setText] = useState<string>(hook?.mapping ?? EXAMPLES.own)
  const put = api.useMutation('put', '/api/v1/hooks/{hook}')
  const problems = (put.error as Schemas['Problem'] | null)?.problems ?? []
  const used = hook === null && taken.includes(id)
  const wrongName = id !== '' && !/^[a-z0-9-]{1,64}$/.test(id)
  return (
    <Paper className="paper" withBorder p="lg" component="section" aria-labelledby="hook-form">
      <form
        onSubmit={(event) => {
          event.preventDefault()
          put.mutate(
            { params: { path: { hook: id } }, body: { mapping: text } },
            { onSuccess: (made) => onMade({ id, ...made }) },
          )
        }}
      >
        <Stack gap="sm">
          <Title order={2} size="h4" id="hook-form">
            {hook ? t('hook-change-of', { id: hook.id }) : t('hook-new')}
          </Title>
          {hook && <Text size="sm">{t('hook-change-note')}</Text>}
          {!hook && (
            <TextInput
              required
              autoComplete="off"
              label={t('hook-name')}
              description={t('hook-name-note')}
              value={id}
              error={used ? t('hook-name-used') : wrongName ? t('hook-name-wrong') : undefined}
              onChange={(event) => setId(event.currentTarget.value)}
              maw={360}
            />
          )}
          <Group gap="sm" align="flex-end">
            <NativeSelect
              label={t('hook-start')}
              value=""
              data={[
                { value: '', label: t('choose') },
                ...Object.keys(EXAMPLES).map((one) => ({
                  value: one,
                  label: t(`hook-start-${one}`),
                })),
              ]}
              onChange={(event) => {
                const chosen = event.currentTarget.value as Example | ''
                if (chosen) setText(EXAMPLES[chosen])
              }}
            />
            <FileButton
              accept=".toml,text/plain"
              onChange={(file) => void file?.text().then(setText)}
            >
              {(props) => (
                <Button {...props} variant="default">
                  {t('hook-file')}
                </Button>
              )}
            </FileButton>
          </Group>
          <TextField
            id="hook-mapping"
            label={t('hook-mapping')}
            text={text}
            problems={problems}
            onChange={(next) => {
              put.reset()
              setText(next)
            }}
          />
          {problems.length > 0 ? (
            <Alert color="red" variant="outline" className="paper" role="alert">
              <Text fw={600}>{t('edit-problems', { count: problems.length })}</Text>
              <ul className="problems">
                {problems.map((one, at) => (
                  <li key={at}>
                    {one.line ? <b>{t('spot-line', { line: String(one.line) })} </b> : null}
                    {one.message}
                  </li>
                ))}
              </ul>
            </Alert>
          ) : (
            put.error && <Problem problem={put.error} />
          )}
          <Group gap="xs">
            <Button type="submit" loading={put.isPending} disabled={!id || used || wrongName}>
              {t(hook ? 'hook-save' : 'hook-make')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  )
}
