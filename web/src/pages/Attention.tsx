// A box that asks attention without alarming: words, not colour, carry it.
import { Text } from '@mantine/core'
import type { ReactNode } from 'react'

export function Attention({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="attention" role="note">
      <Text size="sm">
        <strong>{title}</strong> {children}
      </Text>
    </div>
  )
}
