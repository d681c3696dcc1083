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
  verify: () => (/* binding */ verify_verify)
});

;// CONCATENATED MODULE: ./build/src/matrix/server-name.js
const SERVER_NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?$/;
function parseServerName(text) {
    const hostname = SERVER_NAME.exec(text)?.[1];
    return hostname === undefined || !URL.canParse(`https://${text}`) ? undefined : { text, hostname };
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

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = require("node:util");
;// CONCATENATED MODULE: ./build/src/secret.js

class secret_Secret {
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

;// CONCATENATED MODULE: ./build/src/verification/base64.js
function decodeBase64(text) {
    const unpadded = text.replace(/={1,2}$/, '');
    if (unpadded !== text && text.length % 4 !== 0)
        return undefined;
    if (!/^[A-Za-z0-9+/]*$/.test(unpadded) || unpadded.length % 4 === 1)
        return undefined;
    return Buffer.from(unpadded, 'base64');
}
function base64_encodeUnpadded(bytes) {
    return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
const KEY_BYTES = 32;
function decodeKey(text) {
    const bytes = decodeBase64(text);
    return bytes?.length === KEY_BYTES ? bytes : undefined;
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/src/matrix/json.js
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function json_parseJsonObject(bytes) {
    try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function json_stringMember(object, name) {
    const value = object[name];
    return typeof value === 'string' ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/verification/members.js

function ownMember(object, name) {
    return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}
function objectMember(object, name) {
    const value = ownMember(object, name);
    return isJsonObject(value) ? value : undefined;
}
function textMember(object, name) {
    const value = ownMember(object, name);
    return typeof value === 'string' ? value : undefined;
}
function listMember(object, name) {
    const value = ownMember(object, name);
    return Array.isArray(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/verification/recovery-key.js




const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const PREFIX = [0x8b, 0x01];
const TOTAL_BYTES = PREFIX.length + KEY_BYTES + 1;
const MAX_CHARACTERS = 200;
function withoutWhiteSpace(text) {
    return text.replace(/[\s\u0085\u200b]/g, '');
}
function grouped(text) {
    return withoutWhiteSpace(text).replace(/(.{4})(?=.)/gsu, '$1 ');
}
function decodeRecoveryKey(text) {
    const compact = withoutWhiteSpace(text);
    if (compact.length > MAX_CHARACTERS)
        return { problem: `is too long: ${compact.length} characters instead of 48` };
    const bytes = decodeBase58(compact);
    if (bytes === undefined)
        return { problem: 'holds a character that recovery keys never have (0, O, I, l, + or -)' };
    if (bytes.length !== TOTAL_BYTES)
        return { problem: 'has the wrong length: a part of it is missing or doubled' };
    if (PREFIX.some((byte, index) => bytes[index] !== byte))
        return { problem: 'does not begin as recovery keys do (Es)' };
    if (parityOf(bytes) !== 0)
        return { problem: 'has a wrong check digit: a character is mistyped' };
    return { key: bytes.subarray(PREFIX.length, TOTAL_BYTES - 1) };
}
function encodeRecoveryKey(key) {
    const bytes = Buffer.from([...PREFIX, ...key]);
    return grouped(encodeBase58(Buffer.from([...bytes, parityOf(bytes)])));
}
function parityOf(bytes) {
    return bytes.reduce((parity, byte) => parity ^ byte, 0);
}
function decodeBase58(text) {
    let number = 0n;
    for (const character of text) {
        const digit = ALPHABET.indexOf(character);
        if (digit === -1)
            return undefined;
        number = number * 58n + BigInt(digit);
    }
    const zeros = /^1*/.exec(text)?.[0].length ?? 0;
    const hex = number === 0n ? '' : number.toString(16);
    return Buffer.concat([Buffer.alloc(zeros), Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')]);
}
function encodeBase58(bytes) {
    let number = BigInt(`0x${bytes.toString('hex')}`);
    let text = '';
    for (; number > 0n; number /= 58n)
        text = `${ALPHABET[Number(number % 58n)]}${text}`;
    return text;
}
const MAX_ITERATIONS = 5_000_000;
const MIN_BITS = 128;
const MAX_BITS = 1_024;
function readPassphraseParameters(passphrase) {
    if (passphrase === undefined)
        return { problem: 'was not made from a passphrase' };
    const algorithm = textMember(passphrase, 'algorithm');
    if (algorithm !== 'm.pbkdf2')
        return { problem: 'derives its key from a passphrase in a way that is not supported' };
    const salt = textMember(passphrase, 'salt');
    const { iterations, bits = KEY_BYTES * 8 } = passphrase;
    if (salt === undefined || !isWithin(iterations, 1, Number.MAX_SAFE_INTEGER) || !isWithin(bits, MIN_BITS, MAX_BITS)) {
        return { problem: 'has malformed passphrase parameters' };
    }
    if (iterations > MAX_ITERATIONS)
        return { problem: `asks for more than ${MAX_ITERATIONS} iterations of PBKDF2` };
    return bits % 8 === 0 ? { salt, iterations, bits } : { problem: 'has malformed passphrase parameters' };
}
function isWithin(value, min, max) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
}
function deriveFromPassphrase(passphrase, { salt, iterations, bits }) {
    return (0,external_node_util_namespaceObject.promisify)(external_node_crypto_namespaceObject.pbkdf2)(passphrase, salt, iterations, bits / 8, 'sha512');
}

;// CONCATENATED MODULE: ./build/src/verification/private-keys.js


function maskPrivateKey(masks, key) {
    const bytes = Buffer.from(key);
    const forms = [bytes.toString('base64'), base64_encodeUnpadded(key), bytes.toString('base64url'), bytes.toString('hex')];
    for (const form of new Set(forms))
        masks.mask(form);
}
function maskRecoveryKey(masks, text) {
    for (const form of new Set([text, text.trim(), withoutWhiteSpace(text), grouped(text)]))
        masks.mask(form);
}
function maskStorageKey(masks, key) {
    maskPrivateKey(masks, key);
    if (key.length === KEY_BYTES)
        maskRecoveryKey(masks, encodeRecoveryKey(key));
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
const LONGEST_LIFETIME_MS = 36_525 * UNITS_MS.d;
function lifetimeValue(name, raw, problems) {
    const text = raw.trim();
    if (text === '')
        return undefined;
    const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    const ms = Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : 0);
    if (ms > 0 && ms <= LONGEST_LIFETIME_MS)
        return ms;
    problems.add(`${name} must be a length of time such as 90s, 15m, 12h or 30d, and not 0, not “${shown(raw)}”.`);
    return undefined;
}
function shown(raw) {
    const text = raw.trim().replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
    return text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text;
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
    'no-device-keys': {
        when: 'verify: the device of the token has uploaded no encryption keys.',
        remedy: 'Start the bot with this token and its encryption switched on, then verify; raise `max-wait` if it starts slowly.',
    },
    'not-cross-signed': {
        when: 'verify: the account has no cross-signing identity, or secret storage does not hold its keys.',
        remedy: 'Set up recovery for the account in Element, or run `npx matrix-access-token create-identity`.',
    },
    'wrong-recovery-key': {
        when: 'verify: the recovery key is malformed, or it (or the passphrase) does not open the secret storage of the account.',
        remedy: 'Store the current recovery key of this account: Element → Settings → Encryption.',
    },
    'identity-mismatch': {
        when: 'verify: the given or stored keys are not the cross-signing identity that the server shows.',
        remedy: 'If the identity was reset, use the new recovery key. If it was not, ask the administrator of the server.',
    },
    'device-key-mismatch': {
        when: 'verify: the keys of the device are not the expected ones, not signed by the device itself, or already signed differently.',
        remedy: 'Log in on a device ID that was never used, start the bot on it, and verify that device.',
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
class failures_Failure extends Error {
    word;
    hint;
    constructor(word, message, hint = FAILURES[word].remedy, options) {
        super(message, options);
        this.name = 'Failure';
        this.word = word;
        this.hint = hint;
    }
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
            throw new failures_Failure(first.word, first.text, first.hint);
        const list = this.#found.map(({ text, hint = '' }) => `- ${text} ${hint}`.trimEnd()).join('\n');
        throw new failures_Failure('invalid-input', `The inputs have ${this.#found.length} problems:\n${list}`);
    }
}

;// CONCATENATED MODULE: ./build/src/matrix/answers.js

class answers_AnswerError extends Error {
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
    errcode: json_stringMember(body, 'errcode'),
    text: json_stringMember(body, 'error'),
});
function judge(response, retryAfterMs, readError = matrixErrors) {
    const { status } = response;
    const body = json_parseJsonObject(response.body);
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
    const value = json_parseJsonObject(response.body)?.retry_after_ms;
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
    throw new answers_AnswerError(judged, request.server, request.operation, lost);
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
        return answer !== undefined && json_stringMember(answer, 'issuer') !== undefined;
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
    if (!(error instanceof answers_AnswerError) || error.problem.kind !== 'refused')
        return false;
    return error.problem.status === 404 && error.problem.errcode === 'M_UNRECOGNIZED';
}
function flowType(flow) {
    return typeof flow === 'object' && flow !== null && 'type' in flow && typeof flow.type === 'string'
        ? flow.type
        : undefined;
}
function client_isRefusal(response, status, errcode) {
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
const LONGEST_NAME = 1_024;
function isPrintable(text) {
    return text !== '' && text.length <= LONGEST_NAME && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
const login_LONGEST_LIFETIME_MS = 3.2e12;
function lifetimeOf(value, unitMs = 1) {
    if (value === undefined || value === null)
        return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
        return 'malformed';
    return value * unitMs > login_LONGEST_LIFETIME_MS ? 'malformed' : value * unitMs;
}

;// CONCATENATED MODULE: ./build/src/inputs/token.js

function checkToken(input, token, problems, word = 'token-invalid') {
    if (token === '' || isToken(token))
        return;
    problems.add(`${input} holds white space or characters that no token has; it was not sent.`, word);
}

;// CONCATENATED MODULE: ./build/src/inputs/verify.js










const SECRETS = ['recovery-key', 'recovery-passphrase', 'self-signing-key'];
function readVerifyInputs(runner) {
    maskSecrets(runner);
    const problems = new Problems();
    const token = readToken(runner, problems);
    const secret = readSecret(runner, problems);
    reportMissing(runner, problems);
    const user = readUser(runner, problems);
    const allowHttp = readAllowHttp(runner, problems);
    const homeserver = readHomeserver(runner, user, allowHttp, problems);
    const expectedKey = readDeviceKey(runner, problems);
    const maxWaitMs = readMaxWait(runner, problems);
    problems.throwIfAny();
    if (token === undefined || secret === undefined || homeserver === undefined)
        throw new Error('unsound inputs got by');
    return { homeserver, user, accessToken: new secret_Secret(token), secret, expectedKey, maxWaitMs, allowHttp };
}
function maskSecrets(runner) {
    const token = secretText(runner.input('access-token'), 'token');
    if (token !== undefined)
        runner.mask(token.value);
    if (!isBlank(runner, 'recovery-key'))
        maskRecoveryKey(runner, runner.input('recovery-key'));
    const passphrase = secretText(runner.input('recovery-passphrase'), 'password');
    if (passphrase !== undefined)
        runner.mask(passphrase.value);
    const key = secretText(runner.input('self-signing-key'), 'token');
    if (key === undefined)
        return;
    runner.mask(key.value);
    const seed = decodeKey(withoutWhiteSpace(key.value));
    if (seed !== undefined)
        maskPrivateKey(runner, seed);
}
function readToken(runner, problems) {
    const token = secretText(runner.input('access-token'), 'token');
    checkToken('access-token', token?.value ?? '', problems);
    return token?.value;
}
function readSecret(runner, problems) {
    const set = SECRETS.filter((name) => !isBlank(runner, name));
    const [only, ...others] = set;
    if (others.length > 0) {
        problems.add(`Only one of ${SECRETS.join(', ')} may be set, but there are ${set.length}: ${set.join(', ')}.`);
        return undefined;
    }
    return only === undefined ? undefined : READERS[only](runner, problems);
}
const READERS = {
    'recovery-key': (runner, problems) => {
        const decoded = decodeRecoveryKey(runner.input('recovery-key'));
        if ('key' in decoded)
            return { kind: 'recovery-key', key: decoded.key };
        problems.add(`recovery-key ${decoded.problem}.`, 'wrong-recovery-key', RECOVERY_KEY_HINT);
        return undefined;
    },
    'recovery-passphrase': (runner) => {
        const passphrase = secretText(runner.input('recovery-passphrase'), 'password')?.value ?? '';
        return { kind: 'recovery-passphrase', passphrase: new secret_Secret(passphrase) };
    },
    'self-signing-key': (runner, problems) => {
        const seed = decodeKey(withoutWhiteSpace(runner.input('self-signing-key')));
        if (seed !== undefined)
            return { kind: 'self-signing-key', seed };
        problems.add('self-signing-key is not the base64 of 32 bytes.');
        return undefined;
    },
};
const RECOVERY_KEY_HINT = 'Copy the whole recovery key: 48 letters and digits that begin with Es. A passphrase belongs into `recovery-passphrase`.';
function reportMissing(runner, problems) {
    const token = isBlank(runner, 'access-token') ? ['access-token'] : [];
    const secret = SECRETS.every((name) => isBlank(runner, name)) ? [`one of ${SECRETS.join(', ')}`] : [];
    if (token.length + secret.length === 0)
        return;
    const { hint } = explainMissingSecrets(missingSecretsCause(runner), []);
    const text = `${[...token, ...secret].join(' and ')} must be set. A secret that does not exist is an empty string.`;
    problems.add(text, 'missing-credentials', hint);
}
function readUser(runner, problems) {
    if (isBlank(runner, 'user'))
        return undefined;
    const user = parseUser(runner.input('user').trim());
    if (!('problem' in user))
        return user;
    problems.add(`user “${shown(runner.input('user'))}” ${user.problem}.`);
    return undefined;
}
function readDeviceKey(runner, problems) {
    if (isBlank(runner, 'device-key'))
        return undefined;
    const key = decodeKey(withoutWhiteSpace(runner.input('device-key')));
    if (key === undefined)
        problems.add('device-key is not an Ed25519 key: it must be the base64 of 32 bytes.');
    return key;
}

;// CONCATENATED MODULE: ./build/src/matrix/server-text.js
const LONGEST = 300;
function server_text_cleanServerText(text) {
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
    const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${server_text_cleanServerText(problem.errcode)}` : '';
    const text = 'text' in problem && problem.text !== undefined ? server_text_cleanServerText(problem.text) : '';
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
    return new failures_Failure(word, describeRefusal(error), undefined, { cause: error });
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
    return new failures_Failure('token-invalid', `${describeRefusal(error)} It was given as ${input}.`, hint, { cause: error });
}
function deviceLimit(text) {
    return text !== undefined && /device limit/i.test(text) ? 'device-limit' : undefined;
}

;// CONCATENATED MODULE: ./build/src/matrix/whoami.js



const WHOAMI = 'say whose token it is';
async function whoami(client, accessToken) {
    const answer = await client.send({ operation: WHOAMI, method: 'GET', path: '/account/whoami', accessToken });
    const userId = json_stringMember(answer, 'user_id');
    const deviceId = json_stringMember(answer, 'device_id');
    if (userId === undefined || !isUserId(userId)) {
        const what = 'it has no usable user_id';
        throw new answers_AnswerError({ kind: 'malformed', status: 200, what }, client.baseUrl, WHOAMI, false);
    }
    return { userId, ...(deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId }) };
}

;// CONCATENATED MODULE: ./build/src/verification/keys-api.js






const TOKEN_HINT = 'The session was logged out, the token has expired or belongs to another server. Verify in the job that logged in, or ' +
    'store the token that the bot uses now.';
class KeysApi {
    client;
    #accessToken;
    constructor(client, accessToken) {
        this.client = client;
        this.#accessToken = accessToken;
    }
    owner() {
        return this.#explained(() => whoami(this.client, this.#accessToken));
    }
    queryKeys(userId) {
        const body = { device_keys: { [userId]: [] } };
        return this.#send({
            operation: 'show the encryption keys of the account',
            method: 'POST',
            path: '/keys/query',
            body,
        });
    }
    async uploadSignature(userId, deviceId, signed) {
        const path = '/keys/signatures/upload';
        const body = { [userId]: { [deviceId]: signed } };
        const answer = await this.#send({ operation: 'store the signature', method: 'POST', path, body });
        const users = Object.values(objectMember(answer, 'failures') ?? {});
        return users.flatMap((user) => (isJsonObject(user) ? Object.values(user) : [user])).map(describeFailure);
    }
    async accountData(userId, type) {
        try {
            return await this.#send({ operation: `show ${type}`, method: 'GET', path: accountDataPath(userId, type) });
        }
        catch (error) {
            if (isNotFound(error))
                return undefined;
            throw error;
        }
    }
    async setAccountData(userId, type, content) {
        const path = accountDataPath(userId, type);
        await this.#send({ operation: `store ${type}`, method: 'PUT', path, body: content });
    }
    async uploadIdentity(body) {
        const path = '/keys/device_signing/upload';
        await this.#send({ operation: 'store the cross-signing identity', method: 'POST', path, body });
    }
    #send(request) {
        return this.#explained(() => this.client.send({ ...request, accessToken: this.#accessToken }));
    }
    async #explained(send) {
        try {
            return await send();
        }
        catch (error) {
            throw (error instanceof answers_AnswerError ? refusedAccess(error) : undefined) ?? error;
        }
    }
}
function refusedAccess(error) {
    const { problem, operation } = error;
    if (problem.kind !== 'refused' || Array.isArray(problem.body['flows']))
        return undefined;
    if (problem.status !== 401 && operation !== WHOAMI)
        return undefined;
    return refusedToken(error, 'access-token', TOKEN_HINT);
}
function accountDataPath(userId, type) {
    return `/user/${encodeURIComponent(userId)}/account_data/${encodeURIComponent(type)}`;
}
function isNotFound(error) {
    if (!(error instanceof answers_AnswerError) || error.problem.kind !== 'refused')
        return false;
    return error.problem.status === 404 && error.problem.errcode === 'M_NOT_FOUND';
}
function describeFailure(failure) {
    if (!isJsonObject(failure))
        return 'no reason given';
    const { status } = failure;
    const text = textMember(failure, 'error') ?? textMember(failure, 'message');
    const parts = [
        typeof status === 'number' ? String(status) : '',
        textMember(failure, 'errcode') ?? '',
        text === undefined ? '' : `“${text}”`,
    ];
    return server_text_cleanServerText(parts.filter((part) => part !== '').join(' ')) || 'no reason given';
}

;// CONCATENATED MODULE: ./build/src/verification/signing.js




const MAX_DEPTH = 64;
class CanonicalJsonError extends Error {
}
function canonicalJson(value, depth = 0) {
    if (depth > MAX_DEPTH)
        throw new CanonicalJsonError('too many levels');
    if (typeof value === 'string')
        return canonicalString(value);
    if (typeof value === 'number')
        return canonicalNumber(value);
    if (typeof value === 'boolean' || value === null)
        return String(value);
    if (Array.isArray(value))
        return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
    if (!isJsonObject(value))
        throw new CanonicalJsonError(`no canonical form of ${typeof value}`);
    const members = Object.entries(value).sort(([left], [right]) => compareCodePoints(left, right));
    return `{${members.map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member, depth + 1)}`).join(',')}}`;
}
function compareCodePoints(left, right) {
    return Buffer.compare(Buffer.from(left), Buffer.from(right));
}
function canonicalString(text) {
    if (!text.isWellFormed())
        throw new CanonicalJsonError('lone surrogate');
    return JSON.stringify(text);
}
function canonicalNumber(value) {
    if (!Number.isSafeInteger(value) || Object.is(value, -0))
        throw new CanonicalJsonError('not a safe integer');
    return String(value);
}
function signedBytes(object) {
    const { signatures: _signatures, unsigned: _unsigned, ...signed } = object;
    return Buffer.from(canonicalJson(signed));
}
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
function privateKeyOf(seed) {
    return (0,external_node_crypto_namespaceObject.createPrivateKey)({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}
function publicKeyOf(seed) {
    return (0,external_node_crypto_namespaceObject.createPublicKey)(privateKeyOf(seed)).export({ format: 'der', type: 'spki' }).subarray(-KEY_BYTES);
}
function signatureOf(object, seed) {
    return base64_encodeUnpadded((0,external_node_crypto_namespaceObject.sign)(null, signedBytes(object), privateKeyOf(seed)));
}
function signatureIn(object, userId, keyId) {
    return textMember(objectMember(objectMember(object, 'signatures'), userId), keyId);
}
function isSignedBy(object, userId, keyId, publicKey) {
    const signature = decodeBase64(signatureIn(object, userId, keyId) ?? '');
    if (signature === undefined || publicKey.length !== KEY_BYTES)
        return false;
    try {
        const key = (0,external_node_crypto_namespaceObject.createPublicKey)({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });
        return (0,external_node_crypto_namespaceObject.verify)(null, signedBytes(object), key, signature);
    }
    catch (error) {
        if (error instanceof CanonicalJsonError)
            return false;
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/verification/identity.js





function readShownKeys(answer, userId, deviceId) {
    return {
        device: objectMember(objectMember(objectMember(answer, 'device_keys'), userId), deviceId),
        master: objectMember(objectMember(answer, 'master_keys'), userId),
        selfSigning: objectMember(objectMember(answer, 'self_signing_keys'), userId),
        userSigning: objectMember(objectMember(answer, 'user_signing_keys'), userId),
    };
}
function crossSigningKeyIn(object, userId, usage) {
    if (textMember(object, 'user_id') !== userId || listMember(object, 'usage')?.includes(usage) !== true)
        return undefined;
    const [entry, ...others] = Object.entries(objectMember(object, 'keys') ?? {});
    if (entry === undefined || others.length > 0)
        return undefined;
    const [keyId, value] = entry;
    const publicKey = typeof value === 'string' ? decodeKey(value) : undefined;
    if (publicKey === undefined || value !== base64_encodeUnpadded(publicKey))
        return undefined;
    return keyId === keyIdOf(publicKey) ? publicKey : undefined;
}
function keyIdOf(publicKey) {
    return `ed25519:${base64_encodeUnpadded(publicKey)}`;
}
function checkDevice(shown, subject) {
    const { device } = shown;
    const { userId, deviceId, expectedKey } = subject;
    const name = server_text_cleanServerText(deviceId);
    if (device === undefined)
        return new failures_Failure('no-device-keys', `The device ${name} of ${userId} has no encryption keys.`);
    const keyId = `ed25519:${deviceId}`;
    const publicKey = decodeKey(textMember(objectMember(device, 'keys'), keyId) ?? '');
    if (publicKey === undefined)
        return mismatch(`The server shows no usable Ed25519 key of the device ${name}.`);
    if (textMember(device, 'user_id') !== userId || textMember(device, 'device_id') !== deviceId) {
        return mismatch(`The keys that the server shows for the device ${name} belong to another device or user.`);
    }
    if (!isSignedBy(device, userId, keyId, publicKey)) {
        return mismatch(`The keys of the device ${name} are not signed by the device itself.`);
    }
    if (isIdentityKey(shown, userId, [publicKey, decodeKey(deviceId)])) {
        return mismatch(`The device ${name} has a key of the account's cross-signing identity as its ID or key.`);
    }
    if (expectedKey !== undefined && !publicKey.equals(expectedKey)) {
        return mismatch(`The device ${name} does not have the key of \`device-key\`: it has ${base64_encodeUnpadded(publicKey)}.`);
    }
    return publicKey;
}
function mismatch(message) {
    return new failures_Failure('device-key-mismatch', message);
}
function isIdentityKey(shown, userId, candidates) {
    const identity = [
        crossSigningKeyIn(shown.master, userId, 'master'),
        crossSigningKeyIn(shown.selfSigning, userId, 'self_signing'),
        crossSigningKeyIn(shown.userSigning, userId, 'user_signing'),
    ];
    return identity.some((key) => key !== undefined && candidates.some((candidate) => candidate?.equals(key) === true));
}
function findIdentity({ master, selfSigning }, userId) {
    if (master !== undefined && selfSigning !== undefined)
        return undefined;
    return new failures_Failure('not-cross-signed', `The account ${userId} has no cross-signing identity.`);
}
function checkIdentity(shown, userId, seeds) {
    const missing = findIdentity(shown, userId);
    if (missing !== undefined)
        return missing;
    const master = crossSigningKeyIn(shown.master, userId, 'master');
    const selfSigning = crossSigningKeyIn(shown.selfSigning, userId, 'self_signing');
    if (master === undefined || selfSigning === undefined)
        return foreign(userId, MALFORMED);
    if (seeds.master !== undefined && !publicKeyOf(seeds.master).equals(master)) {
        return foreign(userId, 'The master key in secret storage is not the one that the server shows.');
    }
    if (!publicKeyOf(seeds.selfSigning).equals(selfSigning)) {
        return foreign(userId, 'The private self-signing key is not the one that the server shows.');
    }
    if (shown.selfSigning === undefined || !isSignedBy(shown.selfSigning, userId, keyIdOf(master), master)) {
        return foreign(userId, 'The self-signing key that the server shows is not signed by the master key.');
    }
    return selfSigning;
}
const MALFORMED = 'The server shows malformed keys, which clients ignore (one key each, its ID in unpadded base64).';
function foreign(userId, what) {
    return new failures_Failure('identity-mismatch', `The cross-signing identity of ${userId} does not match. ${what}`);
}

;// CONCATENATED MODULE: ./build/src/verification/decide.js




function decideSigning(shown, subject, seeds) {
    const publicKey = checkDevice(shown, subject);
    if (publicKey instanceof failures_Failure)
        return publicKey;
    const selfSigning = checkIdentity(shown, subject.userId, seeds);
    if (selfSigning instanceof failures_Failure)
        return selfSigning;
    const { device = {} } = shown;
    const { userId } = subject;
    const deviceKey = base64_encodeUnpadded(publicKey);
    const keyId = keyIdOf(selfSigning);
    if (isSignedBy(device, userId, keyId, selfSigning))
        return { kind: 'signed', deviceKey };
    const { signatures: _signatures, unsigned: _unsigned, ...keys } = device;
    const signed = { ...keys, signatures: { [userId]: { [keyId]: signatureOf(device, seeds.selfSigning) } } };
    return { kind: 'unsigned', deviceKey, hasInvalid: signatureIn(device, userId, keyId) !== undefined, signed };
}

;// CONCATENATED MODULE: ./build/src/verification/secret-storage.js



const ALGORITHM = 'm.secret_storage.v1.aes-hmac-sha2';
const IV_BYTES = 16;
const CHECK_PLAINTEXT = Buffer.alloc(32);
const CHECK_NAME = '';
function deriveKeys(storageKey, name) {
    const bytes = Buffer.from((0,external_node_crypto_namespaceObject.hkdfSync)('sha256', storageKey, Buffer.alloc(32), Buffer.from(name), 64));
    return { aes: bytes.subarray(0, 32), hmac: bytes.subarray(32) };
}
function counterMode(key, iv, bytes) {
    const cipher = (0,external_node_crypto_namespaceObject.createCipheriv)('aes-256-ctr', key, iv);
    return Buffer.concat([cipher.update(bytes), cipher.final()]);
}
const authenticate = (key, ciphertext) => (0,external_node_crypto_namespaceObject.createHmac)('sha256', key).update(ciphertext).digest();
function isMac(text, expected) {
    const bytes = decodeBase64(text);
    return bytes !== undefined && bytes.length === expected.length && (0,external_node_crypto_namespaceObject.timingSafeEqual)(bytes, expected);
}
function checkStorageKey(storageKey, description) {
    const iv = textMember(description, 'iv');
    const mac = textMember(description, 'mac');
    if (iv === undefined || mac === undefined)
        return 'unknown';
    const ivBytes = decodeBase64(iv);
    if (ivBytes?.length !== IV_BYTES)
        return 'does-not-fit';
    const { aes, hmac } = deriveKeys(storageKey, CHECK_NAME);
    return isMac(mac, authenticate(hmac, counterMode(aes, ivBytes, CHECK_PLAINTEXT))) ? 'fits' : 'does-not-fit';
}
function decryptSecret(storageKey, name, encrypted) {
    const iv = decodeBase64(textMember(encrypted, 'iv') ?? '');
    const ciphertext = decodeBase64(textMember(encrypted, 'ciphertext') ?? '');
    const mac = textMember(encrypted, 'mac');
    if (iv?.length !== IV_BYTES || ciphertext === undefined || mac === undefined)
        return { problem: 'malformed' };
    const { aes, hmac } = deriveKeys(storageKey, name);
    if (!isMac(mac, authenticate(hmac, ciphertext)))
        return { problem: 'other-key' };
    const seed = decodeKey(counterMode(aes, iv, ciphertext).toString('latin1'));
    return seed === undefined ? { problem: 'not-a-key' } : { seed };
}
function encryptSecret(storageKey, name, seed, random) {
    const iv = makeIv(random);
    const { aes, hmac } = deriveKeys(storageKey, name);
    const ciphertext = counterMode(aes, iv, Buffer.from(encodeUnpadded(seed)));
    return {
        iv: encodeUnpadded(iv),
        ciphertext: encodeUnpadded(ciphertext),
        mac: encodeUnpadded(authenticate(hmac, ciphertext)),
    };
}
function describeStorageKey(storageKey, random) {
    const iv = makeIv(random);
    const { aes, hmac } = deriveKeys(storageKey, CHECK_NAME);
    const mac = authenticate(hmac, counterMode(aes, iv, CHECK_PLAINTEXT));
    return { algorithm: ALGORITHM, iv: encodeUnpadded(iv), mac: encodeUnpadded(mac) };
}
function makeIv(random) {
    const iv = Buffer.from(random);
    iv.writeUInt8(iv.readUInt8(8) & 0x7f, 8);
    return iv;
}

;// CONCATENATED MODULE: ./build/src/verification/open-storage.js





const DEFAULT_KEY = 'm.secret_storage.default_key';
const keyType = (keyId) => `m.secret_storage.key.${keyId}`;
const MASTER = 'm.cross_signing.master';
const SELF_SIGNING = 'm.cross_signing.self_signing';
const USER_SIGNING = 'm.cross_signing.user_signing';
async function openStorage(api, masks, userId, secret) {
    const keyId = textMember(await api.accountData(userId, DEFAULT_KEY), 'key') ?? '';
    const description = keyId === '' ? undefined : await api.accountData(userId, keyType(keyId));
    const algorithm = textMember(description, 'algorithm');
    if (description === undefined || algorithm === undefined) {
        throw new failures_Failure('not-cross-signed', `The account ${userId} has no secret storage.`, SET_UP);
    }
    if (algorithm !== ALGORITHM) {
        throw new failures_Failure('not-cross-signed', `The secret storage of ${userId} uses an algorithm that is not supported.`, SET_UP);
    }
    const storageKey = await storageKeyOf(secret, description);
    maskStorageKey(masks, storageKey);
    if (checkStorageKey(storageKey, description) === 'does-not-fit')
        throw wrongKey(secret, userId);
    return { keyId, storageKey };
}
const SET_UP = 'Set up recovery for the account in Element (Settings → Encryption). An account without a cross-signing identity can ' +
    'get both from `npx matrix-access-token create-identity`.';
async function storageKeyOf(secret, description) {
    if (secret.kind === 'recovery-key')
        return secret.key;
    const parameters = readPassphraseParameters(objectMember(description, 'passphrase'));
    if (!('problem' in parameters))
        return deriveFromPassphrase(secret.passphrase.reveal(), parameters);
    const message = `\`recovery-passphrase\` cannot be used: the account's secret storage ${parameters.problem}.`;
    throw new failures_Failure('wrong-recovery-key', message, 'Set `recovery-key` to the recovery key of the account instead.');
}
function wrongKey(secret, userId) {
    const message = `\`${secret.kind}\` does not open the secret storage of ${userId}.`;
    return new failures_Failure('wrong-recovery-key', message);
}
async function open_storage_readSecret(api, masks, userId, { keyId, storageKey }, name) {
    const encrypted = objectMember(objectMember(await api.accountData(userId, name), 'encrypted'), keyId);
    const opened = encrypted === undefined ? { problem: 'absent' } : decryptSecret(storageKey, name, encrypted);
    if ('seed' in opened) {
        maskPrivateKey(masks, opened.seed);
        return opened.seed;
    }
    throw unreadable(opened.problem, name, userId);
}
function unreadable(problem, name, userId) {
    switch (problem) {
        case 'absent':
            return new failures_Failure('not-cross-signed', `The secret storage of ${userId} does not hold ${name}.`, SET_UP);
        case 'malformed':
            return new failures_Failure('not-cross-signed', `${name} in the secret storage of ${userId} is malformed.`, SET_UP);
        case 'other-key':
            return new failures_Failure('wrong-recovery-key', `The key does not open ${name} in the secret storage of ${userId}.`);
        case 'not-a-key':
            return new failures_Failure('identity-mismatch', `${name} in the secret storage of ${userId} is not a private key.`);
    }
}

;// CONCATENATED MODULE: ./build/src/verification/verify-device.js







async function verifyDevice(ports, request) {
    if (request.secret.kind === 'self-signing-key')
        maskPrivateKey(ports.masks, request.secret.seed);
    const subject = await findSubject(ports.api, request);
    const { userId, deviceId } = subject;
    const shown = await waitForKeys(ports, subject);
    orThrow(checkDevice(shown, subject));
    const missing = findIdentity(shown, userId);
    if (missing !== undefined)
        throw missing;
    const seeds = await readSeeds(ports, userId, request.secret);
    const decision = orThrow(decideSigning(shown, subject, seeds));
    if (decision.kind === 'signed') {
        ports.log.info(`The device ${server_text_cleanServerText(deviceId)} is already verified.`);
    }
    else {
        await upload(ports.api, subject, decision);
        verify_device_confirm(decideSigning(await queryKeys(ports.api, subject), subject, seeds), decision.deviceKey, deviceId);
        ports.log.info(`The device ${server_text_cleanServerText(deviceId)} is now verified.`);
    }
    return { userId, deviceId, deviceKey: decision.deviceKey };
}
function orThrow(result) {
    if (result instanceof failures_Failure)
        throw result;
    return result;
}
async function findSubject(api, { user, expectedKey }) {
    const { userId, deviceId } = await api.owner();
    if (user !== undefined && !isSameUser(user, userId)) {
        throw new failures_Failure('wrong-user', `The access token belongs to ${userId}, not to ${describeUser(user)}.`);
    }
    if (deviceId === undefined) {
        const hint = 'Use the token of a session with a device: a login by password has one, an admin token of Synapse has not.';
        throw new failures_Failure('no-device-keys', `The access token of ${userId} has no device.`, hint);
    }
    return { userId, deviceId, ...(expectedKey === undefined ? {} : { expectedKey }) };
}
async function queryKeys(api, { userId, deviceId }) {
    return readShownKeys(await api.queryKeys(userId), userId, deviceId);
}
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 5_000;
const PAUSE_GROWTH = 1.5;
async function waitForKeys({ api, log }, subject) {
    const { budget, clock } = api.client.ports;
    for (let pauseMs = FIRST_PAUSE_MS;; pauseMs = Math.min(pauseMs * PAUSE_GROWTH, MAX_PAUSE_MS)) {
        const shown = await queryKeys(api, subject);
        if (shown.device !== undefined || pauseMs > budget.remainingMs)
            return shown;
        if (pauseMs === FIRST_PAUSE_MS) {
            const name = server_text_cleanServerText(subject.deviceId);
            log.info(`Waiting up to ${Math.floor(budget.remainingMs / 1000)} s for the encryption keys of the device ${name}.`);
        }
        budget.spend(pauseMs);
        if (!(await clock.sleep(pauseMs)))
            return shown;
    }
}
async function readSeeds({ api, masks }, userId, secret) {
    if (secret.kind === 'self-signing-key')
        return { selfSigning: secret.seed };
    const storage = await openStorage(api, masks, userId, secret);
    const master = await open_storage_readSecret(api, masks, userId, storage, MASTER);
    return { master, selfSigning: await open_storage_readSecret(api, masks, userId, storage, SELF_SIGNING) };
}
async function upload(api, { userId, deviceId }, { signed }) {
    const failures = await api.uploadSignature(userId, deviceId, signed);
    if (failures.length === 0)
        return;
    const message = `${api.client.baseUrl} did not store the signature of the device: ${failures.join('; ')}.`;
    throw new failures_Failure('denied', message, 'If the bot was restarted or logged out meanwhile, verify again.');
}
function verify_device_confirm(outcome, deviceKey, deviceId) {
    const decision = orThrow(outcome);
    const name = server_text_cleanServerText(deviceId);
    if (decision.deviceKey !== deviceKey) {
        throw new failures_Failure('device-key-mismatch', `The keys of the device ${name} changed while it was verified.`);
    }
    if (decision.kind === 'signed')
        return;
    if (decision.hasInvalid)
        throw new failures_Failure('device-key-mismatch', keptOld(name));
    throw new failures_Failure('server-error', `The server reported success, but shows no signature of the device ${name}.`);
}
function keptOld(name) {
    return (`The device ID ${name} has a signature of earlier keys, which the server keeps (Synapse never replaces it). ` +
        'The bot made new keys on a device ID that was verified before.');
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
        throw new answers_AnswerError(judged, serverOf(serverName), OPERATION, false);
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
    return new answers_AnswerError(problem, serverOf(serverName), OPERATION, false);
}
function serverOf(serverName) {
    return `https://${serverName.hostname}`;
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

;// CONCATENATED MODULE: ./build/src/actions/verify.js




async function verify(ports) {
    const { runner } = ports;
    const inputs = readVerifyInputs(runner);
    const client = await connect(ports, inputs);
    const api = new KeysApi(client, inputs.accessToken);
    const { userId, deviceId, deviceKey } = await verifyDevice({ api, masks: runner, log: runner }, inputs);
    runner.setOutput('verified', 'true');
    runner.setOutput('user-id', userId);
    runner.setOutput('device-id', deviceId);
    runner.setOutput('device-key', deviceKey);
    runner.setOutput('failure', '');
}

;// CONCATENATED MODULE: ./build/src/version.js
const VERSION = '1.0.0';
const USER_AGENT = `matrix-access-token/${VERSION}`;
const PROJECT_URL = 'https://github.com/OWNER/matrix-access-token';
const ISSUES_URL = `${PROJECT_URL}/issues`;

;// CONCATENATED MODULE: ./build/src/explain.js







function explain(error, now) {
    if (error instanceof failures_Failure)
        return { word: error.word, message: error.message, hint: error.hint };
    if (error instanceof NoAnswerError)
        return explainNoAnswer(error);
    if (error instanceof InsecureDiscoveryError)
        return explainInsecureDiscovery(error);
    if (error instanceof answers_AnswerError)
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
        message: `${source} names an address without TLS: ${server_text_cleanServerText(named)}.`,
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
                message: `What answers at ${server} is no Matrix homeserver: asked to ${operation}, it said ${problem.status}, ${server_text_cleanServerText(problem.evidence)}.`,
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
    return server_text_cleanServerText(location.split(/[?#]/)[0] ?? '');
}
function explainBug(error) {
    const name = error instanceof Error ? error.name : typeof error;
    const frame = error instanceof Error ? /\n\s*at ([^\n]*)/.exec(error.stack ?? '')?.[1] : undefined;
    const where = frame === undefined ? '' : ` at ${server_text_cleanServerText(frame)}`;
    return {
        word: 'internal',
        message: `This is a bug in the action: ${name}${where}.`,
        hint: `Please report it at ${ISSUES_URL}, without any token or password.`,
    };
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
    return new TransportError(problem, host, describe(problem, found), found.code, cause);
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
function describe(problem, { code, message }) {
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
    throw new failures_Failure('internal', `${variable} is not set: this is no runner of GitHub Actions.`, 'Run it as a step of a workflow.');
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

;// CONCATENATED MODULE: ./build/src/verify.js









function verify_verify() {
    makeStdoutSynchronous();
    const runner = toolkitRunner();
    const clock = liveClock();
    const transport = loggedTransport(toolkitTransport(USER_AGENT), clock.now, runner.debug);
    return guard({
        runner,
        never: 'succeeds-silently',
        run: () => {
            requireCommandFiles();
            enforceCertificateChecks(runner);
            return verify({ runner, transport, clock, random: liveRandom });
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