/** Columns of the table of findings. */
export const FINDING_COLUMNS = ['issue', 'item', 'text', 'score', 'change', 'named', 'answer'] as const

/** Columns of the table of measures. */
export const MEASURE_COLUMNS = [
  ...(['issue', 'measure', 'items', 'step', 'stepState', 'stepOn', 'stepResult', 'from', 'to', 'units'] as const),
  ...([
    'state',
    'percent',
    'monitoring',
    'proof',
    'success',
    'outcome',
    'obstacles',
    'next',
    'givenUp',
    'evidence',
  ] as const),
] as const
