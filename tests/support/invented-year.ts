import { checkInstruments } from '#authoring/check'
import type { RawSheet } from '#authoring/read-sheets'
import { SHEET_NAMES, SHEETS, type SheetName } from '#authoring/tables'
import type { YearDocument } from '#instruments/years'
import words from '#locales/th/authoring.json' with { type: 'json' }

/** A year nobody has. */
export const INVENTED = '2599-own'

type Cells = Readonly<Record<string, string>>

const six = (label: string) => ['ไม่', 'น้อยที่สุด', 'น้อย', 'ค่อนข้างมาก', 'มาก', 'มากที่สุด'].map((step) => `${label}${step}`)

/** Options of each set with their scores: two, four, five and six; `theft` and `trust` look alike and score the other way round. */
const SETS: Readonly<Record<string, readonly (readonly [label: string, score: number])[]>> = {
  trust: six('เชื่อมั่น').map((label, at) => [label, at * 20]),
  theft: six('พบเห็น').map((label, at) => [label, 100 - at * 20]),
  five: ['แย่มาก', 'แย่', 'ปานกลาง', 'ดี', 'ดีมาก'].map((label, at) => [label, at * 25]),
  four: ['น้อยที่สุด', 'น้อย', 'มาก', 'มากที่สุด'].map((label, at) => [label, [0, 33, 67, 100][at] ?? 0]),
  ever: [
    ['เคย', 0],
    ['ไม่เคย', 100],
  ],
  done: [
    ['เปิดเผยแล้ว', 100],
    ['ยังไม่เปิดเผย', 0],
  ],
}

const ITEMS: readonly (readonly [item: string, indicator: string, scale: string, text: string])[] = [
  ['I1', '1', 'trust', 'ท่านเชื่อมั่นในการทำงานของหน่วยงานเพียงใด'],
  ['I2', '1', 'theft', 'ท่านพบเห็นการนำของราชการไปใช้ส่วนตัวเพียงใด'],
  ['I3', '2', 'five', 'งานของหน่วยงานดีเพียงใด'],
  ['I4', '2', 'ever', 'ท่านเคยถูกสั่งให้ทำสิ่งที่ไม่ถูกต้องหรือไม่'],
  ['E1', '3', 'four', 'ท่านได้รับบริการตามขั้นตอนเพียงใด'],
  ['E2', '3', 'trust', 'ท่านเชื่อมั่นในหน่วยงานเพียงใด'],
  ['O1', '4', 'done', 'โครงสร้าง'],
  ['O2', '4', 'done', 'มาตรการ'],
]

const ROWS: Readonly<Record<SheetName, readonly Cells[]>> = {
  set: [
    { instrument: 'IIT', titleTh: 'แบบภายใน', weight: '30', minutes: '2' },
    { instrument: 'EIT', titleTh: 'แบบภายนอก', weight: '30', minutes: '2', opening: words.value.contact },
    { instrument: 'OIT', titleTh: 'แบบเปิดเผย', weight: '40' },
  ].map((row) => ({
    ...row,
    ...{ year: INVENTED, fiscalYear: '2599', titleEn: 'Form', document: 'คู่มือทดสอบ', page: '๑', accessed: '2026-11-01' },
  })),
  indicators: [
    { instrument: 'IIT', indicator: '1', nameTh: 'ความเชื่อมั่น', nameEn: 'Trust' },
    { instrument: 'IIT', indicator: '2', nameTh: 'การทำงาน', nameEn: 'Work' },
    { instrument: 'EIT', indicator: '3', nameTh: 'บริการ', nameEn: 'Service' },
    { instrument: 'OIT', indicator: '4', nameTh: 'การเปิดเผย', nameEn: 'Disclosure' },
  ],
  items: ITEMS.map(([item, indicator, scale, textTh]) => ({
    ...{ item, indicator, scale, textTh, textEn: `Question ${item}` },
    ...(item === 'I2' ? { noteTh: 'ของที่ยืมอย่างถูกต้องไม่นับ', noteEn: 'What was borrowed properly does not count' } : {}),
  })),
  options: Object.entries(SETS).flatMap(([scale, options]) =>
    options.map(([labelTh, score], at) => ({
      ...{ scale, place: String(at + 1), score: String(score), labelTh, labelEn: `${scale} ${at + 1}` },
    })),
  ),
  lanes: [
    { lane: 'IIT', rule: 'ทุกคน' },
    { lane: words.value['eit-public'], eitPart: '3', rule: 'จำนวนคงที่', number: '20' },
    { lane: words.value['eit-survey'], eitPart: '1', rule: 'ร้อยละ', percent: '10', atLeast: '5', atMost: '50' },
  ],
  levels: [
    { level: 'ผ่าน', from: '85', eachFrom: '85', confirmed: 'ใช่' },
    { level: 'ต้องปรับปรุง', from: '0', confirmed: 'ไม่ใช่' },
  ],
  topics: [{ topic: 'measures', items: 'O2' }],
}

/** The invented year as an officer would fill it in. */
function inventedSheets(): RawSheet[] {
  const columns = words.column as Readonly<Record<string, string>>
  return SHEET_NAMES.map((name) => ({
    name: words.sheet[name],
    rows: [
      SHEETS[name].map((column) => columns[column] ?? column),
      ...ROWS[name].map((cells) => SHEETS[name].map((column) => cells[column] ?? '')),
    ],
  }))
}

/** And as it is kept. */
export function inventedDocument(): YearDocument {
  const { document, faults } = checkInstruments({ sheets: inventedSheets(), faults: [] }, [words], [])
  if (!document) throw new Error(JSON.stringify(faults))
  return document
}
