// One photo as large as the window. Arrow keys go to the next one, Escape goes back.
import { Button, Group, Modal, Text } from '@mantine/core'

import { useTexts } from '../../../text/LanguageProvider'
import { photoAddress, type PhotoLook, type usePhotoWords } from './usePhotoWords'

export function PhotoLarge({
  looks,
  at,
  words,
  onMove,
  onClose,
}: {
  looks: PhotoLook[]
  at: number
  words: ReturnType<typeof usePhotoWords>
  onMove: (at: number) => void
  onClose: () => void
}) {
  const { t } = useTexts()
  const look = looks[at]
  const move = (by: number) => onMove((at + by + looks.length) % looks.length)
  return (
    <Modal
      opened
      onClose={onClose}
      size="xl"
      centered
      title={words.outcome(look)}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') move(1)
        if (event.key === 'ArrowLeft') move(-1)
      }}
    >
      <img className="photo-large" src={photoAddress(look)} alt={words.all(look)} />
      <Group justify="space-between" mt="sm" gap="sm">
        <div aria-live="polite">
          <Text size="sm">{words.place(look)}</Text>
          {look.extras.length > 0 && (
            <Text size="sm">{t('photo-extras', { extras: words.list(look.extras) })}</Text>
          )}
          {looks.length > 1 && (
            <Text size="xs" c="dimmed">
              {t('photo-at', { at: at + 1, of: looks.length })}
            </Text>
          )}
        </div>
        {looks.length > 1 && (
          <Group gap="xs">
            <Button variant="default" onClick={() => move(-1)}>
              {t('photo-before')}
            </Button>
            <Button variant="default" onClick={() => move(1)}>
              {t('photo-next')}
            </Button>
          </Group>
        )}
      </Group>
    </Modal>
  )
}
