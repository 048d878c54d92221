import 'reflect-metadata'
import { attachment } from '../../../src/api/evidence-routes'

test.each([
  ['a.pdf', `attachment; filename="a.pdf"; filename*=UTF-8''a.pdf`],
  ['会议.pdf', `attachment; filename="__.pdf"; filename*=UTF-8''%E4%BC%9A%E8%AE%AE.pdf`],
  [`a "b" 'c' (d) 100%.pdf`, `attachment; filename="a _b_ 'c' (d) 100_.pdf"; filename*=UTF-8''a%20%22b%22%20%27c%27%20%28d%29%20100%25.pdf`],
  ['a\r\nset-cookie: x.pdf', `attachment; filename="a__set-cookie: x.pdf"; filename*=UTF-8''a%0D%0Aset-cookie%3A%20x.pdf`],
])('the header for %j', (name, header) => {
  expect(attachment(name)).toBe(header)
})
