'use strict'

const vm = require('node:vm')
const { TestEnvironment } = require('jest-environment-node')

/**
 * Every test file has its modules to itself, so each of a worker's files would compile all of them anew, which takes longer than most tests.
 * What the compiler made of a text is kept for the worker's next file; the modules still run for each file by themselves.
 */
const compiled = new Map()
const { compileFunction } = vm
vm.compileFunction = (code, parameters, options) => {
  const known = compiled.get(options?.filename)
  if (known?.code === code) return compileFunction(code, parameters, { ...options, cachedData: known.data })
  const made = compileFunction(code, parameters, { ...options, produceCachedData: true })
  if (made.cachedData) compiled.set(options?.filename, { code, data: made.cachedData })
  return made
}

module.exports = TestEnvironment
