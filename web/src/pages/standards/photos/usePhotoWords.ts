// A look with a photo in words: kept or how it deviated, where, and on which day (or in which week,
// where nobody said how many people work there).
import type { Schemas } from '../../../api/types'
import { useTexts } from '../../../text/LanguageProvider'
import type { Standard } from '../content'
import { useDeviationWords } from '../useDeviationWords'
import { dayOrWeek } from '../dayOrWeek'

export type PhotoLook = Schemas['PhotoLook']

export function photoAddress({ unit, photo }: PhotoLook): string {
  return `/api/v1/units/${encodeURIComponent(unit.id)}/photos/${encodeURIComponent(photo)}`
}

export function usePhotoWords(content: Standard) {
  const { t, named, language } = useTexts()
  const say = useDeviationWords(content)
  const list = (parts: string[]) => new Intl.ListFormat(language).format(parts)
  const outcome = (look: PhotoLook): string =>
    look.kept === null
      ? t('photo-not-known')
      : look.kept
        ? t('photo-kept')
        : look.deviations.length > 0
          ? list(look.deviations.map(say.deviation))
          : t('photo-deviated')
  const place = (look: PhotoLook): string =>
    [named(look.unit.title), dayOrWeek(t, language, look.period)].join(' · ')
  return {
    list,
    outcome,
    place,
    all: (look: PhotoLook): string => `${outcome(look)}, ${place(look)}`,
  }
}
