/** The font of official papers, in every workbook. */
export const WORKBOOK_FONT = { fontFamily: 'TH Sarabun New', fontSize: 14 } as const

/** Children of a font in the order in which the format has them. */
const ORDER = ['b', 'i', 'strike', 'u', 'vertAlign', 'sz', 'color', 'name', 'family', 'charset', 'scheme']

/** The library writes a font's parts in another order than the format's schema has them: spreadsheets read them, validators do not. */
export const fontsInOrder = {
  files: {
    transform: {
      'xl/styles.xml': {
        transform: (xml: string) =>
          xml.replace(/<font>(.*?)<\/font>/g, (_, parts: string) => `<font>${inOrder(parts)}</font>`),
      },
    },
  },
}

function inOrder(parts: string): string {
  const all = parts.match(/<\w+[^>]*\/>/g) ?? []
  const place = (part: string) => ORDER.indexOf(/^<(\w+)/.exec(part)?.[1] ?? '')
  return [...all].sort((one, other) => place(one) - place(other)).join('')
}
