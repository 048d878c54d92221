'use strict'

const { default: Sequencer } = require('@jest/test-sequencer')

/** What takes longest begins first, else one core ends up waiting for the other; their size, by which jest goes, says nothing of these. */
const LONG = /\/(reading\/(checks|mutants|differential)|plugin\/(contract-kit|probe)|architecture\/migrations|e2e\/explorer|demo\/load)\.test\.ts$/

module.exports = class extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)]
    return [...sorted.filter(({ path }) => LONG.test(path)), ...sorted.filter(({ path }) => !LONG.test(path))]
  }
}
