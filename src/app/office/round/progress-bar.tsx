interface ProgressBarProps {
  readonly delivered: number
  readonly required: number
  readonly eligible: number
}

/** Delivered against eligible, with a mark where enough begins. The numbers stand beside it in words. */
export function ProgressBar({ delivered, required, eligible }: ProgressBarProps) {
  const share = (count: number) => `${Math.min(100, (count / Math.max(1, eligible)) * 100)}%`
  return (
    <svg className="progress" aria-hidden="true" width="100%" height="28">
      <rect className="track" width="100%" height="20" y="4" rx="4" />
      <rect className="fill" width={share(delivered)} height="20" y="4" rx="4" />
      <rect className="mark" x={share(required)} width="3" height="28" />
    </svg>
  )
}
