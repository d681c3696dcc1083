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

/***/ 784:
/***/ ((module) => {

"use strict";
module.exports = require("./age.js");

/***/ }),

/***/ 297:
/***/ ((module) => {

"use strict";
module.exports = require("./sealed-box.js");

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
  logout: () => (/* binding */ src_logout),
  rotate: () => (/* binding */ src_rotate),
  unseal: () => (/* binding */ src_unseal)
});

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/src/device.js

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 12;
const LONGEST_NAME = 90;
function stableDeviceId(homeserverUrl, context, matrix) {
    const { repository, workflowFile, job, step, branch } = context;
    const parts = [homeserverUrl, repository, workflowFile, job, matrix, step, branch];
    return format((0,external_node_crypto_namespaceObject.createHash)('sha256').update(JSON.stringify(parts)).digest());
}
function randomDeviceId(bytes, prefix = 'GHA') {
    return format(bytes(LENGTH), prefix);
}
function format(bytes, prefix = 'GHA') {
    return `${prefix}-${[...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('')}`;
}
function deviceDisplayName(given, { repository, workflowName, job }) {
    return fitDisplayName(given === '' ? `GitHub Actions: ${repository} · ${workflowName} · ${job}` : given);
}
function fitDisplayName(name) {
    const printable = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed();
    return [...printable].slice(0, LONGEST_NAME).join('');
}
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
    'store-refused': {
        when: 'rotate: no target took the new token. The new session was ended, the stored token is untouched.',
        remedy: 'Give store-token the permission that is named above. The stored token is untouched.',
    },
    'store-partial': {
        when: 'rotate: not every target took the new token, or an answer was lost. Old and new token both work.',
        remedy: 'Correct what is named above and rotate again. Until then the old and the new token both work.',
    },
    'unsealing-failed': {
        when: 'unseal: wrong passphrase, damaged on its way, or from another run or repository.',
        remedy: 'Use the same secret for seal-passphrase and passphrase, in the same run.',
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

;// CONCATENATED MODULE: ./build/src/matrix/server-text.js
const LONGEST = 300;
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


function describeRefusal(error) {
    const { problem, server, operation } = error;
    const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${cleanServerText(problem.errcode)}` : '';
    const text = 'text' in problem && problem.text !== undefined ? cleanServerText(problem.text) : '';
    return `${server} refused to ${operation}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`;
}
const ACCOUNT_ERRCODES = new Map([
    ['M_USER_DEACTIVATED', 'account-deactivated'],
    ['M_USER_LOCKED', 'account-locked'],
    ['M_USER_LIMIT_EXCEEDED', 'device-limit'],
]);
function accountFailure(error) {
    const { problem } = error;
    if (problem.kind !== 'refused')
        return undefined;
    const word = ACCOUNT_ERRCODES.get(problem.errcode ?? '') ?? deviceLimit(problem.text);
    if (word === undefined)
        return undefined;
    return new Failure(word, describeRefusal(error), undefined, { cause: error });
}
function refusedNewToken(error) {
    const { problem } = error;
    if (problem.kind !== 'refused' || (problem.status !== 401 && problem.status !== 403))
        return undefined;
    const hint = 'The server gave this token a moment ago and does not take it: its log, or its administrator, can say why.';
    return accountFailure(error) ?? new Failure('token-invalid', describeRefusal(error), hint, { cause: error });
}
async function notOffered(error, client, hint) {
    const flows = await client.loginFlows();
    const offered = flows === undefined || flows.length === 0
        ? 'The server does not say what it offers instead.'
        : `The server offers: ${cleanServerText(flows.join(', '))}.`;
    return new Failure('method-unavailable', `${describeRefusal(error)} ${offered}`, hint, { cause: error });
}
function refusedToken(error, input, hint) {
    const { problem } = error;
    if (problem.kind !== 'refused' || (problem.status !== 401 && problem.status !== 403))
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    return new Failure('token-invalid', `${describeRefusal(error)} It was given as ${input}.`, hint, { cause: error });
}
function deviceLimit(text) {
    return text !== undefined && /device limit/i.test(text) ? 'device-limit' : undefined;
}

;// CONCATENATED MODULE: ./build/src/http/retry.js
const BASE_MS = 1_000;
const CEILING_MS = 16_000;
const UNHINTED_LIMIT_MS = 5_000;
const MOST_RETRIES = {
    'no-answer': 7,
    unavailable: 7,
    'internal-error': 1,
    'rate-limited': 9,
    'repeat-once': 1,
    final: 0,
};
function decideRetry(outcome, state) {
    const before = state.earlier.get(outcome.kind) ?? 0;
    if (outcome.kind === 'final')
        return { retry: false };
    const waitMs = pause(outcome, before, state.random);
    if (before >= MOST_RETRIES[outcome.kind] && !isPatient(outcome, waitMs))
        return { retry: false };
    if (state.budgetMs <= 0 || waitMs > state.budgetMs)
        return { retry: false, neededMs: waitMs };
    return { retry: true, waitMs, reason: outcome.reason };
}
function isPatient({ kind }, waitMs) {
    return kind === 'rate-limited' && waitMs >= BASE_MS;
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
function parseRetryAfter(value, now) {
    const text = value?.trim();
    if (text === undefined || text === '')
        return undefined;
    if (/^\d+$/.test(text))
        return Number(text) * 1000;
    if (!/^[A-Za-z]{3,9},? /.test(text))
        return undefined;
    const date = Date.parse(text);
    return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

;// CONCATENATED MODULE: ./build/src/http/transport.js
class TransportError extends Error {
    problem;
    host;
    code;
    constructor(problem, host, message, code, options) {
        super(message, options);
        this.name = 'TransportError';
        this.problem = problem;
        this.host = host;
        this.code = code;
    }
    get mayHaveArrived() {
        return ['reset', 'timeout', 'truncated', 'too-large', 'other'].includes(this.problem);
    }
    get isTransient() {
        return !['certificate', 'not-tls', 'too-large'].includes(this.problem);
    }
}

;// CONCATENATED MODULE: ./build/src/http/exchange.js



class WaitBudget {
    #remainingMs;
    #timeLeft;
    constructor(ms, timeLeft = () => Number.POSITIVE_INFINITY) {
        this.#remainingMs = ms;
        this.#timeLeft = timeLeft;
    }
    get remainingMs() {
        return Math.min(this.#remainingMs, this.#timeLeft());
    }
    spend(ms) {
        this.#remainingMs -= ms;
    }
}
class NoAnswerError extends Error {
    cause;
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
async function exchange(request, ports, read = () => ({}), repeatable = 'always') {
    const earlier = new Map();
    const firstTryAt = ports.clock.now();
    let answerLost = false;
    for (let tries = 1;; tries += 1) {
        const result = await attempt(request, ports.transport);
        const outcome = classify(result, read, ports.clock.now());
        const lostNow = 'error' in result && result.error.mayHaveArrived;
        answerLost ||= lostNow;
        const budgetMs = Math.min(ports.budget.remainingMs, longestPause(repeatable, answerLost, firstTryAt, ports.clock));
        const decision = decideRetry(outcome, { earlier, budgetMs, random: ports.random() });
        if (!decision.retry || !(await waitFor(decision.waitMs, decision.reason, ports))) {
            if ('error' in result)
                throw new NoAnswerError(result.error, answerLost, tries);
            const retryAfterMs = outcome.kind === 'rate-limited' ? outcome.retryAfterMs : undefined;
            return { response: result.response, answerLost, retryAfterMs };
        }
        earlier.set(outcome.kind, (earlier.get(outcome.kind) ?? 0) + 1);
    }
}
function longestPause(repeatable, answerLost, firstTryAt, clock) {
    if (repeatable === 'always')
        return Number.POSITIVE_INFINITY;
    if (repeatable === 'unless-lost')
        return answerLost ? 0 : Number.POSITIVE_INFINITY;
    return repeatable - (clock.now() - firstTryAt);
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
    if (status === 429 || hints.rateLimited === true) {
        const delays = [parseRetryAfter(headers['retry-after'], now), hints.retryAfterMs].filter((ms) => ms !== undefined);
        const retryAfterMs = delays.length > 0 ? Math.max(...delays) : undefined;
        return { kind: 'rate-limited', reason: `the server limits how often one may ask (${status})`, retryAfterMs };
    }
    if (hints.repeatOnce !== undefined)
        return { kind: 'repeat-once', reason: hints.repeatOnce };
    if (status === 500)
        return { kind: 'internal-error', reason: 'the server failed (500)' };
    if (status >= 502 && status <= 504)
        return { kind: 'unavailable', reason: `the server is not available (${status})` };
    return { kind: 'final' };
}

;// CONCATENATED MODULE: ./build/src/matrix/json.js
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function parseJsonObject(bytes) {
    try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function stringMember(object, name) {
    const value = object[name];
    return typeof value === 'string' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/matrix/answers.js

class AnswerError extends Error {
    problem;
    server;
    operation;
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
const matrixErrors = (body) => ({
    errcode: stringMember(body, 'errcode'),
    text: stringMember(body, 'error'),
});
function judge(response, retryAfterMs, readError = matrixErrors) {
    const { status } = response;
    const body = parseJsonObject(response.body);
    const { errcode, text } = readError(body ?? {});
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
function excerpt(response) {
    return new TextDecoder().decode(response.body.subarray(0, 4096));
}

;// CONCATENATED MODULE: ./build/src/matrix/call.js


const REQUEST_DEADLINE_MS = 30_000;
async function call(request, ports) {
    const { response, answerLost, retryAfterMs } = await exchange(httpRequest(request), ports, (answer) => hints(answer, request), request.repeatable);
    if (request.mayBeEmpty === true && response.status === 200 && response.body.length === 0)
        return {};
    const judged = judge(response, retryAfterMs, request.readError ?? matrixErrors);
    if ('ok' in judged)
        return judged.ok;
    const lost = answerLost || judged.kind === 'malformed' || response.status >= 500;
    throw new AnswerError(judged, request.server, request.operation, lost);
}
function httpRequest(request, deadlineMs = REQUEST_DEADLINE_MS) {
    const { method, url, body = { json: {} } } = request;
    const authorization = request.authorization === undefined ? {} : { authorization: request.authorization };
    if (method === 'GET')
        return { method, url, headers: authorization, deadlineMs };
    if ('form' in body) {
        const headers = { 'content-type': 'application/x-www-form-urlencoded', ...authorization };
        return { method, url, headers, body: new URLSearchParams(body.form).toString(), deadlineMs };
    }
    const headers = { 'content-type': 'application/json', ...authorization };
    return { method, url, headers, body: JSON.stringify(body.json), deadlineMs };
}
function hints(response, request) {
    const retryAfterMs = response.status === 429 ? bodyRetryAfter(response) : undefined;
    const repeatOnce = request.passing?.(response);
    return {
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(repeatOnce === undefined ? {} : { repeatOnce }),
    };
}

;// CONCATENATED MODULE: ./build/src/matrix/server-name.js
const SERVER_NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?$/;
function parseServerName(text) {
    const hostname = SERVER_NAME.exec(text)?.[1];
    return hostname === undefined || !URL.canParse(`https://${text}`) ? undefined : { text, hostname };
}

;// CONCATENATED MODULE: ./build/src/matrix/homeserver-address.js

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
const LONGEST_URL = 2_048;
function parseBaseUrl(text) {
    if (text.length > LONGEST_URL || !URL.canParse(text))
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
function baseUrlText(url) {
    const path = url.pathname.replace(/\/_matrix(\/.*)?$/, '').replace(/\/+$/, '');
    return url.origin + path;
}
function isInsecure(url, allowHttp) {
    return url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || isLoopback(url.hostname)));
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

;// CONCATENATED MODULE: ./build/src/matrix/discovery.js





const MOST_REDIRECTS = 5;
const OPERATION = 'say where its client API is (.well-known/matrix/client)';
class InsecureDiscoveryError extends Error {
    source;
    named;
    constructor(source, named) {
        super(`${source} names an address without TLS: ${named}`);
        this.name = 'InsecureDiscoveryError';
        this.source = source;
        this.named = named;
    }
}
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
        throw new InsecureDiscoveryError(`${serverOf(serverName)}/.well-known/matrix/client`, baseUrlText(parsed.url));
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

;// CONCATENATED MODULE: ./build/src/version.js
const VERSION = '1.0.0';
const USER_AGENT = `matrix-access-token/${VERSION}`;
const PROJECT_URL = 'https://github.com/OWNER/matrix-access-token';
const ISSUES_URL = `${PROJECT_URL}/issues`;

;// CONCATENATED MODULE: ./build/src/explain.js







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
function explainInsecureDiscovery({ source, named }) {
    return {
        word: 'insecure-url',
        message: `${source} names an address without TLS: ${cleanServerText(named)}.`,
        hint: 'Correct it on the server, or give the https:// address of the client API as homeserver.',
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
function retryTime(retryAfterMs, now) {
    if (retryAfterMs === undefined)
        return 'It did not say when to try again.';
    const at = new Date(now + retryAfterMs);
    if (Number.isNaN(at.getTime()))
        return 'It asks to wait longer than a calendar reaches.';
    return `A retry can work from ${at.toISOString()} on (in ${Math.ceil(retryAfterMs / 1000)} s).`;
}
function shownLocation(location) {
    if (location === undefined)
        return 'an unnamed place';
    return cleanServerText(location.split(/[?#]/)[0] ?? '');
}
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

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = require("node:util");
;// CONCATENATED MODULE: ./build/src/secret.js

class Secret {
    #value;
    constructor(value) {
        this.#value = value;
    }
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

;// CONCATENATED MODULE: ./build/src/matrix/client.js



const QUESTION_DEADLINE_MS = 10_000;
class MatrixClient {
    baseUrl;
    ports;
    constructor(baseUrl, ports) {
        this.baseUrl = baseUrl;
        this.ports = ports;
    }
    async send(request) {
        try {
            return await call(this.#callTo('v3', request), this.ports);
        }
        catch (error) {
            if (!isUnrecognized(error) || request.path.startsWith('/_') || !(await this.#isBeforeV1()))
                throw error;
            return call(this.#callTo('r0', request), this.ports);
        }
    }
    #callTo(version, { path, body, accessToken, ...request }) {
        return {
            ...request,
            server: this.baseUrl,
            url: this.baseUrl + (path.startsWith('/_') ? path : `/_matrix/client/${version}${path}`),
            ...(body === undefined ? {} : { body: { json: body } }),
            ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken.reveal()}` }),
        };
    }
    async #isBeforeV1() {
        const versions = await this.versions();
        return versions !== undefined && !versions.some((version) => /^v\d/.test(version));
    }
    async versions() {
        const answer = await this.#ask('/_matrix/client/versions');
        const versions = answer?.versions;
        return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined;
    }
    async loginFlows() {
        const answer = (await this.#ask('/_matrix/client/v3/login')) ?? (await this.#ask('/_matrix/client/r0/login'));
        const flows = answer?.flows;
        if (!Array.isArray(flows))
            return undefined;
        return flows.map((flow) => flowType(flow)).filter((type) => type !== undefined);
    }
    async hasOAuth() {
        const answer = await this.#ask('/_matrix/client/v1/auth_metadata');
        return answer !== undefined && stringMember(answer, 'issuer') !== undefined;
    }
    async #ask(path) {
        try {
            const request = this.#callTo('v3', { operation: 'ask', method: 'GET', path });
            const judged = judge(await this.ports.transport(httpRequest(request, QUESTION_DEADLINE_MS)));
            return 'ok' in judged ? judged.ok : undefined;
        }
        catch {
            return undefined;
        }
    }
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
function isRefusal(response, status, errcode) {
    return response.status === status && stringMember(parseJsonObject(response.body) ?? {}, 'errcode') === errcode;
}

;// CONCATENATED MODULE: ./build/src/matrix/login.js





const LOG_IN = 'log in';
function loginRequest(credential, device, accessToken) {
    return {
        operation: LOG_IN,
        method: 'POST',
        path: '/login',
        body: { ...credential, device_id: device.deviceId, initial_device_display_name: device.displayName },
        ...(accessToken === undefined ? {} : { accessToken }),
        passing: (response) => isRefusal(response, 404, 'M_UNKNOWN') ? 'the device is being logged out at the same moment (404)' : undefined,
    };
}
function issuedTokens(answer) {
    const accessToken = stringMember(answer, 'access_token');
    const refreshToken = stringMember(answer, 'refresh_token');
    return {
        ...(accessToken === undefined ? {} : { accessToken }),
        ...(refreshToken === undefined ? {} : { refreshToken }),
    };
}
function sessionFromLogin(client, answer, now) {
    const { accessToken, refreshToken } = issuedTokens(answer);
    const malformed = (what) => new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, LOG_IN, true);
    if (accessToken === undefined || !isIssuedToken(accessToken))
        throw malformed('it has no usable access_token');
    const userId = stringMember(answer, 'user_id');
    if (userId === undefined || !isUserId(userId))
        throw malformed('it has no usable user_id');
    const deviceId = stringMember(answer, 'device_id');
    if (deviceId === undefined || !isPrintable(deviceId))
        throw malformed('it has no usable device_id');
    const lifetime = lifetimeOf(answer['expires_in_ms']);
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
function isToken(text) {
    return /^[\x21-\x7e]+$/.test(text);
}
const SHORTEST_TOKEN = 4;
const LONGEST_TOKEN = 65_536;
function isIssuedToken(text) {
    return isToken(text) && text.length >= SHORTEST_TOKEN && text.length <= LONGEST_TOKEN;
}
function isMaskable(text) {
    return text.split(/\s+/).every((piece) => piece.length >= SHORTEST_TOKEN);
}
function isUserId(text) {
    const serverName = /^@[^:]*:(.+)$/.exec(text)?.[1];
    return serverName !== undefined && parseServerName(serverName) !== undefined && isPrintable(text);
}
const login_LONGEST_NAME = 1_024;
function isPrintable(text) {
    return text !== '' && text.length <= login_LONGEST_NAME && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
const LONGEST_LIFETIME_MS = 3.2e12;
function lifetimeOf(value, unitMs = 1) {
    if (value === undefined || value === null)
        return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
        return 'malformed';
    return value * unitMs > LONGEST_LIFETIME_MS ? 'malformed' : value * unitMs;
}

;// CONCATENATED MODULE: ./build/src/oauth/token.js



const oauthErrors = (body) => ({
    errcode: stringMember(body, 'error'),
    text: stringMember(body, 'error_description'),
});
function requestToken(tokenEndpoint, operation, form, ports, repeatable = 'always') {
    return call({ ...tokenCall(tokenEndpoint, operation), body: { form }, repeatable }, ports);
}
async function clientCredentialsGrant(tokenEndpoint, operation, { clientId, clientSecret }, scope, ports) {
    const form = { grant_type: 'client_credentials', scope };
    const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64');
    try {
        const request = { ...tokenCall(tokenEndpoint, operation), body: { form }, authorization: `Basic ${basic}` };
        return await call(request, ports);
    }
    catch (error) {
        if (!isUnauthorized(error))
            throw error;
        const credentials = { client_id: clientId, client_secret: clientSecret.reveal() };
        return requestToken(tokenEndpoint, operation, { ...form, ...credentials }, ports);
    }
}
function isUnauthorized(error) {
    return error instanceof AnswerError && error.problem.kind === 'refused' && error.problem.status === 401;
}
function isOAuthRefusal(error, code) {
    return error instanceof AnswerError && error.problem.kind === 'refused' && error.problem.errcode === code;
}
function tokenCall(url, operation) {
    return { operation, server: new URL(url).origin, method: 'POST', url, readError: oauthErrors };
}

;// CONCATENATED MODULE: ./build/src/mas/admin-api.js







const GET_ADMIN_TOKEN = 'give a token for its admin API';
const ADMIN_SCOPE = 'urn:mas:admin';
const adminErrors = (body) => {
    const errors = body['errors'];
    const first = Array.isArray(errors) ? errors[0] : undefined;
    return { errcode: undefined, text: isJsonObject(first) ? stringMember(first, 'title') : undefined };
};
class AdminApi {
    address;
    #token;
    #ports;
    constructor(address, token, ports) {
        this.address = address;
        this.#token = token;
        this.#ports = ports;
    }
    static async open(address, credentials, ports, mask) {
        const { tokenEndpoint } = address;
        const answer = await clientCredentialsGrant(tokenEndpoint, GET_ADMIN_TOKEN, credentials, ADMIN_SCOPE, ports);
        const token = stringMember(answer, 'access_token');
        if (token !== undefined && isMaskable(token))
            mask(token);
        if (token === undefined || !isIssuedToken(token)) {
            const what = 'it has no usable access_token';
            throw new AnswerError({ kind: 'malformed', status: 200, what }, address.issuer, GET_ADMIN_TOKEN, false);
        }
        return new AdminApi(address, new Secret(token), ports);
    }
    send({ path, body, ...request }) {
        return call({
            ...request,
            server: cleanServerText(this.address.issuer),
            url: `${this.address.issuer}/api/admin/v1${path}`,
            authorization: `Bearer ${this.#token.reveal()}`,
            readError: adminErrors,
            ...(body === undefined ? {} : { body: { json: body } }),
        }, this.#ports);
    }
}
function resource(value) {
    if (!isJsonObject(value))
        return undefined;
    const [id, attributes] = [stringMember(value, 'id'), value['attributes']];
    return id === undefined || !isJsonObject(attributes) ? undefined : { id, attributes };
}

;// CONCATENATED MODULE: ./build/src/mas/personal-sessions.js




const MAKE_SESSION = 'make a personal access token';
const PAGE = 100;
const MOST_PAGES = 100;
function deviceScope(deviceId) {
    return `urn:matrix:client:device:${deviceId}`;
}
async function makePersonalSession(api, session) {
    return api.send({
        operation: MAKE_SESSION,
        method: 'POST',
        path: '/personal-sessions',
        repeatable: 'unless-lost',
        body: {
            actor_user_id: session.userId,
            human_name: session.name,
            scope: `urn:matrix:client:api:* ${deviceScope(session.deviceId)}`,
            ...(session.expiresIn === undefined ? {} : { expires_in: session.expiresIn }),
        },
    });
}
function madeToken(answer) {
    return stringMember(resource(answer['data'])?.attributes ?? {}, 'access_token');
}
function readPersonalSession(api, answer) {
    const made = resource(answer['data']);
    const accessToken = madeToken(answer);
    if (made === undefined || accessToken === undefined || !isIssuedToken(accessToken)) {
        const what = 'it has no usable access_token';
        throw new AnswerError({ kind: 'malformed', status: 201, what }, api.address.issuer, MAKE_SESSION, true);
    }
    const expiresAt = Date.parse(stringMember(made.attributes, 'expires_at') ?? '');
    return { id: made.id, accessToken, ...(Number.isNaN(expiresAt) ? {} : { expiresAt }) };
}
async function listPersonalSessions(api, userId, deviceId) {
    const found = new Map();
    const seen = new Set();
    let after;
    for (let page = 0; page < MOST_PAGES; page += 1) {
        const query = listQuery(userId, deviceId, after);
        const answer = await api.send({ operation: LIST_SESSIONS, method: 'GET', path: `/personal-sessions?${query}` });
        const resources = listed(api, answer);
        const known = seen.size;
        for (const { id, attributes } of resources) {
            seen.add(id);
            if (isWanted(attributes, userId, deviceId))
                found.set(id, { id, name: stringMember(attributes, 'human_name') ?? '' });
        }
        after = resources.at(-1)?.id;
        const links = answer['links'];
        if (seen.size === known || !isJsonObject(links) || typeof links['next'] !== 'string')
            break;
    }
    return [...found.values()];
}
const LIST_SESSIONS = 'list personal access tokens';
function listQuery(userId, deviceId, after) {
    return new URLSearchParams({
        'filter[actor_user]': userId,
        'filter[status]': 'active',
        ...(deviceId === undefined ? {} : { 'filter[scope]': deviceScope(deviceId) }),
        'page[first]': String(PAGE),
        ...(after === undefined ? {} : { 'page[after]': after }),
    });
}
function listed(api, answer) {
    const data = answer['data'];
    if (!Array.isArray(data)) {
        const what = 'it has no list in it';
        throw new AnswerError({ kind: 'malformed', status: 200, what }, api.address.issuer, LIST_SESSIONS, false);
    }
    return data.map(resource).filter((entry) => entry !== undefined);
}
function isWanted(attributes, userId, deviceId) {
    if (stringMember(attributes, 'actor_user_id') !== userId)
        return false;
    if (typeof attributes['revoked_at'] === 'string')
        return false;
    const scope = (stringMember(attributes, 'scope') ?? '').split(' ');
    return deviceId === undefined || scope.includes(deviceScope(deviceId));
}
async function revokePersonalSession(api, id) {
    const path = `/personal-sessions/${encodeURIComponent(id)}/revoke`;
    try {
        await api.send({ operation: 'revoke the personal access token', method: 'POST', path });
        return 'ended';
    }
    catch (error) {
        if (error instanceof AnswerError && error.problem.kind === 'refused' && error.problem.status === 409) {
            return 'was-dead';
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/matrix/whoami.js



const WHOAMI = 'say whose token it is';
async function whoami(client, accessToken) {
    const answer = await client.send({ operation: WHOAMI, method: 'GET', path: '/account/whoami', accessToken });
    const userId = stringMember(answer, 'user_id');
    const deviceId = stringMember(answer, 'device_id');
    if (userId === undefined || !isUserId(userId)) {
        const what = 'it has no usable user_id';
        throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, WHOAMI, false);
    }
    return { userId, ...(deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId }) };
}

;// CONCATENATED MODULE: ./build/src/matrix/logout.js


async function logout(client, accessToken) {
    try {
        await client.send({ operation: 'log out', method: 'POST', path: '/logout', body: {}, accessToken });
        return 'ended';
    }
    catch (error) {
        if (!isUnknownToken(error))
            throw error;
        if (/^m[ap]t_/.test(accessToken.reveal()) && (await isTokenAlive(client, accessToken)))
            throw error;
        return 'was-dead';
    }
}
async function isTokenAlive(client, accessToken) {
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
function isUnknownToken(error) {
    if (!(error instanceof AnswerError) || error.problem.kind !== 'refused')
        return false;
    return error.problem.status === 401 && error.problem.errcode === 'M_UNKNOWN_TOKEN';
}

;// CONCATENATED MODULE: ./build/src/oauth/revocation.js


async function revokeSession(revocationEndpoint, clientId, refreshToken, ports) {
    await call({
        operation: 'revoke the session',
        server: new URL(revocationEndpoint).origin,
        method: 'POST',
        url: revocationEndpoint,
        body: { form: { token: refreshToken.reveal(), client_id: clientId } },
        readError: oauthErrors,
        mayBeEmpty: true,
    }, ports);
}

;// CONCATENATED MODULE: ./build/src/credentials/ending.js






const LOGOUT = { kind: 'logout' };
async function endSession(ending, parts) {
    switch (ending.kind) {
        case 'logout':
            return logout(parts.client, parts.accessToken);
        case 'revocation':
            return revoke(ending.revocationEndpoint, ending.clientId, parts);
        case 'personal-session': {
            if (parts.admin === undefined)
                throw new MissingPartError('mas-client-id and mas-client-secret are not set here');
            const api = await AdminApi.open(ending, parts.admin, parts.client.ports, parts.mask);
            return revokePersonalSession(api, ending.sessionId);
        }
    }
}
class MissingPartError extends Error {
    constructor(message) {
        super(message);
        this.name = 'MissingPartError';
    }
}
const MOST_QUESTIONS = 3;
const PAUSE_MS = 1_000;
async function revoke(endpoint, clientId, parts) {
    const { client, accessToken, refreshToken } = parts;
    if (refreshToken === undefined)
        throw new MissingPartError('the server gave no refresh token to revoke it with');
    if (endpoint === '')
        throw new MissingPartError('the server names no endpoint that revokes it');
    await revokeSession(endpoint, clientId, refreshToken, client.ports);
    for (let question = 1; await isTokenAlive(client, accessToken); question += 1) {
        if (question === MOST_QUESTIONS || !(await client.ports.clock.sleep(PAUSE_MS)))
            throw stillAlive(endpoint);
    }
    return 'ended';
}
function stillAlive(endpoint) {
    const what = 'the access token answers all the same (for two minutes it may, if the refresh token was current)';
    return new AnswerError({ kind: 'malformed', status: 200, what }, endpoint, 'revoke the session', false);
}
function parseEnding(value) {
    if (!isJsonObject(value))
        return undefined;
    const member = (name) => stringMember(value, name) ?? '';
    switch (value['kind']) {
        case 'logout':
            return LOGOUT;
        case 'revocation':
            return { kind: 'revocation', revocationEndpoint: member('revocationEndpoint'), clientId: member('clientId') };
        case 'personal-session': {
            const [tokenEndpoint, issuer, sessionId] = [member('tokenEndpoint'), member('issuer'), member('sessionId')];
            return { kind: 'personal-session', tokenEndpoint, issuer, sessionId };
        }
        default:
            return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/credentials/token-kinds.js
const KINDS = {
    syt: 'of Synapse',
    mct: 'of Matrix Authentication Service, lasting',
    mat: 'of Matrix Authentication Service, OAuth, short-lived',
    mpt: 'of Matrix Authentication Service, personal',
};
function accessTokenPrefix(secret) {
    const text = secret.reveal();
    return ['syt', 'mct', 'mat', 'mpt'].find((prefix) => text.startsWith(`${prefix}_`));
}
function describeTokenKind(secret) {
    const prefix = accessTokenPrefix(secret);
    return prefix === undefined ? 'of a kind that its form does not tell' : KINDS[prefix];
}

;// CONCATENATED MODULE: ./build/src/credentials/access-token.js




const accessToken = {
    input: 'access-token',
    form: 'token',
    needsUser: () => 'none',
    logoutAllowed: false,
    rotates: false,
    read: ({ secret }) => accessTokenCredential(new Secret(secret)),
};
function accessTokenCredential(secret) {
    return {
        description: `a given access token (${describeTokenKind(secret)})`,
        device: 'existing',
        opensSession: false,
        isReplaced: false,
        mustBeProven: true,
        open: (context) => Promise.resolve(takeToken(secret, context)),
        explain: (error) => Promise.resolve(explainRefusal(error, secret)),
    };
}
function takeToken(secret, { warning }) {
    if (isShortLived(secret))
        warning(SHORT_LIVED);
    return { accessToken: secret, ending: LOGOUT };
}
const SHORT_LIVED = 'This access token (mat_…) belongs to an OAuth session, such as that of Element Web: it lives for minutes and dies ' +
    'with that session. Let the action log in with a password instead, or store a token of a session of its own.';
function isShortLived(secret) {
    return accessTokenPrefix(secret) === 'mat';
}
function explainRefusal(error, secret) {
    const hint = isShortLived(secret)
        ? SHORT_LIVED
        : 'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.';
    return refusedToken(error, 'access-token', hint);
}

;// CONCATENATED MODULE: ./build/src/matrix/identifiers.js

const LONGEST_USER_ID = 255;
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
    if (!/^[1-9]\d{4,14}$/.test(digits))
        return { problem: 'is no international phone number such as +441632960123' };
    return { kind: 'phone', digits };
}
function parseEmail(address) {
    if (!/^[^\s@]+@[^\s@]+$/.test(address))
        return { problem: 'is neither a user ID nor an e-mail address' };
    return { kind: 'email', address };
}
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
function isSameUser(user, userId) {
    const actual = userId.toLowerCase();
    if (user.kind === 'user-id')
        return actual === user.userId.toLowerCase();
    if (user.kind === 'localpart')
        return actual.startsWith(`@${user.localpart.toLowerCase()}:`);
    return true;
}
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

;// CONCATENATED MODULE: ./build/src/matrix/devices.js


async function listDevices(client, accessToken) {
    const operation = 'list the devices';
    const answer = await client.send({ operation, method: 'GET', path: '/devices', accessToken });
    const devices = answer['devices'];
    if (!Array.isArray(devices)) {
        const what = 'it has no list of devices';
        throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, operation, false);
    }
    return devices
        .map((device) => (isJsonObject(device) ? stringMember(device, 'device_id') : undefined))
        .filter((deviceId) => deviceId !== undefined);
}

;// CONCATENATED MODULE: ./build/src/credentials/predecessors.js



function devicePredecessors(open, context, session) {
    return {
        list: () => listDevices(context.client, session.accessToken),
        end: async (deviceId, token) => {
            await logout(context.client, token ?? (await tokenOf(open, context, deviceId)));
        },
    };
}
async function tokenOf(open, context, deviceId) {
    const opened = await open({
        ...context,
        device: { ...context.device, deviceId },
        sending: () => { },
        issued: ({ accessToken: token, refreshToken }) => {
            if (token !== undefined)
                context.mask(token);
            if (refreshToken !== undefined)
                context.mask(refreshToken);
        },
    });
    if (opened.deviceId !== deviceId)
        throw new MissingPartError('the server logged in on another device than it was asked for');
    return opened.accessToken;
}

;// CONCATENATED MODULE: ./build/src/credentials/login-flow.js



function loginCredential(parts) {
    return {
        device: 'login',
        opensSession: true,
        isReplaced: false,
        mustBeProven: false,
        predecessors: (context, session) => devicePredecessors(parts.open, context, session),
        ...parts,
    };
}
async function openByLogin(credential, { client, device, now, sending, issued }, { accessToken, repeatable = 'always' } = {}) {
    sending();
    const answer = await client.send({ ...loginRequest(credential, device, accessToken), repeatable });
    issued(issuedTokens(answer), LOGOUT);
    return { ...sessionFromLogin(client, answer, now()), ending: LOGOUT };
}

;// CONCATENATED MODULE: ./build/src/credentials/login-refusals.js





const NOT_ABOUT_THE_PASSWORD = /denied by the policy|blocked by|does not permit password login/i;
async function explainLoginRefusal(error, flow, context, judge) {
    const { problem } = error;
    if (problem.kind !== 'refused')
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (error.operation === WHOAMI)
        return judge(undefined);
    if (error.operation !== LOG_IN)
        return undefined;
    const flows = await context.client.loginFlows();
    if (flows !== undefined && !flows.includes(flow))
        return methodUnavailable(error, flow, flows, context.client);
    if (problem.status === 404 && problem.errcode === 'M_UNRECOGNIZED') {
        return methodUnavailable(error, flow, flows, context.client);
    }
    return judge(flows) ?? (isAddress(context) ? addressRefused(error) : undefined);
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
    if (status === 404)
        return errcode === 'M_NOT_FOUND';
    return errcode === 'M_INVALID_USERNAME' || /does not belong to this (home)?server/i.test(text);
}
function wrongPassword(error, flows = []) {
    const passwordless = flows.includes('m.login.sso')
        ? ' An account that was made through single sign-on (Google, GitHub, …) has no password until one is set on its account page.'
        : '';
    const hint = 'Does the account exist on this server, and does the secret hold its current password, without quotes and without ' +
        `anything before or behind it? A deactivated account is answered in the same way.${passwordless}`;
    return new Failure('wrong-credentials', describeRefusal(error), hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/credentials/appservice.js






const FLOW = 'm.login.application_service';
const appserviceToken = {
    input: 'appservice-token',
    form: 'token',
    needsUser: () => 'name',
    logoutAllowed: true,
    rotates: true,
    read: ({ secret }) => appserviceCredential(new Secret(secret)),
};
function appserviceCredential(token) {
    const open = (context) => {
        if (context.user === undefined)
            throw new Error('an application service without a user');
        const credential = { type: FLOW, identifier: loginIdentifier(context.user) };
        return openByLogin(credential, context, { accessToken: token });
    };
    return loginCredential({
        description: 'an application service token',
        mustBeProven: true,
        open,
        explain: (error, context) => explainAppservice(error, context.client) ??
            explainLoginRefusal(error, FLOW, context, () => refusedToken(error, 'appservice-token', HINT)),
    });
}
const HINT = 'Is it the as_token (not the hs_token) of the registration file that the server has loaded, and is user in its ' +
    'namespace of users?';
function explainAppservice(error, client) {
    const { problem } = error;
    if (problem.kind !== 'refused' || accountFailure(error) !== undefined)
        return undefined;
    const { status, errcode = '' } = problem;
    if (errcode.endsWith('M_APPSERVICE_LOGIN_UNSUPPORTED')) {
        return notOffered(error, client, MASQUERADE);
    }
    if (errcode === 'M_EXCLUSIVE')
        return failure('token-invalid', error, HINT);
    if (status === 404 && errcode === 'M_UNKNOWN')
        return failure('wrong-credentials', error, UNREGISTERED);
    return undefined;
}
function failure(word, error, hint) {
    return Promise.resolve(new Failure(word, describeRefusal(error), hint, { cause: error }));
}
const MASQUERADE = 'Users of this application service do not log in: it acts for them with its own token and ?user_id=@name:example.org ' +
    'on each request.';
const UNREGISTERED = 'The user is in the namespace but was never registered: let the application service register it first ' +
    '(POST /register with type m.login.application_service).';

;// CONCATENATED MODULE: ./build/src/credentials/claims.js


function describeClaims(token) {
    const [, payload, signature] = token.reveal().split('.');
    const claims = payload === undefined || signature === undefined ? undefined : decode(payload);
    if (claims === undefined)
        return ['It is no JSON Web Token: three parts with dots between them, the second one JSON.'];
    return Object.entries(claims).map(([name, value]) => cleanServerText(`${name}: ${JSON.stringify(value)}`));
}
function decode(payload) {
    return parseJsonObject(Buffer.from(payload, 'base64url'));
}

;// CONCATENATED MODULE: ./build/src/credentials/jwt.js








const SYNAPSE_JWT = 'org.matrix.login.jwt';
const jwt = {
    input: 'jwt',
    form: 'token',
    needsUser: userForJwt,
    logoutAllowed: true,
    rotates: true,
    read: (reader) => {
        const token = new Secret(reader.secret);
        return jwtCredential('a JWT', 'jwt', loginType(reader), () => Promise.resolve(token));
    },
};
function userForJwt(reader) {
    return loginType(reader) === SYNAPSE_JWT ? 'none' : 'any';
}
function loginType(reader) {
    const type = reader.text('jwt-login-type');
    return type === '' ? SYNAPSE_JWT : type;
}
function jwtCredential(description, input, type, fetchToken) {
    let last;
    const open = async (context) => {
        const token = await fetchToken(context);
        last = token;
        return openWithJwt(token, input, type, context);
    };
    return loginCredential({
        description: `${description} (${type})`,
        open,
        explain: (error, context) => explainLoginRefusal(error, type, context, () => refusedJwt(error, input, last, context)),
    });
}
function openWithJwt(token, input, type, context) {
    if (!isToken(token.reveal())) {
        throw new Failure('token-invalid', `${input} holds no JWT: there is white space in it. It was not sent.`);
    }
    const { user } = context;
    const identifier = type === SYNAPSE_JWT || user === undefined ? {} : { identifier: loginIdentifier(user) };
    return openByLogin({ type, ...identifier, token: token.reveal() }, context);
}
function refusedJwt(error, input, token, context) {
    const { problem } = error;
    if (problem.kind === 'refused' && problem.status === 404 && problem.errcode === 'M_UNKNOWN') {
        return new Failure('wrong-credentials', describeRefusal(error), UNKNOWN_USER, { cause: error });
    }
    const refused = refusedToken(error, input, jwt_HINT);
    if (refused !== undefined && token !== undefined) {
        context.group('Claims of the refused token, for its issuer’s and the server’s settings', describeClaims(token));
    }
    return refused;
}
const UNKNOWN_USER = 'Does the account exist? user must be exactly as the server has it, capitals too.';
const jwt_HINT = 'Compare the claims in the log above with what the server demands: issuer, audience, the claim that names the user, ' +
    'expiry (clocks may differ), and for a module the repository.';

;// CONCATENATED MODULE: ./build/src/credentials/login-token.js






const login_token_FLOW = 'm.login.token';
const loginToken = {
    input: 'login-token',
    form: 'token',
    needsUser: () => 'none',
    logoutAllowed: true,
    rotates: false,
    read: ({ secret }) => loginTokenCredential(new Secret(secret)),
};
function loginTokenCredential(secret) {
    return loginCredential({
        description: 'a login token',
        afterLostAnswer: 'The login token counts as used: get a new one before the next try.',
        open: (context) => openWithLoginToken(secret, context),
        explain: (error, context) => explainLoginRefusal(error, login_token_FLOW, context, () => refusedToken(error, 'login-token', login_token_HINT)),
    });
}
const login_token_HINT = 'A login token works once, and for seconds to minutes only: 30 s on Matrix Authentication Service, two minutes on ' +
    'Synapse. It must be made in this very run; what can be stored is an access-token.';
function openWithLoginToken(secret, context) {
    const prefix = accessTokenPrefix(secret);
    if (prefix !== undefined) {
        const message = `login-token holds an access token (${prefix}_…); it was not sent.`;
        throw new Failure('token-invalid', message, 'Give it as access-token instead.');
    }
    return openByLogin({ type: login_token_FLOW, token: secret.reveal() }, context, { repeatable: 'unless-lost' });
}

;// CONCATENATED MODULE: ./build/src/mas/users.js


const FIND_USER = 'find the user';
async function findUser(api, localpart) {
    const path = `/users/by-username/${encodeURIComponent(localpart)}`;
    const found = resource((await api.send({ operation: FIND_USER, method: 'GET', path }))['data']);
    if (found === undefined) {
        const what = 'it has no user in it';
        throw new AnswerError({ kind: 'malformed', status: 200, what }, api.address.issuer, FIND_USER, false);
    }
    const { id, attributes } = found;
    const isSet = (name) => attributes[name] !== null && attributes[name] !== undefined;
    return { id, isLocked: isSet('locked_at'), isDeactivated: isSet('deactivated_at') };
}

;// CONCATENATED MODULE: ./build/src/oauth/metadata.js





const FIND_OAUTH = 'say where its OAuth 2.0 API is (auth_metadata)';
const metadata_LONGEST_URL = 2_048;
const STABLE = '/_matrix/client/v1/auth_metadata';
const UNSTABLE = '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata';
async function discoverOAuth(client, allowHttp) {
    const { path, metadata } = await fetchMetadata(client);
    const url = (member) => endpoint(client, path, metadata, member, allowHttp);
    const [issuer, tokenEndpoint, revocationEndpoint] = ['issuer', 'token_endpoint', 'revocation_endpoint'].map(url);
    const registrationEndpoint = url('registration_endpoint');
    const deviceAuthorizationEndpoint = url('device_authorization_endpoint');
    if (issuer === undefined || tokenEndpoint === undefined) {
        const what = 'it has no usable issuer and token_endpoint';
        throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, FIND_OAUTH, false);
    }
    return {
        issuer: issuer.replace(/\/+$/, ''),
        tokenEndpoint,
        ...(revocationEndpoint === undefined ? {} : { revocationEndpoint }),
        ...(registrationEndpoint === undefined ? {} : { registrationEndpoint }),
        ...(deviceAuthorizationEndpoint === undefined ? {} : { deviceAuthorizationEndpoint }),
    };
}
async function fetchMetadata(client) {
    const ask = (path) => client.send({ operation: FIND_OAUTH, method: 'GET', path });
    try {
        return { path: STABLE, metadata: await ask(STABLE) };
    }
    catch (error) {
        if (!isUnrecognized(error))
            throw error;
        return { path: UNSTABLE, metadata: await ask(UNSTABLE) };
    }
}
function endpoint(client, path, metadata, member, allowHttp) {
    const text = stringMember(metadata, member);
    if (text === undefined || text.length > metadata_LONGEST_URL || !URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
    const inClear = url.protocol !== 'https:' && !allowHttp && client.baseUrl.startsWith('https://');
    if (!isHttp || isInsecure(url, allowHttp) || inClear)
        throw new InsecureDiscoveryError(client.baseUrl + path, text);
    return text;
}

;// CONCATENATED MODULE: ./build/src/credentials/mas-refusals.js









async function explainMasRefusal(error, client) {
    const { problem, operation } = error;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    const fail = (word, hint) => new Failure(word, describeRefusal(error), hint, { cause: error });
    if (operation === FIND_OAUTH && isUnrecognized(error))
        return notOffered(error, client, NO_MAS);
    if (operation === GET_ADMIN_TOKEN && isUnauthorized(error))
        return fail('wrong-credentials', CLIENT);
    if (operation === GET_ADMIN_TOKEN && isOAuthRefusal(error, 'invalid_scope'))
        return fail('denied', SCOPE);
    if (operation === FIND_USER && problem.kind === 'not-matrix')
        return notOffered(error, client, NO_ADMIN_API);
    if (problem.kind !== 'refused')
        return undefined;
    if (operation === FIND_USER && problem.status === 404)
        return fail('wrong-credentials', mas_refusals_UNKNOWN_USER);
    if (operation === FIND_USER && problem.status === 401)
        return fail('denied', SCOPE);
    if (operation === MAKE_SESSION && problem.status === 410) {
        return new Failure('account-deactivated', describeRefusal(error), undefined, { cause: error });
    }
    return operation === WHOAMI ? refusedToken(error, 'mas-client-id', DEAD_ON_ARRIVAL) : undefined;
}
const NO_MAS = 'This homeserver has no Matrix Authentication Service. On Synapse without it, synapse-admin-token does the same.';
const CLIENT = 'Check mas-client-id and mas-client-secret against the clients in the configuration of the service.';
const SCOPE = 'The client may not use the admin API: list its ID under policy.data.admin_clients in the configuration of the service.';
const NO_ADMIN_API = 'The admin API is not to be reached there: add the resource adminapi to a listener of the service, and forward ' +
    '/api/admin to it.';
const mas_refusals_UNKNOWN_USER = 'Does the account exist there? user is a name (bot) or a user ID (@bot:example.org).';
const DEAD_ON_ARRIVAL = 'The token was made, but the homeserver does not take it: is the account locked, or the device ID odd?';

;// CONCATENATED MODULE: ./build/src/credentials/mas-admin.js












const masClient = {
    input: 'mas-client-id',
    form: 'text',
    companions: ['mas-client-secret'],
    options: ['valid-for'],
    needsUser: () => 'name',
    logoutAllowed: true,
    rotates: true,
    incomplete: (reader) => reader.companion('mas-client-secret') === '' ? NO_SECRET : reader.secret === '' ? NO_ID : undefined,
    read: (reader) => {
        const clientSecret = new Secret(reader.companion('mas-client-secret'));
        return masCredential({ clientId: reader.secret, clientSecret }, reader.validForMs);
    },
};
const NO_SECRET = {
    text: 'mas-client-id is set, and mas-client-secret is not.',
    word: 'invalid-input',
    hint: 'Check the spelling after `secrets.`: a secret that does not exist is an empty string.',
};
const NO_ID = {
    text: 'mas-client-secret is set, and mas-client-id is not.',
    word: 'invalid-input',
    hint: 'Set it to the client_id of the same client, a ULID.',
};
function masCredential(admin, validForMs) {
    return {
        description: 'a client of the admin API of Matrix Authentication Service',
        device: 'personal',
        opensSession: true,
        isReplaced: false,
        mustBeProven: true,
        afterLostAnswer: 'A personal access token may exist which nobody holds; its session is on the device named above.',
        admin,
        open: (context) => openPersonalSession(admin, validForMs, context),
        explain: (error, { client }) => explainMasRefusal(error, client),
        replaceEarlier: (context, session) => revokeOthersOnDevice(admin, context, session),
        predecessors: (context, session) => sessionsByName(admin, context, session),
    };
}
async function openPersonalSession(admin, validForMs, context) {
    const { client, allowHttp, device, sending, issued, mask } = context;
    const { issuer, tokenEndpoint } = await discoverOAuth(client, allowHttp);
    const api = await AdminApi.open({ issuer, tokenEndpoint }, admin, client.ports, mask);
    const user = await findActiveUser(api, context);
    sending();
    const answer = await makePersonalSession(api, {
        userId: user.id,
        deviceId: device.deviceId,
        name: device.displayName,
        expiresIn: validForMs === undefined ? undefined : Math.ceil(validForMs / 1000),
    });
    const token = madeToken(answer);
    if (token !== undefined && isMaskable(token))
        mask(token);
    const { id, accessToken, expiresAt } = readPersonalSession(api, answer);
    const ending = { kind: 'personal-session', issuer, tokenEndpoint, sessionId: id };
    issued({ accessToken }, ending);
    return {
        accessToken: new Secret(accessToken),
        deviceId: device.deviceId,
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ending,
    };
}
async function findActiveUser(api, { user }) {
    if (user === undefined || !('localpart' in user))
        throw new Error('an administrator without a user');
    const found = await findUser(api, user.localpart);
    const at = `the account ${user.localpart} at ${cleanServerText(api.address.issuer)} is`;
    if (found.isDeactivated)
        throw new Failure('account-deactivated', `${at} deactivated. No token was made.`);
    if (found.isLocked)
        throw new Failure('account-locked', `${at} locked. No token was made.`);
    return found;
}
async function reopen(admin, { ending }, { client, mask }) {
    if (ending.kind !== 'personal-session')
        throw new Error('a personal session that ends in another way');
    const api = await AdminApi.open(ending, admin, client.ports, mask);
    return { api, own: ending.sessionId };
}
async function revokeOthersOnDevice(admin, context, session) {
    const { api, own } = await reopen(admin, session, context);
    const user = await findActiveUser(api, context);
    const failures = [];
    for (const { id } of await listPersonalSessions(api, user.id, session.deviceId)) {
        if (id !== own)
            await revokePersonalSession(api, id).catch((error) => failures.push(error));
    }
    if (failures.length > 0)
        throw failures[0];
}
function sessionsByName(admin, context, session) {
    const list = async () => {
        const { api } = await reopen(admin, session, context);
        const user = await findActiveUser(api, context);
        return { api, userId: user.id, sessions: await listPersonalSessions(api, user.id) };
    };
    let listed;
    const once = () => {
        listed ??= list();
        return listed;
    };
    return {
        list: async () => (await once()).sessions.map(({ name }) => name),
        end: async (wanted) => {
            const { api, sessions } = await once();
            for (const { id, name } of sessions)
                if (name === wanted)
                    await revokePersonalSession(api, id);
        },
        endOther: async (token, deviceId) => {
            if (accessTokenPrefix(token) !== 'mpt')
                return void (await logout(context.client, token));
            const { api, userId } = await once();
            const onDevice = deviceId === undefined ? [] : await listPersonalSessions(api, userId, deviceId);
            const [only, ...others] = onDevice;
            if (only === undefined || others.length > 0)
                throw new MissingPartError('its session cannot be told from others');
            await revokePersonalSession(api, only.id);
        },
    };
}

;// CONCATENATED MODULE: ./build/src/credentials/oidc.js








const URL_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_URL';
const TOKEN_VARIABLE = 'ACTIONS_ID_TOKEN_REQUEST_TOKEN';
const oidcAudience = {
    input: 'oidc-audience',
    form: 'text',
    secretVariables: [TOKEN_VARIABLE],
    needsUser: userForJwt,
    logoutAllowed: true,
    rotates: true,
    incomplete: (reader) => (URL.canParse(reader.environment(URL_VARIABLE)) ? undefined : NO_ID_TOKEN),
    read: (reader) => {
        const source = {
            url: reader.environment(URL_VARIABLE),
            token: new Secret(reader.environment(TOKEN_VARIABLE)),
            audience: reader.secret,
        };
        return jwtCredential('an ID token of this run', 'oidc-audience', loginType(reader), async ({ client, mask }) => {
            const idToken = await requestIdToken(source, client.ports);
            mask(idToken.reveal());
            return idToken;
        });
    },
};
const NO_ID_TOKEN = {
    text: 'oidc-audience is set, but this job may not ask for an ID token.',
    word: 'missing-credentials',
    hint: 'Give the job `permissions: id-token: write` (with whatever else it needs: naming one permission takes the others away).',
};
function webPage(error, { origin }) {
    if (!(error instanceof AnswerError) || error.problem.kind !== 'not-matrix')
        return undefined;
    const { status, evidence } = error.problem;
    return new Failure('server-error', `${origin} gave no ID token: it answered ${status}, ${cleanServerText(evidence)}.`);
}
const readError = (body) => ({ errcode: undefined, text: stringMember(body, 'message') });
async function requestIdToken({ url, token, audience }, ports) {
    const service = new URL(url);
    if (isInsecure(service, false)) {
        throw new Failure('insecure-url', `${URL_VARIABLE} (${service.origin}) would carry a token in clear.`);
    }
    service.searchParams.set('audience', audience);
    const request = { operation: 'give an ID token', server: service.origin, method: 'GET', url: service.href };
    const answer = await call({ ...request, authorization: `Bearer ${token.reveal()}`, readError }, ports).catch((error) => {
        throw webPage(error, service) ?? error;
    });
    const idToken = stringMember(answer, 'value');
    if (idToken === undefined || idToken === '') {
        throw new Failure('server-error', `${service.origin} gave no ID token: its answer has no value.`);
    }
    return new Secret(idToken);
}

;// CONCATENATED MODULE: ./build/src/credentials/password.js




const password_FLOW = 'm.login.password';
const password_password = {
    input: 'password',
    form: 'password',
    needsUser: () => 'any',
    logoutAllowed: true,
    rotates: true,
    read: ({ secret }) => passwordCredential(new Secret(secret)),
};
function passwordCredential(secret) {
    const open = (context) => openWithPassword(secret, context);
    return loginCredential({
        description: 'a password',
        open,
        explain: (error, context) => explainLoginRefusal(error, password_FLOW, context, (flows) => isAboutTheAccount(error) ? wrongPassword(error, flows) : undefined),
    });
}
function openWithPassword(secret, context) {
    const { user } = context;
    if (user === undefined)
        throw new Error('a password without a user');
    return openByLogin({ type: password_FLOW, identifier: loginIdentifier(user), password: secret.reveal() }, context);
}

;// CONCATENATED MODULE: ./build/src/credentials/token-answer.js



function isUsable(refreshToken) {
    if (refreshToken === undefined || refreshToken === null)
        return true;
    return typeof refreshToken === 'string' && isIssuedToken(refreshToken);
}
const AT_HOMESERVER = { lifetimeMember: 'expires_in_ms', lifetimeUnitMs: 1 };
const BY_OAUTH = { lifetimeMember: 'expires_in', lifetimeUnitMs: 1000 };
function takeTokenAnswer(answer, form, { issued, now }, held) {
    const { lifetimeMember, lifetimeUnitMs, operation, server, ending } = form;
    const { accessToken, refreshToken } = issuedTokens(answer);
    issued(issuedTokens(answer), ending, held);
    const malformed = (what) => new AnswerError({ kind: 'malformed', status: 200, what }, server, operation, true);
    if (accessToken === undefined || !isIssuedToken(accessToken))
        throw malformed('it has no usable access_token');
    if (!isUsable(answer['refresh_token']))
        throw malformed('its refresh_token is none');
    const lifetime = lifetimeOf(answer[lifetimeMember], lifetimeUnitMs);
    return {
        accessToken: new Secret(accessToken),
        ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
        ...(typeof lifetime === 'number' ? { expiresAt: now() + lifetime } : {}),
        ending,
    };
}

;// CONCATENATED MODULE: ./build/src/credentials/refresh-token.js








const REFRESH = 'refresh the session';
const REPEATABLE_MS = 10_000;
const refreshToken = {
    input: 'refresh-token',
    form: 'token',
    options: ['oauth-client-id'],
    needsUser: () => 'none',
    logoutAllowed: true,
    rotates: true,
    refreshes: true,
    read: (reader) => refreshCredential(new Secret(reader.secret), reader.text('oauth-client-id')),
};
function refreshCredential(token, clientId) {
    return {
        description: clientId === '' ? 'a refresh token' : `a refresh token of the OAuth client ${clientId}`,
        device: 'existing',
        opensSession: false,
        isReplaced: true,
        mustBeProven: true,
        afterLostAnswer: 'Whether the refresh token was used up is not known. Run again soon: until the new one is used, Synapse takes the ' +
            'old one again, Matrix Authentication Service with oauth-client-id too (without, never), Tuwunel for 15 seconds.',
        open: (context) => clientId === '' ? refreshAtHomeserver(token, context) : refreshByOAuth(token, clientId, context),
        explain: (error, { client }) => explainRefresh(error, client),
    };
}
async function refreshAtHomeserver(token, context) {
    context.sending();
    const answer = await context.client.send({
        operation: REFRESH,
        method: 'POST',
        path: '/refresh',
        body: { refresh_token: token.reveal() },
        repeatable: REPEATABLE_MS,
    });
    const server = context.client.baseUrl;
    return takeAnswer(token, answer, { ...AT_HOMESERVER, operation: REFRESH, ending: LOGOUT, server }, context);
}
async function refreshByOAuth(token, clientId, context) {
    const { client, allowHttp } = context;
    const { tokenEndpoint, revocationEndpoint = '' } = await discoverOAuth(client, allowHttp);
    context.sending();
    const form = { grant_type: 'refresh_token', refresh_token: token.reveal(), client_id: clientId };
    const answer = await requestToken(tokenEndpoint, REFRESH, form, client.ports, REPEATABLE_MS);
    const ending = { kind: 'revocation', revocationEndpoint, clientId };
    const server = new URL(tokenEndpoint).origin;
    return takeAnswer(token, answer, { ...BY_OAUTH, operation: REFRESH, ending, server }, context);
}
function takeAnswer(given, answer, form, context) {
    const opened = takeTokenAnswer(answer, form, context, given);
    return { ...opened, successor: opened.refreshToken ?? given };
}
async function explainRefresh(error, client) {
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (isUnrecognized(error))
        return notOffered(error, client, error.operation === FIND_OAUTH ? NO_OAUTH : NO_REFRESH);
    if (isOAuthRefusal(error, 'invalid_client')) {
        return new Failure('wrong-credentials', describeRefusal(error), OTHER_CLIENT, { cause: error });
    }
    if (['invalid_grant', 'unauthorized_client'].some((code) => isOAuthRefusal(error, code))) {
        return new Failure('token-invalid', describeRefusal(error), USED_UP, { cause: error });
    }
    return refusedToken(error, 'refresh-token', USED_UP);
}
const USED_UP = 'It was used already, has expired, or its session is over. Synapse takes a used one again until its successor is used; ' +
    'Matrix Authentication Service forgives nothing at /refresh, and at OAuth only until the new tokens are used; Tuwunel ' +
    'deletes the device of one that is repeated after 15 seconds. Log in anew and store the new refresh token.';
const NO_REFRESH = 'This homeserver has no refresh tokens (Synapse, Matrix Authentication Service and Tuwunel have). If the token comes ' +
    'from an OAuth login, set oauth-client-id to the client that it was given to.';
const NO_OAUTH = 'This homeserver has no OAuth 2.0 API: leave oauth-client-id out.';
const OTHER_CLIENT = 'Set oauth-client-id to the client ID that the refresh token was given to.';

;// CONCATENATED MODULE: ./build/src/credentials/shared-secret.js








const shared_secret_FLOW = 'com.devture.shared_secret_auth';
const PASSWORD_FLOW = 'm.login.password';
const sharedSecret = {
    input: 'shared-secret',
    form: 'password',
    needsUser: () => 'user-id',
    logoutAllowed: true,
    rotates: true,
    read: ({ secret }) => sharedSecretCredential(new Secret(secret)),
};
function sharedSecretCredential(secret) {
    const open = (context) => openWithSharedSecret(secret, context);
    return loginCredential({
        description: 'the shared secret',
        open,
        explain: (error, context) => explainLoginRefusal(error, shared_secret_FLOW, context, () => (isAboutTheAccount(error) ? refusedProof(error) : undefined)),
    });
}
async function openWithSharedSecret(secret, context) {
    const { user, client, mask } = context;
    if (user?.kind !== 'user-id')
        throw new Error('a shared secret without a user ID');
    const proof = (0,external_node_crypto_namespaceObject.createHmac)('sha512', secret.reveal()).update(user.userId).digest('hex');
    mask(proof);
    const identifier = { type: 'm.id.user', user: user.userId };
    try {
        return await openByLogin({ type: shared_secret_FLOW, identifier, token: proof }, context);
    }
    catch (error) {
        if (!(error instanceof AnswerError) || error.problem.kind !== 'refused')
            throw error;
        const flows = await client.loginFlows();
        if (flows === undefined || flows.includes(shared_secret_FLOW) || !flows.includes(PASSWORD_FLOW))
            throw error;
        return openWithProofAsPassword({ type: PASSWORD_FLOW, identifier, password: proof }, flows, context);
    }
}
async function openWithProofAsPassword(credential, flows, context) {
    try {
        return await openByLogin(credential, context);
    }
    catch (error) {
        if (!(error instanceof AnswerError) || accountFailure(error) !== undefined || !isAboutTheAccount(error))
            throw error;
        const message = `${describeRefusal(error)} The server does not offer ${shared_secret_FLOW}; it offers: ` +
            `${cleanServerText(flows.join(', '))}. The same proof was tried as a password.`;
        throw new Failure('method-unavailable', message, NOT_INSTALLED, { cause: error });
    }
}
const NOT_INSTALLED = 'Is matrix-synapse-shared-secret-auth installed and listed under modules? If it is, with its login type switched off, ' +
    'the shared secret or the user ID (exactly as the server has it, capitals too) is another one.';
function refusedProof(error) {
    const hint = 'Is it the shared_secret of the module, and is user the whole user ID, exactly as the server has it? ' +
        'Capitals, the name of another server and a user that does not exist are answered in the same way.';
    return new Failure('wrong-credentials', describeRefusal(error), hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/credentials/synapse-admin.js








const LOG_IN_AS = 'log in as the user';
const synapseAdminToken = {
    input: 'synapse-admin-token',
    form: 'token',
    options: ['valid-for'],
    needsUser: () => 'name',
    logoutAllowed: true,
    rotates: true,
    endsByItself: true,
    read: ({ secret, validForMs }) => synapseAdminCredential(new Secret(secret), validForMs),
};
function synapseAdminCredential(admin, validForMs) {
    return {
        description: 'the token of a Synapse administrator',
        device: 'existing',
        opensSession: true,
        isReplaced: false,
        mustBeProven: true,
        afterLostAnswer: `A token may exist which nobody holds${validForMs === undefined ? '' : '; it ends by itself'}.`,
        open: (context) => logInAs(admin, validForMs, context),
        explain: (error, { client }) => explainAdminRefusal(error, client),
    };
}
async function logInAs(admin, validForMs, context) {
    const { client, now, sending, issued } = context;
    const userId = await fullUserId(admin, context);
    const expiresAt = validForMs === undefined ? undefined : now() + validForMs;
    sending();
    const answer = await client.send({
        operation: LOG_IN_AS,
        method: 'POST',
        path: `/_synapse/admin/v1/users/${encodeURIComponent(userId)}/login`,
        body: expiresAt === undefined ? {} : { valid_until_ms: expiresAt },
        accessToken: admin,
        repeatable: 'unless-lost',
    });
    const tokens = issuedTokens(answer);
    issued(tokens, LOGOUT);
    if (tokens.accessToken === undefined || !isIssuedToken(tokens.accessToken)) {
        const what = 'it has no usable access_token';
        throw new AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, LOG_IN_AS, true);
    }
    const accessToken = new Secret(tokens.accessToken);
    return { accessToken, ending: LOGOUT, ...(expiresAt === undefined ? {} : { expiresAt }) };
}
async function fullUserId(admin, { user, client }) {
    if (user === undefined)
        throw new Error('an administrator without a user');
    if (user.kind === 'user-id')
        return user.userId;
    const { userId } = await whoami(client, admin);
    return `@${localpartOf(user)}${userId.slice(userId.indexOf(':'))}`;
}
function localpartOf(user) {
    if (!('localpart' in user))
        throw new Error('a user without a name');
    return user.localpart;
}
async function explainAdminRefusal(error, client) {
    const { problem } = error;
    const fail = (word, hint) => new Failure(word, describeRefusal(error), hint, { cause: error });
    if (error.operation !== LOG_IN_AS)
        return accountFailure(error) ?? refusedToken(error, 'synapse-admin-token', NOT_ADMIN);
    if (problem.kind === 'not-matrix' || isUnrecognized(error))
        return notOffered(error, client, HIDDEN);
    if (problem.kind !== 'refused')
        return undefined;
    if (problem.status === 404)
        return fail('wrong-credentials', synapse_admin_UNKNOWN_USER);
    if (problem.status === 400)
        return fail('denied', NOT_THIS_USER);
    return refusedToken(error, 'synapse-admin-token', NOT_ADMIN);
}
const HIDDEN = 'The admin API is not to be reached there: most proxies do not forward /_synapse/admin (use a self-hosted runner inside ' +
    'the network), other homeservers than Synapse and Tuwunel have none, and behind Matrix Authentication Service it is ' +
    'switched off (set mas-client-id and mas-client-secret instead).';
const synapse_admin_UNKNOWN_USER = 'Does the account exist? The user ID must be exactly as the server has it, capitals too.';
const NOT_THIS_USER = 'An administrator can log in as another user of the same server only: not as itself (give its token as access-token), ' +
    'and not as somebody on another server.';
const NOT_ADMIN = 'Is it the access token of an account with administrator rights on this server, and still alive?';

;// CONCATENATED MODULE: ./build/src/credentials/index.js










const CREDENTIAL_KINDS = [
    password_password,
    accessToken,
    loginToken,
    jwt,
    oidcAudience,
    appserviceToken,
    sharedSecret,
    synapseAdminToken,
    masClient,
    refreshToken,
];
const ROTATING_KINDS = CREDENTIAL_KINDS.filter(({ rotates }) => rotates);

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
;// CONCATENATED MODULE: ./build/src/inputs/values.js
function secretText(raw, form) {
    if (raw.trim() === '')
        return undefined;
    const value = form === 'password' ? raw.replace(/(\r\n|\n|\r)$/, '') : raw.trim();
    if (value === raw || form === 'text')
        return { value, dropped: undefined };
    return { value, dropped: form === 'token' ? 'white-space' : 'line-break' };
}
function booleanValue(name, raw, byDefault, problems) {
    const text = raw.trim().toLowerCase();
    if (text === '')
        return byDefault;
    if (text !== 'true' && text !== 'false')
        problems.add(`${name} must be true or false, not “${shown(raw)}”.`);
    return text === 'true';
}
function choiceValue(name, raw, choices, problems) {
    const text = raw.trim();
    const found = choices.find((choice) => choice === text);
    if (found === undefined && text !== '') {
        problems.add(`${name} must be one of ${choices.join(', ')}, not “${shown(raw)}”.`);
    }
    return found ?? choices[0];
}
function secondsValue(name, raw, byDefault, problems) {
    const text = raw.trim();
    if (text === '')
        return byDefault * 1000;
    if (/^\d{1,5}$/.test(text))
        return Number(text) * 1000;
    problems.add(`${name} must be a whole number of seconds from 0 to 99999, not “${shown(raw)}”.`);
    return byDefault * 1000;
}
const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const values_LONGEST_LIFETIME_MS = 36_525 * UNITS_MS.d;
function lifetimeValue(name, raw, problems) {
    const text = raw.trim();
    if (text === '')
        return undefined;
    const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    const ms = Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : 0);
    if (ms > 0 && ms <= values_LONGEST_LIFETIME_MS)
        return ms;
    problems.add(`${name} must be a length of time such as 90s, 15m, 12h or 30d, and not 0, not “${shown(raw)}”.`);
    return undefined;
}
function shown(raw) {
    const text = raw.trim().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
    return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text;
}

;// CONCATENATED MODULE: ./build/src/inputs/delivery.js


const SHORTEST_PASSPHRASE = 16;
const GOOD_PASSPHRASE = 24;
function maskSealPassphrase(runner) {
    const passphrase = secretText(runner.input('seal-passphrase'), 'password');
    if (passphrase !== undefined)
        runner.mask(passphrase.value);
}
function readDelivery(runner, logout, problems) {
    return {
        exportEnv: readExportEnv(runner, problems),
        credentialsFile: readCredentialsFile(runner, problems),
        sealPassphrase: readSealPassphrase(runner, logout, problems),
    };
}
function readExportEnv(runner, problems) {
    const wanted = booleanValue('export-env', runner.input('export-env'), false, problems);
    if (wanted && (runner.environment('GITHUB_ENV') ?? '') === '') {
        problems.add('export-env needs the file GITHUB_ENV, which this runner does not name.');
    }
    return wanted;
}
function readCredentialsFile(runner, problems) {
    const file = runner.input('credentials-file').trim();
    if (file === '' || (0,external_node_path_namespaceObject.isAbsolute)(file))
        return file;
    const temp = runner.environment('RUNNER_TEMP') ?? '';
    if (temp === '')
        problems.add('credentials-file is relative, to RUNNER_TEMP, which is not set: give an absolute path.');
    return (0,external_node_path_namespaceObject.join)(temp, file);
}
function readSealPassphrase(runner, logout, problems) {
    const passphrase = secretText(runner.input('seal-passphrase'), 'password');
    if (passphrase === undefined)
        return '';
    if (passphrase.dropped !== undefined)
        runner.warning('seal-passphrase has a line break at its end, which is left out.');
    const { length } = [...passphrase.value];
    if (length < SHORTEST_PASSPHRASE) {
        problems.add(`seal-passphrase has ${length} characters, fewer than ${SHORTEST_PASSPHRASE}. Make one: openssl rand -base64 32`);
    }
    else if (length < GOOD_PASSPHRASE) {
        runner.warning('seal-passphrase is short for what everybody who can read the run may try. Make a better one: openssl rand -base64 32');
    }
    if (logout === 'always') {
        problems.add('seal-passphrase does not go with logout: always: the token would be dead before the next job starts.');
    }
    return passphrase.value;
}

;// CONCATENATED MODULE: ./build/src/inputs/logout-mode.js
const LOGOUT_MODES = ['never', 'always', 'on-failure'];

;// CONCATENATED MODULE: ./build/src/inputs/missing-credentials.js

function missingSecretsCause(runner) {
    if (runner.environment('GITHUB_ACTOR') === 'dependabot[bot]')
        return 'dependabot';
    return isForkedPullRequest(runner) ? 'fork' : 'unknown';
}
function isForkedPullRequest(runner) {
    if (!/^pull_request(_review|_review_comment)?$/.test(runner.environment('GITHUB_EVENT_NAME') ?? ''))
        return false;
    const pullRequest = runner.event().pull_request;
    if (!isJsonObject(pullRequest))
        return false;
    const head = repositoryOf(pullRequest.head);
    const base = repositoryOf(pullRequest.base) ?? runner.environment('GITHUB_REPOSITORY');
    return head === undefined || head !== base;
}
function repositoryOf(side) {
    const repository = isJsonObject(side) ? side.repo : undefined;
    const name = isJsonObject(repository) ? repository.full_name : undefined;
    return typeof name === 'string' ? name : undefined;
}
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

;// CONCATENATED MODULE: ./build/src/inputs/token.js

function checkToken(input, token, problems, word = 'token-invalid') {
    if (token === '' || isToken(token))
        return;
    problems.add(`${input} holds white space or characters that no token has; it was not sent.`, word);
}

;// CONCATENATED MODULE: ./build/src/inputs/credential.js



function maskSecretInputs(runner, kinds) {
    for (const kind of kinds) {
        for (const { input, form } of secretInputsOf(kind)) {
            const secret = form === 'text' ? undefined : secretText(runner.input(input), form);
            if (secret !== undefined)
                runner.mask(secret.value);
        }
        if (!isSet(runner, kind))
            continue;
        for (const name of kind.secretVariables ?? []) {
            const value = runner.environment(name) ?? '';
            if (value !== '')
                runner.mask(value);
        }
    }
}
function readCredential(runner, kinds, problems) {
    const [kind, ...others] = kinds.filter((each) => isSet(runner, each));
    if (kind === undefined)
        return 'none';
    if (others.length > 0) {
        const names = [kind, ...others].map(({ input }) => input);
        problems.add(`Only one credential may be set, but there are ${names.length}: ${names.join(', ')}.`);
        return undefined;
    }
    const reader = readerFor(runner, kind, problems);
    const chosen = { kind, user: kind.needsUser(reader) };
    const incomplete = kind.incomplete?.(reader);
    if (incomplete === undefined) {
        if (kind.form === 'token')
            checkToken(kind.input, reader.secret, problems);
        return { ...chosen, credential: kind.read(reader) };
    }
    if (missingSecretsCause(runner) !== 'unknown' && !isSecretSet(runner, kind))
        return 'none';
    problems.add(incomplete.text, incomplete.word, incomplete.hint);
    return { ...chosen, credential: undefined };
}
function reportForeignOptions(runner, kinds, chosen, problems) {
    const known = new Set(chosen.options ?? []);
    for (const option of new Set(kinds.flatMap(({ options = [] }) => options))) {
        if (known.has(option) || runner.input(option).trim() === '')
            continue;
        const owners = kinds.filter(({ options = [] }) => options.includes(option)).map(({ input }) => input);
        problems.add(`${option} goes with ${owners.join(' and ')} only, not with ${chosen.input}.`);
    }
}
function secretInputsOf(kind) {
    return [kind, ...(kind.companions ?? []).map((input) => ({ input, form: 'token' }))];
}
function isSet(runner, kind) {
    return secretInputsOf(kind).some(({ input }) => runner.input(input).trim() !== '');
}
function isSecretSet(runner, kind) {
    return secretInputsOf(kind).some(({ input, form }) => form !== 'text' && runner.input(input).trim() !== '');
}
function readerFor(runner, kind, problems) {
    const texts = new Map();
    for (const { input, form } of secretInputsOf(kind)) {
        const text = secretText(runner.input(input), form);
        if (text === undefined)
            continue;
        texts.set(input, text);
        warnAboutDropped(runner, input, text.dropped);
    }
    const value = (input) => texts.get(input)?.value ?? '';
    return {
        secret: value(kind.input),
        companion: value,
        text: (name) => runner.input(name).trim(),
        environment: (name) => runner.environment(name) ?? '',
        validForMs: lifetimeValue('valid-for', runner.input('valid-for'), problems),
    };
}
function warnAboutDropped(runner, input, dropped) {
    if (dropped === undefined)
        return;
    const what = dropped === 'line-break' ? 'a line break at its end' : 'white space around it';
    runner.warning(`${input} has ${what}, which is left out. Store the secret without it: printf %s "$VALUE" | gh secret set NAME`);
}

;// CONCATENATED MODULE: ./build/src/inputs/homeserver.js


const DEFAULT_MAX_WAIT_SECONDS = 120;
function isBlank(runner, name) {
    return runner.input(name).trim() === '';
}
function readAllowHttp(runner, problems) {
    return booleanValue('allow-http', runner.input('allow-http'), false, problems);
}
function readMaxWait(runner, problems) {
    return secondsValue('max-wait', runner.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems);
}
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
    if (user === undefined && !isBlank(runner, 'user'))
        return undefined;
    problems.add('homeserver is missing, and user names no server: set homeserver, or user to @name:example.org.');
    return undefined;
}

;// CONCATENATED MODULE: ./build/src/inputs/problems.js

class Problems {
    #found = [];
    add(text, word = 'invalid-input', hint) {
        this.#found.push({ word, text, hint });
    }
    get isEmpty() {
        return this.#found.length === 0;
    }
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

;// CONCATENATED MODULE: ./build/src/inputs/session.js






function readSessionInputs(runner, kinds, readExtra) {
    maskSecretInputs(runner, kinds);
    const problems = new Problems();
    const chosen = readCredential(runner, kinds, problems);
    const kind = typeof chosen === 'object' ? chosen.kind : undefined;
    const user = readUser(runner, typeof chosen === 'object' ? chosen : undefined, problems);
    if (kind !== undefined)
        reportForeignOptions(runner, kinds, kind, problems);
    const options = readOptions(runner, problems);
    const extra = readExtra(problems, kind);
    const skip = choiceValue('if-no-credentials', runner.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip';
    if (chosen === 'none' && skip && problems.isEmpty)
        return { skipped: describeMissing(runner, kinds) };
    const homeserver = readHomeserver(runner, user, options.allowHttp, problems);
    if (chosen === 'none')
        reportMissing(runner, kinds, problems);
    problems.throwIfAny();
    if (typeof chosen !== 'object' || chosen.credential === undefined || homeserver === undefined) {
        throw new Error('unsound inputs got by');
    }
    return { homeserver, user, credential: chosen.credential, ...options, ...extra };
}
function readUser(runner, chosen, problems) {
    if (isBlank(runner, 'user')) {
        if (chosen !== undefined && chosen.user !== 'none')
            problems.add(`user is missing: ${chosen.kind.input} needs one.`);
        return undefined;
    }
    const raw = runner.input('user');
    const user = parseUser(raw.trim());
    const problem = 'problem' in user ? user.problem : chosen === undefined ? undefined : unfit(user, chosen);
    if (problem !== undefined)
        problems.add(`user “${shown(raw)}” ${problem}.`);
    return 'problem' in user || problem !== undefined ? undefined : user;
}
function unfit(user, { kind: { input }, user: demand }) {
    if (demand === 'user-id' && user.kind !== 'user-id') {
        return `is no user ID: ${input} needs the whole of it, @name:example.org, exactly as the server has it`;
    }
    if (demand === 'name' && !('localpart' in user))
        return `is no user ID: ${input} needs @name:example.org, or name`;
    return undefined;
}
function readOptions(runner, problems) {
    const deviceId = runner.input('device-id').trim();
    if (/[\s\p{Cc}]/u.test(deviceId))
        problems.add(`device-id “${shown(deviceId)}” has white space in it.`);
    return {
        deviceId,
        deviceName: runner.input('device-name').trim(),
        maxWaitMs: readMaxWait(runner, problems),
        allowHttp: readAllowHttp(runner, problems),
    };
}
function missingSecrets(runner, kinds) {
    const names = kinds.map(({ input }) => input);
    return explainMissingSecrets(missingSecretsCause(runner), names);
}
function describeMissing(runner, kinds) {
    const { text, hint } = missingSecrets(runner, kinds);
    return `${text} ${hint}`;
}
function reportMissing(runner, kinds, problems) {
    const { text, hint } = missingSecrets(runner, kinds);
    problems.add(text, 'missing-credentials', hint);
}

;// CONCATENATED MODULE: ./build/src/inputs/login.js





function readLoginInputs(runner) {
    maskSealPassphrase(runner);
    return readSessionInputs(runner, CREDENTIAL_KINDS, (problems, kind) => {
        const logout = readLogout(runner, kind, problems);
        return { logout, jobMatrix: runner.input('job-matrix'), ...readDelivery(runner, logout, problems) };
    });
}
function readLogout(runner, kind, problems) {
    const logout = choiceValue('logout', runner.input('logout'), LOGOUT_MODES, problems);
    if (kind !== undefined && !kind.logoutAllowed && logout !== 'never') {
        problems.add(`logout: ${logout} does not go with ${kind.input}: the action ends what it opened, not what it was given.`);
    }
    return logout;
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
function branchOf(ref, eventName) {
    if (eventName.startsWith('pull_request') || ref.startsWith('refs/pull/'))
        return 'pull requests';
    if (eventName === 'merge_group' || ref.startsWith('refs/heads/gh-readonly-queue/'))
        return 'merge queue';
    if (ref.startsWith('refs/tags/'))
        return 'tags';
    return ref;
}

;// CONCATENATED MODULE: ./build/src/actions/connect.js



const FOUND = { input: '', 'well-known': ' (found through .well-known)', 'server-name': ' (no .well-known there)' };
async function connect(ports, { homeserver, maxWaitMs, allowHttp }) {
    const patience = withPatience(ports, maxWaitMs);
    const { baseUrl, from } = await discover(homeserver, patience, allowHttp);
    ports.runner.info(`Homeserver: ${baseUrl}${FOUND[from]}`);
    return new MatrixClient(baseUrl, patience);
}
function withPatience({ transport, clock, random, runner }, maxWaitMs, timeLeft) {
    return {
        transport,
        clock,
        random: random.fraction,
        budget: new WaitBudget(maxWaitMs, timeLeft),
        onRetry: (reason, waitMs) => runner.info(`Trying again in ${(waitMs / 1000).toFixed(1)} s: ${reason}.`),
    };
}

;// CONCATENATED MODULE: ./build/src/actions/session-state.js



const SESSION = 'session';
const TOKEN = 'access-token';
const REFRESH_TOKEN = 'refresh-token';
const FILE = 'credentials-file';
class SessionLog {
    #runner;
    #record;
    constructor(runner, record) {
        this.#runner = runner;
        this.#record = { ...record, phase: undefined, ending: LOGOUT };
    }
    get phase() {
        return this.#record.phase;
    }
    update(change) {
        const before = JSON.stringify(this.#record);
        this.#record = { ...this.#record, ...change };
        const now = JSON.stringify(this.#record);
        if (this.#record.phase !== undefined && now !== before)
            this.#runner.saveState(SESSION, now);
    }
    saveTokens(accessToken, refreshToken) {
        this.#runner.saveState(TOKEN, accessToken);
        if (refreshToken !== undefined)
            this.#runner.saveState(REFRESH_TOKEN, refreshToken);
    }
}
function claimState(runner) {
    for (const key of [SESSION, TOKEN, REFRESH_TOKEN, FILE])
        runner.saveState(key, '');
}
function savedSession(runner) {
    const text = runner.state(SESSION);
    if (text === '')
        return undefined;
    const saved = JSON.parse(text);
    if (!isJsonObject(saved))
        return undefined;
    const member = (name) => stringMember(saved, name) ?? '';
    const phase = ['sent', 'open', 'writing', 'over'].find((known) => known === saved['phase']);
    const logout = LOGOUT_MODES.find((known) => known === saved['logout']);
    const ending = parseEnding(saved['ending']);
    if (phase === undefined || logout === undefined || ending === undefined)
        return undefined;
    const [homeserverUrl, deviceId, user] = [member('homeserverUrl'), member('deviceId'), member('user')];
    return { phase, logout, homeserverUrl, deviceId, user, ending };
}
function savedTokens(runner) {
    return { accessToken: runner.state(TOKEN), refreshToken: runner.state(REFRESH_TOKEN) };
}
function saveCredentialsFile(runner, path) {
    runner.saveState(FILE, path);
}
function savedCredentialsFile(runner) {
    return runner.state(FILE);
}

;// CONCATENATED MODULE: ./build/src/actions/credentials-file.js


function createCredentialsFile(runner, files, path) {
    if (path === '')
        return undefined;
    const file = create(runner, files, path);
    saveCredentialsFile(runner, file.realPath);
    if (files.isInside(file.realPath, runner.environment('GITHUB_WORKSPACE') ?? '')) {
        runner.warning(`credentials-file ${file.path} is in the workspace: artifacts, images and commits may take it along. A relative path is in RUNNER_TEMP.`);
    }
    return file;
}
function create(runner, files, path) {
    const trusted = ['RUNNER_TEMP', 'GITHUB_WORKSPACE'].flatMap((name) => runner.environment(name) || []);
    try {
        return files.create(path, trusted);
    }
    catch (error) {
        const message = `credentials-file ${path} cannot be created: ${reason(error)}.`;
        const hint = 'Name a file that does not exist, in a folder that does, without symbolic links. Nothing was sent.';
        throw new Failure('invalid-input', message, hint, { cause: error });
    }
}
function reason(error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const known = { EEXIST: 'there is something already', ENOENT: 'its folder does not exist' }[code];
    return known ?? (code === '' && error instanceof Error ? error.message : code);
}
function writeCredentialsFile(file, json) {
    if (/\{[{%#]/.test(json)) {
        const message = 'The server’s answer holds {{, {% or {#, which Ansible would run: it is not written to credentials-file.';
        throw new Failure('server-error', message, 'No honest server answers so. Do not use this session.');
    }
    try {
        file.write(`${json}\n`);
    }
    catch (error) {
        const message = `credentials-file ${file.path} cannot be written: ${reason(error)}.`;
        const hint = 'Is the disk of the runner full? Make room, or name another folder.';
        throw new Failure('internal', message, hint, { cause: error });
    }
}
function removeCredentialsFile(runner, files) {
    const path = savedCredentialsFile(runner);
    if (path === '')
        return;
    try {
        if (files.remove(path) !== 'link')
            return;
        runner.warning(`The credentials file ${path} was a symbolic link by now. The link was removed, what it points to was not: remove it yourself if the credentials are in it.`);
    }
    catch (error) {
        runner.warning(`The credentials file ${path} could not be removed: ${reason(error)}.`);
    }
}

;// CONCATENATED MODULE: ./build/src/sealing/credentials.js



function credentialsJson(session, { repository, runId }) {
    const { accessToken, refreshToken, userId, deviceId, homeserverUrl, expiresAt } = session;
    return JSON.stringify({
        access_token: accessToken.reveal(),
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken.reveal() }),
        user_id: userId,
        ...(deviceId === undefined ? {} : { device_id: deviceId }),
        homeserver: homeserverUrl,
        ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
        repository,
        run_id: runId,
    });
}
function parseCredentials(text) {
    const value = parseJson(text);
    if (!isJsonObject(value))
        return undefined;
    const member = (name) => stringMember(value, name);
    const [accessToken, userId, homeserverUrl] = [member('access_token'), member('user_id'), member('homeserver')];
    if (accessToken === undefined || !isToken(accessToken) || userId === undefined || !isUserId(userId))
        return undefined;
    if (homeserverUrl === undefined || !isPrintable(homeserverUrl))
        return undefined;
    const [refreshToken, deviceId] = [member('refresh_token'), member('device_id')];
    const expiresAt = Date.parse(member('expires_at') ?? '');
    const session = {
        homeserverUrl,
        userId,
        accessToken: new Secret(accessToken),
        ...(deviceId === undefined ? {} : { deviceId }),
        ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
        ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
    };
    return { session, origin: { repository: member('repository') ?? '', runId: member('run_id') ?? '' } };
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/src/sealing/sealing.js
async function sealText(text, passphrase) {
    const { seal } = await loadAge();
    return Buffer.from(await seal(text, passphrase)).toString('base64');
}
async function unsealText(sealed, passphrase) {
    const { unseal } = await loadAge();
    return unseal(sealed, passphrase);
}
function loadAge() {
    return Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 784, 23));
}

;// CONCATENATED MODULE: ./build/src/actions/origin.js
function readOrigin(runner) {
    return {
        repository: runner.environment('GITHUB_REPOSITORY') ?? '',
        runId: runner.environment('GITHUB_RUN_ID') ?? '',
    };
}

;// CONCATENATED MODULE: ./build/src/actions/deliver.js





async function deliver(runner, session, inputs, file) {
    const json = credentialsJson(session, readOrigin(runner));
    const sealed = inputs.sealPassphrase === '' ? '' : await sealText(json, inputs.sealPassphrase);
    if (file !== undefined)
        writeCredentialsFile(file, json);
    setSessionOutputs(runner, session);
    runner.setOutput('sealed-credentials', sealed);
    runner.setOutput('credentials-file', file?.path ?? '');
    runner.setOutput('failure', '');
    if (inputs.exportEnv)
        exportSession(runner, session);
    const expiresAt = expiryOf(session);
    const who = cleanServerText(session.userId);
    runner.info(`Logged in as ${who}, ${describeDevice(session)}, ${describeEnd(expiresAt)}.`);
    runner.summary(summaryTable(session, expiresAt, inputs.logout));
}
function setSessionOutputs(runner, session) {
    setCredentialOutputs(runner, session);
    runner.setOutput('authenticated', 'true');
}
function setTokenOutputs(runner, { accessToken = '', refreshToken = '' }) {
    runner.setOutput('access-token', accessToken);
    runner.setOutput('refresh-token', refreshToken);
}
function setCredentialOutputs(runner, session) {
    const refreshToken = session.refreshToken?.reveal();
    const accessToken = session.accessToken.reveal();
    setTokenOutputs(runner, { accessToken, ...(refreshToken === undefined ? {} : { refreshToken }) });
    runner.setOutput('user-id', session.userId);
    runner.setOutput('device-id', session.deviceId ?? '');
    runner.setOutput('homeserver-url', session.homeserverUrl);
    runner.setOutput('expires-at', expiryOf(session));
}
function exportSession(runner, session) {
    runner.exportVariable('MATRIX_ACCESS_TOKEN', session.accessToken.reveal());
    runner.exportVariable('MATRIX_USER_ID', session.userId);
    runner.exportVariable('MATRIX_DEVICE_ID', session.deviceId ?? '');
    runner.exportVariable('MATRIX_HOMESERVER', session.homeserverUrl);
}
function expiryOf({ expiresAt }) {
    return expiresAt === undefined ? '' : new Date(expiresAt).toISOString();
}
function deliverSkipped(runner, why) {
    runner.setOutput('authenticated', 'false');
    runner.setOutput('failure', '');
    runner.warning(`Nobody is logged in, as if-no-credentials: skip asks. ${why}`);
}
function describeDevice({ deviceId }) {
    return deviceId === undefined ? 'without a device' : `device ${cleanServerText(deviceId)}`;
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
function code(text) {
    return `<code>${cleanServerText(text).replace(/[&<>"'`|\\*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}

;// CONCATENATED MODULE: ./build/src/actions/log-device.js
function logDevice(runner, { credential, logout, deviceId: given }, deviceId) {
    if (credential.device === 'existing') {
        if (given !== '')
            runner.notice(`device-id has no effect: with ${credential.description} no device is chosen.`);
        return;
    }
    runner.info(`Device: ${deviceId}`);
    if (logout === 'never') {
        runner.info(credential.device === 'login' ? STAYS : PERSONAL_STAYS);
    }
    else if (given !== '' && credential.device === 'login') {
        runner.notice(`The session on device ${deviceId} ends after the job (logout: ${logout}), and Synapse and Tuwunel end every token ` +
            'of that device with it. Leave device-id out to end nothing but this session.');
    }
}
const STAYS = 'The session stays (logout: never). Logging in on this device again ends the token of the run before on Matrix ' +
    'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token alive ' +
    'until a logout. Use logout: always if only this job needs the token, rotate if a deployment does, and a ' +
    'concurrency group if runs overlap.';
const PERSONAL_STAYS = 'The session stays (logout: never), and earlier personal access tokens on this device are revoked. Use logout: always ' +
    'if only this job needs the token, rotate if a deployment does, and a concurrency group if runs overlap.';

;// CONCATENATED MODULE: ./build/src/actions/opening.js








function prepareOpening({ runner, clock }, request) {
    const { credential, log, onReplaced, ...facts } = request;
    let sent = false;
    const context = {
        ...facts,
        now: clock.now,
        sending: () => {
            sent = true;
            if (credential.opensSession)
                log.update({ phase: 'sent' });
        },
        issued: (tokens, ending, held) => {
            takeTokens(runner, log, tokens, ending, held);
            if (credential.isReplaced)
                onReplaced(tokens);
        },
        mask: runner.mask,
        warning: runner.warning,
        group: runner.group,
    };
    return { credential, context, runner, log, wasSent: () => sent };
}
function takeTokens(runner, log, tokens, ending, held) {
    const { accessToken, refreshToken } = tokens;
    for (const token of [accessToken, refreshToken])
        if (token !== undefined && isMaskable(token))
            runner.mask(token);
    if (accessToken === undefined || !isIssuedToken(accessToken))
        return;
    log.saveTokens(accessToken, refreshToken ?? held?.reveal());
    log.update({ phase: 'open', ending });
}
async function openSession(opening) {
    const { credential, context, runner, log } = opening;
    runner.info(`Logging in with ${credential.description}…`);
    try {
        return await credential.open(context);
    }
    catch (error) {
        if (log.phase === 'sent' && !mayHaveTakenEffect(error))
            log.update({ phase: 'over' });
        throw await explained(error, opening);
    }
}
async function proveSession(opened, opening) {
    const { client } = opening.context;
    const { userId, deviceId, ...rest } = opened;
    if (userId !== undefined && !opening.credential.mustBeProven) {
        return { ...rest, homeserverUrl: client.baseUrl, userId, ...(deviceId === undefined ? {} : { deviceId }) };
    }
    return proveByWhoami(opened, opening);
}
async function proveByWhoami(opened, opening) {
    const { context, log } = opening;
    const { userId: _told, deviceId: _named, ...rest } = opened;
    try {
        const owner = await whoami(context.client, opened.accessToken);
        log.update({ user: owner.userId, deviceId: owner.deviceId ?? '' });
        return { ...rest, homeserverUrl: context.client.baseUrl, ...owner };
    }
    catch (error) {
        throw await explained(error, opening);
    }
}
function endOpened(opened, { credential, context }) {
    const { accessToken, refreshToken, ending } = opened;
    return endSession(ending, {
        client: context.client,
        accessToken,
        ...(refreshToken === undefined ? {} : { refreshToken }),
        ...(credential.admin === undefined ? {} : { admin: credential.admin }),
        mask: context.mask,
    });
}
async function explained(error, { credential, context, wasSent }) {
    const known = error instanceof AnswerError ? await credential.explain(error, context) : undefined;
    if (known !== undefined)
        return known;
    const dead = error instanceof AnswerError && error.operation === WHOAMI ? refusedNewToken(error) : undefined;
    if (dead !== undefined)
        return dead;
    if (credential.afterLostAnswer === undefined || !wasSent() || !isAnswerLost(error))
        return error;
    const { word, message, hint } = explain(error, context.now());
    return new Failure(word, `${message} ${credential.afterLostAnswer}`, hint, { cause: error });
}
function mayHaveTakenEffect(error) {
    return isAnswerLost(error) || !(error instanceof AnswerError || error instanceof NoAnswerError);
}
function isAnswerLost(error) {
    if (error instanceof AnswerError)
        return error.mayHaveTakenEffect;
    return error instanceof NoAnswerError && error.answerLost;
}

;// CONCATENATED MODULE: ./build/src/actions/login.js













async function login(ports) {
    const { runner } = ports;
    claimState(runner);
    const inputs = readLoginInputs(runner);
    if ('skipped' in inputs)
        return deliverSkipped(runner, inputs.skipped);
    const file = createCredentialsFile(runner, ports.files, inputs.credentialsFile);
    const client = await connect(ports, inputs);
    const opening = prepare(ports, inputs, client);
    const opened = await openSession(opening);
    noteOwner(opened, opening);
    await checkUser(opened.userId, opened, inputs, opening);
    const session = await prove(opened, inputs, opening);
    await checkUser(session.userId, opened, inputs, opening);
    if (inputs.logout === 'never')
        await replaceEarlier(session, opening);
    await deliver(runner, session, inputs, file);
}
function prepare(ports, inputs, client) {
    const { runner, random } = ports;
    const { credential, user, allowHttp } = inputs;
    const run = readRunContext(runner);
    const matrix = canonicalMatrix(inputs.jobMatrix);
    const stable = inputs.logout === 'never';
    const derived = () => (stable ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes));
    const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId;
    logDevice(runner, inputs, deviceId);
    const log = new SessionLog(runner, {
        logout: inputs.logout,
        homeserverUrl: client.baseUrl,
        deviceId: credential.device === 'existing' ? '' : deviceId,
        user: user === undefined ? '' : describeUser(user),
    });
    const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) };
    const onReplaced = (tokens) => setTokenOutputs(runner, tokens);
    return prepareOpening(ports, { credential, client, allowHttp, user, device, log, onReplaced });
}
async function prove(opened, { logout }, opening) {
    const { credential, runner } = opening;
    try {
        return await proveSession(opened, opening);
    }
    catch (error) {
        if (logout === 'never' && credential.opensSession && credential.device !== 'login') {
            await endAgain(opened, opening, () => runner.info('The session that was opened could not be ended again.'));
        }
        throw error;
    }
}
function noteOwner({ userId, deviceId }, { log }) {
    if (userId !== undefined && deviceId !== undefined)
        log.update({ user: userId, deviceId });
}
async function checkUser(userId, opened, { user }, opening) {
    if (userId === undefined || user === undefined || isSameUser(user, userId))
        return;
    const { credential, context, runner } = opening;
    const whose = cleanServerText(userId);
    const message = `${context.client.baseUrl} says that this is ${whose}, not ${describeUser(user)}.`;
    if (!credential.opensSession)
        throw new Failure('wrong-user', message);
    let ended = 'The session was ended again, nothing was handed over.';
    await endAgain(opened, opening, () => {
        ended = 'Nothing was handed over.';
        runner.warning(`The session of ${whose} on device ${cleanServerText(opened.deviceId ?? '(none)')} could not be ended.`);
    });
    throw new Failure('wrong-user', `${message} ${ended}`);
}
async function endAgain(opened, opening, otherwise) {
    try {
        await endOpened(opened, opening);
        opening.log.update({ phase: 'over' });
    }
    catch {
        otherwise();
    }
}
async function replaceEarlier(session, { credential, context, runner }) {
    try {
        await credential.replaceEarlier?.(context, session);
    }
    catch (error) {
        const { message } = explain(error, context.now());
        runner.warning(`Earlier sessions on device ${session.deviceId ?? '(none)'} could not be ended. ${message}`);
    }
}

;// CONCATENATED MODULE: ./build/src/inputs/admin-client.js


function readAdminClient(runner) {
    const clientId = secretText(runner.input('mas-client-id'), 'text');
    const clientSecret = secretText(runner.input('mas-client-secret'), 'token');
    if (clientSecret !== undefined)
        runner.mask(clientSecret.value);
    if (clientId === undefined || clientSecret === undefined)
        return undefined;
    return { clientId: clientId.value, clientSecret: new Secret(clientSecret.value) };
}

;// CONCATENATED MODULE: ./build/src/inputs/mask-again.js




function maskInputsAgain(runner) {
    maskSecretInputs(runner, CREDENTIAL_KINDS);
    maskSealPassphrase(runner);
    for (const name of ['current-token', 'store-token']) {
        const token = secretText(runner.input(name), 'token');
        if (token !== undefined)
            runner.mask(token.value);
    }
}

;// CONCATENATED MODULE: ./build/src/actions/login-post.js










const PATIENCE_MS = 20_000;
async function loginPost(ports) {
    const { runner } = ports;
    maskInputsAgain(runner);
    const tokens = savedTokens(runner);
    for (const token of Object.values(tokens))
        if (token !== '')
            runner.mask(token);
    removeCredentialsFile(runner, ports.files);
    const session = savedSession(runner);
    if (session === undefined || session.phase === 'over' || session.phase === 'writing' || !shouldEnd(session, runner))
        return;
    if (tokens.accessToken === '')
        return warnOfUnheldSession(runner, session);
    await end(ports, session, tokens);
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
async function end(ports, session, tokens) {
    const { runner, clock } = ports;
    const { accessToken, refreshToken } = tokens;
    const admin = session.ending.kind === 'personal-session' ? readAdminClient(runner) : undefined;
    try {
        const result = await endSession(session.ending, {
            client: new MatrixClient(session.homeserverUrl, hurried(ports)),
            accessToken: new Secret(accessToken),
            ...(refreshToken === '' ? {} : { refreshToken: new Secret(refreshToken) }),
            ...(admin === undefined ? {} : { admin }),
            mask: runner.mask,
        });
        const how = result === 'ended' ? 'Logged out' : 'The session was over already';
        runner.info(`${how}: ${describe(session)}.`);
    }
    catch (error) {
        const why = error instanceof MissingPartError ? { message: `${error.message}.`, hint: '' } : explain(error, clock.now());
        runner.warning(`The session of ${describe(session)} could not be ended and is alive still. ${why.message} ${why.hint}`.trimEnd());
    }
}
function hurried(ports) {
    const { clock, transport } = ports;
    const deadline = clock.now() + PATIENCE_MS;
    const remaining = () => Math.max(1, deadline - clock.now());
    const bounded = {
        ...ports,
        transport: (request) => transport({ ...request, deadlineMs: Math.min(request.deadlineMs, remaining()) }),
    };
    return withPatience(bounded, PATIENCE_MS, () => deadline - clock.now());
}
function describe({ user, deviceId, homeserverUrl }) {
    const device = deviceId === '' ? 'without a device' : `device ${cleanServerText(deviceId)}`;
    return `${user === '' ? 'the account' : cleanServerText(user)}, ${device}, at ${homeserverUrl}`;
}

;// CONCATENATED MODULE: ./build/src/inputs/logout.js




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
    checkToken('access-token', token?.value ?? '', problems);
    problems.throwIfAny();
    if (token === undefined || homeserver === undefined)
        throw new Error('unsound inputs got by');
    return { homeserver, accessToken: token.value, maxWaitMs, allowHttp };
}
const EMPTY_HINT = 'Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
    'logged in, or set logout: always there.';

;// CONCATENATED MODULE: ./build/src/actions/logout.js







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
        throw logout_stillAlive(error, accessToken) ?? (error instanceof AnswerError ? refused(error) : undefined) ?? error;
    }
    runner.setOutput('logged-out', 'true');
    runner.setOutput('failure', '');
}
function refused(error) {
    return refusedToken(error, 'access-token', 'Is it a token of this server? Whether its session lives is not known.');
}
const OTHER_ENDS = {
    mat_: 'A token that begins with mat_ belongs to an OAuth session (Element, say): it ends when that client signs out, on ' +
        'the account page of the server, or by OAuth revocation of its refresh token.',
    mpt_: 'A token that begins with mpt_ is a personal access token: the administrator of the server revokes it ' +
        '(POST /api/admin/v1/personal-sessions/{id}/revoke).',
};
function logout_stillAlive(error, accessToken) {
    if (!(error instanceof AnswerError) || !isUnknownToken(error))
        return undefined;
    const hint = OTHER_ENDS[accessToken.reveal().slice(0, 4)];
    if (hint === undefined)
        return undefined;
    const message = `${describeRefusal(error)} The token works all the same: /logout does not end tokens of its kind.`;
    return new Failure('method-unavailable', message, hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/rotation.js

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const TIME_LENGTH = 7;
const RANDOM_LENGTH = 3;
const RETIRE_MODES = ['next-rotation', 'now', 'never'];
function deviceBase(homeserverUrl, repository, secretName) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256')
        .update(JSON.stringify([homeserverUrl, repository, secretName.toUpperCase()]))
        .digest();
    return `GHA-${[...hash.subarray(0, 12)].map((byte) => BASE32.charAt(byte % 32)).join('')}`;
}
function rotationDeviceId(base, now, bytes) {
    let time = '';
    for (let rest = Math.floor(now); time.length < TIME_LENGTH; rest = Math.floor(rest / 62)) {
        time = DIGITS.charAt(rest % 62) + time;
    }
    const random = [...bytes(RANDOM_LENGTH)].map((byte) => DIGITS.charAt(byte % 62)).join('');
    return `${base}-${time}${random}`;
}
function isOfBase(deviceId, base) {
    const rest = deviceId.slice(base.length + 1);
    return deviceId.startsWith(`${base}-`) && rest.length === TIME_LENGTH + RANDOM_LENGTH && /^[0-9A-Za-z]+$/.test(rest);
}
function planRetirement({ mode, base, devices, newDevice, currentDevice }) {
    if (mode === 'never' || !isOfBase(newDevice, base))
        return [];
    const older = devices.filter((device) => isOfBase(device, base) && device < newDevice).sort();
    if (mode === 'next-rotation')
        return older.slice(0, -1).filter((device) => device !== currentDevice);
    const isLater = currentDevice !== undefined && isOfBase(currentDevice, base) && !older.includes(currentDevice);
    return isLater && currentDevice !== newDevice ? [...older, currentDevice] : older;
}

;// CONCATENATED MODULE: ./build/src/stores/targets.js
const targets_KINDS = ['actions', 'dependabot', 'codespaces'];
const NAME = /^(?!\.+$)[A-Za-z0-9_.-]+$/;
function parseTarget(line) {
    const text = line.trim();
    const prefix = targets_KINDS.find((kind) => text.startsWith(`${kind}:`));
    const kind = prefix ?? 'actions';
    const path = prefix === undefined ? text : text.slice(prefix.length + 1).trim();
    const [root, first = '', second = '', word, ...rest] = path.split('/');
    if (root === 'orgs' && NAME.test(first) && path === `orgs/${first}`) {
        return { text, kind, place: { of: 'organization', organization: first } };
    }
    if (root !== 'repos' || !NAME.test(first) || !NAME.test(second))
        return { problem: EXPECTED };
    if (word === undefined)
        return { text, kind, place: { of: 'repository', owner: first, repository: second } };
    const environment = rest.join('/');
    if (word !== 'environments' || environment === '')
        return { problem: EXPECTED };
    if (kind !== 'actions')
        return { problem: `has an environment, which ${kind} does not know` };
    return { text, kind, place: { of: 'environment', owner: first, repository: second, environment } };
}
const EXPECTED = 'is none of repos/OWNER/REPO, repos/OWNER/REPO/environments/NAME and orgs/ORGANIZATION';

;// CONCATENATED MODULE: ./build/src/inputs/store.js





function readForge(runner, problems) {
    const apiUrl = (runner.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '');
    const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => runner.environment(name) === 'true');
    const allowHttp = readAllowHttp(runner, new Problems());
    if (!URL.canParse(apiUrl))
        problems.add(`GITHUB_API_URL “${shown(apiUrl)}” is not a URL.`);
    else if (isInsecure(new URL(apiUrl), allowHttp)) {
        problems.add(`GITHUB_API_URL “${shown(apiUrl)}” would carry the token in clear.`, 'insecure-url');
    }
    const isForgejo = (marked && !isGithubApi(apiUrl)) || apiUrl.endsWith('/api/v1');
    return { kind: isForgejo ? 'forgejo' : 'github', apiUrl };
}
function isGithubApi(apiUrl) {
    return /^https:\/\/api\.(github\.com|[^/]+\.ghe\.com)$/.test(apiUrl) || apiUrl.endsWith('/api/v3');
}
function readSecretName(runner, input, byDefault, problems) {
    const name = isBlank(runner, input) ? byDefault : runner.input(input).trim();
    if (name !== '' && (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /^(GITHUB|GITEA|FORGEJO)_/i.test(name))) {
        problems.add(`${input} “${shown(name)}” is no name for a secret: letters, digits and _, not beginning with GITHUB_.`);
    }
    return name;
}
function readTargets(lines, { forge, reportMalformed }, problems) {
    const targets = new Map();
    for (const line of lines) {
        const target = parseTarget(line);
        if ('problem' in target) {
            if (reportMalformed)
                problems.add(`store-in “${shown(line)}” ${target.problem}.`);
        }
        else if (forge.kind === 'forgejo' && (target.kind !== 'actions' || target.place.of === 'environment')) {
            problems.add(`store-in “${shown(line)}”: Gitea and Forgejo know repos/OWNER/REPO and orgs/ORGANIZATION only.`);
        }
        else {
            const key = `${target.kind} ${JSON.stringify(target.place).toLowerCase()}`;
            targets.set(key, targets.get(key) ?? target);
        }
    }
    return [...targets.values()];
}
function linesOf(text) {
    return text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
}

;// CONCATENATED MODULE: ./build/src/inputs/rotate.js







function readRotateInputs(runner) {
    const currentToken = maskedToken(runner, 'current-token');
    const storeToken = maskedToken(runner, 'store-token');
    return readSessionInputs(runner, ROTATING_KINDS, (problems, kind) => {
        const forge = readForge(runner, problems);
        if (kind !== undefined && storeToken === '')
            problems.add(MISSING_STORE_TOKEN);
        checkToken('store-token', storeToken, problems, 'invalid-input');
        const retire = choiceValue('retire', runner.input('retire'), RETIRE_MODES, problems);
        if (kind !== undefined)
            checkOverlap(runner, kind, retire, problems);
        return {
            currentToken,
            storeToken,
            ...readSecretNames(runner, kind, problems),
            targets: readTargets(storeLines(runner), { forge, reportMalformed: kind !== undefined }, problems),
            retire,
            forge,
        };
    });
}
const MISSING_STORE_TOKEN = 'store-token is missing: a token that may write secrets, from a GitHub App or a person. GITHUB_TOKEN never can.';
function maskedToken(runner, name) {
    const value = secretText(runner.input(name), 'token')?.value ?? '';
    if (value !== '')
        runner.mask(value);
    return value;
}
function checkOverlap(runner, kind, retire, problems) {
    if (kind.endsByItself !== true || retire === 'never' || !isBlank(runner, 'valid-for'))
        return;
    problems.add(`valid-for is missing: with ${kind.input} a replaced token is ended by nothing but its own end. Give at least twice ` +
        'the interval of the schedule, or set retire: never.');
}
function readSecretNames(runner, kind, problems) {
    const secretName = readSecretName(runner, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems);
    const refreshSecretName = readSecretName(runner, 'refresh-secret-name', '', problems);
    const refreshes = kind?.refreshes === true;
    if (refreshes && refreshSecretName === '') {
        problems.add('refresh-secret-name is missing: the secret that refresh-token comes from. Its value changes each time.');
    }
    if (kind !== undefined && !refreshes && refreshSecretName !== '') {
        problems.add(`refresh-secret-name goes with refresh-token only, not with ${kind.input}.`);
    }
    if (secretName.toUpperCase() === refreshSecretName.toUpperCase()) {
        problems.add(`secret-name and refresh-secret-name are the same, ${shown(secretName)}: each token needs its own secret.`);
    }
    return { secretName, refreshSecretName };
}
function storeLines(runner) {
    const lines = linesOf(runner.input('store-in'));
    return lines.length > 0 ? lines : [`repos/${runner.environment('GITHUB_REPOSITORY') ?? ''}`];
}

;// CONCATENATED MODULE: ./build/src/stores/api.js




const DEADLINE_MS = 30_000;
const API_VERSION = '2022-11-28';
class ForgeApi {
    url;
    #token;
    #ports;
    constructor(url, token, ports) {
        this.url = url;
        this.#token = token;
        this.#ports = ports;
    }
    async send(method, path, body) {
        const answer = await this.#try(method, path, body, { 'x-github-api-version': API_VERSION });
        if (answer.status !== 410)
            return answer;
        const second = await this.#try(method, path, body, {});
        return { ...second, inDoubt: second.inDoubt || answer.inDoubt };
    }
    async #try(method, path, body, version) {
        const headers = {
            accept: 'application/vnd.github+json',
            authorization: `Bearer ${this.#token.reveal()}`,
            ...version,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        };
        const request = { method, url: this.url + path, headers, deadlineMs: DEADLINE_MS };
        const now = this.#ports.clock.now();
        let failed = false;
        const read = (response) => {
            failed ||= response.status >= 500;
            return rateLimit(response, now);
        };
        try {
            const sent = body === undefined ? request : { ...request, body: JSON.stringify(body) };
            const { response, answerLost } = await exchange(sent, this.#ports, read);
            return { ...response, inDoubt: answerLost || failed };
        }
        catch (error) {
            throw error instanceof NoAnswerError && failed ? new NoAnswerError(error.cause, true, error.tries) : error;
        }
    }
}
function rateLimit({ status, headers }, now) {
    const exhausted = headers['x-ratelimit-remaining'] === '0';
    const asked = parseRetryAfter(headers['retry-after'], now);
    if (status !== 429 && !(status === 403 && (exhausted || asked !== undefined)))
        return {};
    if (asked !== undefined)
        return { rateLimited: true, retryAfterMs: asked };
    const reset = Number(headers['x-ratelimit-reset']);
    if (exhausted && Number.isFinite(reset))
        return { rateLimited: true, retryAfterMs: Math.max(0, reset * 1000 - now) };
    return { rateLimited: true, retryAfterMs: 60_000 };
}
function kindOfRefusal({ status, inDoubt }) {
    return inDoubt || status >= 500 || status < 300 ? 'unknown' : 'refused';
}
const TOO_MANY = 'Too many requests with store-token, and max-wait is over: run it again later.';
function describeForgeRefusal(response, permission) {
    const { status, headers } = response;
    const said = stringMember(parseJsonObject(response.body) ?? {}, 'message');
    const text = said === undefined ? '' : `, “${cleanServerText(said)}”`;
    const limited = rateLimit(response, 0).rateLimited === true;
    return `${status}${text}. ${limited ? TOO_MANY : adviceFor(status, said ?? '', headers, permission)}`;
}
function adviceFor(status, said, headers, permission) {
    switch (status) {
        case 401:
            return 'store-token is wrong, expired or revoked.';
        case 403:
            if (headers['x-github-sso'] !== undefined)
                return 'Authorise store-token for the single sign-on of the organization.';
            return said.includes('integration')
                ? `The GITHUB_TOKEN of a workflow can never write secrets. Give the token of a GitHub App that has the permission ${permission}.`
                : `store-token lacks the permission ${permission}.`;
        case 404:
            return `It does not exist, or store-token has no access to it (permission ${permission}).`;
        case 410:
            return 'The API that this action uses is gone there: update the action.';
        case 422:
            return 'Is the name of the secret one that is allowed there?';
        default:
            return status >= 300 && status < 400 ? 'A redirect, which is not followed: has it been renamed?' : '';
    }
}
function describeNoAnswer(error) {
    return `no complete answer from ${error.cause.host}: ${error.message}`;
}

;// CONCATENATED MODULE: ./build/src/stores/forgejo.js


function forgejoStore(api) {
    return {
        prepare: (target) => Promise.resolve({
            target,
            write: (secretName, value) => write(api, `${secretsPath(target)}/${secretName}`, value, target),
        }),
    };
}
function secretsPath({ place }) {
    if (place.of === 'organization')
        return `/orgs/${place.organization}/actions/secrets`;
    return `/repos/${place.owner}/${place.repository}/actions/secrets`;
}
async function write(api, path, value, { place }) {
    const permission = place.of === 'organization' ? 'write:organization' : 'write:repository';
    try {
        const response = await api.send('PUT', path, { data: value });
        if (response.status === 201 || response.status === 204)
            return { kind: 'taken' };
        return { kind: kindOfRefusal(response), why: describeForgeRefusal(response, permission) };
    }
    catch (error) {
        if (!(error instanceof NoAnswerError))
            throw error;
        return { kind: error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) };
    }
}

;// CONCATENATED MODULE: ./build/src/stores/github.js




const github_PAGE = 100;
const github_MOST_PAGES = 1_000;
function githubStore(api) {
    return {
        prepare: async (target, secretNames) => {
            const path = github_secretsPath(target);
            const key = await publicKey(api, path, target);
            const visibilities = new Map();
            if (target.place.of === 'organization') {
                for (const name of secretNames)
                    visibilities.set(name, await visibilityOf(api, path, name, target));
            }
            const renewKey = () => publicKey(api, path, target);
            return {
                target,
                write: (name, value) => github_write(target, key, renewKey, (sealedTo) => put(api, `${path}/${name}`, sealedTo, value, visibilities.get(name))),
            };
        },
    };
}
async function put(api, path, sealedTo, value, visibility = {}) {
    const { sealedBox } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 297, 23));
    const encrypted_value = Buffer.from(sealedBox(Buffer.from(value), sealedTo.key)).toString('base64');
    return api.send('PUT', path, { encrypted_value, key_id: sealedTo.id, ...visibility });
}
function github_secretsPath({ kind, place }) {
    if (place.of === 'organization')
        return `/orgs/${place.organization}/${kind}/secrets`;
    const repository = `/repos/${place.owner}/${place.repository}`;
    if (place.of === 'repository')
        return `${repository}/${kind}/secrets`;
    return `${repository}/environments/${encodeURIComponent(place.environment)}/secrets`;
}
function permissionFor({ kind, place }) {
    const secrets = { actions: 'Secrets', dependabot: 'Dependabot secrets', codespaces: 'Codespaces secrets' }[kind];
    if (place.of === 'environment')
        return '“Environments: read and write” of the repository';
    return `“${secrets}: read and write” of the ${place.of}`;
}
async function publicKey(api, path, target) {
    const response = await api.send('GET', `${path}/public-key`);
    const body = parseJsonObject(response.body) ?? {};
    const [id, key] = [stringMember(body, 'key_id'), Buffer.from(stringMember(body, 'key') ?? '', 'base64')];
    if (response.status !== 200 || id === undefined || !(await canSealTo(key)))
        throw github_refused(response, target, 'a usable public key');
    return { id, key };
}
async function canSealTo(key) {
    if (key.length !== 32)
        return false;
    const { sealedBox } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 297, 23));
    try {
        return sealedBox(new Uint8Array(), key).length > 0;
    }
    catch {
        return false;
    }
}
async function visibilityOf(api, path, secretName, target) {
    const response = await api.send('GET', `${path}/${secretName}`);
    if (response.status === 404)
        return { visibility: 'private' };
    const visibility = stringMember(parseJsonObject(response.body) ?? {}, 'visibility');
    if (response.status !== 200 || visibility === undefined)
        throw github_refused(response, target, 'who may see the secret');
    if (visibility !== 'selected')
        return { visibility };
    const repositories = await selectedRepositories(api, `${path}/${secretName}/repositories`, target);
    return { visibility, selected_repository_ids: repositories };
}
async function selectedRepositories(api, path, target) {
    const found = [];
    for (let page = 1; page <= github_MOST_PAGES; page += 1) {
        const response = await api.send('GET', `${path}?per_page=${github_PAGE}&page=${page}`);
        const body = parseJsonObject(response.body);
        const repositories = body?.['repositories'];
        if (response.status !== 200 || !Array.isArray(repositories))
            throw github_refused(response, target, 'who may see the secret');
        const ids = repositories.map((repository) => (isJsonObject(repository) ? repository['id'] : undefined));
        found.push(...ids.filter((id) => typeof id === 'number'));
        const total = body?.['total_count'];
        if (repositories.length === 0 || (typeof total === 'number' ? found.length >= total : repositories.length < github_PAGE))
            break;
    }
    return found;
}
function github_refused(response, target, what) {
    const said = describeForgeRefusal(response, permissionFor(target));
    return new Failure('store-refused', `${target.text} does not let ${what} be read: ${said}`);
}
async function github_write(target, key, renewKey, send) {
    let inDoubt = false;
    try {
        const first = await send(key);
        inDoubt = first.inDoubt;
        const last = first.status === 422 ? await renewKey().then(send) : first;
        if (last.status === 201 || last.status === 204)
            return { kind: 'taken' };
        inDoubt ||= last.inDoubt;
        return { kind: kindOfRefusal({ ...last, inDoubt }), why: describeForgeRefusal(last, permissionFor(target)) };
    }
    catch (error) {
        if (error instanceof NoAnswerError) {
            return { kind: inDoubt || error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) };
        }
        if (error instanceof Failure)
            return { kind: inDoubt ? 'unknown' : 'refused', why: error.message };
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/stores/index.js



function openStore(forge, token, ports) {
    const api = new ForgeApi(forge.apiUrl, token, ports);
    return forge.kind === 'github' ? githubStore(api) : forgejoStore(api);
}

;// CONCATENATED MODULE: ./build/src/actions/write-targets.js




async function prepareTargets(ports, { targets, forge, storeToken, maxWaitMs }, secretNames) {
    const store = openStore(forge, new Secret(storeToken), withPatience(ports, maxWaitMs));
    const prepared = [];
    for (const target of targets)
        prepared.push(await store.prepare(target, secretNames));
    return prepared;
}
async function writeEverywhere(targets, values, runner) {
    const results = new Map();
    for (const [secretName, value] of values) {
        for (const writable of targets) {
            const before = results.get(writable);
            if (before !== undefined && before.kind !== 'taken')
                continue;
            const result = await writable.write(secretName, value);
            const { text } = writable.target;
            runner.info(result.kind === 'taken'
                ? `Stored ${secretName} in ${text}.`
                : `${secretName} not stored in ${text}: ${result.why}`);
            results.set(writable, worse(before, result));
        }
    }
    return [...results].map(([{ target }, result]) => ({ name: target.text, result }));
}
function worse(before, result) {
    if (before === undefined)
        return result;
    if (result.kind === 'taken')
        return before;
    return { kind: 'unknown', why: result.why };
}
function refusedEverywhere(written) {
    return written.every(({ result }) => result.kind === 'refused');
}
function reportWrites(written, runner) {
    const taken = written.filter(({ result }) => result.kind === 'taken').map(({ name }) => name);
    runner.setOutput('stored-in', taken.join('\n'));
    if (taken.length === written.length)
        return;
    const list = describeFailures(written);
    if (refusedEverywhere(written))
        throw new Failure('store-refused', `No target took the new token:\n${list}`);
    throw new Failure('store-partial', `Not every target took the new token:\n${list}`);
}
function describeFailures(written) {
    return written
        .map(({ name, result }) => {
        if (result.kind === 'taken')
            return `- ${name}: took it`;
        return `- ${name}: ${result.kind === 'unknown' ? 'may have taken it, ' : ''}${result.why}`;
    })
        .join('\n');
}

;// CONCATENATED MODULE: ./build/src/actions/rotate-refresh.js







async function refreshStored(rotation) {
    const { ports, inputs, targets } = rotation;
    const { runner } = ports;
    const opening = rotate_refresh_prepare(rotation);
    const opened = await openSession(opening);
    if (opened.successor === undefined)
        throw new Error('a refresh token without a successor');
    const values = [
        [inputs.refreshSecretName, opened.successor.reveal()],
        [inputs.secretName, opened.accessToken.reveal()],
    ];
    const written = await writeEverywhere(targets, values, runner);
    reportWrites(written, runner);
    const session = await proveSession(opened, opening);
    if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId)) {
        const whose = cleanServerText(session.userId);
        throw new Failure('wrong-user', `The refresh token belongs to ${whose}, not to ${describeUser(inputs.user)}. It is stored.`);
    }
    setSessionOutputs(runner, session);
    runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString());
    runner.setOutput('retired', '');
    runner.info(`Refreshed ${inputs.secretName} and ${inputs.refreshSecretName} of ${cleanServerText(session.userId)}.`);
}
function rotate_refresh_prepare({ ports, inputs, client }) {
    const { credential, user, allowHttp } = inputs;
    const log = new SessionLog(ports.runner, { logout: 'never', homeserverUrl: client.baseUrl, deviceId: '', user: '' });
    const onReplaced = (tokens) => setTokenOutputs(ports.runner, tokens);
    const device = { deviceId: '', displayName: '' };
    return prepareOpening(ports, { credential, client, allowHttp, user, device, log, onReplaced });
}

;// CONCATENATED MODULE: ./build/src/actions/retire.js





const MOST_RETIRED = 100;
async function retire(retiring) {
    const { ports, inputs, base, current, session, opening } = retiring;
    const { runner } = ports;
    const predecessors = opening.credential.predecessors?.(opening.context, session);
    const retired = [];
    if (current !== undefined && !isListed(current, base, predecessors))
        retired.push(...(await retireUnlisted(retiring, current, predecessors)));
    if (predecessors === undefined || inputs.retire === 'never')
        return retired;
    try {
        const devices = await predecessors.list();
        const newDevice = session.deviceId ?? '';
        const plan = planRetirement({ mode: inputs.retire, base, devices, newDevice, currentDevice: current?.deviceId });
        for (const name of plan.slice(0, MOST_RETIRED))
            if (await retireOne(retiring, predecessors, name))
                retired.push(name);
    }
    catch (error) {
        runner.warning(`Older sessions could not be listed; the next rotation tries again. ${messageOf(error, ports)}`);
    }
    return retired;
}
function isListed({ deviceId }, base, predecessors) {
    return predecessors !== undefined && deviceId !== undefined && isOfBase(deviceId, base);
}
async function retireUnlisted({ ports, inputs, client }, current, predecessors) {
    const name = current.deviceId === undefined ? 'without a device' : `device ${current.deviceId}`;
    if (inputs.retire !== 'now') {
        const until = inputs.credential.predecessors === undefined
            ? 'stays alive until its own end, if it has one.'
            : 'was not made by a rotation and stays alive. End it when nothing uses it any more.';
        ports.runner.notice(`The replaced token (${name}) ${until}`);
        return [];
    }
    try {
        const token = new Secret(inputs.currentToken);
        if (predecessors?.endOther === undefined)
            await logout(client, token);
        else
            await predecessors.endOther(token, current.deviceId);
        return current.deviceId === undefined ? [] : [current.deviceId];
    }
    catch (error) {
        ports.runner.warning(`The replaced token (${name}) could not be ended. ${messageOf(error, ports)}`);
        return [];
    }
}
async function retireOne({ ports, inputs, current }, predecessors, name) {
    try {
        await predecessors.end(name, current?.deviceId === name ? new Secret(inputs.currentToken) : undefined);
        return true;
    }
    catch (error) {
        ports.runner.warning(`${name} could not be retired; the next rotation tries again. ${messageOf(error, ports)}`);
        return false;
    }
}
function messageOf(error, { clock }) {
    if (error instanceof MissingPartError)
        return `${error.message}.`;
    return explain(error, clock.now()).message;
}

;// CONCATENATED MODULE: ./build/src/actions/rotate-replace.js











async function replaceStored(rotation) {
    const { ports, inputs, targets } = rotation;
    const { runner } = ports;
    const { base, opening } = rotate_replace_prepare(rotation);
    const { opened, session } = await openProven(rotation, opening);
    opening.log.update({ phase: 'writing' });
    const written = await writeEverywhere(targets, [[inputs.secretName, session.accessToken.reveal()]], runner);
    if (refusedEverywhere(written))
        await rotate_replace_endAgain(opened, opening);
    else
        setSessionOutputs(runner, session);
    reportWrites(written, runner);
    runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString());
    const retired = await retire({ ...rotation, base, session, opening });
    runner.setOutput('retired', retired.join('\n'));
    summarize(rotation, session, retired);
}
function rotate_replace_prepare({ ports, inputs, client }) {
    const { runner, clock, random } = ports;
    const { credential, user, allowHttp } = inputs;
    const run = readRunContext(runner);
    const base = inputs.deviceId === '' ? deviceBase(client.baseUrl, run.repository, inputs.secretName) : inputs.deviceId;
    const deviceId = rotationDeviceId(base, clock.now(), random.bytes);
    const hasDevice = credential.device !== 'existing';
    if (hasDevice)
        runner.info(`Device: ${deviceId}`);
    const log = new SessionLog(runner, {
        logout: 'always',
        homeserverUrl: client.baseUrl,
        deviceId: hasDevice ? deviceId : '',
        user: user === undefined ? '' : describeUser(user),
    });
    const displayName = credential.device === 'personal' ? deviceId : deviceDisplayName(inputs.deviceName, run);
    const device = { deviceId, displayName };
    const request = { credential, client, allowHttp, user, device, log, onReplaced: () => { } };
    return { base, opening: prepareOpening(ports, request) };
}
async function openProven({ inputs, current }, opening) {
    const opened = await openSession(opening);
    try {
        const session = await proveByWhoami(opened, opening);
        for (const wanted of [opened.userId ?? session.userId, current?.userId ?? session.userId]) {
            if (wanted !== session.userId)
                throw anotherUser(session, cleanServerText(wanted));
        }
        if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId))
            throw anotherUser(session, describeUser(inputs.user));
        return { opened, session };
    }
    catch (error) {
        await rotate_replace_endAgain(opened, opening);
        throw error;
    }
}
function anotherUser(session, wanted) {
    const whose = cleanServerText(session.userId);
    return new Failure('wrong-user', `${session.homeserverUrl} logged in ${whose}, not ${wanted}. Nothing was stored.`);
}
async function rotate_replace_endAgain(opened, opening) {
    opening.log.update({ phase: 'open' });
    try {
        await endOpened(opened, opening);
        opening.log.update({ phase: 'over' });
    }
    catch {
        opening.runner.info('The new session could not be ended; the post step tries again.');
    }
}
function summarize({ ports, inputs }, session, retired) {
    const { runner } = ports;
    const kept = inputs.retire === 'next-rotation' ? ' The replaced token works until the next rotation.' : '';
    runner.info(`Rotated ${inputs.secretName} of ${cleanServerText(session.userId)}: now device ${cleanServerText(session.deviceId ?? '(none)')}.${kept} ` +
        (retired.length === 0 ? 'Nothing was retired.' : `Retired: ${retired.join(', ')}.`));
}

;// CONCATENATED MODULE: ./build/src/actions/rotate.js
















async function rotate(ports) {
    const { runner } = ports;
    claimState(runner);
    const inputs = readRotateInputs(runner);
    if ('skipped' in inputs)
        return deliverSkipped(runner, inputs.skipped);
    const targets = await prepareStore(ports, inputs);
    const client = await connect(ports, inputs);
    const current = await checkCurrentToken(ports, inputs, client);
    const rotation = { ports, inputs, client, targets, current };
    await (inputs.credential.isReplaced ? refreshStored(rotation) : replaceStored(rotation));
    runner.setOutput('failure', '');
}
function prepareStore(ports, inputs) {
    const { secretName, refreshSecretName } = inputs;
    return prepareTargets(ports, inputs, refreshSecretName === '' ? [secretName] : [refreshSecretName, secretName]);
}
async function checkCurrentToken({ runner }, { currentToken, user }, client) {
    if (currentToken === '') {
        runner.info('current-token is empty: the first rotation, or a misspelt name. Nothing older than this rotation depends on it.');
        return undefined;
    }
    if (!isToken(currentToken)) {
        runner.warning('current-token is no token: there is white space in it. The rotation goes on and stores a new one.');
        return undefined;
    }
    try {
        const owner = await whoami(client, new Secret(currentToken));
        if (user === undefined || isSameUser(user, owner.userId))
            return owner;
        const whose = cleanServerText(owner.userId);
        throw new Failure('wrong-user', `current-token belongs to ${whose}, not to ${describeUser(user)}. Nothing was changed.`);
    }
    catch (error) {
        if (!isUnknownToken(error))
            throw explainCurrent(error) ?? error;
        runner.warning('current-token does not work any more. The rotation goes on and stores a new one.');
        return undefined;
    }
}
function explainCurrent(error) {
    if (!(error instanceof AnswerError))
        return undefined;
    return refusedToken(error, 'current-token', 'The server does not say that it is dead, so nothing was changed.');
}

;// CONCATENATED MODULE: ./build/src/inputs/unseal.js



function readUnsealInputs(runner) {
    const passphrase = readPassphrase(runner);
    const problems = new Problems();
    const sealed = runner.input('sealed-credentials').trim();
    if (sealed === '')
        problems.add('sealed-credentials is empty.', 'missing-credentials', unseal_EMPTY_HINT);
    if (passphrase === '')
        problems.add('passphrase is empty: it is the seal-passphrase of the login.');
    const exportEnv = readExportEnv(runner, problems);
    const allowOtherRuns = booleanValue('allow-other-runs', runner.input('allow-other-runs'), false, problems);
    problems.throwIfAny();
    return { sealed: unseal_decode(sealed), passphrase, exportEnv, allowOtherRuns };
}
function unseal_decode(text) {
    const sealed = text.replace(/\s+/g, '');
    const isWhole = sealed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(sealed);
    return isWhole ? Buffer.from(sealed, 'base64') : new Uint8Array();
}
function readPassphrase(runner) {
    const passphrase = secretText(runner.input('passphrase'), 'password');
    if (passphrase === undefined)
        return '';
    runner.mask(passphrase.value);
    if (passphrase.dropped !== undefined)
        runner.warning('passphrase has a line break at its end, which is left out.');
    return passphrase.value;
}
const unseal_EMPTY_HINT = 'Does the job that logs in declare it under `outputs:`, does this job name that one under `needs:`, did it run, and did ' +
    'it set seal-passphrase? The runner also drops an output in which a secret of one to three letters happens to occur: make that one longer.';

;// CONCATENATED MODULE: ./build/src/actions/unseal.js







async function unseal(runner) {
    const inputs = readUnsealInputs(runner);
    const opened = parseCredentials(await unseal_open(inputs));
    if (opened === undefined) {
        throw new Failure('unsealing-failed', 'What was sealed are no credentials.', 'Pass the output sealed-credentials of the login on as it is.');
    }
    const { session, origin } = opened;
    runner.mask(session.accessToken.reveal());
    if (session.refreshToken !== undefined)
        runner.mask(session.refreshToken.reveal());
    if (!inputs.allowOtherRuns)
        checkOrigin(origin, readOrigin(runner));
    setCredentialOutputs(runner, session);
    if (inputs.exportEnv)
        exportSession(runner, session);
    runner.setOutput('failure', '');
    runner.info(`Opened the credentials of ${cleanServerText(session.userId)}, device ${cleanServerText(session.deviceId ?? '(none)')}, at ${session.homeserverUrl}.`);
}
async function unseal_open({ sealed, passphrase }) {
    const opened = await unsealText(sealed, passphrase);
    if ('text' in opened)
        return opened.text;
    const { message, hint } = PROBLEMS[opened.problem];
    throw new Failure('unsealing-failed', message, hint);
}
const PROBLEMS = {
    passphrase: {
        message: 'The passphrase does not open sealed-credentials.',
        hint: 'Is it the same secret as seal-passphrase of the login? If it is, the value was changed on its way: pass the ' +
            'output on as it is.',
    },
    damaged: {
        message: 'sealed-credentials is damaged: it is no whole age file in base64.',
        hint: 'Pass the output sealed-credentials of the login on as it is.',
    },
};
function checkOrigin(sealed, here) {
    const hint = 'Log in in this run. Where it is meant to be so, set allow-other-runs: true.';
    if (sealed.repository !== here.repository) {
        throw new Failure('unsealing-failed', `sealed-credentials come from another repository, ${cleanServerText(sealed.repository)}.`, hint);
    }
    if (sealed.runId !== here.runId) {
        throw new Failure('unsealing-failed', `sealed-credentials come from another run, ${cleanServerText(sealed.runId)}.`, hint);
    }
}

;// CONCATENATED MODULE: ./build/src/http/logged-transport.js
const logged_transport_LONGEST_URL = 300;
const KNOWN_TYPE = /^(application\/json|text\/html|text\/plain)\b/;
function loggedTransport(transport, now, debug) {
    return async (request) => {
        const start = now();
        const tell = (result) => debug(`${request.method} ${request.url.slice(0, logged_transport_LONGEST_URL)}: ${result}, ${now() - start} ms`);
        try {
            const response = await transport(request);
            const type = KNOWN_TYPE.exec(response.headers['content-type'] ?? '')?.[0] ?? 'another content type';
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
const CERTIFICATE_CODE = /^(UNABLE_TO_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_C|ERR_TLS_CERT)/;
function classifyNetworkError(error, host, deadlinePassed) {
    const cause = { cause: error };
    if (deadlinePassed)
        return new TransportError('timeout', host, 'no complete answer in time', undefined, cause);
    const found = firstError(error);
    const problem = problemOf(found);
    return new TransportError(problem, host, network_errors_describe(problem, found), found.code, cause);
}
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



const MOST_BYTES = 1024 * 1024;
function toolkitTransport(userAgent) {
    return async (request) => {
        const controller = new AbortController();
        const timer = setTimeout(() => controller.abort(), request.deadlineMs);
        const client = createClient(userAgent, controller.signal, request.deadlineMs);
        try {
            return await Promise.race([send(client, request), rejectedOnAbort(controller.signal)]);
        }
        catch (error) {
            if (error instanceof TransportError)
                throw error;
            throw classifyNetworkError(error, new URL(request.url).host, controller.signal.aborted);
        }
        finally {
            clearTimeout(timer);
            controller.abort();
            client.dispose();
        }
    };
}
function rejectedOnAbort(signal) {
    const rejected = new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
    });
    rejected.catch(() => { });
    return rejected;
}
function createClient(userAgent, signal, deadlineMs) {
    const deadline = {
        prepareRequest: (options) => applySignal(options, signal),
        canHandleAuthentication: () => false,
        handleAuthentication: () => Promise.reject(new Error('no authentication handler')),
    };
    const options = { allowRedirects: false, allowRetries: false, socketTimeout: 2 * deadlineMs };
    const client = new lib_HttpClient(userAgent, [deadline], options);
    client.userAgent = userAgent;
    return client;
}
function applySignal(options, signal) {
    options.signal = signal;
    const agent = options.agent;
    if (isTunnel(agent)) {
        agent.proxyOptions.signal = signal;
    }
    else if (typeof options.host === 'string') {
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
function silenceStderr(onUncaught) {
    process.removeAllListeners('warning');
    process.on('warning', () => { });
    process.once('uncaughtException', (error) => {
        onUncaught(error);
        process.exit(1);
    });
}

;// CONCATENATED MODULE: ./build/src/runner/live.js

function liveClock() {
    const cancelled = new AbortController();
    process.on('SIGINT', () => cancelled.abort());
    return clockUntil(cancelled.signal);
}
function clockUntil(signal) {
    return { now: () => Date.now(), sleep: (ms) => sleepUnless(signal, ms) };
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
;// CONCATENATED MODULE: ./build/src/runner/secret-file.js


const liveSecretFiles = { create: createSecretFile, remove: removeSecretFile, isInside };
function createSecretFile(path, trusted) {
    const absolute = (0,external_node_path_namespaceObject.resolve)(path);
    const folder = realFolder((0,external_node_path_namespaceObject.dirname)(absolute), trusted);
    const descriptor = (0,external_node_fs_namespaceObject.openSync)(absolute, 'wx', MODE);
    try {
        (0,external_node_fs_namespaceObject.fchmodSync)(descriptor, MODE);
        if ((0,external_node_fs_namespaceObject.realpathSync)((0,external_node_path_namespaceObject.dirname)(absolute)) !== folder || !isFileOf(descriptor, absolute))
            throw new Error(LINKED);
    }
    catch (error) {
        if (isFileOf(descriptor, absolute))
            (0,external_node_fs_namespaceObject.unlinkSync)(absolute);
        (0,external_node_fs_namespaceObject.closeSync)(descriptor);
        throw error;
    }
    return {
        path: absolute,
        realPath: (0,external_node_path_namespaceObject.join)(folder, (0,external_node_path_namespaceObject.basename)(absolute)),
        write: (text) => {
            (0,external_node_fs_namespaceObject.writeFileSync)(descriptor, text);
            (0,external_node_fs_namespaceObject.closeSync)(descriptor);
        },
    };
}
const MODE = 0o600;
const LINKED = 'its folder is a symbolic link, or is reached through one';
function realFolder(folder, trusted) {
    const real = (0,external_node_fs_namespaceObject.realpathSync)(folder);
    const expected = trusted.flatMap((root) => {
        const rest = (0,external_node_path_namespaceObject.relative)(root, folder);
        return leadsOut(rest) ? [] : [(0,external_node_path_namespaceObject.join)((0,external_node_fs_namespaceObject.realpathSync)(root), rest)];
    });
    if (real !== folder && !expected.includes(real))
        throw new Error(LINKED);
    return real;
}
function isFileOf(descriptor, path) {
    const [opened, named] = [(0,external_node_fs_namespaceObject.fstatSync)(descriptor, BIG), (0,external_node_fs_namespaceObject.lstatSync)(path, { ...BIG, throwIfNoEntry: false })];
    return named !== undefined && named.ino === opened.ino && named.dev === opened.dev;
}
const BIG = { bigint: true };
function removeSecretFile(realPath) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(realPath, { throwIfNoEntry: false });
    if (found === undefined)
        return 'gone';
    if ((0,external_node_fs_namespaceObject.realpathSync)((0,external_node_path_namespaceObject.dirname)(realPath)) !== (0,external_node_path_namespaceObject.dirname)(realPath))
        throw new Error(LINKED);
    (0,external_node_fs_namespaceObject.unlinkSync)(realPath);
    return found.isSymbolicLink() ? 'link' : 'file';
}
function isInside(realPath, folder) {
    if (folder === '')
        return false;
    try {
        const way = (0,external_node_path_namespaceObject.relative)((0,external_node_fs_namespaceObject.realpathSync)(folder), realPath);
        return way !== '' && !leadsOut(way);
    }
    catch {
        return false;
    }
}
function leadsOut(way) {
    return way === '..' || way.startsWith(`..${external_node_path_namespaceObject.sep}`) || (0,external_node_path_namespaceObject.isAbsolute)(way);
}

;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = require("node:stream");
;// CONCATENATED MODULE: ./build/src/runner/stdout.js


const STDOUT = 1;
function waitForReader() {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
function writeAll(text) {
    let rest = Buffer.from(text);
    while (rest.length > 0) {
        try {
            rest = rest.subarray((0,external_node_fs_namespaceObject.writeSync)(STDOUT, rest));
        }
        catch (error) {
            const code = error instanceof Error && 'code' in error ? error.code : undefined;
            if (code === 'EPIPE')
                return;
            if (code !== 'EAGAIN')
                throw error;
            waitForReader();
        }
    }
}
function sink() {
    return new external_node_stream_namespaceObject.Writable({ write: (_chunk, _encoding, done) => done() });
}
function makeStdoutSynchronous() {
    const write = (chunk) => {
        writeAll(String(chunk));
        return true;
    };
    Object.defineProperty(process, 'stdout', { value: { write }, configurable: true });
    Object.defineProperty(process, 'stderr', { value: sink(), configurable: true });
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
function toCommandValue(input) {
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
    return toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return toCommandValue(s)
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
    external_fs_namespaceObject.appendFileSync(filePath, `${toCommandValue(message)}${external_os_namespaceObject.EOL}`, {
        encoding: 'utf8'
    });
}
function prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = toCommandValue(value);
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
        return file_command_issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    command_issueCommand('set-env', { name }, convertedVal);
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
        return file_command_issueFileCommand('OUTPUT', prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_namespaceObject.EOL);
    command_issueCommand('set-output', { name }, toCommandValue(value));
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
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
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
        return file_command_issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    command_issueCommand('save-state', { name }, toCommandValue(value));
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
const ENCODED_FROM = 16;
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
function alignedBase64(bytes, alignment) {
    const encoded = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
    const from = alignment === 0 ? 0 : alignment + 1;
    const to = Math.floor(((alignment + bytes.length) * 8) / 6);
    return encoded.slice(from, to);
}

;// CONCATENATED MODULE: ./build/src/runner/redact.js
const WINDOW = 12;
const SHORTEST = 4;
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






const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE'];
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
        exportVariable: (name, value) => {
            requireCommandFile('GITHUB_ENV');
            exportVariable(name, value);
        },
        debug: (message) => core_debug(clean(message)),
        info: (message) => info(clean(message)),
        notice: (message) => notice(redact(message, secrets)),
        warning: (message) => warning(redact(message, secrets)),
        group: (title, lines) => {
            startGroup(clean(title));
            for (const line of lines)
                info(clean(line));
            endGroup();
        },
        fail: (message) => setFailed(redact(message, secrets)),
        summary: (markdown) => writeSummary(redact(markdown, secrets)),
        event: readEvent,
    };
}
function oneLine(message) {
    return message
        .replace(/[\r\n]+/g, ' ')
        .replaceAll('##[', '## [')
        .replace(/^[\s\u0085]*::/, ': :');
}
function requireCommandFile(variable) {
    if ((process.env[variable] ?? '') !== '')
        return;
    throw new Failure('internal', `${variable} is not set: this is no runner of GitHub Actions.`, 'Run it as a step of a workflow.');
}
function hasCommandFiles(runner) {
    return COMMAND_FILES.every((variable) => (runner.environment(variable) ?? '') !== '');
}
function requireCommandFiles() {
    for (const variable of COMMAND_FILES)
        requireCommandFile(variable);
}
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
function enforceCertificateChecks(runner) {
    if (process.env.NODE_TLS_REJECT_UNAUTHORIZED !== '0')
        return;
    delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    runner.warning('NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are checked all the same, because a password and a token ' +
        'are sent. For a private certificate authority set NODE_EXTRA_CA_CERTS instead.');
}

;// CONCATENATED MODULE: ./build/src/index.js














function livePorts() {
    makeStdoutSynchronous();
    const runner = toolkitRunner();
    const clock = liveClock();
    const transport = loggedTransport(toolkitTransport(USER_AGENT), clock.now, runner.debug);
    return { runner, transport, clock, random: liveRandom, files: liveSecretFiles };
}
function src_login() {
    const ports = livePorts();
    return guarded(ports, 'succeeds-silently', () => login(ports));
}
function src_logout() {
    const ports = livePorts();
    return guarded(ports, 'succeeds-silently', () => logout_logout(ports));
}
function src_unseal() {
    const ports = livePorts();
    return guarded(ports, 'succeeds-silently', () => unseal(ports.runner));
}
function src_rotate() {
    const ports = livePorts();
    return guarded(ports, 'succeeds-silently', () => rotate(ports));
}
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
            if (hasCommandFiles(runner))
                runner.setOutput('failure', word);
        },
    });
}

})();

module.exports = __webpack_exports__;
/******/ })()
;