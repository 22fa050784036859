import { toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'

/**
 * The JSON Schema of a protocol's schema, for the collector's validator. What JSON Schema cannot say (stray bits of
 * base64url, one normal form of words) is checked where the value is used.
 */
export function toShape(schema: GenericSchema): object {
  // from the copy: the validator wants one dialect, and no `$schema` in the middle of another one
  const { $schema: _dialect, ...shape } = toJsonSchema(schema, { errorMode: 'ignore' })
  return shape
}
