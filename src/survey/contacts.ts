/** What a visitor came for. Coarse on purpose: an answer that fits few people would point at them. Sealed with the answers: never rename. */
export const CONTACTS = ['service', 'advice', 'event', 'contract', 'other'] as const
