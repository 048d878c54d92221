/** As PostgreSQL words `column IN ('NAME', …)`. */
const NAMES = /^CHECK \(\(("?\w+"?) = ANY \(ARRAY\['[\w.-]*'::text(?:, '[\w.-]*'::text)*\]\)\)\)$/
/** As PostgreSQL words `column ~ '^[…]+$'` for a class of letters, digits and `_./-` without ranges of its own. */
const CODES = /^CHECK \(\(("?\w+"?) ~ '\^\[(?:0-9|A-Z|a-z|[_./])+-?\]\+\$'::text\)\)$/

/**
 * Does this constraint on one column (`pg_get_constraintdef`) admit nothing but texts that JSON writes as they are? What is worded in
 * another way counts as no: the column is escaped then.
 */
export const admitsPlainTextOnly = (definition: string): boolean => NAMES.test(definition) || CODES.test(definition)
