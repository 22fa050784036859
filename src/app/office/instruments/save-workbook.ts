import type { YearDocument } from '#instruments/years'
import { saveFile } from '../asking/save-file.ts'

/** A year as a workbook, in the language of the screen's headings. */
export async function saveWorkbook(document: YearDocument): Promise<void> {
  const [{ instrumentsWorkbook }, words] = await Promise.all([import('#authoring/files'), import('./words.ts')])
  const workbook = await instrumentsWorkbook(document, words.headings())
  saveFile(`ita-${document.rules.id}.xlsx`, [workbook], workbook.type)
}
