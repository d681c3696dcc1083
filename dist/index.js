/******/ (() => { // webpackBootstrap
/******/ 	var __webpack_modules__ = ({

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

"use strict";
var __webpack_unused_export__;


var net = __nccwpck_require__(278);
var tls = __nccwpck_require__(756);
var http = __nccwpck_require__(611);
var https = __nccwpck_require__(692);
var events = __nccwpck_require__(434);
var assert = __nccwpck_require__(613);
var util = __nccwpck_require__(23);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 613:
/***/ ((module) => {

"use strict";
module.exports = require("assert");

/***/ }),

/***/ 434:
/***/ ((module) => {

"use strict";
module.exports = require("events");

/***/ }),

/***/ 611:
/***/ ((module) => {

"use strict";
module.exports = require("http");

/***/ }),

/***/ 692:
/***/ ((module) => {

"use strict";
module.exports = require("https");

/***/ }),

/***/ 278:
/***/ ((module) => {

"use strict";
module.exports = require("net");

/***/ }),

/***/ 756:
/***/ ((module) => {

"use strict";
module.exports = require("tls");

/***/ }),

/***/ 23:
/***/ ((module) => {

"use strict";
module.exports = require("util");

/***/ })

/******/ 	});
/************************************************************************/
/******/ 	// The module cache
/******/ 	var __webpack_module_cache__ = {};
/******/ 	
/******/ 	// The require function
/******/ 	function __nccwpck_require__(moduleId) {
/******/ 		// Check if module is in cache
/******/ 		var cachedModule = __webpack_module_cache__[moduleId];
/******/ 		if (cachedModule !== undefined) {
/******/ 			return cachedModule.exports;
/******/ 		}
/******/ 		// Create a new module (and put it into the cache)
/******/ 		var module = __webpack_module_cache__[moduleId] = {
/******/ 			// no module.id needed
/******/ 			// no module.loaded needed
/******/ 			exports: {}
/******/ 		};
/******/ 	
/******/ 		// Execute the module function
/******/ 		var threw = true;
/******/ 		try {
/******/ 			__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 			threw = false;
/******/ 		} finally {
/******/ 			if(threw) delete __webpack_module_cache__[moduleId];
/******/ 		}
/******/ 	
/******/ 		// Return the exports of the module
/******/ 		return module.exports;
/******/ 	}
/******/ 	
/************************************************************************/
/******/ 	/* webpack/runtime/asset-relocator-loader */
/******/ 	if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = __dirname + "/";
/******/ 	
/******/ 	/* webpack/runtime/create fake namespace object */
/******/ 	(() => {
/******/ 		var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 		var leafPrototypes;
/******/ 		// create a fake namespace object
/******/ 		// mode & 1: value is a module id, require it
/******/ 		// mode & 2: merge all properties of value into the ns
/******/ 		// mode & 4: return value when already ns object
/******/ 		// mode & 16: return value when it's Promise-like
/******/ 		// mode & 8|1: behave like require
/******/ 		__nccwpck_require__.t = function(value, mode) {
/******/ 			if(mode & 1) value = this(value);
/******/ 			if(mode & 8) return value;
/******/ 			if(typeof value === 'object' && value) {
/******/ 				if((mode & 4) && value.__esModule) return value;
/******/ 				if((mode & 16) && typeof value.then === 'function') return value;
/******/ 			}
/******/ 			var ns = Object.create(null);
/******/ 			__nccwpck_require__.r(ns);
/******/ 			var def = {};
/******/ 			leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 			for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 				Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 			}
/******/ 			def['default'] = () => (value);
/******/ 			__nccwpck_require__.d(ns, def);
/******/ 			return ns;
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/define property getters */
/******/ 	(() => {
/******/ 		// define getter functions for harmony exports
/******/ 		__nccwpck_require__.d = (exports, definition) => {
/******/ 			for(var key in definition) {
/******/ 				if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 					Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 				}
/******/ 			}
/******/ 		};
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/hasOwnProperty shorthand */
/******/ 	(() => {
/******/ 		__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ 	})();
/******/ 	
/******/ 	/* webpack/runtime/make namespace object */
/******/ 	(() => {
/******/ 		// define __esModule on exports
/******/ 		__nccwpck_require__.r = (exports) => {
/******/ 			if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 				Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 			}
/******/ 			Object.defineProperty(exports, '__esModule', { value: true });
/******/ 		};
/******/ 	})();
/******/ 	
/************************************************************************/
var __webpack_exports__ = {};
// This entry need to be wrapped in an IIFE because it need to be in strict mode.
(() => {
"use strict";
// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  login: () => (/* binding */ src_login),
  loginPost: () => (/* binding */ src_loginPost),
  logout: () => (/* binding */ src_logout)
});

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/src/device.js

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 12;
/** Synapse takes 100 characters and MAS fails with 500 beyond them; some room for what is counted otherwise. */
const LONGEST_NAME = 90;
/**
 * The device of a step whose token is to outlive the job: the same on every run of the step on this branch, so that
 * re-runs do not pile up devices, and another for every other step, branch and server.
 */
function stableDeviceId(homeserverUrl, context, matrix) {
    const { repository, workflowFile, job, step, branch } = context;
    const parts = [homeserverUrl, repository, workflowFile, job, matrix, step, branch];
    return format((0,external_node_crypto_namespaceObject.createHash)('sha256').update(JSON.stringify(parts)).digest());
}
/** A device of its own for a session that ends with the job: nothing that runs beside it can end it, nor be ended. */
function randomDeviceId(bytes) {
    return format(bytes(LENGTH));
}
/** Letters and digits that every server takes, and 60 bits of them. */
function format(bytes) {
    return `GHA-${[...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('')}`;
}
/** The name under which people find the session in their list of devices. */
function deviceDisplayName(given, { repository, workflowName, job }) {
    const name = given === '' ? `GitHub Actions: ${repository} · ${workflowName} · ${job}` : given;
    const printable = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed();
    return [...printable].slice(0, LONGEST_NAME).join('');
}
/** The matrix values with their keys sorted; empty for a job without a matrix. */
function canonicalMatrix(json) {
    const text = json.trim();
    if (text === '')
        return '';
    try {
        const value = JSON.parse(text);
        const canonical = JSON.stringify(sortKeys(value));
        return canonical === 'null' || canonical === '{}' ? '' : canonical;
    }
    catch {
        return text;
    }
}
function sortKeys(value) {
    if (Array.isArray(value))
        return value.map(sortKeys);
    if (typeof value !== 'object' || value === null)
        return value;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]));
}

;// CONCATENATED MODULE: ./build/src/failures.js
/**
 * Every word that the output `failure` can hold, with its meaning and the remedy. The README's table is generated from
 * this one, and `explain.ts` falls back to the remedy where the code that failed has nothing better to say.
 */
const FAILURES = {
    'invalid-input': {
        when: 'Inputs are missing, contradict each other or are malformed. Nothing was sent.',
        remedy: 'Correct the inputs named above; nothing was sent.',
    },
    'missing-credentials': {
        when: 'No credential is set: a misspelt secret name, a pull request from a fork, or a run of Dependabot.',
        remedy: 'Set exactly one credential, or `if-no-credentials: skip`.',
    },
    'insecure-url': {
        when: 'The homeserver would be spoken to over `http://`, and is not this machine.',
        remedy: 'Use https://. For a server on a private network, and only there, set `allow-http: true`.',
    },
    'not-a-homeserver': {
        when: 'What answers is no Matrix homeserver: a web page, a parking page, a proxy’s login page, a bad `.well-known`.',
        remedy: 'Give the base URL of the client API, for example https://matrix.example.org, as `homeserver`.',
    },
    redirected: {
        when: 'A request that carries a credential was answered with a redirect, which is never followed.',
        remedy: 'Give the address at the end of the redirect as `homeserver`, if you trust it.',
    },
    unreachable: {
        when: 'No complete answer: DNS, refused, reset, truncated or timed out, after all retries.',
        remedy: 'Check the address, the firewall and the proxy settings of the runner, and whether the server is up.',
    },
    tls: {
        when: 'The server’s certificate is not accepted, or there is no TLS at that port.',
        remedy: 'Install a complete certificate chain on the server; for a private authority set NODE_EXTRA_CA_CERTS.',
    },
    'rate-limited': {
        when: 'The server still limited requests when `max-wait` ran out. The message says when a retry can work.',
        remedy: 'Log in less often (rotate a stored token instead), spread the jobs out, or raise `max-wait`.',
    },
    'server-error': {
        when: 'The server failed (5xx after all retries), or said success without the data that belongs to it.',
        remedy: 'Look into the server’s log, or try again later.',
    },
    'wrong-credentials': {
        when: 'User or password refused, or the user is unknown there.',
        remedy: 'Check that the account exists on this server and that the secret holds its current password.',
    },
    'method-unavailable': {
        when: 'The server does not offer this kind of login. The message lists what it offers.',
        remedy: 'Use a kind of login that the server offers, or a stored `access-token`.',
    },
    'account-deactivated': {
        when: 'The server says that the account is deactivated. (To a password most servers answer as for a wrong one.)',
        remedy: 'Ask the administrator of the server to reactivate the account.',
    },
    'account-locked': {
        when: 'The server says that the account is locked.',
        remedy: 'Ask the administrator of the server to unlock the account.',
    },
    'device-limit': {
        when: 'The account has as many sessions as the server allows.',
        remedy: 'End sessions on the account page, or set `device-id` to one that exists, which takes no new place.',
    },
    'token-invalid': {
        when: 'The token that was given is unknown, expired or refused.',
        remedy: 'Store a new token, or let this action log in for each run.',
    },
    'wrong-user': {
        when: 'The server logged in somebody else than `user`, or the token belongs to somebody else.',
        remedy: 'Check which account the secret belongs to.',
    },
    denied: {
        when: 'Any other refusal (4xx). The message has the server’s words.',
        remedy: 'Read the server’s words above; its administrator can say more.',
    },
    internal: {
        when: 'A bug in this action. The message asks for a report.',
        remedy: 'Please report it, without any token or password.',
    },
};
/** A failure that is understood: its word, what happened, and what to do about it. */
class Failure extends Error {
    word;
    hint;
    constructor(word, message, hint = FAILURES[word].remedy, options) {
        super(message, options);
        this.name = 'Failure';
        this.word = word;
        this.hint = hint;
    }
}

;// CONCATENATED MODULE: ./build/src/http/retry.js
const BASE_MS = 1_000;
const CEILING_MS = 16_000;
/** Doubles from here where a 429 names no delay (MAS refills one login every 20 s). */
const UNHINTED_LIMIT_MS = 5_000;
/** How often each kind is tried again. A bound on every kind keeps a server that answers `Retry-After: 0` from looping. */
const MOST_RETRIES = {
    'no-answer': 7,
    unavailable: 7,
    'internal-error': 1,
    'rate-limited': 9,
    'repeat-once': 1,
    final: 0,
};
/**
 * Whether to try again, and after how long. Exponential backoff with full jitter; a 429 waits exactly as long as the
 * server says. A pause that does not fit the budget is not begun, and no budget at all means no retries of any kind.
 */
function decideRetry(outcome, state) {
    const before = state.earlier.get(outcome.kind) ?? 0;
    if (outcome.kind === 'final' || before >= MOST_RETRIES[outcome.kind])
        return { retry: false };
    const waitMs = pause(outcome, before, state.random);
    if (state.budgetMs <= 0 || waitMs > state.budgetMs)
        return { retry: false, neededMs: waitMs };
    return { retry: true, waitMs, reason: outcome.reason };
}
function pause(outcome, before, random) {
    if (outcome.kind !== 'rate-limited')
        return Math.round(random * Math.min(CEILING_MS, BASE_MS * 2 ** before));
    if (outcome.retryAfterMs !== undefined)
        return outcome.retryAfterMs;
    const longest = UNHINTED_LIMIT_MS * 2 ** before;
    return Math.round(longest / 2 + (random * longest) / 2);
}

;// CONCATENATED MODULE: ./build/src/http/retry-after.js
/**
 * The delay a `Retry-After` header asks for, in milliseconds.
 * Both forms of RFC 9110 §10.2.3: whole seconds, or an HTTP date. Anything else is no delay that was asked for.
 */
function parseRetryAfter(value, now) {
    const text = value?.trim();
    if (text === undefined || text === '')
        return undefined;
    if (/^\d{1,9}$/.test(text))
        return Number(text) * 1000;
    if (!/^[A-Za-z]{3,9},? /.test(text))
        return undefined;
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

;// CONCATENATED MODULE: ./build/src/http/transport.js
/** No complete answer came. */
class TransportError extends Error {
    problem;
    /** Host and port that were asked; nothing else of the URL. */
    host;
    /** Node's error code, such as `ECONNREFUSED`, where there is one. */
    code;
    constructor(problem, host, message, code, options) {
        super(message, options);
        this.name = 'TransportError';
        this.problem = problem;
        this.host = host;
        this.code = code;
    }
    /** Whether the request may have reached the server, so that it may have had its effect. */
    get mayHaveArrived() {
        return ['reset', 'timeout', 'truncated', 'too-large', 'other'].includes(this.problem);
    }
    /** Whether the same request may succeed a moment later. A certificate does not get better by waiting. */
    get isTransient() {
        return !['certificate', 'not-tls', 'too-large'].includes(this.problem);
    }
}

;// CONCATENATED MODULE: ./build/src/http/exchange.js



/** How much of a step may be spent in pauses, over all its requests. */
class WaitBudget {
    #remainingMs;
    constructor(ms) {
        this.#remainingMs = ms;
    }
    get remainingMs() {
        return this.#remainingMs;
    }
    spend(ms) {
        this.#remainingMs -= ms;
    }
}
/** No complete answer came to any try. */
class NoAnswerError extends Error {
    cause;
    /** Whether any of the tries may have reached the server. */
    answerLost;
    tries;
    constructor(cause, answerLost, tries) {
        super(cause.message, { cause });
        this.name = 'NoAnswerError';
        this.cause = cause;
        this.answerLost = answerLost;
        this.tries = tries;
    }
}
/** Sends a request, again where that can help, until there is an answer to keep or no more to be had. */
async function exchange(request, ports, read = () => ({})) {
    const earlier = new Map();
    let answerLost = false;
    for (let tries = 1;; tries += 1) {
        const result = await attempt(request, ports.transport);
        const outcome = classify(result, read, ports.clock.now());
        const lostNow = 'error' in result && result.error.mayHaveArrived;
        answerLost ||= lostNow;
        const decision = decideRetry(outcome, { earlier, budgetMs: ports.budget.remainingMs, random: ports.random() });
        if (!decision.retry || !(await waitFor(decision.waitMs, decision.reason, ports))) {
            if ('error' in result)
                throw new NoAnswerError(result.error, answerLost, tries);
            const retryAfterMs = outcome.kind === 'rate-limited' ? outcome.retryAfterMs : undefined;
            return { response: result.response, answerLost, retryAfterMs };
        }
        earlier.set(outcome.kind, (earlier.get(outcome.kind) ?? 0) + 1);
    }
}
async function waitFor(waitMs, reason, ports) {
    ports.onRetry(reason, waitMs);
    ports.budget.spend(waitMs);
    return ports.clock.sleep(waitMs);
}
async function attempt(request, transport) {
    try {
        return { response: await transport(request) };
    }
    catch (error) {
        if (error instanceof TransportError)
            return { error };
        throw error;
    }
}
function classify(result, read, now) {
    if ('error' in result) {
        return result.error.isTransient ? { kind: 'no-answer', reason: result.error.message } : { kind: 'final' };
    }
    const { status, headers } = result.response;
    const hints = read(result.response);
    if (status === 429) {
        const delays = [parseRetryAfter(headers['retry-after'], now), hints.retryAfterMs].filter((ms) => ms !== undefined);
        const retryAfterMs = delays.length > 0 ? Math.max(...delays) : undefined;
        return { kind: 'rate-limited', reason: 'the server limits how often one may ask (429)', retryAfterMs };
    }
    if (hints.repeatOnce !== undefined)
        return { kind: 'repeat-once', reason: hints.repeatOnce };
    if (status === 500)
        return { kind: 'internal-error', reason: 'the server failed (500)' };
    if (status >= 502 && status <= 504)
        return { kind: 'unavailable', reason: `the server is not available (${status})` };
    return { kind: 'final' };
}

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = require("node:util");
;// CONCATENATED MODULE: ./build/src/secret.js

/**
 * A value that must not be printed. It shows as `***` wherever text is made of it (template strings, JSON,
 * `console.log`, error messages), so a slip in a log line does not become a leak. `reveal()` is the only way
 * to the value and easy to search for.
 */
class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
    /** The value itself, for requests, masks and outputs. */
    reveal() {
        return this.#value;
    }
    toString() {
        return '***';
    }
    toJSON() {
        return '***';
    }
    [external_node_util_namespaceObject.inspect.custom]() {
        return '***';
    }
}

;// CONCATENATED MODULE: ./build/src/matrix/json.js
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
/** The object that stands in these bytes; `undefined` for anything else, invalid UTF-8 too. */
function parseJsonObject(bytes) {
    try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
/** A member that is a string, or nothing. */
function stringMember(object, name) {
    const value = object[name];
    return typeof value === 'string' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/matrix/answers.js

/** An answer that is not what was asked for. Holds nothing of the request but what it was about. */
class AnswerError extends Error {
    problem;
    /** Which server, as base URL. */
    server;
    /** What was asked for, as in "…refused to log in". */
    operation;
    /** Whether the request, or an earlier try of it, may have had its effect all the same. */
    mayHaveTakenEffect;
    constructor(problem, server, operation, mayHaveTakenEffect) {
        super(`${operation}: ${problem.kind} (${problem.status})`);
        this.name = 'AnswerError';
        this.problem = problem;
        this.server = server;
        this.operation = operation;
        this.mayHaveTakenEffect = mayHaveTakenEffect;
    }
}
/** Success as a JSON object, or what is wrong with the answer. */
function judge(response, retryAfterMs) {
    const { status } = response;
    const body = parseJsonObject(response.body);
    const errcode = body === undefined ? undefined : stringMember(body, 'errcode');
    const text = body === undefined ? undefined : stringMember(body, 'error');
    if (status >= 300 && status < 400)
        return { kind: 'redirected', status, location: response.headers.location };
    if (status === 429)
        return { kind: 'rate-limited', status, errcode, retryAfterMs };
    if (status >= 500)
        return { kind: 'server-error', status, errcode, text };
    if (body !== undefined)
        return status < 300 ? { ok: body } : { kind: 'refused', status, errcode, text, body };
    if (isWebPage(response) || status === 404)
        return { kind: 'not-matrix', status, evidence: evidence(response) };
    if (status < 300)
        return { kind: 'malformed', status, what: 'its body is not a JSON object' };
    return { kind: 'refused', status, errcode: undefined, text: excerpt(response), body: {} };
}
/** A delay in the body of a 429: deprecated since v1.10, and all that Dendrite sends. In milliseconds. */
function bodyRetryAfter(response) {
    const value = parseJsonObject(response.body)?.retry_after_ms;
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined;
}
function isWebPage(response) {
    const type = response.headers['content-type'] ?? '';
    return /\bhtml\b/i.test(type) || /^\s*</.test(excerpt(response));
}
function evidence(response) {
    const type = response.headers['content-type'] ?? 'no content type';
    const title = /<title[^>]*>([^<]{0,100})/i.exec(excerpt(response))?.[1]?.trim();
    const server = response.headers.server;
    const parts = [type, title === undefined ? '' : `title “${title}”`, server === undefined ? '' : `server ${server}`];
    return parts.filter((part) => part !== '').join(', ');
}
/** The beginning, enough to find a title in; never shown whole. */
function excerpt(response) {
    return new TextDecoder().decode(response.body.subarray(0, 4096));
}

;// CONCATENATED MODULE: ./build/src/matrix/client.js



/** How long one request may take, in milliseconds. */
const REQUEST_DEADLINE_MS = 30_000;
/** Talks to one homeserver. Knows requests and answers, nothing of where they are used. */
class MatrixClient {
    baseUrl;
    #ports;
    constructor(baseUrl, ports) {
        this.baseUrl = baseUrl;
        this.#ports = ports;
    }
    /** A client for the same server with other ports (less patience, say). */
    withPorts(ports) {
        return new MatrixClient(this.baseUrl, { ...this.#ports, ...ports });
    }
    /**
     * Sends a request and returns the object that was answered.
     * @throws {@link AnswerError} for any other answer, `NoAnswerError` where there is none.
     */
    async send(request) {
        try {
            return await this.#sendTo('v3', request);
        }
        catch (error) {
            if (!isUnrecognized(error) || request.path.startsWith('/_matrix') || !(await this.#isBeforeV1()))
                throw error;
            return this.#sendTo('r0', request);
        }
    }
    async #sendTo(version, request) {
        const path = request.path.startsWith('/_matrix') ? request.path : `/_matrix/client/${version}${request.path}`;
        const { response, answerLost, retryAfterMs } = await exchange(httpRequest(this.baseUrl + path, request), this.#ports, (answer) => hints(answer, request));
        const judged = judge(response, retryAfterMs);
        if ('ok' in judged)
            return judged.ok;
        const lost = answerLost || judged.kind === 'malformed' || response.status >= 500;
        throw new AnswerError(judged, this.baseUrl, request.operation, lost);
    }
    /**
     * Whether the server is from before Matrix 1.1 and knows `r0` only. Servers advertise less than they serve, so this is
     * asked only after `v3` was not recognised.
     */
    async #isBeforeV1() {
        const versions = await this.versions();
        return versions !== undefined && versions.length > 0 && !versions.some((version) => /^v\d/.test(version));
    }
    /** What `/versions` lists; `undefined` where nothing usable is answered. Asked only to explain a failure. */
    async versions() {
        const answer = await this.#ask('/_matrix/client/versions');
        const versions = answer?.versions;
        return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined;
    }
    /** The login types that the server offers; `undefined` where it says nothing. Asked only to explain a failure. */
    async loginFlows() {
        const answer = (await this.#ask('/_matrix/client/v3/login')) ?? (await this.#ask('/_matrix/client/r0/login'));
        const flows = answer?.flows;
        if (!Array.isArray(flows))
            return undefined;
        return flows.map((flow) => flowType(flow)).filter((type) => type !== undefined);
    }
    /** Whether the server has an OAuth 2.0 API (Matrix 1.15, MSC2965). Asked only to explain a failure. */
    async hasOAuth() {
        const answer = await this.#ask('/_matrix/client/v1/auth_metadata');
        return answer !== undefined && stringMember(answer, 'issuer') !== undefined;
    }
    /** One try, and no failure of its own: the failure to explain is another. */
    async #ask(path) {
        try {
            const request = { operation: 'ask', method: 'GET', path };
            const response = await this.#ports.transport(httpRequest(this.baseUrl + path, request, 10_000));
            const judged = judge(response);
            return 'ok' in judged ? judged.ok : undefined;
        }
        catch {
            return undefined;
        }
    }
}
function httpRequest(url, request, deadlineMs = REQUEST_DEADLINE_MS) {
    const authorization = request.accessToken === undefined ? {} : { authorization: `Bearer ${request.accessToken.reveal()}` };
    if (request.method === 'GET')
        return { method: 'GET', url, headers: authorization, deadlineMs };
    const body = JSON.stringify(request.body ?? {});
    return { method: 'POST', url, headers: { 'content-type': 'application/json', ...authorization }, body, deadlineMs };
}
function hints(response, request) {
    const retryAfterMs = response.status === 429 ? bodyRetryAfter(response) : undefined;
    const repeatOnce = request.passing?.(response);
    return {
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(repeatOnce === undefined ? {} : { repeatOnce }),
    };
}
function isUnrecognized(error) {
    if (!(error instanceof AnswerError) || error.problem.kind !== 'refused')
        return false;
    return error.problem.status === 404 && error.problem.errcode === 'M_UNRECOGNIZED';
}
function flowType(flow) {
    return typeof flow === 'object' && flow !== null && 'type' in flow && typeof flow.type === 'string'
        ? flow.type
        : undefined;
}
/** A refusal with this status and `errcode`, for requests that know which refusals pass. */
function isRefusal(response, status, errcode) {
    return response.status === status && stringMember(parseJsonObject(response.body) ?? {}, 'errcode') === errcode;
}

;// CONCATENATED MODULE: ./build/src/matrix/login.js




/**
 * `POST /login`: https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3login.
 * Always with a device ID, so that a repeated login lands on the same device; never with `refresh_token`, which would
 * turn a lasting token into one of five minutes.
 */
function loginRequest(credential, device, accessToken) {
    return {
        operation: 'log in',
        method: 'POST',
        path: '/login',
        body: { ...credential, device_id: device.deviceId, initial_device_display_name: device.displayName },
        ...(accessToken === undefined ? {} : { accessToken }),
        // Synapse, while another request is logging the device out: "No row found (devices)". A moment later it works.
        passing: (response) => isRefusal(response, 404, 'M_UNKNOWN') ? 'the device is being logged out at the same moment (404)' : undefined,
    };
}
/**
 * The secrets of an answer. Strings of any kind count, also where the rest of the answer is nonsense: what looks like a
 * token is masked before anything else is done with it.
 */
function issuedTokens(answer) {
    const accessToken = stringMember(answer, 'access_token');
    const refreshToken = stringMember(answer, 'refresh_token');
    return {
        ...(accessToken === undefined ? {} : { accessToken }),
        ...(refreshToken === undefined ? {} : { refreshToken }),
    };
}
/** The session in a successful answer. @throws AnswerError where something of it is missing or malformed. */
function sessionFromLogin(client, answer, now) {
    const { accessToken, refreshToken } = issuedTokens(answer);
    const malformed = (what) => new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, 'log in', true);
    if (accessToken === undefined || !isToken(accessToken))
        throw malformed('it has no usable access_token');
    const userId = stringMember(answer, 'user_id');
    if (userId === undefined || !isUserId(userId))
        throw malformed('it has no usable user_id');
    const deviceId = stringMember(answer, 'device_id');
    if (deviceId === undefined || !isPrintable(deviceId))
        throw malformed('it has no usable device_id');
    const lifetime = lifetimeOf(answer);
    if (lifetime === 'malformed')
        throw malformed('its expires_in_ms is no number of milliseconds');
    return {
        homeserverUrl: client.baseUrl,
        userId,
        deviceId,
        accessToken: new Secret(accessToken),
        ...(refreshToken === undefined || !isToken(refreshToken) ? {} : { refreshToken: new Secret(refreshToken) }),
        ...(lifetime === undefined ? {} : { expiresAt: now + lifetime }),
    };
}
/** Tokens are opaque: anything that fits into a header, without white space. */
function isToken(text) {
    return /^[\x21-\x7e]+$/.test(text);
}
/** A user ID that can stand in an output and a log: `@`, a colon, no control characters. */
function isUserId(text) {
    return /^@[^:]*:.+$/.test(text) && isPrintable(text);
}
/** Not empty, and no control characters. */
function isPrintable(text) {
    return text !== '' && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
/** `expires_in_ms`, 100 years at the most so that it stays a date; absent means that the server names no end. */
function lifetimeOf(answer) {
    const value = answer.expires_in_ms;
    if (value === undefined || value === null)
        return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0 || value > 3.2e12)
        return 'malformed';
    return value;
}

;// CONCATENATED MODULE: ./build/src/matrix/whoami.js



/** `GET /account/whoami`: https://spec.matrix.org/latest/client-server-api/#get_matrixclientv3accountwhoami */
async function whoami(client, accessToken) {
    const operation = 'say whose token it is';
    const answer = await client.send({ operation, method: 'GET', path: '/account/whoami', accessToken });
    const userId = stringMember(answer, 'user_id');
    const deviceId = stringMember(answer, 'device_id');
    if (userId === undefined || !isUserId(userId)) {
        const what = 'it has no usable user_id';
        throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, operation, false);
    }
    return { userId, ...(deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId }) };
}

;// CONCATENATED MODULE: ./build/src/matrix/server-text.js
/** Longest text of a server that is shown, in characters. */
const LONGEST = 300;
/**
 * Text from a server, made fit for a log: no control characters (a line break would start a new line, an escape colour
 * the log), nothing that a runner could read as a workflow command, at most 300 characters.
 */
function cleanServerText(text) {
    const oneLine = text
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/:{2,}/g, ': :')
        .replace(/##\[/g, '## [')
        .replace(/ {2,}/g, ' ')
        .trim();
    return oneLine.length > LONGEST ? `${oneLine.slice(0, LONGEST - 1).toWellFormed()}…` : oneLine;
}

;// CONCATENATED MODULE: ./build/src/credentials/refusals.js


/** "https://… refused to log in: 403 M_FORBIDDEN, “Invalid password”." */
function describeRefusal(error) {
    const { problem, server, operation } = error;
    const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${cleanServerText(problem.errcode)}` : '';
    const text = 'text' in problem && problem.text !== undefined ? cleanServerText(problem.text) : '';
    return `${server} refused to ${operation}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`;
}
/** Refusals that are about the account and mean the same for every credential. */
const ACCOUNT_ERRCODES = {
    M_USER_DEACTIVATED: 'account-deactivated',
    M_USER_LOCKED: 'account-locked',
    M_USER_LIMIT_EXCEEDED: 'device-limit',
};
/** What the server says of the account itself; `undefined` where it says nothing. */
function accountFailure(error) {
    const { problem } = error;
    if (problem.kind !== 'refused')
        return undefined;
    const word = ACCOUNT_ERRCODES[problem.errcode ?? ''] ?? deviceLimit(problem.text);
    if (word === undefined)
        return undefined;
    return new Failure(word, describeRefusal(error), undefined, { cause: error });
}
/** Matrix Authentication Service has no errcode for it (crates/handlers/src/compat/login.rs). */
function deviceLimit(text) {
    return text !== undefined && /device limit/i.test(text) ? 'device-limit' : undefined;
}

;// CONCATENATED MODULE: ./build/src/credentials/access-token.js





/** A token that exists already: checked with `whoami`, masked, passed on. */
const accessToken = {
    input: 'access-token',
    form: 'token',
    needsUser: false,
    logoutAllowed: false,
    read: (text) => accessTokenCredential(new Secret(text)),
};
function accessTokenCredential(secret) {
    return {
        description: `a given access token (${tokenKind(secret)})`,
        opensSession: false,
        open: (context) => useToken(secret, context),
        explain: (error) => Promise.resolve(explainRefusal(error, secret)),
    };
}
async function useToken(secret, { client, warning }) {
    if (!isToken(secret.reveal())) {
        throw new Failure('token-invalid', 'access-token holds white space or characters that no token has; it was not sent.');
    }
    const owner = await whoami(client, secret);
    if (isShortLived(secret))
        warning(SHORT_LIVED);
    return { homeserverUrl: client.baseUrl, accessToken: secret, ...owner };
}
const SHORT_LIVED = 'This access token (mat_…) belongs to an OAuth session, such as that of Element Web: it lives for minutes and dies ' +
    'with that session. Let the action log in with a password instead, or store a token of a session of its own.';
function isShortLived(secret) {
    return secret.reveal().startsWith('mat_');
}
/** What the prefix says. Tokens are opaque, so this is for hints only. */
function tokenKind(secret) {
    const prefix = /^(syt|mct|mat|mpt)_/.exec(secret.reveal())?.[1];
    switch (prefix) {
        case 'syt':
            return 'of Synapse';
        case 'mct':
            return 'of Matrix Authentication Service, lasting';
        case 'mat':
            return 'of Matrix Authentication Service, OAuth, short-lived';
        case 'mpt':
            return 'of Matrix Authentication Service, personal';
        default:
            return 'of a kind that its form does not tell';
    }
}
function explainRefusal(error, secret) {
    const { problem } = error;
    if (problem.kind !== 'refused' || (problem.status !== 401 && problem.status !== 403))
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    const hint = isShortLived(secret)
        ? SHORT_LIVED
        : 'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.';
    return new Failure('token-invalid', describeRefusal(error), hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/matrix/server-name.js
const SERVER_NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?$/;
/** Grammar: https://spec.matrix.org/latest/appendices/#server-name */
function parseServerName(text) {
    const hostname = SERVER_NAME.exec(text)?.[1];
    return hostname === undefined ? undefined : { text, hostname };
}

;// CONCATENATED MODULE: ./build/src/matrix/identifiers.js

/** Longest user ID, in bytes of UTF-8: https://spec.matrix.org/latest/appendices/#user-identifiers */
const LONGEST_USER_ID = 255;
/** Tells the forms apart. A value with `@` in the middle is an e-mail address, never a user ID. */
function parseUser(text) {
    if (/[\0\r\n]/.test(text))
        return { problem: 'contains a line break or NUL' };
    if (text.startsWith('@'))
        return parseUserId(text);
    if (text.startsWith('+'))
        return parsePhone(text);
    if (text.includes('@'))
        return parseEmail(text);
    if (text.includes(':'))
        return { problem: `is no user ID: write @${text}` };
    return { kind: 'localpart', localpart: text };
}
/**
 * Historical localparts (capitals, any character but `:` and NUL, even none) are accepted, as the specification demands.
 * The first colon separates, because server names have colons too (ports, IPv6).
 */
function parseUserId(userId) {
    const colon = userId.indexOf(':');
    if (colon === -1)
        return { problem: `has no server name: write ${userId}:example.org, or the name without @` };
    if (Buffer.byteLength(userId) > LONGEST_USER_ID)
        return { problem: `is longer than ${LONGEST_USER_ID} bytes` };
    const serverName = parseServerName(userId.slice(colon + 1));
    if (serverName === undefined)
        return { problem: 'has no valid server name behind the colon' };
    return { kind: 'user-id', userId, localpart: userId.slice(1, colon), serverName };
}
function parsePhone(text) {
    const digits = text.slice(1).replace(/[\s().-]/g, '');
    // E.164: at most 15 digits, the country code never begins with 0.
    if (!/^[1-9]\d{4,14}$/.test(digits))
        return { problem: 'is no international phone number such as +441632960123' };
    return { kind: 'phone', digits };
}
function parseEmail(address) {
    if (!/^[^\s@]+@[^\s@]+$/.test(address))
        return { problem: 'is neither a user ID nor an e-mail address' };
    return { kind: 'email', address };
}
/**
 * The `identifier` of a login: https://spec.matrix.org/latest/client-server-api/#identifier-types.
 * A phone number goes as third-party identifier, because Synapse refuses `m.id.phone` as the specification writes it
 * (synapse/handlers/auth.py wants a member `number`).
 */
function loginIdentifier(user) {
    switch (user.kind) {
        case 'user-id':
            return { type: 'm.id.user', user: user.userId };
        case 'localpart':
            return { type: 'm.id.user', user: user.localpart };
        case 'email':
            return { type: 'm.id.thirdparty', medium: 'email', address: user.address };
        case 'phone':
            return { type: 'm.id.thirdparty', medium: 'msisdn', address: user.digits };
    }
}
/**
 * Whether `userId` may be who `user` names. Letter case is ignored, because most servers do so at login; an e-mail
 * address or a phone number cannot be compared, so it never disagrees.
 */
function isSameUser(user, userId) {
    const actual = userId.toLowerCase();
    if (user.kind === 'user-id')
        return actual === user.userId.toLowerCase();
    if (user.kind === 'localpart')
        return actual.startsWith(`@${user.localpart.toLowerCase()}:`);
    return true;
}
/** The user as people write it, for messages. */
function describeUser(user) {
    switch (user.kind) {
        case 'user-id':
            return user.userId;
        case 'localpart':
            return user.localpart;
        case 'email':
            return user.address;
        case 'phone':
            return `+${user.digits}`;
    }
}

;// CONCATENATED MODULE: ./build/src/credentials/login-refusals.js



/** Refusals of a policy or of a queue, which no other password would change. */
const NOT_ABOUT_THE_PASSWORD = /denied by the policy|blocked by|does not permit password login/i;
/**
 * What a refused `POST /login` means. The servers answer so differently (403, 400, 404 and 401 for an unknown user, the
 * same 403 for a wrong password and a full device list) that what is offered is asked for, now that it failed.
 */
async function explainLoginRefusal(error, flow, context) {
    const { problem } = error;
    if (problem.kind !== 'refused')
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    const flows = await context.client.loginFlows();
    if (flows !== undefined && !flows.includes(flow))
        return methodUnavailable(error, flow, flows, context.client);
    if (problem.status === 404 && problem.errcode === 'M_UNRECOGNIZED') {
        return methodUnavailable(error, flow, flows, context.client);
    }
    if (isAboutTheAccount(error))
        return wrongCredentials(error, flows);
    return isAddress(context) ? addressRefused(error) : undefined;
}
async function methodUnavailable(error, flow, flows, client) {
    const hasOAuth = await client.hasOAuth();
    if (flows === undefined && !hasOAuth && (await client.versions()) === undefined)
        return notAHomeserver(error);
    const offered = flows === undefined || flows.length === 0 ? 'no login of this kind at all' : flows.join(', ');
    const message = `${describeRefusal(error)} The server does not offer ${flow}; it offers: ${cleanServerText(offered)}.`;
    const oauth = 'It offers OAuth 2.0 (next-generation authentication) instead. If passwords should work, its administrator must ' +
        'route /_matrix/client/*/login to the authentication service. Otherwise store an `access-token`.';
    return new Failure('method-unavailable', message, hasOAuth ? oauth : undefined, { cause: error });
}
function notAHomeserver(error) {
    const message = `${describeRefusal(error)} It does not answer /versions as a Matrix homeserver does.`;
    return new Failure('not-a-homeserver', message, undefined, { cause: error });
}
/** Matrix Authentication Service, Dendrite, Tuwunel and the Conduit family know no e-mail addresses and phone numbers. */
function addressRefused(error) {
    const hint = 'Many servers take no e-mail address and no phone number here: set user to the user ID (@name:example.org).';
    return new Failure('denied', describeRefusal(error), hint, { cause: error });
}
function isAddress({ user }) {
    return user?.kind === 'email' || user?.kind === 'phone';
}
function isAboutTheAccount({ problem }) {
    if (problem.kind !== 'refused')
        return false;
    const { status, errcode, text = '' } = problem;
    if (NOT_ABOUT_THE_PASSWORD.test(text))
        return false;
    if (status === 403)
        return errcode === 'M_FORBIDDEN';
    // Continuwuity: unknown user. Conduit family and Dendrite: malformed or foreign user name.
    if (status === 404)
        return errcode === 'M_NOT_FOUND';
    return errcode === 'M_INVALID_USERNAME' || /does not belong to this (home)?server/i.test(text);
}
function wrongCredentials(error, flows = []) {
    const passwordless = flows.includes('m.login.sso')
        ? ' An account that was made through single sign-on (Google, GitHub, …) has no password until one is set on its account page.'
        : '';
    const hint = 'Does the account exist on this server, and does the secret hold its current password, without quotes and without ' +
        `anything before or behind it? A deactivated account is answered in the same way.${passwordless}`;
    return new Failure('wrong-credentials', describeRefusal(error), hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/credentials/password.js




const FLOW = 'm.login.password';
/**
 * A user and a password: `m.login.password`, one request.
 * https://spec.matrix.org/latest/client-server-api/#password-based
 */
const password_password = {
    input: 'password',
    form: 'password',
    needsUser: true,
    logoutAllowed: true,
    read: (text) => passwordCredential(new Secret(text)),
};
function passwordCredential(secret) {
    return {
        description: 'a password',
        opensSession: true,
        open: (context) => openWithPassword(secret, context),
        explain: (error, context) => explainLoginRefusal(error, FLOW, context),
    };
}
async function openWithPassword(secret, { client, user, device, now, issued }) {
    if (user === undefined)
        throw new Error('a password without a user');
    // The password goes as it was given: Synapse normalises Unicode itself, other servers do not at all.
    const credential = { type: FLOW, identifier: loginIdentifier(user), password: secret.reveal() };
    const answer = await client.send(loginRequest(credential, device));
    issued(answer);
    return sessionFromLogin(client, answer, now());
}

;// CONCATENATED MODULE: ./build/src/credentials/index.js


/** Every kind of credential. A new one is a file, and a line here. */
const CREDENTIAL_KINDS = [password_password, accessToken];

;// CONCATENATED MODULE: ./build/src/inputs/values.js
/**
 * A secret, or `undefined` where it is blank. A trailing line break comes from `echo … | gh secret set`, never from a
 * login form; blanks at the ends of a password can be part of it.
 */
function secretText(raw, form) {
    if (raw.trim() === '')
        return undefined;
    const value = form === 'token' ? raw.trim() : raw.replace(/(\r\n|\n|\r)$/, '');
    if (value === raw)
        return { value, dropped: undefined };
    return { value, dropped: form === 'token' ? 'white-space' : 'line-break' };
}
/** `true` or `false` in any letter case; empty is the default; any other word is a problem. */
function booleanValue(name, raw, byDefault, problems) {
    const text = raw.trim().toLowerCase();
    if (text === '')
        return byDefault;
    if (text !== 'true' && text !== 'false')
        problems.add(`${name} must be true or false, not “${shown(raw)}”.`);
    return text === 'true';
}
/** One of a few words; empty is the first of them. */
function choiceValue(name, raw, choices, problems) {
    const text = raw.trim();
    const found = choices.find((choice) => choice === text);
    if (found === undefined && text !== '') {
        problems.add(`${name} must be one of ${choices.join(', ')}, not “${shown(raw)}”.`);
    }
    return found ?? choices[0];
}
/** Whole seconds, returned as milliseconds. */
function secondsValue(name, raw, byDefault, problems) {
    const text = raw.trim();
    if (text === '')
        return byDefault * 1000;
    if (/^\d{1,5}$/.test(text))
        return Number(text) * 1000;
    problems.add(`${name} must be a whole number of seconds from 0 to 99999, not “${shown(raw)}”.`);
    return byDefault * 1000;
}
/** What somebody typed, short enough for a message. */
function shown(raw) {
    const text = raw.trim().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
    return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text;
}

;// CONCATENATED MODULE: ./build/src/inputs/credential.js


/** Masks every secret input, whatever else is wrong with the inputs: a mistake must not print a password. */
function maskSecretInputs(runner) {
    for (const kind of CREDENTIAL_KINDS) {
        const secret = secretText(runner.input(kind.input), kind.form);
        if (secret !== undefined)
            runner.mask(secret.value);
    }
}
/** Exactly one credential, `none`, or `undefined` with the problem noted. Warns where white space was dropped. */
function readCredential(runner, problems) {
    const set = CREDENTIAL_KINDS.flatMap((kind) => {
        const secret = secretText(runner.input(kind.input), kind.form);
        return secret === undefined ? [] : [{ kind, secret }];
    });
    const [first, ...others] = set;
    if (first === undefined)
        return 'none';
    if (others.length > 0) {
        problems.add(`Only one credential may be set, but there are ${set.length}: ${set.map(({ kind }) => kind.input).join(', ')}.`);
        return undefined;
    }
    const { kind, secret } = first;
    warnAboutDropped(runner, kind.input, secret.dropped);
    return { kind, credential: kind.read(secret.value) };
}
function warnAboutDropped(runner, input, dropped) {
    if (dropped === undefined)
        return;
    const what = dropped === 'line-break' ? 'a line break at its end' : 'white space around it';
    runner.warning(`${input} has ${what}, which is left out. Store the secret without it: printf %s "$VALUE" | gh secret set NAME`);
}

;// CONCATENATED MODULE: ./build/src/matrix/homeserver-address.js

/** Accepts `example.org`, `example.org:8448` and `https://matrix.example.org/path`. */
function parseHomeserver(text, allowHttp) {
    if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) {
        const parsed = parseBaseUrl(text);
        if ('problem' in parsed)
            return parsed;
        const { url } = parsed;
        if (isInsecure(url, allowHttp))
            return { problem: `sends credentials in clear: ${url.origin}`, insecure: true };
        return { kind: 'base-url', url: baseUrlText(url) };
    }
    if (text.startsWith('@'))
        return { problem: 'is a user ID: give the part behind the colon, or leave it out' };
    const serverName = parseServerName(text.replace(/\/+$/, ''));
    if (serverName === undefined)
        return { problem: 'is neither a server name (example.org) nor an https:// URL' };
    return { kind: 'server-name', serverName };
}
/** A URL that can be the base of the client API, whoever named it (a person, or `.well-known`). */
function parseBaseUrl(text) {
    if (!URL.canParse(text))
        return { problem: 'is not a URL' };
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
        return { problem: 'is no https:// URL' };
    if (url.username !== '' || url.password !== '')
        return { problem: 'has a user or password in it' };
    if (url.search !== '' || url.hash !== '')
        return { problem: 'has a query or a fragment' };
    return { url };
}
/** Without trailing slashes and without a pasted `/_matrix/…`; a path is kept. */
function baseUrlText(url) {
    const path = url.pathname.replace(/\/_matrix(\/.*)?$/, '').replace(/\/+$/, '');
    return url.origin + path;
}
/** Plain HTTP to another machine. Loopback never leaves this one. */
function isInsecure(url, allowHttp) {
    return url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname);
}
/** `localhost`, 127.0.0.0/8 and ::1. The URL parser has already normalised forms such as `127.1`. */
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

;// CONCATENATED MODULE: ./build/src/inputs/homeserver.js


const DEFAULT_MAX_WAIT_SECONDS = 120;
function isBlank(runner, name) {
    return runner.input(name).trim() === '';
}
function readAllowHttp(runner, problems) {
    return booleanValue('allow-http', runner.input('allow-http'), false, problems);
}
/** How long all pauses of the step may be together, in milliseconds. */
function readMaxWait(runner, problems) {
    return secondsValue('max-wait', runner.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems);
}
/** The input, or the server that the user ID names. */
function readHomeserver(runner, user, allowHttp, problems) {
    const raw = runner.input('homeserver');
    if (!isBlank(runner, 'homeserver')) {
        const address = parseHomeserver(raw.trim(), allowHttp);
        if (!('problem' in address))
            return address;
        problems.add(`homeserver “${shown(raw)}” ${address.problem}.`, address.insecure ? 'insecure-url' : 'invalid-input');
        return undefined;
    }
    if (user?.kind === 'user-id')
        return { kind: 'server-name', serverName: user.serverName };
    // Where `user` is malformed, that is the problem to report.
    if (user === undefined && !isBlank(runner, 'user'))
        return undefined;
    problems.add('homeserver is missing, and user names no server: set homeserver, or user to @name:example.org.');
    return undefined;
}

;// CONCATENATED MODULE: ./build/src/inputs/missing-credentials.js

/**
 * Tells a run that GitHub gives no secrets to from a mistake: pull requests from forks, and runs that Dependabot
 * triggered, whose secrets come from a store of their own.
 * https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
 */
function missingSecretsCause(runner) {
    if (runner.environment('GITHUB_ACTOR') === 'dependabot[bot]')
        return 'dependabot';
    return isForkedPullRequest(runner) ? 'fork' : 'unknown';
}
function isForkedPullRequest(runner) {
    // pull_request_target and workflow_run get the secrets of the base repository, also for a fork.
    if (!/^pull_request(_review|_review_comment)?$/.test(runner.environment('GITHUB_EVENT_NAME') ?? ''))
        return false;
    const pullRequest = runner.event().pull_request;
    if (!isJsonObject(pullRequest))
        return false;
    const head = repositoryOf(pullRequest.head);
    const base = repositoryOf(pullRequest.base) ?? runner.environment('GITHUB_REPOSITORY');
    // The repository of a deleted fork is null.
    return head === undefined || head !== base;
}
function repositoryOf(side) {
    const repository = isJsonObject(side) ? side.repo : undefined;
    const name = isJsonObject(repository) ? repository.full_name : undefined;
    return typeof name === 'string' ? name : undefined;
}
/** What to say and to advise, for the error and for the warning of `if-no-credentials: skip`. */
function explainMissingSecrets(cause, names) {
    const text = `No credential is set (${names.join(', ')}).`;
    switch (cause) {
        case 'fork':
            return {
                text: `${text} This is a pull request from a fork: GitHub gives such runs no secrets.`,
                hint: "Set `if-no-credentials: skip` and run the steps that need the token only `if: steps.….outputs.authenticated == 'true'`.",
            };
        case 'dependabot':
            return {
                text: `${text} Dependabot triggered this run: it gets its secrets from the Dependabot store only.`,
                hint: 'Add the secret under Settings → Secrets and variables → Dependabot, or set `if-no-credentials: skip`.',
            };
        case 'unknown':
            return {
                text: `${text} A secret that does not exist is an empty string.`,
                hint: 'Check the spelling after `secrets.`, that the secret exists in this repository or environment, and that the job names its `environment`.',
            };
    }
}

;// CONCATENATED MODULE: ./build/src/inputs/problems.js

/** Collects everything that is wrong, so that a person corrects it in one go and not one run at a time. */
class Problems {
    #found = [];
    /** @param hint what to do about it, where the general advice of the word does not fit */
    add(text, word = 'invalid-input', hint) {
        this.#found.push({ word, text, hint });
    }
    get isEmpty() {
        return this.#found.length === 0;
    }
    /** @throws Failure that names all problems; its word is that of the only one, else `invalid-input`. */
    throwIfAny() {
        const [first, ...others] = this.#found;
        if (first === undefined)
            return;
        if (others.length === 0)
            throw new Failure(first.word, first.text, first.hint);
        const list = this.#found.map(({ text, hint = '' }) => `- ${text} ${hint}`.trimEnd()).join('\n');
        throw new Failure('invalid-input', `The inputs have ${this.#found.length} problems:\n${list}`);
    }
}

;// CONCATENATED MODULE: ./build/src/inputs/login.js







const LOGOUT_MODES = ['never', 'always', 'on-failure'];
/**
 * Masks what is secret, then reads everything.
 * @throws Failure that names all problems at once.
 */
function readLoginInputs(runner) {
    maskSecretInputs(runner);
    const problems = new Problems();
    const chosen = readCredential(runner, problems);
    const user = readUser(runner, problems);
    const options = readOptions(runner, problems);
    const skip = choiceValue('if-no-credentials', runner.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip';
    if (chosen === 'none' && skip && problems.isEmpty)
        return { skipped: describeMissing(runner) };
    const homeserver = readHomeserver(runner, user, options.allowHttp, problems);
    if (chosen === 'none')
        reportMissing(runner, problems);
    else if (chosen !== undefined)
        checkCombination(chosen.kind, isBlank(runner, 'user'), options.logout, problems);
    problems.throwIfAny();
    if (chosen === 'none' || chosen === undefined || homeserver === undefined)
        throw new Error('unsound inputs got by');
    return { homeserver, user, credential: chosen.credential, ...options };
}
function readUser(runner, problems) {
    if (isBlank(runner, 'user'))
        return undefined;
    const raw = runner.input('user');
    const user = parseUser(raw.trim());
    if (!('problem' in user))
        return user;
    problems.add(`user “${shown(raw)}” ${user.problem}.`);
    return undefined;
}
function readOptions(runner, problems) {
    return {
        deviceId: runner.input('device-id').trim(),
        deviceName: runner.input('device-name').trim(),
        logout: choiceValue('logout', runner.input('logout'), LOGOUT_MODES, problems),
        maxWaitMs: readMaxWait(runner, problems),
        allowHttp: readAllowHttp(runner, problems),
        jobMatrix: runner.input('job-matrix'),
    };
}
function checkCombination(kind, userIsBlank, logout, problems) {
    if (kind.needsUser && userIsBlank)
        problems.add(`user is missing: ${kind.input} needs one.`);
    if (!kind.logoutAllowed && logout !== 'never') {
        problems.add(`logout: ${logout} does not go with ${kind.input}: the action ends what it opened, not what it was given.`);
    }
}
function missingSecrets(runner) {
    const names = CREDENTIAL_KINDS.map(({ input }) => input);
    return explainMissingSecrets(missingSecretsCause(runner), names);
}
function describeMissing(runner) {
    const { text, hint } = missingSecrets(runner);
    return `${text} ${hint}`;
}
function reportMissing(runner, problems) {
    const { text, hint } = missingSecrets(runner);
    problems.add(text, 'missing-credentials', hint);
}

;// CONCATENATED MODULE: ./build/src/matrix/logout.js


/**
 * `POST /logout`: https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3logout. Ends this session only.
 * 401 `M_UNKNOWN_TOKEN` says that the token is dead already – but not of tokens that Matrix Authentication Service made
 * for OAuth (`mat_`) and administrators (`mpt_`): to those it answers so while they live
 * (crates/handlers/src/compat/logout.rs), so `whoami` decides.
 * @throws AnswerError where the session may be alive still.
 */
async function logout(client, accessToken) {
    try {
        await client.send({ operation: 'log out', method: 'POST', path: '/logout', body: {}, accessToken });
        return 'ended';
    }
    catch (error) {
        if (!isUnknownToken(error))
            throw error;
        if (/^m[ap]t_/.test(accessToken.reveal()) && (await isAlive(client, accessToken)))
            throw error;
        return 'was-dead';
    }
}
async function isAlive(client, accessToken) {
    try {
        await whoami(client, accessToken);
        return true;
    }
    catch (error) {
        if (isUnknownToken(error))
            return false;
        throw error;
    }
}
/** 401 `M_UNKNOWN_TOKEN`. Any other 401 says nothing about the token. */
function isUnknownToken(error) {
    if (!(error instanceof AnswerError) || error.problem.kind !== 'refused')
        return false;
    return error.problem.status === 401 && error.problem.errcode === 'M_UNKNOWN_TOKEN';
}

;// CONCATENATED MODULE: ./build/src/runner/run-context.js
function readRunContext(runner) {
    const variable = (name) => runner.environment(name) ?? '';
    const workflowRef = variable('GITHUB_WORKFLOW_REF').split('@')[0] ?? '';
    const workflowName = variable('GITHUB_WORKFLOW');
    return {
        repository: variable('GITHUB_REPOSITORY'),
        workflowFile: workflowRef === '' ? workflowName : workflowRef,
        workflowName,
        job: variable('GITHUB_JOB'),
        step: variable('GITHUB_ACTION'),
        branch: branchOf(variable('GITHUB_REF'), variable('GITHUB_EVENT_NAME')),
    };
}
/**
 * Tags, pull requests and merge queues are countless and each lives for a moment, so each kind is one. A
 * `pull_request_target` run has the base branch as its ref; it must not share a device with that branch's deployments.
 */
function branchOf(ref, eventName) {
    if (eventName.startsWith('pull_request') || ref.startsWith('refs/pull/'))
        return 'pull requests';
    if (eventName === 'merge_group' || ref.startsWith('refs/heads/gh-readonly-queue/'))
        return 'merge queue';
    if (ref.startsWith('refs/tags/'))
        return 'tags';
    return ref;
}

;// CONCATENATED MODULE: ./build/src/matrix/discovery.js





const MOST_REDIRECTS = 5;
const OPERATION = 'say where its client API is (.well-known/matrix/client)';
/** `.well-known` names plain HTTP. Credentials do not go there unless the user says so. */
class InsecureDiscoveryError extends Error {
    server;
    baseUrl;
    constructor(server, baseUrl) {
        super(`${server} names an address without TLS: ${baseUrl}`);
        this.name = 'InsecureDiscoveryError';
        this.server = server;
        this.baseUrl = baseUrl;
    }
}
/**
 * Finds the base URL: https://spec.matrix.org/latest/client-server-api/#well-known-uris. A base URL is used as it is. For
 * a server name the file is asked for over HTTPS, without the port; 404 means the server name itself; anything else but
 * an object with a usable `base_url` ends the search, because guessing on would send a password to whoever answers.
 */
async function discover(address, ports, allowHttp) {
    if (address.kind === 'base-url')
        return { baseUrl: address.url, from: 'input' };
    const { serverName } = address;
    const response = await fetchWellKnown(serverName, ports);
    if (response.status === 404)
        return { baseUrl: `https://${serverName.text}`, from: 'server-name' };
    return { baseUrl: readBaseUrl(serverName, response, allowHttp), from: 'well-known' };
}
async function fetchWellKnown(serverName, ports) {
    let url = `https://${serverName.hostname}/.well-known/matrix/client`;
    for (let redirects = 0;; redirects += 1) {
        const request = { method: 'GET', url, headers: {}, deadlineMs: REQUEST_DEADLINE_MS };
        const { response, retryAfterMs } = await exchange(request, ports);
        const next = redirectTarget(response, url);
        if (next === undefined)
            return rejectUnusable(serverName, response, retryAfterMs);
        if (redirects === MOST_REDIRECTS)
            throw notUsable(serverName, response, 'more than five redirects');
        if (!next.startsWith('https://'))
            throw notUsable(serverName, response, 'a redirect away from https');
        url = next;
    }
}
/** Where a redirect leads; relative ones too. This request carries no credential, so it may follow. */
function redirectTarget(response, from) {
    const location = response.headers.location;
    if (response.status < 300 || response.status >= 400 || location === undefined)
        return undefined;
    return URL.canParse(location, from) ? new URL(location, from).href : 'unusable';
}
function rejectUnusable(serverName, response, retryAfterMs) {
    const { status } = response;
    if (status === 404 || (status >= 200 && status < 300))
        return response;
    const judged = judge(response, retryAfterMs);
    if ('kind' in judged && (judged.kind === 'rate-limited' || judged.kind === 'server-error')) {
        throw new AnswerError(judged, serverOf(serverName), OPERATION, false);
    }
    throw notUsable(serverName, response, `status ${status}`);
}
function readBaseUrl(serverName, response, allowHttp) {
    const judged = judge(response);
    if (!('ok' in judged)) {
        const evidence = judged.kind === 'not-matrix' ? `no JSON (${judged.evidence})` : 'no JSON object';
        throw notUsable(serverName, response, evidence);
    }
    const baseUrl = baseUrlMember(judged.ok);
    if (baseUrl === undefined)
        throw notUsable(serverName, response, 'no m.homeserver.base_url');
    const parsed = parseBaseUrl(baseUrl);
    if ('problem' in parsed)
        throw notUsable(serverName, response, `a base_url that ${parsed.problem}`);
    if (parsed.url.protocol === 'http:' && !allowHttp) {
        throw new InsecureDiscoveryError(serverOf(serverName), baseUrlText(parsed.url));
    }
    return baseUrlText(parsed.url);
}
function baseUrlMember(file) {
    const homeserver = file['m.homeserver'];
    const baseUrl = isJsonObject(homeserver) ? homeserver.base_url : undefined;
    return typeof baseUrl === 'string' ? baseUrl : undefined;
}
function notUsable(serverName, response, evidence) {
    const problem = { kind: 'not-matrix', status: response.status, evidence };
    return new AnswerError(problem, serverOf(serverName), OPERATION, false);
}
function serverOf(serverName) {
    return `https://${serverName.hostname}`;
}

;// CONCATENATED MODULE: ./build/src/actions/connect.js



const FOUND = { input: '', 'well-known': ' (found through .well-known)', 'server-name': ' (no .well-known there)' };
/** Finds the homeserver. @returns a client for it */
async function connect(ports, { homeserver, maxWaitMs, allowHttp }) {
    const patience = withPatience(ports, maxWaitMs);
    const { baseUrl, from } = await discover(homeserver, patience, allowHttp);
    ports.runner.info(`Homeserver: ${baseUrl}${FOUND[from]}`);
    return new MatrixClient(baseUrl, patience);
}
/** What requests need, with so many milliseconds to spend in pauses; each retry is logged with its reason. */
function withPatience({ transport, clock, random, runner }, maxWaitMs) {
    return {
        transport,
        clock,
        random: random.fraction,
        budget: new WaitBudget(maxWaitMs),
        onRetry: (reason, waitMs) => runner.info(`Trying again in ${(waitMs / 1000).toFixed(1)} s: ${reason}.`),
    };
}

;// CONCATENATED MODULE: ./build/src/actions/deliver.js
/** Hands a session to the steps that follow. The token was masked when it arrived. */
function deliver(runner, session, { logout }) {
    const expiresAt = session.expiresAt === undefined ? '' : new Date(session.expiresAt).toISOString();
    runner.setOutput('access-token', session.accessToken.reveal());
    runner.setOutput('refresh-token', session.refreshToken?.reveal() ?? '');
    runner.setOutput('user-id', session.userId);
    runner.setOutput('device-id', session.deviceId ?? '');
    runner.setOutput('homeserver-url', session.homeserverUrl);
    runner.setOutput('expires-at', expiresAt);
    runner.setOutput('authenticated', 'true');
    runner.setOutput('failure', '');
    runner.info(`Logged in as ${session.userId}, ${describeDevice(session)}, ${describeEnd(expiresAt)}.`);
    runner.summary(summaryTable(session, expiresAt, logout));
}
/** No credential, and that is fine: later steps ask `authenticated`. */
function deliverSkipped(runner, why) {
    runner.setOutput('authenticated', 'false');
    runner.setOutput('failure', '');
    runner.warning(`Nobody is logged in, as if-no-credentials: skip asks. ${why}`);
}
function describeDevice({ deviceId }) {
    return deviceId === undefined ? 'without a device' : `device ${deviceId}`;
}
function describeEnd(expiresAt) {
    return expiresAt === '' ? 'no expiry named' : `until ${expiresAt}`;
}
const AFTERWARDS = {
    never: 'stays until somebody ends it (<code>logout: never</code>)',
    always: 'ends after this job (<code>logout: always</code>)',
    'on-failure': 'ends after this job if the job fails or is cancelled (<code>logout: on-failure</code>)',
};
function summaryTable(session, expiresAt, logout) {
    const rows = [
        ['User', code(session.userId)],
        ['Device', session.deviceId === undefined ? 'none' : code(session.deviceId)],
        ['Homeserver', code(session.homeserverUrl)],
        ['Expires', expiresAt === '' ? 'the server named no end' : code(expiresAt)],
        ['The session', AFTERWARDS[logout]],
    ];
    const body = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('');
    return `<h3>Matrix login</h3><table>${body}</table>\n`;
}
/** The names are the server's: nothing in them may become markup. */
function code(text) {
    return `<code>${text.replace(/[&<>"'`|\\*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}

;// CONCATENATED MODULE: ./build/src/actions/session-state.js


/** State keys. The token stands alone, so that it is written in one piece and nothing else is with it. */
const SESSION = 'session';
const TOKEN = 'access-token';
function saveSession(runner, record) {
    runner.saveState(SESSION, JSON.stringify(record));
}
function saveToken(runner, token) {
    runner.saveState(TOKEN, token);
}
/** What main saved; `undefined` where it sent nothing. */
function savedSession(runner) {
    const text = runner.state(SESSION);
    if (text === '')
        return undefined;
    const saved = JSON.parse(text);
    if (!isJsonObject(saved))
        return undefined;
    const member = (name) => stringMember(saved, name) ?? '';
    const phase = ['sent', 'open', 'over'].find((known) => known === saved.phase);
    const logout = LOGOUT_MODES.find((known) => known === saved.logout);
    if (phase === undefined || logout === undefined)
        return undefined;
    return { phase, logout, homeserverUrl: member('homeserverUrl'), deviceId: member('deviceId'), user: member('user') };
}
/** Empty where no token was received. */
function savedToken(runner) {
    return runner.state(TOKEN);
}

;// CONCATENATED MODULE: ./build/src/actions/login.js













/** A credential becomes a session, and the session is handed to the steps that need it. */
async function login(ports) {
    const { runner } = ports;
    const inputs = readLoginInputs(runner);
    if ('skipped' in inputs)
        return deliverSkipped(runner, inputs.skipped);
    const client = await connect(ports, inputs);
    const step = prepare(ports, inputs, client);
    const session = await login_open(inputs.credential, step);
    await checkUser(session, inputs, step);
    deliver(runner, session, inputs);
}
function prepare(ports, inputs, client) {
    const { runner, random, clock } = ports;
    const run = readRunContext(runner);
    const matrix = canonicalMatrix(inputs.jobMatrix);
    const stable = inputs.logout === 'never';
    const derived = () => (stable ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes));
    const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId;
    const user = inputs.user === undefined ? '' : describeUser(inputs.user);
    const save = (phase) => saveSession(runner, { phase, logout: inputs.logout, homeserverUrl: client.baseUrl, deviceId, user });
    if (inputs.credential.opensSession)
        logDevice(runner, inputs, deviceId);
    const context = {
        client,
        user: inputs.user,
        device: { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) },
        now: clock.now,
        issued: (answer) => takeTokens(runner, answer, save),
        warning: runner.warning,
    };
    return { context, runner, save };
}
/** The mask comes before any other statement; then the post step learns what it may have to end. */
function takeTokens(runner, answer, save) {
    const { accessToken, refreshToken } = issuedTokens(answer);
    if (accessToken !== undefined)
        runner.mask(accessToken);
    if (refreshToken !== undefined)
        runner.mask(refreshToken);
    if (accessToken === undefined)
        return;
    saveToken(runner, accessToken);
    save('open');
}
function logDevice(runner, { logout: mode, deviceId: given }, deviceId) {
    runner.info(`Device: ${deviceId}`);
    if (mode === 'never') {
        runner.info('The session stays (logout: never). Logging in on this device again ends the token of the run before on Matrix ' +
            'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token alive ' +
            'until a logout. Use logout: always if only this job needs the token, rotate if a deployment does, and a ' +
            'concurrency group if runs overlap.');
    }
    else if (given !== '') {
        runner.notice(`The session on device ${deviceId} ends after the job (logout: ${mode}), and Synapse and Tuwunel end every token ` +
            'of that device with it. Leave device-id out to end nothing but this session.');
    }
}
async function login_open(credential, { context, runner, save }) {
    runner.info(`Logging in with ${credential.description}…`);
    if (credential.opensSession)
        save('sent');
    try {
        return await credential.open(context);
    }
    catch (error) {
        if (credential.opensSession && !mayHaveOpened(error))
            save('over');
        throw (error instanceof AnswerError ? await credential.explain(error, context) : undefined) ?? error;
    }
}
/** Whether there may be a session that nobody holds, or that only the post step knows. */
function mayHaveOpened(error) {
    if (error instanceof AnswerError)
        return error.mayHaveTakenEffect;
    return !(error instanceof NoAnswerError) || error.answerLost;
}
/** A session of somebody else is ended again if it was opened here; a token that was given is left alone. */
async function checkUser(session, inputs, { context, save, runner }) {
    const { user, credential } = inputs;
    if (user === undefined || isSameUser(user, session.userId))
        return;
    const whose = cleanServerText(session.userId);
    const message = `${session.homeserverUrl} says that this is ${whose}, not ${describeUser(user)}.`;
    if (!credential.opensSession)
        throw new Failure('wrong-user', message);
    try {
        await logout(context.client, session.accessToken);
        save('over');
    }
    catch {
        runner.warning(`The session of ${whose} on device ${session.deviceId ?? '(none)'} could not be ended.`);
    }
    throw new Failure('wrong-user', `${message} The session was ended again, nothing was handed over.`);
}

;// CONCATENATED MODULE: ./build/src/version.js
/** Version sent in the `User-Agent`. A test ties it to package.json. */
const VERSION = '1.0.0';
/** The whole `User-Agent`: the action's name and version, nothing about the run or its owner. */
const USER_AGENT = `matrix-access-token/${VERSION}`;
/** Where a person reports a bug. */
const ISSUES_URL = 'https://github.com/OWNER/matrix-access-token/issues';

;// CONCATENATED MODULE: ./build/src/explain.js







/** Explains whatever was thrown. Total: something that is no known error is a bug of ours. */
function explain(error, now) {
    if (error instanceof Failure)
        return { word: error.word, message: error.message, hint: error.hint };
    if (error instanceof NoAnswerError)
        return explainNoAnswer(error);
    if (error instanceof InsecureDiscoveryError)
        return explainInsecureDiscovery(error);
    if (error instanceof AnswerError)
        return explainAnswer(error, now);
    return explainBug(error);
}
function explainNoAnswer({ cause, tries }) {
    const word = wordFor(cause);
    const times = tries === 1 ? '' : `, after ${tries} tries`;
    const message = `No complete answer from ${cause.host}: ${cause.message}${times}.`;
    return { word, message, hint: hintFor(cause) };
}
function wordFor({ problem }) {
    if (problem === 'certificate' || problem === 'not-tls')
        return 'tls';
    return problem === 'too-large' ? 'server-error' : 'unreachable';
}
function hintFor({ problem, host }) {
    switch (problem) {
        case 'dns':
            return `Check the spelling of ${host}. For a server that only its own network knows, use a self-hosted runner there.`;
        case 'proxy':
            return 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the job, and whether the proxy may connect to that host.';
        case 'certificate':
            return FAILURES.tls.remedy;
        case 'not-tls':
            return 'Is this the port that speaks TLS? A client API on this machine without TLS is http://localhost:8008, say.';
        case 'too-large':
            return FAILURES['server-error'].remedy;
        default:
            return FAILURES.unreachable.remedy;
    }
}
function explainInsecureDiscovery({ server, baseUrl }) {
    return {
        word: 'insecure-url',
        message: `${server}/.well-known/matrix/client names an address without TLS: ${cleanServerText(baseUrl)}.`,
        hint: 'Correct the file on the server, or give the https:// address of the client API as homeserver.',
    };
}
function explainAnswer(error, now) {
    const word = WORDS[error.problem.kind];
    const { message, hint } = describeAnswer(error, now);
    return { word, message, hint: hint ?? FAILURES[word].remedy };
}
const WORDS = {
    refused: 'denied',
    'rate-limited': 'rate-limited',
    'server-error': 'server-error',
    redirected: 'redirected',
    'not-matrix': 'not-a-homeserver',
    malformed: 'server-error',
};
function describeAnswer(error, now) {
    const { problem, server, operation } = error;
    switch (problem.kind) {
        case 'rate-limited':
            return { message: `${describeRefusal(error)} ${retryTime(problem.retryAfterMs, now)}` };
        case 'server-error':
            return { message: describeRefusal(error).replace('refused to', 'failed to') };
        case 'redirected':
            return {
                message: `${server} was asked to ${operation} and answered ${problem.status}, a redirect to ${shownLocation(problem.location)}. It was not followed: it would hand the credential on.`,
            };
        case 'not-matrix':
            return {
                message: `What answers at ${server} is no Matrix homeserver: asked to ${operation}, it said ${problem.status}, ${cleanServerText(problem.evidence)}.`,
                hint: NOT_MATRIX_HINT,
            };
        case 'malformed':
            return { message: `${server} said ${problem.status} when asked to ${operation}, but ${problem.what}.` };
        case 'refused':
            return { message: describeRefusal(error) };
    }
}
const NOT_MATRIX_HINT = 'As homeserver give either the server name (example.org, which is looked up) or the base URL of the client API ' +
    '(often https://matrix.example.org). If a login page or a bot check stands in front of it, /_matrix must be exempt from it.';
/** The time at which a retry can work, as far as the server named one. */
function retryTime(retryAfterMs, now) {
    if (retryAfterMs === undefined)
        return 'It did not say when to try again.';
    const at = new Date(now + retryAfterMs);
    if (Number.isNaN(at.getTime()))
        return 'It asks to wait longer than a calendar reaches.';
    return `A retry can work from ${at.toISOString()} on (in ${Math.ceil(retryAfterMs / 1000)} s).`;
}
/** Host and path: a query may hold what nobody should see. */
function shownLocation(location) {
    if (location === undefined)
        return 'an unnamed place';
    return cleanServerText(location.split(/[?#]/)[0] ?? '');
}
/** The stack is ours and names no secrets; the message may come from anywhere and is left out. */
function explainBug(error) {
    const name = error instanceof Error ? error.name : typeof error;
    const frame = error instanceof Error ? /\n\s*at ([^\n]*)/.exec(error.stack ?? '')?.[1] : undefined;
    const where = frame === undefined ? '' : ` at ${cleanServerText(frame)}`;
    return {
        word: 'internal',
        message: `This is a bug in the action: ${name}${where}.`,
        hint: `Please report it at ${ISSUES_URL}, without any token or password.`,
    };
}

;// CONCATENATED MODULE: ./build/src/actions/login-post.js






/** All of the post step, pauses and requests, in milliseconds: a cancelled job has little time left. */
const PATIENCE_MS = 20_000;
/**
 * Ends the session that main opened, if it should end. Works from the saved state, never from inputs that a later step
 * could steer (but for the job's status), and never fails the job.
 */
async function loginPost(ports) {
    const { runner } = ports;
    const token = savedToken(runner);
    // Masks belong to the job on GitHub, but other runners forget them with the process.
    if (token !== '')
        runner.mask(token);
    const session = savedSession(runner);
    if (session === undefined || session.phase === 'over' || !shouldEnd(session, runner))
        return;
    if (token === '')
        return warnOfUnheldSession(runner, session);
    await endSession(ports, session, new Secret(token));
}
function shouldEnd({ logout: mode }, runner) {
    if (mode !== 'on-failure')
        return mode === 'always';
    const status = runner.input('job-status').trim().toLowerCase();
    if (status === '')
        runner.warning('The runner does not say how the job ended, so the session stays (logout: on-failure).');
    return status === 'failure' || status === 'cancelled';
}
function warnOfUnheldSession(runner, session) {
    runner.warning(`The login was sent, but its answer never came: a session of ${describe(session)} may exist whose token nobody ` +
        'holds. End it in the list of sessions of that account if it is there.');
}
async function endSession(ports, session, token) {
    const { runner, clock } = ports;
    const client = new MatrixClient(session.homeserverUrl, withPatience(hurried(ports), PATIENCE_MS));
    try {
        const result = await logout(client, token);
        const how = result === 'ended' ? 'Logged out' : 'The session was over already';
        runner.info(`${how}: ${describe(session)}.`);
    }
    catch (error) {
        const { message, hint } = explain(error, clock.now());
        runner.warning(`The session of ${describe(session)} could not be ended and is alive still. ${message} ${hint}`);
    }
}
/** Neither pauses nor requests go on beyond the time there is. */
function hurried(ports) {
    const { clock, transport } = ports;
    const deadline = clock.now() + PATIENCE_MS;
    const remaining = () => Math.max(1, deadline - clock.now());
    return {
        ...ports,
        transport: (request) => transport({ ...request, deadlineMs: Math.min(request.deadlineMs, remaining()) }),
    };
}
function describe({ user, deviceId, homeserverUrl }) {
    return `${user === '' ? 'the account' : user}, device ${deviceId}, at ${homeserverUrl}`;
}

;// CONCATENATED MODULE: ./build/src/inputs/logout.js



/**
 * Masks the token, then reads everything.
 * @throws Failure that names all problems at once.
 */
function readLogoutInputs(runner) {
    const token = secretText(runner.input('access-token'), 'token');
    if (token !== undefined)
        runner.mask(token.value);
    const problems = new Problems();
    const allowHttp = readAllowHttp(runner, problems);
    const homeserver = readHomeserver(runner, undefined, allowHttp, problems);
    const maxWaitMs = readMaxWait(runner, problems);
    if (token === undefined) {
        problems.add('access-token is empty: there is no session to end.', 'missing-credentials', EMPTY_HINT);
    }
    problems.throwIfAny();
    if (token === undefined || homeserver === undefined)
        throw new Error('unsound inputs got by');
    return { homeserver, accessToken: token.value, maxWaitMs, allowHttp };
}
const EMPTY_HINT = 'Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
    'logged in, or set logout: always there.';

;// CONCATENATED MODULE: ./build/src/actions/logout.js







/** Ends the session of one token. A token that is dead already is fine. */
async function logout_logout(ports) {
    const { runner } = ports;
    const inputs = readLogoutInputs(runner);
    const client = await connect(ports, inputs);
    const accessToken = new Secret(inputs.accessToken);
    try {
        const result = await logout(client, accessToken);
        runner.info(result === 'ended' ? 'Logged out.' : 'The token was dead already.');
    }
    catch (error) {
        throw stillAlive(error, accessToken) ?? error;
    }
    runner.setOutput('logged-out', 'true');
    runner.setOutput('failure', '');
}
/** What ends the tokens that `/logout` of Matrix Authentication Service does not know. */
const OTHER_ENDS = {
    mat_: 'A token that begins with mat_ belongs to an OAuth session (Element, say): it ends when that client signs out, on ' +
        'the account page of the server, or by OAuth revocation of its refresh token.',
    mpt_: 'A token that begins with mpt_ is a personal access token: the administrator of the server revokes it ' +
        '(POST /api/admin/v1/personal-sessions/{id}/revoke).',
};
function stillAlive(error, accessToken) {
    if (!(error instanceof AnswerError) || !isUnknownToken(error))
        return undefined;
    const hint = OTHER_ENDS[accessToken.reveal().slice(0, 4)];
    if (hint === undefined)
        return undefined;
    const message = `${describeRefusal(error)} The token works all the same: /logout does not end tokens of its kind.`;
    return new Failure('method-unavailable', message, hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/http/logged-transport.js
/** Tells what each exchange came to, for debug logging: method, URL (which never holds a secret), status, time. */
function loggedTransport(transport, now, debug) {
    return async (request) => {
        const start = now();
        const tell = (result) => debug(`${request.method} ${request.url}: ${result}, ${now() - start} ms`);
        try {
            const response = await transport(request);
            const type = response.headers['content-type'] ?? 'no content type';
            tell(`${response.status}, ${type}, ${response.body.length} bytes`);
            return response;
        }
        catch (error) {
            tell(error instanceof Error ? error.message : 'failed');
            throw error;
        }
    };
}

// EXTERNAL MODULE: external "http"
var external_http_ = __nccwpck_require__(611);
var external_http_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_http_, 2);
// EXTERNAL MODULE: external "https"
var external_https_ = __nccwpck_require__(692);
var external_https_namespaceObject = /*#__PURE__*/__nccwpck_require__.t(external_https_, 2);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
}
class DecodedURL extends URL {
    constructor(url, base) {
        super(url, base);
        this._decodedUsername = decodeURIComponent(super.username);
        this._decodedPassword = decodeURIComponent(super.password);
    }
    get username() {
        return this._decodedUsername;
    }
    get password() {
        return this._decodedPassword;
    }
}
//# sourceMappingURL=proxy.js.map
// EXTERNAL MODULE: ./node_modules/tunnel/index.js
var tunnel = __nccwpck_require__(770);
;// CONCATENATED MODULE: ./stubs/undici/index.js
// @actions/http-client imports ProxyAgent for getAgentDispatcher() alone, which nothing here calls: requests go through
// node:http and, with a proxy, through `tunnel`. See docs/decisions/bundle.md.
class ProxyAgent {
  constructor() {
    throw new Error('undici is left out of this bundle')
  }
}

;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/index.js
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function lib_getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class lib_HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? external_https_namespaceObject : external_http_namespaceObject;
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = getProxyUrl(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || external_http_.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel.httpsOverHttps : tunnel.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel.httpOverHttps : tunnel.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new external_https_.Agent(options) : new external_http_.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new ProxyAgent(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map
;// CONCATENATED MODULE: ./build/src/http/network-errors.js

const DNS_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA'];
const UNREACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'];
const RESET_CODES = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];
const TIMEOUT_CODES = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT'];
/** OpenSSL's verification errors, as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_CODE = /^(UNABLE_TO_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_C|ERR_TLS_CERT)/;
/** What a thrown network error means. Never puts the URL, which a proxy's credentials could stand in, into the message. */
function classifyNetworkError(error, host, deadlinePassed) {
    const cause = { cause: error };
    if (deadlinePassed)
        return new TransportError('timeout', host, 'no complete answer in time', undefined, cause);
    const found = firstError(error);
    const problem = problemOf(found);
    return new TransportError(problem, host, network_errors_describe(problem, found), found.code, cause);
}
/** A refusal by a host with several addresses comes as an `AggregateError` with an empty message: look inside. */
function firstError(error) {
    if (typeof error !== 'object' || error === null)
        return { code: undefined, message: String(error) };
    if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
        return firstError(error.errors[0]);
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    return { code, message: 'message' in error ? String(error.message) : '' };
}
function problemOf({ code = '', message }) {
    if (message.startsWith('tunneling socket') || message.includes('body from proxy'))
        return 'proxy';
    if (DNS_CODES.includes(code))
        return 'dns';
    if (UNREACHED_CODES.includes(code))
        return 'refused';
    if (TIMEOUT_CODES.includes(code))
        return 'timeout';
    if (code === 'ECONNRESET' && message === 'aborted')
        return 'truncated';
    if (RESET_CODES.includes(code))
        return 'reset';
    if (CERTIFICATE_CODE.test(code))
        return 'certificate';
    if (code === 'EPROTO' || code.startsWith('ERR_SSL_'))
        return 'not-tls';
    return 'other';
}
function network_errors_describe(problem, { code, message }) {
    switch (problem) {
        case 'dns':
            return `the name cannot be resolved (${code})`;
        case 'refused':
            return `no connection (${code})`;
        case 'reset':
            return `the connection was cut before an answer (${code})`;
        case 'truncated':
            return 'the connection was cut in the middle of the answer';
        case 'certificate':
            return `the certificate is not accepted (${code})`;
        case 'not-tls':
            return `no TLS at that port (${code})`;
        case 'proxy':
            return `the proxy did not connect (${message.replace(/^tunneling socket could not be established, /, '')})`;
        default:
            return code ?? 'the exchange failed';
    }
}

;// CONCATENATED MODULE: ./build/src/http/toolkit-transport.js



/** Larger answers are not read: no Matrix answer that this action asks for comes near. */
const MOST_BYTES = 1024 * 1024;
/**
 * The transport on `@actions/http-client`: the only file that knows it. Of its conveniences none is used, because each
 * has a trap: its redirects re-send the password, its `readBody()` never settles when a connection is cut, its
 * `postJson()` turns 404 into `null`, its timeout covers neither connecting nor a dripping body.
 */
function toolkitTransport(userAgent) {
    return async (request) => {
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(), request.deadlineMs);
        const client = createClient(userAgent, controller.signal, request.deadlineMs);
        try {
            return await send(client, request);
        }
        catch (error) {
            if (error instanceof TransportError)
                throw error;
            throw classifyNetworkError(error, new URL(request.url).host, controller.signal.aborted);
        }
        finally {
            clearTimeout(timer);
            // Ends what is left of the connection, also a CONNECT to a proxy that never answers.
            controller.abort();
            client.dispose();
        }
    };
}
function createClient(userAgent, signal, deadlineMs) {
    const deadline = {
        prepareRequest: (options) => applySignal(options, signal),
        canHandleAuthentication: () => false,
        handleAuthentication: () => Promise.reject(new Error('no authentication handler')),
    };
    const options = { allowRedirects: false, allowRetries: false, socketTimeout: 2 * deadlineMs };
    const client = new lib_HttpClient(userAgent, [deadline], options);
    // The constructor appends the run's ACTIONS_ORCHESTRATION_ID, which is nobody's business but the runner's.
    client.userAgent = userAgent;
    return client;
}
function applySignal(options, signal) {
    options.signal = signal;
    const agent = options.agent;
    if (isTunnel(agent)) {
        // `tunnel` makes a request of its own (CONNECT) from these options; without the signal it outlives ours.
        agent.proxyOptions.signal = signal;
    }
    else if (typeof options.host === 'string') {
        // The client passes an IPv6 host in its brackets, which the resolver takes for a name.
        options.host = options.host.replace(/^\[(.*)\]$/, '$1');
    }
}
function isTunnel(agent) {
    return typeof agent === 'object' && agent !== null && 'proxyOptions' in agent;
}
async function send(client, request) {
    const { message } = await client.request(request.method, request.url, request.body ?? null, { ...request.headers });
    const chunks = [];
    let bytes = 0;
    for await (const chunk of message) {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) {
            throw new TransportError('too-large', new URL(request.url).host, 'the answer is larger than 1 MiB');
        }
        chunks.push(chunk);
    }
    return { status: message.statusCode ?? 0, headers: flatten(message.headers), body: Buffer.concat(chunks) };
}
function flatten(headers) {
    const flat = {};
    for (const [name, value] of Object.entries(headers)) {
        if (value !== undefined)
            flat[name] = Array.isArray(value) ? value.join(', ') : value;
    }
    return flat;
}

;// CONCATENATED MODULE: ./build/src/runner/guard.js
const ENDED_EARLY = {
    word: 'internal',
    message: 'The process ended before its work was done.',
    hint: 'Run the job again; if it happens twice, please report it, without any token or password.',
};
/**
 * Runs an action so that it cannot end silently: whatever is thrown is explained once, and an event loop that runs dry
 * while work is pending (a promise that nobody settles) is a failure, not exit status 0.
 */
async function guard(action) {
    const report = (explanation) => {
        const { message, hint } = explanation;
        const text = hint === '' ? message : `${message}\n${hint}`;
        if (action.never === 'fails')
            return action.runner.warning(text);
        action.runner.fail(text);
        action.onFailure(explanation);
    };
    silenceStderr((error) => report(action.explain(error)));
    const endedEarly = () => report(ENDED_EARLY);
    process.once('beforeExit', endedEarly);
    try {
        await action.run();
    }
    catch (error) {
        report(action.explain(error));
    }
    finally {
        process.off('beforeExit', endedEarly);
    }
}
/**
 * Node prints warnings and uncaught errors to stderr with whatever text is in them, and the runner handles stderr before
 * the masks that are waiting on stdout (src/Runner.Sdk/ProcessInvoker.cs). So nothing of ours goes there.
 */
function silenceStderr(onUncaught) {
    process.removeAllListeners('warning');
    process.on('warning', () => { });
    process.once('uncaughtException', (error) => {
        onUncaught(error);
        // What is left of the work is in an unknown state; all output is on its way already.
        process.exit(1);
    });
}

;// CONCATENATED MODULE: ./build/src/runner/live.js

/**
 * The real clock. SIGINT is how the runner announces a cancellation, 7.5 s before SIGTERM
 * (src/Runner.Sdk/ProcessInvoker.cs): a pause ends at once then, while a request that is under way may finish, so that
 * the post step learns of its session.
 */
function liveClock() {
    const cancelled = new AbortController();
    process.on('SIGINT', () => cancelled.abort());
    return { now: () => Date.now(), sleep: (ms) => sleepUnless(cancelled.signal, ms) };
}
function sleepUnless(signal, ms) {
    return new Promise((resolve) => {
        if (signal.aborted)
            return resolve(false);
        const onAbort = () => {
            clearTimeout(timer);
            resolve(false);
        };
        const timer = setTimeout(() => {
            signal.removeEventListener('abort', onAbort);
            resolve(true);
        }, ms);
        signal.addEventListener('abort', onAbort, { once: true });
    });
}
const liveRandom = {
    fraction: () => Math.random(),
    bytes: (count) => (0,external_node_crypto_namespaceObject.randomBytes)(count),
};

;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = require("node:fs");
;// CONCATENATED MODULE: ./build/src/runner/stdout.js

const STDOUT = 1;
/** Blocks for a moment: the pipe is full, and the runner is about to read from it. */
function waitForReader() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
/**
 * Writes all of a text before it returns. Node's own stream is asynchronous on a POSIX pipe: a mask that is still in its
 * buffer when the process dies never reaches the runner. Loops over partial writes and EAGAIN, which a non-blocking
 * pipe answers with when it is full.
 */
function writeAll(text) {
    let rest = Buffer.from(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray((0,external_node_fs_namespaceObject.writeSync)(STDOUT, rest));
        }
        catch (error) {
            const code = error instanceof Error && 'code' in error ? error.code : undefined;
            // Nobody reads any more: the runner is gone, and the log with it.
            if (code === 'EPIPE')
                return;
            if (code !== 'EAGAIN')
                throw error;
            waitForReader();
        }
    }
}
/**
 * Puts the writer under everything in this process that prints, the toolkit's `setSecret` above all. Replacing the
 * property keeps Node from ever opening its own stream, which would make the descriptor non-blocking.
 */
function makeStdoutSynchronous() {
    const write = (chunk) => {
        writeAll(String(chunk));
        return true;
    };
    Object.defineProperty(process, 'stdout', { value: { write }, configurable: true });
}

;// CONCATENATED MODULE: external "os"
const external_os_namespaceObject = require("os");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_namespaceObject.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = require("crypto");
;// CONCATENATED MODULE: external "fs"
const external_fs_namespaceObject = require("fs");
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_namespaceObject.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_namespaceObject.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_namespaceObject.EOL}${convertedValue}${external_os_namespaceObject.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = require("path");
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var auth_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return auth_awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_namespaceObject.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_namespaceObject.constants.R_OK | external_fs_namespaceObject.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_namespaceObject.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = (/* unused pure expression or super */ null && (_summary));
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_namespaceObject.platform();
const arch = external_os_namespaceObject.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_namespaceObject.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return file_command_issueFileCommand('STATE', file_command_prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, utils_toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map
;// CONCATENATED MODULE: ./build/src/runner/masks.js
/** Secrets at least this long, in characters, are masked in their encoded forms too; shorter ones would mask by accident. */
const ENCODED_FROM = 16;
/**
 * Every form in which a later step may print a secret and which the runner would not recognise: lower-case hex, and
 * base64 in both alphabets at all three alignments, cut to the characters that depend on the secret alone, so that they
 * match inside longer text (`echo "$TOKEN" | base64`, a JSON document, an HTTP Basic header). The runner itself masks
 * only the encodings of exactly this value (src/Sdk/DTLogging/Logging/ValueEncoders.cs).
 */
function maskForms(secret) {
    const lines = secret.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    const forms = [secret, ...lines, ...lines.map((line) => line.trim())];
    if (secret.length >= ENCODED_FROM)
        forms.push(...encodedForms(Buffer.from(secret)));
    return [...new Set(forms)].filter((form) => form.trim() !== '');
}
function encodedForms(bytes) {
    const base64 = [0, 1, 2].map((alignment) => alignedBase64(bytes, alignment));
    const base64url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
    return [bytes.toString('hex'), ...base64, ...base64url];
}
/**
 * Base64 of the bytes when `alignment` other bytes stand before them: the first characters that mix in those bytes, and
 * the last ones that would mix in what follows, are left out.
 */
function alignedBase64(bytes, alignment) {
    const encoded = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
    const from = alignment === 0 ? 0 : alignment + 1;
    const to = Math.floor(((alignment + bytes.length) * 8) / 6);
    return encoded.slice(from, to);
}

;// CONCATENATED MODULE: ./build/src/runner/redact.js
/** So many characters of a secret in a row give it away: contract.md, "Masking and the log". */
const WINDOW = 12;
/** Shorter secrets than this cannot be told from ordinary words. */
const SHORTEST = 4;
/**
 * Replaces whatever of the secrets stands in a text by `***`: the whole of a short one, every 12 characters in a row of
 * a longer one. The runner masks only what is whole, so a server that echoes half a token would get it into the log.
 */
function redact(text, secrets) {
    const hidden = new Array(text.length).fill(false);
    for (const secret of secrets) {
        if (secret.length < SHORTEST)
            continue;
        const width = Math.min(WINDOW, secret.length);
        const windows = new Set();
        for (let at = 0; at + width <= secret.length; at += 1)
            windows.add(secret.slice(at, at + width));
        for (let at = 0; at + width <= text.length; at += 1) {
            if (windows.has(text.slice(at, at + width)))
                hidden.fill(true, at, at + width);
        }
    }
    return replaceHidden(text, hidden);
}
function replaceHidden(text, hidden) {
    let result = '';
    for (let at = 0; at < text.length; at += 1) {
        if (!hidden[at])
            result += text[at];
        else if (!hidden[at - 1])
            result += '***';
    }
    return result;
}

;// CONCATENATED MODULE: ./build/src/runner/toolkit-runner.js






/** Written to before the secret is known to be deliverable, so checked before anything is sent. */
const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE'];
/**
 * The runner, through `@actions/core`: the only file that knows it, and the only one that reads `process.env`.
 * Every line that is printed goes through {@link redact} with the secrets seen so far.
 */
function toolkitRunner() {
    const secrets = [];
    const clean = (message) => oneLine(redact(message, secrets));
    return {
        input: (name) => getInput(name, { trimWhitespace: false }),
        environment: (name) => process.env[name],
        mask: (secret) => {
            for (const form of maskForms(secret))
                core_setSecret(form);
            secrets.push(...maskForms(secret));
        },
        saveState: (name, value) => {
            requireCommandFile('GITHUB_STATE');
            saveState(name, value);
        },
        state: (name) => getState(name),
        setOutput: (name, value) => {
            requireCommandFile('GITHUB_OUTPUT');
            setOutput(name, value);
        },
        debug: (message) => core_debug(clean(message)),
        info: (message) => info(clean(message)),
        notice: (message) => notice(redact(message, secrets)),
        warning: (message) => warning(redact(message, secrets)),
        fail: (message) => setFailed(redact(message, secrets)),
        summary: (markdown) => writeSummary(redact(markdown, secrets)),
        event: readEvent,
    };
}
/**
 * `core.info` prints as it is, so a line break in the message would start a line of its own, on which the runner looks
 * for commands; the old form `##[command]` is looked for anywhere in a line (src/Runner.Common/ActionCommand.cs).
 */
function oneLine(message) {
    return message
        .replace(/[\r\n]+/g, ' ')
        .replaceAll('##[', '## [')
        .replace(/^\s*::/, ': :');
}
/** Without the file the toolkit falls back to `::set-output`, which prints the value, token and all, into the log. */
function requireCommandFile(variable) {
    if ((process.env[variable] ?? '') !== '')
        return;
    throw new Failure('internal', `${variable} is not set: this is no runner of GitHub Actions.`, 'Run it as a step of a workflow.');
}
/** Whether there are files to write outputs and state to. */
function hasCommandFiles(runner) {
    return COMMAND_FILES.every((variable) => (runner.environment(variable) ?? '') !== '');
}
/** Fails before anything is sent where there would be no way to hand over what comes back. */
function requireCommandFiles() {
    for (const variable of COMMAND_FILES)
        requireCommandFile(variable);
}
/**
 * A summary is a convenience: where there is none to write to, the step goes on. The file is what
 * `core.summary.write()` appends to as well, but asynchronously, which costs the login path more than all its masks.
 */
function writeSummary(markdown) {
    const file = process.env.GITHUB_STEP_SUMMARY ?? '';
    if (file === '')
        return;
    try {
        (0,external_node_fs_namespaceObject.appendFileSync)(file, markdown);
    }
    catch {
        core_debug('the job summary could not be written');
    }
}
function readEvent() {
    try {
        const event = JSON.parse((0,external_node_fs_namespaceObject.readFileSync)(process.env.GITHUB_EVENT_PATH ?? '', 'utf8'));
        return isJsonObject(event) ? event : {};
    }
    catch {
        return {};
    }
}
/**
 * Any earlier step can set `NODE_TLS_REJECT_UNAUTHORIZED=0` for the whole job, and a password would go to whoever
 * intercepts the connection. Node reads the variable at each handshake, so taking it away is enough.
 */
function enforceCertificateChecks(runner) {
    if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0')
        return;
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    runner.warning('NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are checked all the same, because a password and a token ' +
        'are sent. For a private certificate authority set NODE_EXTRA_CA_CERTS instead.');
}

;// CONCATENATED MODULE: ./build/src/index.js











/** The live parts, wired once for each process. */
function livePorts() {
    makeStdoutSynchronous();
    const runner = toolkitRunner();
    const clock = liveClock();
    const transport = loggedTransport(toolkitTransport(USER_AGENT), clock.now, runner.debug);
    return { runner, transport, clock, random: liveRandom };
}
/** `dist/login.js`, `runs.main` of the login action. */
function src_login() {
    const ports = livePorts();
    return guarded(ports, 'succeeds-silently', () => login(ports));
}
/** `dist/logout.js`, `runs.main` of the logout action. */
function src_logout() {
    const ports = livePorts();
    return guarded(ports, 'succeeds-silently', () => logout_logout(ports));
}
/** `dist/login-post.js`, `runs.post` of the login action. */
function src_loginPost() {
    const ports = livePorts();
    return guarded(ports, 'fails', () => loginPost(ports));
}
function guarded(ports, never, action) {
    const { runner, clock } = ports;
    return guard({
        runner,
        never,
        run: () => {
            if (never === 'succeeds-silently')
                requireCommandFiles();
            enforceCertificateChecks(runner);
            return action();
        },
        explain: (error) => explain(error, clock.now()),
        onFailure: ({ word }) => {
            // Without a file for outputs the annotation has said so already.
            if (hasCommandFiles(runner))
                runner.setOutput('failure', word);
        },
    });
}

})();

module.exports = __webpack_exports__;
/******/ })()
;