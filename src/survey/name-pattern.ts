/** What indicators, groups and sets of options may be called: letters and digits of any script, no dot and no colon. */
export const NAME_PATTERN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}_-]{0,39}$/u
