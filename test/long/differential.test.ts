import { differential } from '../support/differential'

differential([2, 3, 11, 12, 13, 14, 15, 16], 400)
