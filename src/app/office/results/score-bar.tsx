interface ScoreBarProps {
  readonly score: number
  /** The score of the year it is compared with. */
  readonly before?: number | null
  /** What should be reached. */
  readonly target?: number | undefined
}

/** A score as a bar of 100, with a dashed line at the target and a red one where it was before. The numbers stand beside it. */
export function ScoreBar({ score, before, target }: ScoreBarProps) {
  return (
    <svg className="score-bar" aria-hidden="true" width="100%" height="22">
      <rect className="track" width="100%" height="16" y="3" rx="3" />
      <rect className="fill" width={`${score}%`} height="16" y="3" rx="3" />
      {target !== undefined && target > 0 && (
        <line className="target" x1={`${target}%`} x2={`${target}%`} y1="0" y2="22" />
      )}
      {before !== undefined && before !== null && <rect className="mark" x={`${before}%`} width="3" height="22" />}
    </svg>
  )
}

interface DistributionProps {
  readonly counts: Readonly<Record<string, number>>
  /** Options in the order they are shown, each coloured by what it is worth: more is not always better. */
  readonly options: readonly { readonly code: number; readonly score: number }[]
  readonly n: number
}

/** How often each option was chosen, as parts of one bar. */
export function Distribution({ counts, options, n }: DistributionProps) {
  let at = 0
  return (
    <svg className="distribution" aria-hidden="true" width="100%" height="18">
      {options.map(({ code, score }) => {
        const width = ((counts[code] ?? 0) / Math.max(1, n)) * 100
        const x = at
        at += width
        return <rect key={code} className={`worth-${score}`} x={`${x}%`} width={`${width}%`} height="18" />
      })}
    </svg>
  )
}
