// Step 1: choose or drop a file; it is uploaded and its columns are guessed.
import { Button, Progress, Stack, Text } from '@mantine/core'
import { useRef, useState } from 'react'

import { fetcher } from '../../api/client'
import { useTexts } from '../../text/LanguageProvider'
import { Problem } from '../Problem'
import type { Chosen } from './ImportPage'

/** Uploads with progress, which fetch cannot tell. */
function upload(file: File, onShare: (share: number) => void): Promise<{ upload: string }> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/api/v1/uploads?name=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.upload.onprogress = (event) =>
      event.lengthComputable && onShare(event.loaded / event.total)
    request.onerror = () => reject({ detail: 'network' })
    request.onload = () => {
      let body: unknown
      try {
        body = JSON.parse(request.responseText)
      } catch {
        body = { detail: request.statusText }
      }
      if (request.status < 300) resolve(body as { upload: string })
      else reject(body)
    }
    request.send(file)
  })
}

export function ChooseFile({ onChosen }: { onChosen: (chosen: Chosen) => void }) {
  const { t } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const take = async (file: File | undefined) => {
    if (!file) return
    setProblem(null)
    setShare(0)
    try {
      const { upload: id } = await upload(file, setShare)
      const { data, error } = await fetcher.POST('/api/v1/imports/guess', { body: { upload: id } })
      if (error) throw error
      onChosen({ upload: id, name: file.name, guess: data })
    } catch (found) {
      setProblem(found)
    } finally {
      setShare(null)
    }
  }
  return (
    <Stack mt="md">
      <div
        className="drop paper"
        data-over={over}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          void take(event.dataTransfer.files[0])
        }}
      >
        <Text mb="sm">{t('import-drop')}</Text>
        <Button onClick={() => input.current?.click()} loading={share !== null}>
          {t('import-choose')}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label={t('import-choose')}
          accept=".csv,.tsv,.txt,.xlsx,.ndjson,.jsonl,.parquet,.gz"
          onChange={(event) => void take(event.currentTarget.files?.[0])}
        />
        <Text size="sm" c="dimmed" mt="sm">
          {t('import-kinds')}
        </Text>
      </div>
      {share !== null && <Progress value={share * 100} aria-label={t('import-uploading')} />}
      {problem !== null && <Problem problem={problem} />}
    </Stack>
  )
}
