// How wide the browser draws a text.
import { font } from './theme'

let context: CanvasRenderingContext2D | null | undefined

export function measure(text: string, size: number, weight: number): number {
  context ??= document.createElement('canvas').getContext('2d')
  if (!context) return text.length * size
  context.font = `${weight} ${size}px ${font}`
  return context.measureText(text).width
}
