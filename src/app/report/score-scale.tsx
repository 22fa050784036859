/** A score from 0 to 100 with the target as a line: the words beside it say the same. */
export function ScoreScale({ score, target, label }: { score: number; target: number; label: string }) {
  return (
    <svg className="scale-bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      <rect className="whole" x="0" y="1.5" width="100" height="5" />
      <rect className={score >= target ? 'reached' : 'missed'} x="0" y="1.5" width={score} height="5" />
      <rect className="target" x={target} y="0" width="0.6" height="8" />
    </svg>
  )
}
