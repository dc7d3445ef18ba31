// The chair of somebody who was not asked.
export function EmptyChair() {
  return (
    <svg width="40" height="48" viewBox="0 0 44 52" aria-hidden="true">
      <path
        d="M12 3h20v24H12zM9 27h26v6H9zM11 33v16M33 33v16M11 42h22"
        fill="none"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
    </svg>
  )
}
