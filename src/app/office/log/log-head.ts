/** The head of the log as it is printed on sheets: twenty digits, in groups of four. */
export function printedHead(head: string): string {
  return head.slice(0, 20).match(/.{4}/g)?.join(' ') ?? ''
}
