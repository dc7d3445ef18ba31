// The picture that shows what it looks like when it is kept. A new picture gets a new name, because
// older versions of the standard still show theirs.
import { Button, Group, Paper, Text, Title } from '@mantine/core'
import { useRef, useState } from 'react'

import { useTexts } from '../../../text/LanguageProvider'
import { Problem } from '../../Problem'

const KINDS: Record<string, string> = {
  'image/webp': 'webp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/svg+xml': 'svg',
}

export function PictureField({
  id,
  name,
  onNamed,
}: {
  id: string
  name: string | undefined
  onNamed: (name: string) => void
}) {
  const { t } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const bring = async (file: File | undefined) => {
    if (!file) return
    const end = KINDS[file.type]
    const picture = `${id}-${Date.now().toString(36)}.${end ?? 'bin'}`
    const answer = await fetch(
      `/api/v1/standards/${encodeURIComponent(id)}/picture?name=${encodeURIComponent(picture)}`,
      { method: 'PUT', headers: { 'content-type': file.type }, body: file },
    ).catch(() => null)
    if (answer?.ok) {
      setProblem(null)
      onNamed(picture)
    } else setProblem((await answer?.json().catch(() => ({}))) ?? {})
  }
  return (
    <Paper className="paper" withBorder p="md" component="section" aria-labelledby="picture">
      <Title order={2} size="h4" id="picture">
        {t('field-picture')}
      </Title>
      <Text size="sm" mb="xs">
        {name ? t('picture-now', { name }) : t('picture-none')}
      </Text>
      <input
        ref={input}
        type="file"
        hidden
        accept={Object.keys(KINDS).join(',')}
        aria-label={t('picture-bring')}
        onChange={(event) => void bring(event.currentTarget.files?.[0])}
      />
      <Group>
        <Button variant="default" onClick={() => input.current?.click()}>
          {t('picture-bring')}
        </Button>
      </Group>
      {problem !== null && <Problem problem={problem} />}
    </Paper>
  )
}
