import type { RoundView } from '#protocol/office'
import type { Release } from '#results/release'
import type { RoundForms } from '#results/round-forms'
import { BaselineChoice } from './baseline-choice.tsx'
import { FindingsPart } from './findings-part.tsx'
import { ScorecardView } from './scorecard-view.tsx'
import { useBaseline } from './use-baseline.ts'
import { YearsTable } from './years-table.tsx'

interface ResultTablesProps {
  readonly round: RoundView
  readonly release: Release
  readonly forms: RoundForms
}

/** What was released, beside the chosen year and the kept ones, and what needs doing: the same for whoever opened and whoever looks later. */
export function ResultTables({ round, release, forms }: ResultTablesProps) {
  const chosen = useBaseline(round.cid)
  return (
    <>
      <BaselineChoice round={round} forms={forms} chosen={chosen} />
      <ScorecardView release={release} forms={forms} baseline={chosen.baseline}>
        <YearsTable round={round} release={release} forms={forms} />
      </ScorecardView>
      <FindingsPart release={release} forms={forms} baseline={chosen.baseline} />
    </>
  )
}
