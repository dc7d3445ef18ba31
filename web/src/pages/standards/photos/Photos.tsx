// The latest looks of which somebody kept a photo. Of teams of a few people there are none: a single
// look would be about one of them.
import { Anchor, Paper, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'

import { api } from '../../../api/client'
import { useSession } from '../../../app/useSession'
import { useTexts } from '../../../text/LanguageProvider'
import { Problem } from '../../Problem'
import { Section } from '../../voices/Section'
import type { Standard } from '../content'
import { Waiting } from '../Waiting'
import { PhotoLarge } from './PhotoLarge'
import { photoAddress, usePhotoWords } from './usePhotoWords'

export function Photos({ id, unit, content }: { id: string; unit?: string; content: Standard }) {
  const { t } = useTexts()
  const { may } = useSession()
  const words = usePhotoWords(content)
  const [open, setOpen] = useState<number | null>(null)
  const { data, error } = api.useQuery('get', '/api/v1/standards/{standard}/photos', {
    params: { path: { standard: id }, query: { unit } },
  })
  return (
    <Section id="photos" title={t('photos')} lead={t('photos-lead')}>
      {error ? (
        <Problem problem={error} />
      ) : !data ? (
        <Waiting />
      ) : data.photos.length === 0 ? (
        <Paper className="paper" withBorder p="md">
          <Text size="sm">{t('photos-none')}</Text>
          {may('observe') && (
            <Text size="sm" mt={4}>
              <Anchor
                inherit
                underline="always"
                renderRoot={(props) => <Link {...props} to="/look" search={{ standard: id }} />}
              >
                {t('standard-look')}
              </Anchor>
            </Text>
          )}
        </Paper>
      ) : (
        <Paper className="paper" withBorder p="md">
          <ul className="photos">
            {data.photos.map((look, at) => (
              <li key={look.photo}>
                <button
                  type="button"
                  aria-label={t('photo-open', { what: words.all(look) })}
                  onClick={() => setOpen(at)}
                >
                  <img src={photoAddress(look)} alt="" loading="lazy" />
                </button>
                <Text size="sm" fw={500}>
                  {words.outcome(look)}
                </Text>
                <Text size="xs" c="dimmed">
                  {words.place(look)}
                </Text>
              </li>
            ))}
          </ul>
          {data.small_teams_left_out > 0 && (
            <Text size="xs" c="dimmed" mt="sm">
              {t('photos-left-out', { units: data.small_teams_left_out })}
            </Text>
          )}
        </Paper>
      )}
      {data && open !== null && data.photos[open] && (
        <PhotoLarge
          looks={data.photos}
          at={open}
          words={words}
          onMove={setOpen}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  )
}
