/**
 * What jest calls a test environment: where the code of a test file runs. jest's own one for Node looks up every global
 * through a proxy, each time anew: `Promise`, `Error`, `Symbol`. Here they are those of an ordinary global object, as
 * in the program when it runs.
 */
const { constants, createContext } = require('node:vm');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { TestEnvironment } = require('jest-environment-node');

/** Shared with Node's own modules, which make and take them. */
const OF_NODE = ['ArrayBuffer', 'Buffer', 'Uint8Array'];

class PlainEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global = plainGlobal(this.global);
    this.context = this.global;
    this.fakeTimersModern = new ModernFakeTimers({
      config: config.projectConfig,
      global: this.global,
    });
  }
}

/** https://nodejs.org/docs/latest-v20.x/api/vm.html#vmcreatecontextcontextobject-options */
function plainGlobal(prepared) {
  const plain = createContext(constants.DONT_CONTEXTIFY);
  for (const name of Object.getOwnPropertyNames(prepared)) {
    if (name in plain && !OF_NODE.includes(name)) continue;
    Object.defineProperty(plain, name, Object.getOwnPropertyDescriptor(prepared, name));
  }
  plain.global = plain;
  return plain;
}

module.exports = PlainEnvironment;
