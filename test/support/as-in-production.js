// graphql compares types as it does in production; what it would otherwise look for, a second copy of itself, takes a tenth of the tests' time.
const { NODE_ENV } = process.env
process.env.NODE_ENV = 'production'
require('graphql/jsutils/instanceOf')
process.env.NODE_ENV = NODE_ENV
