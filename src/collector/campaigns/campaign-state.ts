/**
 * A campaign's life, in this order and never back: nothing about anonymity can be loosened by returning to an earlier
 * state. Stored names: never rename.
 */
export const CAMPAIGN_STATES = ['draft', 'open', 'issue-closed', 'answers-closed', 'opened'] as const

export type CampaignState = (typeof CAMPAIGN_STATES)[number]

/** Whether responses are still taken. */
export function takesAnswers(state: CampaignState): boolean {
  return state === 'open' || state === 'issue-closed'
}

/** Whether answering is over for good: receipts are published, the box may be opened. */
export function isClosed(state: CampaignState): boolean {
  return state === 'answers-closed' || state === 'opened'
}
