// A photo of what was seen. The phone's own camera makes it, so that the page needs no camera.
import { Button, Group, Text } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'

import { useTexts } from '../../text/LanguageProvider'
import { smaller } from './photo'

export function PhotoField({
  photo,
  onChange,
}: {
  photo: Blob | null
  onChange: (photo: Blob | null) => void
}) {
  const { t } = useTexts()
  const input = useRef<HTMLInputElement>(null)
  const [unreadable, setUnreadable] = useState(false)
  const [shown, setShown] = useState<string | null>(null)
  useEffect(() => {
    if (!photo) return setShown(null)
    const address = URL.createObjectURL(photo)
    setShown(address)
    return () => URL.revokeObjectURL(address)
  }, [photo])
  const take = async (file: File | undefined) => {
    if (!file) return
    try {
      onChange(await smaller(file))
      setUnreadable(false)
    } catch {
      setUnreadable(true)
    }
  }
  return (
    <div className="photo-field">
      <input
        ref={input}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('photo-take')}
        onChange={(event) => {
          void take(event.currentTarget.files?.[0])
          event.currentTarget.value = ''
        }}
      />
      {shown && <img src={shown} alt={t('photo-taken')} />}
      <Group gap="xs">
        <Button variant="default" size="md" onClick={() => input.current?.click()}>
          {t(photo ? 'photo-again' : 'photo-take')}
        </Button>
        {photo && (
          <Button variant="subtle" size="md" onClick={() => onChange(null)}>
            {t('photo-remove')}
          </Button>
        )}
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {t(unreadable ? 'photo-unreadable' : 'photo-note')}
      </Text>
    </div>
  )
}
