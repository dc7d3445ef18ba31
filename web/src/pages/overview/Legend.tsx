// Which shape stands for which place, and how many units stand there.
import { useComputedColorScheme } from '@mantine/core'

import { colour, OUTLINES, type Placed } from '../../charts/placed'
import { dark, light } from '../../charts/theme'
import { useTexts } from '../../text/LanguageProvider'

export function Legend({
  placed,
  hidden,
}: {
  placed: { place: Placed; units: number }[]
  hidden: number
}) {
  const { t } = useTexts()
  const theme = useComputedColorScheme('light') === 'dark' ? dark : light
  return (
    <ul className="legend" aria-label={t('legend')}>
      {placed.map(({ place, units }) => (
        <li key={place}>
          <svg width="14" height="14" viewBox="0 0 20 20" aria-hidden="true">
            <path
              d={OUTLINES[place]}
              fill={place === 'undecided' ? 'none' : colour(place, theme)}
              stroke={colour(place, theme)}
              strokeWidth={place === 'undecided' ? 2.4 : 0}
            />
          </svg>
          <span>
            {t(`quadrant-${place}`)} <b>{units}</b>
          </span>
        </li>
      ))}
      {hidden > 0 && (
        <li>
          <span>
            {t('quadrant-not_shown')} <b>{hidden}</b>
          </span>
        </li>
      )}
    </ul>
  )
}
