import type { Installation } from '#collector/installation/data-folder'
import { type Finding, finding } from './finding.ts'

/** Checks of the PostgreSQL that a box lies in; none where it lies in a file. */
export async function postgresFindings({ box }: Installation): Promise<Finding[]> {
  const facts = await box?.postgresFacts()
  if (!facts) return []
  const { logging, guardsMissing, ordered, copies } = facts
  return [
    finding('pg-log', logging.length === 0, logging.join(', ') || 'log_statement none'),
    finding('pg-guards', guardsMissing.length === 0, guardsMissing.join(', ') || '4'),
    finding('pg-one-mark', ordered.length === 0, ordered.join(', ') || 'xmin'),
    // harmless as long as intake keys are destroyed: said, not judged
    { check: 'pg-copies', verdict: 'unchecked', evidence: copies },
  ]
}
