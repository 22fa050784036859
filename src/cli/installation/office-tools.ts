import type { OfficeTools } from '#collector/http/office/office'
import { closingSheetPdf } from '#print/closing-sheet-pdf'
import { openPosterPdf } from '#print/open-poster-pdf'
import { posterPdf } from '#print/poster-pdf'
import { reportPosterPdf } from '#print/report-poster-pdf'
import { slipsPdf } from '#print/slips-pdf'
import { readNewInstruments } from './instruments-text.ts'
import { yearForms } from './make-campaign.ts'

/** What a collector cannot know or print itself, for its survey team's room. */
export function officeTools(origins: Pick<OfficeTools, 'origin' | 'respondentsOrigin'>): OfficeTools {
  return {
    ...origins,
    formsOf: yearForms,
    readInstruments: readNewInstruments,
    printing: {
      slips: slipsPdf,
      poster: posterPdf,
      openPoster: openPosterPdf,
      reportPoster: reportPosterPdf,
      closingSheet: closingSheetPdf,
    },
  }
}
