// How often each answer was given, for every closed question that the group was asked.
import { Anchor, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Fragment, useMemo } from 'react'

import type { Schemas } from '../../api/types'
import { useTexts } from '../../text/LanguageProvider'
import { ChoiceFigure } from './ChoiceFigure'
import { questionsOf, type Question } from './items'
import { RatedFigure } from './RatedFigure'
import { Section } from './Section'
import { instrumentsOf, isProtected, questionsCounted, type Window } from './window'

export function WhatTheySaid({
  party,
  objects,
  window,
}: {
  party: Schemas['PartyRef']
  objects: Schemas['ObjectView'][]
  window: Window
}) {
  const { t, named, language } = useTexts()
  const { asked, held } = useMemo(() => {
    const counted = questionsCounted(objects)
    const released = isProtected(objects, party)
    // What is released goes by indicator; other questions have nothing to show.
    const open = ({ id }: Question) => !released || counted.has(id)
    const found = instrumentsOf(objects, party.id).map((one) => ({
      id: one.id,
      title: one.title,
      all: questionsOf(one.id, one.content),
    }))
    return {
      asked: found
        .map((one) => ({ ...one, all: one.all.filter(open) }))
        .filter(({ all }) => all.length > 0),
      held: found.flatMap(({ all }) => all.filter((one) => !open(one))),
    }
  }, [objects, party])
  return (
    <Section id="said" title={t('voices-said')}>
      {asked.length === 0 ? (
        <Text>
          {t('said-none')}{' '}
          <Anchor component={Link} to="/agreed">
            {t('nav-agreed')}
          </Anchor>
        </Text>
      ) : (
        <Stack gap="sm">
          {asked.map(({ id, title, all }) => {
            const rated = all.filter(({ kind }) => kind === 'rating')
            return (
              <Fragment key={id}>
                {rated.length > 0 && (
                  <RatedFigure title={title} questions={rated} window={window} />
                )}
                {all
                  .filter(({ kind }) => kind !== 'rating')
                  .map((one) => (
                    <ChoiceFigure key={one.id} question={one} window={window} />
                  ))}
              </Fragment>
            )
          })}
        </Stack>
      )}
      {held.length > 0 && (
        <Text size="sm" c="dimmed">
          {t('said-held', {
            questions: new Intl.ListFormat(language).format(
              held.map(({ title }) => `“${named(title)}”`),
            ),
          })}
        </Text>
      )}
    </Section>
  )
}
