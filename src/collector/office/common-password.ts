/** Words and rows of keys that the commonest passwords of twelve and more characters are made of. */
const COMMON = [
  'password',
  'passw0rd',
  'qwerty',
  'asdfgh',
  'zxcvbn',
  'admin',
  'welcome',
  'iloveyou',
  'prongsai',
  'letmein',
]
const ROWS = [
  '01234567890123456789',
  '98765432109876543210',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
]

/** Below this many different characters a long password is a short one repeated. */
const FEWEST_DIFFERENT = 5
/** What must be left when everything common is taken out. */
const LEAST_LEFT = 6

/**
 * Whether a password is one of those that are tried first: little is left of it without the account's name, common words
 * and rows of keys. (ASVS 5.0, 6.2.4; lists of the commonest hold hardly any of twelve characters that are not of this kind.)
 */
export function isCommonPassword(password: string, name: string): boolean {
  let left = password.normalize('NFC').toLowerCase()
  if (new Set(left).size < FEWEST_DIFFERENT) return true
  for (const common of [name.toLowerCase(), ...COMMON]) left = left.replaceAll(common, '')
  for (const row of ROWS) left = withoutRuns(left, row)
  return [...left].length < LEAST_LEFT
}

/** Without pieces of a row of three characters or more. */
function withoutRuns(text: string, row: string): string {
  let left = text
  for (let length = row.length; length >= 3; length -= 1) {
    for (let at = 0; at + length <= row.length; at += 1) left = left.replaceAll(row.slice(at, at + length), '')
  }
  return left
}
