// Words to tap, large enough for a thumb.
export function Chips({
  label,
  items,
  chosen,
  onToggle,
}: {
  label: string
  items: { value: string; label: string }[]
  chosen: string[]
  onToggle: (value: string) => void
}) {
  return (
    <div className="tap-chips" role="group" aria-label={label}>
      {items.map((one) => (
        <button
          key={one.value}
          type="button"
          className="tap-chip"
          aria-pressed={chosen.includes(one.value)}
          onClick={() => onToggle(one.value)}
        >
          {one.label}
        </button>
      ))}
    </div>
  )
}
