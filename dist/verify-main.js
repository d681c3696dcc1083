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

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: ./build/src/redaction.js
const WINDOW = 12;
const MIN_SECRET = 4;
const MAX_SECRET = 131_072;
const MIN_ENCODED = 16;
const MAX_ENCODED = 4_096;
const registered = new Set();
const windows = new Set();
const shortSecrets = new Set();
function isTokenForm(text) {
    return text.length <= 32_000 && /^[\x21-\x7e]{4,}$/.test(text);
}
function registerSecret(value) {
    const secret = value.slice(0, MAX_SECRET);
    if (registered.has(secret))
        return;
    registered.add(secret);
    for (const form of [secret, ...linesOf(secret)])
        register(form);
    if (secret.length < MIN_ENCODED || secret.length > MAX_ENCODED)
        return;
    const bytes = Buffer.from(secret);
    for (const form of [bytes.toString('hex'), ...base64Forms(bytes)])
        register(form);
}
function register(form) {
    if (form.length < MIN_SECRET)
        return;
    if (form.length < WINDOW)
        shortSecrets.add(form);
    const folded = fold(form);
    for (let at = 0; at + WINDOW <= folded.length; at += 1)
        windows.add(folded.slice(at, at + WINDOW));
}
function linesOf(secret) {
    const lines = secret.split(/[\r\n]+/).filter((line) => line.trim() !== '');
    return [...new Set([...lines, ...lines.map((line) => line.trim())])];
}
function base64Forms(bytes) {
    const standard = [0, 1, 2].map((alignment) => {
        const encoded = Buffer.concat([Buffer.alloc(alignment), bytes]).toString('base64');
        return encoded.slice(alignment === 0 ? 0 : alignment + 1, Math.floor(((alignment + bytes.length) * 8) / 6));
    });
    return [...new Set([...standard, ...standard.map(toBase64Url)])];
}
function toBase64Url(text) {
    return text.replaceAll('+', '-').replaceAll('/', '_');
}
function fold(text) {
    const folded = text.toLowerCase();
    return folded.length === text.length ? folded : text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function redact(text) {
    if (windows.size === 0 && shortSecrets.size === 0)
        return text;
    let rest = text;
    for (let before = ''; before !== rest;) {
        before = rest;
        rest = redactOnce(before);
    }
    return rest;
}
function redactOnce(text) {
    const hidden = new Uint8Array(text.length);
    let found = false;
    for (const decoded of decodings(text)) {
        const ranges = secretRanges(decoded.text);
        if (ranges.length === 0)
            continue;
        found = true;
        const { starts, ends } = originsOf(text, decoded);
        for (const [from, to] of ranges)
            hidden.fill(1, starts[from] ?? 0, ends[to - 1] ?? 0);
    }
    return found ? replaceHidden(text, hidden) : text;
}
function secretRanges(text) {
    const ranges = [];
    for (const secret of shortSecrets) {
        for (let at = text.indexOf(secret); at !== -1; at = text.indexOf(secret, at + 1)) {
            ranges.push([at, at + secret.length]);
        }
    }
    if (windows.size === 0)
        return ranges;
    const folded = fold(text);
    for (let at = 0; at + WINDOW <= folded.length; at += 1) {
        if (windows.has(folded.slice(at, at + WINDOW)))
            ranges.push([at, at + WINDOW]);
    }
    return ranges;
}
function replaceHidden(text, hidden) {
    let result = '';
    let visibleFrom = 0;
    for (let at = 0; at < text.length; at += 1) {
        if (hidden[at] !== 1)
            continue;
        result += `${text.slice(visibleFrom, at)}***`;
        while (hidden[at] === 1)
            at += 1;
        visibleFrom = at;
    }
    return result + text.slice(visibleFrom);
}
const MAX_RAW = 1_000;
const MAX_SHOWN = 300;
function printable(raw) {
    const line = redact(raw.slice(0, MAX_RAW))
        .toWellFormed()
        .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
        .replace(/:{2,}/g, ': :')
        .replaceAll('##[', '## [')
        .replace(/ {2,}/g, ' ')
        .trim();
    return cut(redact(line));
}
function cut(line) {
    if (line.length <= MAX_SHOWN)
        return line;
    const shown = line.slice(0, MAX_SHOWN - 1).replace(/[\ud800-\udbff]$/, '');
    const isInMark = line.charAt(shown.length) === '*';
    return `${isInMark ? shown.replace(/\*{1,2}$/, '') : shown}…`;
}
const JSON_SHORT = new Map(Object.entries({ b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }));
const ENTITIES = new Map(Object.entries({ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', lowbar: '_' }));
const DECODERS = [
    {
        pattern: /\\(?:u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|x[0-9a-f]{2}|["'\\/bfnrt])/gi,
        decode: (match) => decodeBackslash(match.slice(1)),
    },
    {
        pattern: /%[0-7][0-9a-f]|%[cd][0-9a-f]%[89ab][0-9a-f]|%e[0-9a-f](?:%[89ab][0-9a-f]){2}|%f[0-7](?:%[89ab][0-9a-f]){3}/gi,
        decode: (match) => Buffer.from(match.replaceAll('%', ''), 'hex').toString(),
    },
    { pattern: /\+/g, decode: () => ' ' },
    {
        pattern: /&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|lowbar);?/gi,
        decode: (match) => decodeEntity(match.slice(1)),
    },
    { pattern: /[\p{C}\p{Zl}\p{Zp}\p{DI}]+/gu, decode: () => '' },
];
function decodeBackslash(escaped) {
    const code = /^[ux]\{?([0-9a-f]+)/i.exec(escaped)?.[1];
    return code === undefined ? (JSON_SHORT.get(escaped) ?? escaped) : characterOf(Number.parseInt(code, 16));
}
function decodeEntity(entity) {
    const [, hex, decimal] = /^#(?:x([0-9a-f]+)|(\d+))/i.exec(entity) ?? [];
    if (hex !== undefined)
        return characterOf(Number.parseInt(hex, 16));
    if (decimal !== undefined)
        return characterOf(Number.parseInt(decimal, 10));
    return ENTITIES.get(entity.replace(';', '').toLowerCase()) ?? '';
}
function characterOf(code) {
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
const MAX_DEPTH = 3;
function decodings(text) {
    const all = new Map([[text, { text, steps: [] }]]);
    let level = [...all.values()];
    for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
        const next = [];
        for (const { text: outer, steps } of level) {
            for (const decoder of DECODERS) {
                const inner = outer.replace(decoder.pattern, decoder.decode);
                if (all.has(inner))
                    continue;
                const found = { text: inner, steps: [...steps, decoder] };
                all.set(inner, found);
                next.push(found);
            }
        }
        level = next;
    }
    return [...all.values()];
}
function originsOf(text, { steps }) {
    const positions = [...new Array(text.length).keys()];
    let decoded = text;
    let origins = { starts: positions, ends: positions.map((at) => at + 1) };
    for (const { pattern, decode } of steps) {
        const starts = [];
        const ends = [];
        const append = (count, from, to) => {
            for (let unit = 0; unit < count; unit += 1) {
                starts.push(origins.starts[from] ?? 0);
                ends.push(origins.ends[to - 1] ?? 0);
            }
        };
        let at = 0;
        for (const match of decoded.matchAll(pattern)) {
            for (; at < match.index; at += 1)
                append(1, at, at + 1);
            at += match[0].length;
            append(decode(match[0]).length, match.index, at);
        }
        for (; at < decoded.length; at += 1)
            append(1, at, at + 1);
        decoded = decoded.replace(pattern, decode);
        origins = { starts, ends };
    }
    return origins;
}

;// CONCATENATED MODULE: ./build/src/api/values.js


let isHidden = false;
function hideServerText(hide) {
    isHidden = hide;
}
class values_ServerText {
    raw;
    constructor(raw) {
        this.raw = raw;
        Object.defineProperty(this, 'raw', { value: raw, enumerable: false });
    }
    toString() {
        return isHidden ? '' : printable(this.raw);
    }
    toJSON() {
        return this.toString();
    }
}
function joinServerTexts(texts) {
    return new values_ServerText(texts.join(', '));
}
function values_isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof secret_Secret);
}
function parseJsonObject(bytes) {
    try {
        const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
        return values_isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
function values_stringMember(object, name) {
    const value = object[name];
    return typeof value === 'string' ? value : undefined;
}
function textMember(object, name) {
    const value = values_stringMember(object, name);
    return value === undefined ? undefined : new values_ServerText(value);
}
function secretMember(object, name) {
    const value = object[name];
    return value instanceof Secret ? value : undefined;
}
function objectMember(object, name) {
    const value = object[name];
    return values_isJsonObject(value) ? value : {};
}
function isToken(text) {
    return /^[\x21-\x7e]+$/.test(text);
}
const MAX_NAME_LENGTH = 1_024;
function isPrintable(text) {
    return text !== '' && text.length <= MAX_NAME_LENGTH && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
function isPlainId(text) {
    return /^[A-Za-z0-9_.~-]{1,255}$/.test(text) && !/^\.+$/.test(text);
}
const MAX_LIFETIME_MS = 3.2e12;
function lifetimeOf(value, unitMs = 1) {
    if (value === undefined || value === null)
        return undefined;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
        return 'malformed';
    return value * unitMs > MAX_LIFETIME_MS ? 'malformed' : value * unitMs;
}

;// CONCATENATED MODULE: ./build/src/verification/members.js

function ownMember(object, name) {
    return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}
function members_objectMember(object, name) {
    const value = ownMember(object, name);
    return values_isJsonObject(value) ? value : undefined;
}
function members_textMember(object, name) {
    const value = ownMember(object, name);
    return typeof value === 'string' ? value : undefined;
}
function listMember(object, name) {
    const value = ownMember(object, name);
    return Array.isArray(value) ? value : undefined;
}

;// CONCATENATED MODULE: ./build/src/verification/keys.js



function decodeBase64(text) {
    const unpadded = text.replace(/={1,2}$/, '');
    if (unpadded !== text && text.length % 4 !== 0)
        return undefined;
    if (!/^[A-Za-z0-9+/]*$/.test(unpadded) || unpadded.length % 4 === 1)
        return undefined;
    return Buffer.from(unpadded, 'base64');
}
function keys_encodeUnpadded(bytes) {
    return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
const KEY_BYTES = 32;
function decodeKey(text) {
    const bytes = decodeBase64(text);
    return bytes?.length === KEY_BYTES ? bytes : undefined;
}
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
    const algorithm = members_textMember(passphrase, 'algorithm');
    if (algorithm !== 'm.pbkdf2')
        return { problem: 'derives its key from a passphrase in a way that is not supported' };
    const salt = members_textMember(passphrase, 'salt');
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
function maskPrivateKey(masks, key) {
    const bytes = Buffer.from(key);
    const forms = [bytes.toString('base64'), keys_encodeUnpadded(key), bytes.toString('base64url'), bytes.toString('hex')];
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

;// CONCATENATED MODULE: ./build/src/matrix/identifiers.js

const SERVER_NAME = /^(\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.-]{1,255})(?::\d{1,5})?$/;
function parseServerName(text) {
    const hostname = SERVER_NAME.exec(text)?.[1];
    return hostname === undefined || !URL.canParse(`https://${text}`) ? undefined : { text, hostname };
}
const PLAIN_USER_ID = /@[a-z0-9._=/+-]+:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?::\d{1,5})?/;
const LONGEST_USER_ID = 255;
const LONGEST_TEXT = 2_048;
function parseUser(text) {
    if (text.length > LONGEST_TEXT)
        return { problem: 'is longer than any user ID' };
    const mistake = recognizedMistake(text);
    if (mistake !== undefined)
        return { problem: mistake };
    if (/[\0\r\n]/.test(text))
        return { problem: 'contains a line break or NUL' };
    if (text.startsWith('@'))
        return parseUserId(text);
    if (text.startsWith('+'))
        return parsePhone(text);
    if (text.includes('@'))
        return parseEmail(text);
    if (text.includes(':'))
        return { problem: 'is not a user ID: write it with @ in front, @name:example.org' };
    return { kind: 'localpart', localpart: text };
}
function recognizedMistake(text) {
    if (/^(https?:\/\/|matrix:|matrix\.to\/)/i.test(text)) {
        const userId = userIdInLink(text);
        return `is a link, not a user: write ${userId ?? '@name:example.org'}`;
    }
    if (text.startsWith('#') && text.includes(':'))
        return 'is a room alias, not a user: write @name:example.org';
    if (text.startsWith('!') && text.includes(':'))
        return 'is a room ID, not a user: write @name:example.org';
    if (/^["'`“”„‘’‚«»‹›].*["'`“”„‘’‚«»‹›]$/u.test(text))
        return 'has quotation marks around it: write it without them';
    return undefined;
}
function userIdInLink(link) {
    const uri = /^matrix:u(?:ser)?\/(.*)$/i.exec(link)?.[1];
    const text = (uri === undefined ? link : `@${uri}`).replaceAll('%40', '@').replaceAll(/%3A/gi, ':');
    const at = text.indexOf('@');
    const found = at === -1 ? null : PLAIN_USER_ID.exec(text.slice(at).replace(/[?#].*$/, ''));
    return found?.index === 0 ? found[0] : undefined;
}
function parseUserId(userId) {
    const colon = userId.indexOf(':');
    if (colon === -1)
        return { problem: 'has no server name: write @name:example.org, or the name without @' };
    if (Buffer.byteLength(userId) > LONGEST_USER_ID)
        return { problem: `is longer than ${LONGEST_USER_ID} bytes` };
    const serverName = parseServerName(userId.slice(colon + 1));
    if (serverName === undefined)
        return { problem: 'has no valid server name behind the colon' };
    if (isWebClient(serverName.hostname))
        return { problem: 'names a web client behind the colon, not a homeserver' };
    return { kind: 'user-id', userId, localpart: userId.slice(1, colon), serverName };
}
function parsePhone(text) {
    const digits = text.slice(1).replace(/[\s().-]/g, '');
    if (!/^[1-9]\d{4,14}$/.test(digits))
        return { problem: 'is not an international phone number such as +441632960123' };
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
    const actual = lowerCaseAscii(userId);
    if (user.kind === 'user-id')
        return actual === lowerCaseAscii(user.userId);
    if (user.kind === 'localpart')
        return actual.startsWith(`@${lowerCaseAscii(user.localpart)}:`);
    return true;
}
function lowerCaseAscii(text) {
    return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
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
function isUserId(text) {
    const serverName = /^@[^:]*:(.+)$/.exec(text)?.[1];
    return serverName !== undefined && parseServerName(serverName) !== undefined && isPrintable(text);
}
const WEB_CLIENTS = [
    'matrix.to',
    'app.element.io',
    'develop.element.io',
    'staging.element.io',
    'mobile.element.io',
    'hydrogen.element.io',
    'riot.im',
    'view.matrix.org',
    'app.cinny.in',
    'app.schildi.chat',
    'fluffychat.im',
    'web.fluffychat.im',
    'nheko.im',
];
function isWebClient(hostname) {
    const host = hostname.toLowerCase().replace(/^www\./, '');
    return WEB_CLIENTS.includes(host);
}

;// CONCATENATED MODULE: ./build/src/matrix/homeserver-address.js

const LONGEST_URL = 2_048;
function parseHomeserver(text, allowHttp) {
    if (text.length > LONGEST_URL)
        return { problem: 'is longer than any address' };
    const mistake = homeserver_address_recognizedMistake(text);
    if (mistake !== undefined)
        return { problem: mistake };
    if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) {
        const parsed = parseBaseUrl(text);
        if ('problem' in parsed)
            return parsed;
        const { url } = parsed;
        if (hidesCase(text.split('/')[2] ?? ''))
            return { problem: CAPITALS };
        if (isInsecure(url, allowHttp))
            return { problem: 'sends credentials in clear text, over http://', insecure: true };
        return { kind: 'base-url', url: baseUrlText(url) };
    }
    const serverName = parseServerName(text.replace(/\/+$/, ''));
    if (serverName === undefined)
        return { problem: 'is neither a server name (example.org) nor an https:// URL' };
    if (hidesCase(serverName.hostname))
        return { problem: CAPITALS };
    if (serverName.text !== serverName.hostname && isLoopback(serverName.hostname)) {
        return { problem: `has a port of this machine and no scheme: write http://${serverName.text}` };
    }
    return { kind: 'server-name', serverName };
}
function homeserver_address_recognizedMistake(text) {
    const [, host = '', rest = ''] = /^(?:https?:\/\/)?([A-Za-z0-9.-]+)(?::\d+)?(\/.*)?$/is.exec(text) ?? [];
    const isKnown = isWebClient(host);
    if (isKnown || rest.includes('/#/')) {
        const serverName = /(?:@|%40)[^:/?%]*(?::|%3A)([a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d{1,5})?)/i.exec(rest)?.[1];
        const meant = serverName ?? 'the part of the user ID behind the colon, example.org';
        const reason = isKnown ? 'is the address of a web client' : 'has a fragment (#/…), as the address of a web client';
        return `${reason}, not of a homeserver: write ${meant}`;
    }
    if (/^(secrets|vars|env|inputs)\.[A-Z0-9_]+$/.test(text))
        return 'is an expression without its braces: ${{ … }}';
    if (text.startsWith('@'))
        return 'is a user ID: write only the part behind the colon';
    if (/^[#!]/.test(text))
        return 'is a room, not a homeserver: write a server name, example.org';
    return undefined;
}
function hidesCase(host) {
    return /[A-Z]/.test(host) && !/[.[]/.test(host);
}
const CAPITALS = 'has capitals and no dot in its host name: write a host name in lower case';
function homeserver_address_describePortMistake({ text, hostname }) {
    if (text === hostname)
        return undefined;
    const scheme = isLoopback(hostname) || isPrivateAddress(hostname) ? 'http' : 'https';
    return (`The server name ${text} is looked up at https://${hostname}, without the port. ` +
        `If the client API is at that port, set \`homeserver\` to ${scheme}://${text}.`);
}
function isPrivateAddress(hostname) {
    return /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(hostname);
}
function parseBaseUrl(text) {
    if (text.length > LONGEST_URL || !URL.canParse(text))
        return { problem: 'is not a URL' };
    const url = new URL(text);
    if (url.protocol !== 'https:' && url.protocol !== 'http:')
        return { problem: 'is not an https:// URL' };
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

;// CONCATENATED MODULE: ./build/src/inputs/characters.js
const INVISIBLE = '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\u2066-\\u2069\\ufeff';
const INVISIBLE_CHARACTER = new RegExp(`[${INVISIBLE}]`, 'u');
const BLANK = new RegExp(`[\\s${INVISIBLE}]`, 'u');
const LINE_BREAK = /[\r\n\u0085\u2028\u2029]/;
const SPECIAL_BLANK = /[^\P{Zs} ]/u;
const OPENING_QUOTES = '"\'`“”„‟‘’‚‛«»‹›';
const QUOTED = new RegExp(`^[${OPENING_QUOTES}][^]*[${OPENING_QUOTES}]$`, 'u');
function trimInvisible(text) {
    const [start, end] = boundsOf(text);
    return text.slice(start, end);
}
function isInvisiblyWrapped(text) {
    const [start, end] = boundsOf(text);
    return INVISIBLE_CHARACTER.test(text.slice(0, start) + text.slice(end));
}
function trimLineBreaks(text) {
    return text.slice(0, endWithout(text, LINE_BREAK));
}
function boundsOf(text) {
    const end = endWithout(text, BLANK);
    let start = 0;
    while (start < end && BLANK.test(text.charAt(start)))
        start += 1;
    return [start, end];
}
function endWithout(text, character) {
    let end = text.length;
    while (end > 0 && character.test(text.charAt(end - 1)))
        end -= 1;
    return end;
}
function isQuoted(text) {
    return QUOTED.test(text);
}
function characters_unusualCharacters(text) {
    const found = [];
    const invisible = INVISIBLE_CHARACTER.exec(text)?.[0];
    if (invisible !== undefined)
        found.push(`an invisible character (${codePoint(invisible)}) in it`);
    const blank = SPECIAL_BLANK.exec(text)?.[0];
    if (blank !== undefined)
        found.push(`a special blank (${codePoint(blank)}) in it`);
    if (isQuoted(text))
        found.push('quotation marks around it');
    return found;
}
function codePoint(character) {
    return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

;// CONCATENATED MODULE: ./build/src/inputs/values.js

function values_secretText(raw, form) {
    if (raw.trim() === '')
        return undefined;
    if (form === 'text')
        return { value: trimInvisible(raw), dropped: [] };
    const withoutMark = raw.replace(/^\ufeff+/, '');
    const withoutBreaks = trimLineBreaks(withoutMark);
    const value = form === 'password' ? withoutBreaks : withoutBreaks.trim();
    const dropped = [
        ...(withoutMark === raw ? [] : ['a byte order mark (U+FEFF) at its start']),
        ...(withoutBreaks === withoutMark ? [] : ['a line break at its end']),
        ...(value === withoutBreaks ? [] : ['white space around it']),
    ];
    return { value, dropped };
}
function booleanValue(name, raw, byDefault, problems) {
    const text = raw.trim().toLowerCase();
    if (text === '')
        return byDefault;
    if (text !== 'true' && text !== 'false')
        problems.refuse(name, raw, `must be true or false${notWord(raw)}`);
    return text === 'true';
}
function values_choiceValue(name, raw, choices, problems) {
    const text = raw.trim();
    const found = choices.find((choice) => choice === text);
    if (found === undefined && text !== '') {
        problems.refuse(name, raw, `must be one of ${choices.join(', ')}${notWord(raw)}`);
    }
    return found ?? choices[0];
}
function secondsValue(name, raw, byDefault, problems) {
    const text = raw.trim();
    if (text === '')
        return byDefault * 1000;
    if (/^\d{1,5}$/.test(text))
        return Number(text) * 1000;
    problems.refuse(name, raw, 'must be a whole number of seconds from 0 to 99999, without a unit');
    return byDefault * 1000;
}
const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST_LIFETIME_MS = 36_525 * UNITS_MS.d;
function values_lifetimeValue(name, raw, problems) {
    const text = raw.trim();
    if (text === '')
        return undefined;
    const [, count = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
    const ms = Number(count) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? UNITS_MS[unit] : 0);
    if (ms > 0 && ms <= LONGEST_LIFETIME_MS)
        return ms;
    problems.refuse(name, raw, 'must be a length of time such as 90s, 15m, 12h or 30d, and not 0');
    return undefined;
}
function notWord(raw) {
    const text = raw.trim();
    return /^[a-z]{1,10}$/.test(text) ? `, not “${text}”` : '';
}

;// CONCATENATED MODULE: ./build/src/inputs/homeserver.js


const DEFAULT_MAX_WAIT_SECONDS = 120;
function isBlank(inputs, name) {
    return inputs.input(name).trim() === '';
}
function homeserver_readAllowHttp(inputs, problems) {
    return booleanValue('allow-http', inputs.input('allow-http'), false, problems);
}
function homeserver_readMaxWait(inputs, problems) {
    return secondsValue('max-wait', inputs.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems);
}
function homeserver_readHomeserver(inputs, user, allowHttp, problems) {
    const raw = inputs.input('homeserver');
    if (raw.trim() !== '') {
        const address = parseHomeserver(raw.trim(), allowHttp);
        if (!('problem' in address))
            return address;
        problems.refuse('homeserver', raw, address.problem, address.insecure ? 'insecure-url' : 'invalid-input');
        return undefined;
    }
    if (user === 'no-such-input') {
        problems.miss('homeserver', MISSING);
        return undefined;
    }
    if (user?.kind === 'user-id')
        return { kind: 'server-name', serverName: user.serverName };
    if (problems.hasRefused('user'))
        return undefined;
    problems.miss('homeserver', MISSING_WITH_USER);
    return undefined;
}
const MISSING = '`homeserver` is missing: set it to the server name (example.org) or the base URL (https://matrix.example.org).';
const MISSING_WITH_USER = '`homeserver` is missing, and `user` names no server: set `homeserver`, or set `user` to @name:example.org.';

;// CONCATENATED MODULE: ./build/src/inputs/missing-credentials.js

function missing_credentials_missingSecretsCause(runner) {
    if (runner.environment('GITHUB_ACTOR') === 'dependabot[bot]')
        return 'dependabot';
    return isForkedPullRequest(runner) ? 'fork' : 'unknown';
}
function isForkedPullRequest(runner) {
    if (!/^pull_request(_review|_review_comment)?$/.test(runner.environment('GITHUB_EVENT_NAME') ?? ''))
        return false;
    const pullRequest = runner.event().pull_request;
    if (!values_isJsonObject(pullRequest))
        return false;
    const head = repositoryOf(pullRequest.head);
    const base = repositoryOf(pullRequest.base) ?? runner.environment('GITHUB_REPOSITORY');
    return head === undefined || head !== base;
}
function repositoryOf(side) {
    const repository = values_isJsonObject(side) ? side.repo : undefined;
    const name = values_isJsonObject(repository) ? repository.full_name : undefined;
    return typeof name === 'string' ? name : undefined;
}
function missing_credentials_explainMissingSecrets(cause, names) {
    const text = `No credential is set (${names.map((name) => `\`${name}\``).join(', ')}).`;
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
        when: 'The address of the homeserver begins with `http://` and is not on this machine.',
        remedy: 'Use https://. For a server on a private network, and only there, set `allow-http: true`.',
    },
    'not-a-homeserver': {
        when: 'The server is not a Matrix homeserver: a web page, a parking page, a proxy’s login page, a bad `.well-known`.',
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
        when: 'The server failed (5xx after all retries), or returned 2xx with an incomplete body.',
        remedy: 'Look into the server’s log, or try again later.',
    },
    'wrong-credentials': {
        when: 'User or password refused, or the user is unknown there.',
        remedy: 'Check that the account exists on this server and that the secret holds its current password.',
    },
    'method-unavailable': {
        when: 'The server does not offer this kind of login. The message lists what it offers.',
        remedy: 'Use a kind of login that the server offers, or store a token and give it as `access-token`.',
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
        when: 'The server logged in another user than `user`, or the token belongs to another user.',
        remedy: 'Check which account the secret belongs to.',
    },
    'store-refused': {
        when: 'rotate: a target cannot be written, or no target took the new token. The message says what still works.',
        remedy: 'Correct what is said of each target above and run it again.',
    },
    'store-partial': {
        when: 'rotate: not every target took the new token, or an answer was lost. The message names what each target took.',
        remedy: 'Correct what is said of each target above and run it again.',
    },
    'token-too-old': {
        when: 'login with `max-age`: the stored token was rotated longer ago than that.',
        remedy: 'Run the workflow that rotates it. GitHub stops schedules after 60 days without a commit.',
    },
    'unsealing-failed': {
        when: 'unseal: wrong passphrase, damaged on its way, or from another run or repository.',
        remedy: 'Use the same secret for `seal-passphrase` and `passphrase`, in the same run.',
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


function describeValue(raw) {
    const { length } = [...raw.trim()];
    return `(${length} ${length === 1 ? 'character' : 'characters'})`;
}
function describeRefused(input, raw, what) {
    const unusual = characters_unusualCharacters(raw.trim());
    const more = unusual.length === 0 ? '' : ` It has ${unusual.join(', and ')}.`;
    return `\`${input}\` ${describeValue(raw)} ${what}.${more}`;
}
class Problems {
    #found = [];
    #inputs = new Set();
    add(text, word = 'invalid-input', hint) {
        this.#found.push({ word, text, hint });
    }
    refuse(input, raw, what, word = 'invalid-input', hint) {
        if (this.#inputs.has(input))
            return;
        this.#inputs.add(input);
        this.add(describeRefused(input, raw, what), word, hint);
    }
    miss(input, text, word = 'invalid-input', hint) {
        if (!this.#inputs.has(input))
            this.add(text, word, hint);
    }
    hasRefused(input) {
        return this.#inputs.has(input);
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

;// CONCATENATED MODULE: ./build/src/inputs/declared.js
const declared_INPUT_FORMS = {
    homeserver: 'text',
    user: 'text',
    password: 'password',
    'access-token': 'token',
    'login-token': 'token',
    jwt: 'token',
    'oidc-audience': 'text',
    'jwt-login-type': 'text',
    'appservice-token': 'token',
    'shared-secret': 'password',
    'synapse-admin-token': 'token',
    'mas-client-id': 'text',
    'mas-client-secret': 'token',
    'refresh-token': 'token',
    'oauth-client-id': 'text',
    'valid-for': 'text',
    'device-id': 'text',
    'device-name': 'text',
    logout: 'text',
    'max-age': 'text',
    'export-env': 'text',
    'credentials-file': 'text',
    'seal-passphrase': 'password',
    'if-no-credentials': 'text',
    'max-wait': 'text',
    'allow-http': 'text',
    'job-status': 'opaque',
    'job-matrix': 'opaque',
    'current-token': 'token',
    'secret-name': 'text',
    'refresh-secret-name': 'text',
    'store-in': 'text',
    'store-token': 'token',
    retire: 'text',
    'keep-device': 'text',
    'sealed-credentials': 'opaque',
    passphrase: 'password',
    'allow-other-runs': 'text',
    'recovery-key': 'password',
    'recovery-passphrase': 'password',
    'self-signing-key': 'token',
    'device-key': 'text',
};
const INPUT_NAMES = Object.keys(declared_INPUT_FORMS).filter(isInputName);
function isInputName(name) {
    return Object.hasOwn(declared_INPUT_FORMS, name);
}
const CONNECTION = ['homeserver', 'max-wait', 'allow-http'];
const SESSION = [
    ...CONNECTION,
    'user',
    'password',
    'jwt',
    'oidc-audience',
    'jwt-login-type',
    'appservice-token',
    'shared-secret',
    'synapse-admin-token',
    'mas-client-id',
    'mas-client-secret',
    'refresh-token',
    'oauth-client-id',
    'valid-for',
    'device-id',
    'device-name',
    'if-no-credentials',
];
const DECLARED_INPUTS = {
    login: [
        ...SESSION,
        'access-token',
        'login-token',
        'logout',
        'max-age',
        'export-env',
        'credentials-file',
        'seal-passphrase',
        'job-status',
        'job-matrix',
    ],
    rotate: [
        ...SESSION,
        'current-token',
        'secret-name',
        'refresh-secret-name',
        'store-in',
        'store-token',
        'retire',
        'keep-device',
    ],
    logout: [...CONNECTION, 'access-token'],
    verify: [
        ...CONNECTION,
        'user',
        'access-token',
        'recovery-key',
        'recovery-passphrase',
        'self-signing-key',
        'device-key',
    ],
    unseal: ['sealed-credentials', 'passphrase', 'export-env', 'allow-other-runs'],
};

;// CONCATENATED MODULE: ./build/src/inputs/tokens.js

const SHAPES = [
    [/(?<![A-Za-z0-9])(sy[trl]_)\S*/, 'matrix', 'an access token'],
    [/(?<![A-Za-z0-9])(m(?:ct|cr|pt)_)[A-Za-z0-9_]{8,}/, 'matrix', 'an access token'],
    [/(?<![A-Za-z0-9])(ma[tr]_)(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{12,}[A-Za-z0-9_]*/, 'matrix', 'an access token'],
    [/(?<![A-Za-z0-9])(gh[opsur]_)[A-Za-z0-9_]{8,}/, 'forge', 'a GitHub token'],
    [/(?<![A-Za-z0-9])(github_pat_)\w+/, 'forge', 'a GitHub token'],
];
const JSON_WEB_TOKEN = /(?<![A-Za-z0-9])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/;
function tokens_findToken(text) {
    for (const [pattern, issuer, kind] of SHAPES) {
        const [match, prefix] = pattern.exec(text) ?? [];
        if (match !== undefined)
            return { issuer, description: `${kind} (${prefix}…)`, match };
    }
    const [match] = JSON_WEB_TOKEN.exec(text) ?? [];
    return match === undefined ? undefined : { issuer: 'any', description: 'a JSON Web Token (eyJ…)', match };
}
function tokens_checkToken(input, token, problems, word = 'token-invalid') {
    if (token === '' || isToken(token))
        return;
    if (/^bearer\s/i.test(token)) {
        problems.refuse(input, token, 'begins with `Bearer`, which is not part of the token; it was not sent', word);
    }
    problems.refuse(input, token, 'holds white space or characters that no token has; it was not sent', word);
}

;// CONCATENATED MODULE: ./build/src/inputs/unknown-inputs.js

const OTHER_NAMES = new Map([
    ['homeserver-url', ['homeserver']],
    ['matrix-homeserver', ['homeserver']],
    ['base-url', ['homeserver']],
    ['host', ['homeserver']],
    ['server', ['homeserver']],
    ['server-name', ['homeserver']],
    ['url', ['homeserver']],
    ['login', ['user']],
    ['mxid', ['user']],
    ['user-id', ['user']],
    ['username', ['user']],
    ['matrix-user', ['user']],
    ['pass', ['password']],
    ['pwd', ['password']],
    ['matrix-password', ['password']],
    ['token', ['access-token', 'current-token']],
    ['matrix-token', ['access-token', 'current-token']],
    ['github-token', ['store-token']],
    ['passphrase', ['seal-passphrase']],
    ['seal-passphrase', ['passphrase']],
]);
const PLAIN_NAME = /^[a-z0-9_-]{1,40}$/;
function warnAboutUnknownInputs(source, declared) {
    for (const name of source.inputNames()) {
        const meant = PLAIN_NAME.test(name) ? meantInput(name, declared) : undefined;
        if (meant === undefined || (OTHER_NAMES.has(name) && source.input(meant).trim() !== ''))
            continue;
        const form = declared_INPUT_FORMS[meant];
        const value = source.input(name).trim();
        if (value !== '' && (form === 'password' || form === 'token'))
            source.mask(value);
        source.warning(`\`${name}\` is not an input of this action and is ignored. Did you mean \`${meant}\`?`);
    }
}
function meantInput(name, declared) {
    if (declared.some((each) => each === name))
        return undefined;
    const written = name.replaceAll('_', '-');
    const known = (OTHER_NAMES.get(written) ?? []).find((each) => declared.includes(each));
    if (known !== undefined)
        return known;
    const bare = (text) => text.replaceAll('-', '');
    const [nearest] = declared
        .map((each) => ({ each, distance: editDistance(bare(written), bare(each)) }))
        .sort((a, b) => a.distance - b.distance);
    const limit = Math.min(3, Math.floor(bare(written).length / 3));
    return nearest !== undefined && nearest.distance <= limit ? nearest.each : undefined;
}
function editDistance(a, b) {
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (const [line, left] of [...a].entries()) {
        const next = [line + 1];
        for (const [column, right] of [...b].entries()) {
            const replaced = (row[column] ?? 0) + (left === right ? 0 : 1);
            next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
        }
        row = next;
    }
    return row[b.length] ?? 0;
}

;// CONCATENATED MODULE: ./build/src/inputs/screen.js





const MIN_CONTAINED = 8;
const MIN_CONTAINED_IN_NAME = 12;
function screenInputs(action, source, problems) {
    const names = DECLARED_INPUTS[action];
    const secrets = names.flatMap((name) => takeSecret(name, source));
    for (const secret of secrets)
        refuseForeignToken(secret, problems);
    warnAboutUnknownInputs(source, names);
    const texts = new Map();
    for (const name of names) {
        if (declared_INPUT_FORMS[name] === 'text')
            texts.set(name, takeText(name, secrets, source, problems));
    }
    return {
        input: (name) => texts.get(name) ?? source.input(name),
        environment: (name) => source.environment(name),
        inputNames: () => source.inputNames(),
    };
}
function maskSecretInputs(source, names) {
    for (const name of names) {
        const form = INPUT_FORMS[name];
        const secret = form === 'password' || form === 'token' ? secretText(source.input(name), form) : undefined;
        if (secret !== undefined)
            source.mask(secret.value);
    }
}
function takeSecret(name, source) {
    const form = declared_INPUT_FORMS[name];
    const secret = form === 'password' || form === 'token' ? values_secretText(source.input(name), form) : undefined;
    if (secret === undefined)
        return [];
    source.mask(secret.value);
    const { value, dropped } = secret;
    if (dropped.length > 0) {
        source.warning(`\`${name}\` has ${dropped.join(', and ')}, which is left out. Store the secret without it: ` +
            'printf %s "$VALUE" | gh secret set NAME');
    }
    const unusual = characters_unusualCharacters(value);
    if (unusual.length > 0) {
        source.warning(`\`${name}\` has ${unusual.join(', and ')}. It is used as it is; is that part of the secret?`);
    }
    return [{ name, value }];
}
function refuseForeignToken({ name, value }, problems) {
    if (declared_INPUT_FORMS[name] !== 'token')
        return;
    const wanted = name === 'store-token' ? 'forge' : 'matrix';
    const found = tokens_findToken(value);
    if (found === undefined || found.issuer === 'any' || found.issuer === wanted)
        return;
    problems.refuse(name, value, `holds what looks like ${found.description}; it was not sent`);
}
function takeText(name, secrets, source, problems) {
    const raw = source.input(name);
    const text = trimInvisible(raw);
    const token = tokens_findToken(text);
    const secret = secrets.find(({ value }) => screen_linesOf(value).some((line) => holds(name, text, line)));
    if (token !== undefined)
        source.mask(token.match);
    if (token === undefined && secret === undefined) {
        if (isInvisiblyWrapped(raw))
            source.warning(`\`${name}\` has invisible characters around it, which are left out.`);
        if (name === 'user')
            warnAboutUser(text, source);
        return text;
    }
    const what = secret === undefined ? `what looks like ${token?.description}` : `the value of \`${secret.name}\``;
    problems.refuse(name, raw, `holds ${what}; nothing was sent`, 'invalid-input', MISPLACED);
    return '';
}
const MISPLACED = 'Is a secret in the wrong input? If the log of an earlier run shows it, replace it.';
function screen_linesOf(secret) {
    const lines = secret.split(/[\r\n]+/).filter((line) => line.length >= MIN_CONTAINED);
    return [secret, ...lines];
}
function holds(name, text, secret) {
    const [folded, part] = [text.toLowerCase(), secret.trim().toLowerCase()];
    const isNamedAfterUser = name === 'user' || name === 'device-name';
    if (folded === part)
        return !isNamedAfterUser || part.length >= MIN_CONTAINED;
    return part.length >= (isNamedAfterUser ? MIN_CONTAINED_IN_NAME : MIN_CONTAINED) && folded.includes(part);
}
function warnAboutUser(text, source) {
    const unusual = characters_unusualCharacters(text);
    if (unusual.length > 0)
        source.warning(`\`user\` has ${unusual.join(', and ')}. Is that part of the name?`);
}

;// CONCATENATED MODULE: ./build/src/inputs/suspicions.js



const REFUSALS = (/* unused pure expression or super */ null && (['wrong-credentials', 'denied', 'token-invalid']));
const WRONG_PLACES = (/* unused pure expression or super */ null && (['unreachable', 'tls', 'not-a-homeserver']));
function suspicions_hintsFor(word, suspects) {
    if (REFUSALS.includes(word))
        return suspicions(suspects);
    const { homeserver } = suspects;
    if (!WRONG_PLACES.includes(word) || homeserver.kind !== 'server-name')
        return [];
    const mistake = describePortMistake(homeserver.serverName);
    return mistake === undefined ? [] : [mistake];
}
function suspicions({ input, secret, user, homeserver }) {
    const about = [...aboutCharacters(secret), ...aboutForm(input, secret)].map((what) => `\`${input}\` ${what}.`);
    return [...about, ...aboutUser(user, homeserver)];
}
function aboutCharacters(secret) {
    return [
        ...(/^\s/.test(secret) ? ['has a blank at its start'] : []),
        ...(/\s$/.test(secret) ? ['has a blank at its end'] : []),
        ...(/[\r\n]/.test(secret.trim()) ? ['has more than one line'] : []),
        ...unusualCharacters(secret.trim()).map((what) => `has ${what}`),
    ];
}
function aboutForm(input, secret) {
    const text = secret.trim();
    const literal = aboutLiteral(text);
    if (literal !== undefined)
        return [literal];
    if (/^\*+$/.test(text))
        return ['holds asterisks only, as a masked value in a log does'];
    if (/^@[^:\s]+:[^\s]+$/.test(text))
        return ['holds what looks like a user ID'];
    const token = input === 'password' || input === 'shared-secret' ? findToken(text) : undefined;
    return token === undefined ? [] : [`holds what looks like ${token.description}: is it in the wrong input?`];
}
function aboutLiteral(text) {
    if (/\$\{\{|\}\}/.test(text))
        return 'holds an expression (`${{ … }}`) that was not evaluated';
    if (/^(secrets|vars|env|inputs|steps|needs)\.[\w.-]+$/.test(text)) {
        const context = text.split('.')[0];
        return `holds the literal text \`${context}.…\`: write it as an expression, \`\${{ ${context}.… }}\``;
    }
    if (/^(\$[A-Za-z_]\w*|\$\{\w+\}|\$env:\w+|%\w+%)$/.test(text)) {
        return 'holds what looks like the name of a variable ($…): `with:` expands no variables, only `${{ … }}`';
    }
    return undefined;
}
function aboutUser(user, homeserver) {
    if (user?.kind === 'email') {
        return [
            '`user` is an e-mail address: the server knows it only if the account has confirmed it. A user ID is @name:example.org.',
        ];
    }
    if (user?.kind === 'phone') {
        return ['`user` is a phone number: the server knows it only if the account has confirmed it.'];
    }
    const literal = user?.kind === 'localpart' ? aboutLiteral(user.localpart) : undefined;
    if (literal !== undefined)
        return [`\`user\` ${literal}.`];
    if (user?.kind !== 'user-id')
        return [];
    const { hostname } = user.serverName;
    const host = homeserver.kind === 'server-name' ? homeserver.serverName.hostname : new URL(homeserver.url).hostname;
    if (areRelated(host.toLowerCase(), hostname.toLowerCase()))
        return [];
    return [`\`user\` is an account of ${hostname}, and \`homeserver\` is ${host}: is that the server of this account?`];
}
function areRelated(host, serverName) {
    const domain = (name) => name.split('.').slice(-2).join('.');
    if (/^[\d.]+$|^\[|^localhost$/.test(host))
        return true;
    return host === serverName || domain(host) === domain(serverName);
}

;// CONCATENATED MODULE: ./build/src/inputs/session.js






function maskSecretVariables(inputs, kinds, masks) {
    for (const kind of kinds.filter((each) => isSet(inputs, each))) {
        for (const name of kind.secretVariables ?? []) {
            const value = inputs.environment(name) ?? '';
            if (value !== '')
                masks.mask(value);
        }
    }
}
function readCredential(inputs, kinds, cause, problems) {
    const [kind, ...others] = kinds.filter((each) => isSet(inputs, each));
    if (kind === undefined)
        return 'none';
    if (others.length > 0) {
        const names = [kind, ...others].map(({ input }) => input);
        problems.add(`Only one credential may be set, but there are ${names.length}: ${inputList(names, ', ')}.`);
        return undefined;
    }
    const reader = readerFor(inputs, kind, problems);
    const chosen = { kind, user: kind.needsUser(reader) };
    const incomplete = kind.incomplete?.(reader);
    if (incomplete === undefined) {
        if (kind.form === 'token')
            checkToken(kind.input, reader.secret, problems);
        return { ...chosen, credential: kind.read(reader) };
    }
    if (cause !== 'unknown' && !isSecretSet(inputs, kind))
        return 'none';
    problems.add(incomplete.text, incomplete.word, incomplete.hint);
    return { ...chosen, credential: undefined };
}
function reportForeignOptions(inputs, kinds, chosen, problems) {
    const known = new Set(chosen.options ?? []);
    for (const option of new Set(kinds.flatMap(({ options = [] }) => options))) {
        if (known.has(option) || inputs.input(option).trim() === '')
            continue;
        const owners = kinds.filter(({ options = [] }) => options.includes(option)).map(({ input }) => input);
        problems.add(`\`${option}\` goes with ${inputList(owners, ' and ')} only, not with \`${chosen.input}\`.`);
    }
}
function inputList(names, separator) {
    return names.map((name) => `\`${name}\``).join(separator);
}
function secretInputsOf(kind) {
    return [kind, ...(kind.companions ?? []).map((input) => ({ input, form: 'token' }))];
}
function isSet(inputs, kind) {
    return secretInputsOf(kind).some(({ input }) => inputs.input(input).trim() !== '');
}
function isSecretSet(inputs, kind) {
    return secretInputsOf(kind).some(({ input, form }) => form !== 'text' && inputs.input(input).trim() !== '');
}
function readerFor(inputs, kind, problems) {
    const forms = new Map(secretInputsOf(kind).map(({ input, form }) => [input, form]));
    const value = (input) => {
        const form = forms.get(input);
        return form === undefined ? '' : (secretText(inputs.input(input), form)?.value ?? '');
    };
    return {
        secret: value(kind.input),
        companion: value,
        text: (name) => inputs.input(name).trim(),
        environment: (name) => inputs.environment(name) ?? '',
        validForMs: lifetimeValue('valid-for', inputs.input('valid-for'), problems),
    };
}
function readSessionInputs(source, inputs, kinds, problems, readExtra) {
    maskSecretVariables(inputs, kinds, source);
    const cause = missingSecretsCause(source);
    const missing = explainMissingSecrets(cause, kinds.map(({ input }) => input));
    const chosen = readCredential(inputs, kinds, cause, problems);
    const kind = typeof chosen === 'object' ? chosen.kind : undefined;
    const user = readUser(inputs, typeof chosen === 'object' ? chosen : undefined, problems);
    if (kind !== undefined)
        reportForeignOptions(inputs, kinds, kind, problems);
    const options = readOptions(inputs, problems);
    const extra = readExtra(kind);
    const skip = choiceValue('if-no-credentials', inputs.input('if-no-credentials'), ['fail', 'skip'], problems) === 'skip';
    if (chosen === 'none' && skip && problems.isEmpty)
        return { skipped: `${missing.text} ${missing.hint}` };
    const homeserver = readHomeserver(inputs, user, options.allowHttp, problems);
    if (chosen === 'none' && !kinds.some(({ input }) => problems.hasRefused(input))) {
        problems.add(missing.text, 'missing-credentials', missing.hint);
    }
    problems.throwIfAny();
    if (typeof chosen !== 'object' || chosen.credential === undefined || homeserver === undefined) {
        throw new Error('invalid inputs were not reported');
    }
    const { input, form } = chosen.kind;
    const secret = form === 'text' ? '' : (secretText(inputs.input(input), form)?.value ?? '');
    const suspects = { input, secret, user, homeserver };
    return {
        homeserver,
        user,
        credential: chosen.credential,
        hintsFor: (word) => hintsFor(word, suspects),
        ...options,
        ...extra,
    };
}
function readUser(inputs, chosen, problems) {
    const raw = inputs.input('user');
    if (raw.trim() === '') {
        if (chosen !== undefined && chosen.user !== 'none') {
            problems.miss('user', `\`user\` is missing: \`${chosen.kind.input}\` needs one.`);
        }
        return undefined;
    }
    const user = parseUser(raw.trim());
    const problem = 'problem' in user ? user.problem : chosen === undefined ? undefined : unfit(user, chosen);
    if (problem !== undefined)
        problems.refuse('user', raw, problem);
    return 'problem' in user || problem !== undefined ? undefined : user;
}
function unfit(user, { kind: { input }, user: demand }) {
    if (demand === 'user-id' && user.kind !== 'user-id') {
        return `is not a user ID: \`${input}\` needs the whole of it, @name:example.org, exactly as the server has it`;
    }
    if (demand === 'name' && !('localpart' in user)) {
        return `is not a user ID: \`${input}\` needs @name:example.org, or name`;
    }
    return undefined;
}
function readOptions(inputs, problems) {
    const deviceId = inputs.input('device-id').trim();
    if (/[\s\p{Cc}]/u.test(deviceId))
        problems.refuse('device-id', deviceId, 'has white space in it');
    return {
        deviceId,
        deviceName: inputs.input('device-name').trim(),
        maxWaitMs: readMaxWait(inputs, problems),
        allowHttp: readAllowHttp(inputs, problems),
    };
}

;// CONCATENATED MODULE: ./build/src/inputs/verify.js









const SECRETS = ['recovery-key', 'recovery-passphrase', 'self-signing-key'];
function readVerifyInputs(source) {
    maskKeys(source);
    const problems = new Problems();
    const inputs = screenInputs('verify', source, problems);
    const token = values_secretText(inputs.input('access-token'), 'token')?.value;
    tokens_checkToken('access-token', token ?? '', problems);
    const secret = readSecret(inputs, problems);
    reportMissing(inputs, source, problems);
    const user = readUser(inputs, undefined, problems);
    const allowHttp = homeserver_readAllowHttp(inputs, problems);
    const homeserver = homeserver_readHomeserver(inputs, user, allowHttp, problems);
    const expectedKey = readDeviceKey(inputs, problems);
    const maxWaitMs = homeserver_readMaxWait(inputs, problems);
    problems.throwIfAny();
    if (token === undefined || secret === undefined || homeserver === undefined) {
        throw new Error('invalid inputs were not reported');
    }
    return { homeserver, user, accessToken: new secret_Secret(token), secret, expectedKey, maxWaitMs, allowHttp };
}
function maskKeys(source) {
    if (!isBlank(source, 'recovery-key'))
        maskRecoveryKey(source, source.input('recovery-key'));
    const seed = decodeKey(withoutWhiteSpace(source.input('self-signing-key')));
    if (seed !== undefined)
        maskPrivateKey(source, seed);
}
function readSecret(inputs, problems) {
    const set = SECRETS.filter((name) => !isBlank(inputs, name));
    const [only, ...others] = set;
    if (others.length > 0) {
        problems.add(`Only one of ${listNames(SECRETS)} may be set, but there are ${set.length}: ${listNames(set)}.`);
        return undefined;
    }
    return only === undefined ? undefined : READERS[only](inputs, problems);
}
function listNames(names) {
    return names.map((name) => `\`${name}\``).join(', ');
}
const READERS = {
    'recovery-key': (inputs, problems) => {
        const raw = inputs.input('recovery-key');
        const decoded = decodeRecoveryKey(raw);
        if ('key' in decoded)
            return { kind: 'recovery-key', key: decoded.key };
        problems.refuse('recovery-key', raw, decoded.problem, 'wrong-recovery-key', RECOVERY_KEY_HINT);
        return undefined;
    },
    'recovery-passphrase': (inputs) => {
        const passphrase = values_secretText(inputs.input('recovery-passphrase'), 'password')?.value ?? '';
        return { kind: 'recovery-passphrase', passphrase: new secret_Secret(passphrase) };
    },
    'self-signing-key': (inputs, problems) => {
        const raw = inputs.input('self-signing-key');
        const seed = decodeKey(withoutWhiteSpace(raw));
        if (seed !== undefined)
            return { kind: 'self-signing-key', seed };
        problems.refuse('self-signing-key', raw, 'is not the base64 of 32 bytes');
        return undefined;
    },
};
const RECOVERY_KEY_HINT = 'Copy the whole recovery key: 48 letters and digits that begin with Es. A passphrase belongs into `recovery-passphrase`.';
function reportMissing(inputs, source, problems) {
    const token = isBlank(inputs, 'access-token') ? ['`access-token`'] : [];
    const secret = SECRETS.every((name) => isBlank(inputs, name)) ? [`one of ${listNames(SECRETS)}`] : [];
    if (token.length + secret.length === 0)
        return;
    const text = `${[...token, ...secret].join(' and ')} must be set. A secret that does not exist is an empty string.`;
    problems.add(text, 'missing-credentials', MISSING_HINTS[missing_credentials_missingSecretsCause(source)]);
}
const MISSING_HINTS = {
    fork: 'This is a pull request from a fork: GitHub gives such runs no secrets. Skip the step there: ' +
        '`if: github.event.pull_request.head.repo.full_name == github.repository`.',
    dependabot: 'Dependabot triggered this run: add the secret under Settings → Secrets and variables → Dependabot.',
    unknown: 'Check the spelling after `secrets.`, that the secret exists in this repository or environment, and that the job names ' +
        'its `environment`.',
};
function readDeviceKey(inputs, problems) {
    if (isBlank(inputs, 'device-key'))
        return undefined;
    const raw = inputs.input('device-key');
    const key = decodeKey(withoutWhiteSpace(raw));
    if (key === undefined)
        problems.refuse('device-key', raw, 'is not an Ed25519 key: it must be the base64 of 32 bytes');
    return key;
}

;// CONCATENATED MODULE: ./build/src/http/retry.js
function isSuccess(status) {
    return status >= 200 && status <= 299;
}
const UNAVAILABLE = [408, 502, 503, 504, 520, 521, 522, 523, 524, 530];
function isUnavailable(status) {
    return UNAVAILABLE.includes(status);
}
function isEffectUnknown(status) {
    return status >= 500;
}
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

;// CONCATENATED MODULE: ./build/src/http/transport.js
const FINAL = ['certificate', 'tls-refused', 'not-tls', 'proxy-refused', 'too-large'];
class TransportError extends Error {
    problem;
    host;
    code;
    detail;
    requestSent;
    constructor(problem, host, message, facts) {
        super(message, { cause: facts.cause });
        this.name = 'TransportError';
        this.problem = problem;
        this.host = host;
        this.code = facts.code;
        this.detail = facts.detail;
        this.requestSent = facts.requestSent;
    }
    get mayHaveArrived() {
        return this.requestSent;
    }
    get isTransient() {
        return !FINAL.includes(this.problem);
    }
}
const transport_LONGEST_URL = 300;
const KNOWN_TYPE = /^(application\/json|text\/html|text\/plain)\b/;
function loggedTransport(transport, now, debug) {
    return async (request) => {
        const start = now();
        const tell = (result) => debug(`${request.method} ${request.url.slice(0, transport_LONGEST_URL)}: ${result}, ${now() - start} ms`);
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
const MAX_TIMER_MS = 2 ** 31 - 1;
function startTimer(ms, callback) {
    const timer = setTimeout(callback, Math.min(ms, MAX_TIMER_MS));
    return () => clearTimeout(timer);
}

;// CONCATENATED MODULE: ./build/src/http/exchange.js


const MIN_DEADLINE_MS = 2_000;
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
    deadlineFor(wantedMs) {
        const leftMs = Math.min(wantedMs + Math.min(0, this.#remainingMs), this.#timeLeft());
        return Math.min(wantedMs, Math.max(MIN_DEADLINE_MS, leftMs));
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
    const { budget, clock } = ports;
    const earlier = new Map();
    const firstTryAt = clock.now();
    let [unanswered, answerLost] = [false, false];
    for (let tries = 1;; tries += 1) {
        const startedAt = clock.now();
        const result = await attempt({ ...request, deadlineMs: budget.deadlineFor(request.deadlineMs) }, ports.transport);
        const outcome = classify(result, read, clock.now());
        budget.spend(lostTime(result, outcome, clock.now() - startedAt));
        unanswered ||= 'error' in result && result.error.mayHaveArrived;
        answerLost ||= unanswered || ('response' in result && isEffectUnknown(result.response.status));
        const budgetMs = Math.min(budget.remainingMs, longestPause(repeatable, unanswered, firstTryAt, clock));
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
const PROMPT_MS = 1_000;
function lostTime(result, outcome, elapsedMs) {
    if ('error' in result)
        return elapsedMs;
    return outcome.kind === 'final' ? 0 : Math.max(0, elapsedMs - PROMPT_MS);
}
function longestPause(repeatable, unanswered, firstTryAt, clock) {
    if (repeatable === 'always')
        return Number.POSITIVE_INFINITY;
    if (repeatable === 'unless-lost')
        return unanswered ? 0 : Number.POSITIVE_INFINITY;
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
    if (isUnavailable(status))
        return { kind: 'unavailable', reason: `the server is not available (${status})` };
    return { kind: 'final' };
}

;// CONCATENATED MODULE: ./build/src/api/error.js

const MATRIX = {
    serverKind: 'Matrix homeserver',
    readError: (body) => ({ errcode: values_stringMember(body, 'errcode'), text: textMember(body, 'error') }),
    foreign: {
        code: 'not-a-homeserver',
        hint: 'Set `homeserver` to the server name (example.org, which is looked up) or to the base URL of the client API ' +
            '(often https://matrix.example.org). If a login page or a bot check stands in front of it, exempt /_matrix from it.',
    },
};
class AnswerError extends Error {
    problem;
    server;
    operation;
    dialect;
    answerLost;
    constructor(problem, request, answerLost) {
        super(`${request.operation.phrase}: ${problem.kind} (${problem.status})`);
        this.name = 'AnswerError';
        this.problem = problem;
        this.server = request.server;
        this.operation = request.operation;
        this.dialect = request.dialect ?? MATRIX;
        this.answerLost = answerLost;
    }
}
function error_malformed(what, request, { status = 200, answerLost = false } = {}) {
    return new AnswerError({ kind: 'malformed', status, what }, request, answerLost);
}
const ERRCODE = /^(?:[A-Z][A-Z0-9]{0,20}\.){0,5}[A-Z][A-Z0-9_]{1,60}$|^[a-z][a-z_]{1,40}$/;
function judge(response, dialect = MATRIX, retryAfterMs) {
    const { status } = response;
    const body = parseJsonObject(response.body);
    const { errcode: code, text } = dialect.readError(body ?? {});
    const errcode = code !== undefined && ERRCODE.test(code) ? code : undefined;
    if (status >= 300 && status < 400)
        return { kind: 'redirected', status, location: locationOf(response) };
    if (status === 429)
        return { kind: 'rate-limited', status, errcode, retryAfterMs };
    if (status >= 500 || status < 200)
        return { kind: 'server-error', status, errcode, text };
    if (body !== undefined)
        return status < 300 ? { ok: body } : { kind: 'refused', status, errcode, text, body };
    if (isWebPage(response) || status === 404)
        return { kind: 'foreign', status, evidence: evidence(response) };
    if (status < 300)
        return { kind: 'malformed', status, what: 'its body is not a JSON object' };
    return { kind: 'refused', status, errcode: undefined, text: new values_ServerText(excerpt(response)), body: {} };
}
function describeRefusal({ problem, server, operation }, verb = 'refused') {
    const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${problem.errcode}` : '';
    const text = 'text' in problem && problem.text !== undefined ? String(problem.text) : '';
    return `${server} ${verb} to ${operation.phrase}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`;
}
function error_isRefusedWith(error, status, errcode) {
    if (!(error instanceof AnswerError) || error.problem.kind !== 'refused')
        return false;
    return ((status === undefined || error.problem.status === status) &&
        (errcode === undefined || error.problem.errcode === errcode));
}
function isUnrecognized(error) {
    return error_isRefusedWith(error, 404, 'M_UNRECOGNIZED');
}
function locationOf({ headers }) {
    return headers.location === undefined ? undefined : new values_ServerText(headers.location.split(/[?#]/)[0] ?? '');
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
    return new values_ServerText(parts.filter((part) => part !== '').join(', '));
}
function excerpt(response) {
    return new TextDecoder().decode(response.body.subarray(0, 4096));
}

;// CONCATENATED MODULE: ./build/src/api/call.js





const REQUEST_DEADLINE_MS = 30_000;
async function call(request, ports) {
    const { dialect = MATRIX, operation, server } = request;
    const { response, answerLost, retryAfterMs } = await exchange(httpRequest(request), ports, (answer) => hints(answer, request), request.repeatable);
    if (request.mayBeEmpty === true && response.status === 200 && response.body.length === 0)
        return {};
    const judged = judge(response, dialect, retryAfterMs);
    if ('ok' in judged)
        return takeTokens(judged.ok, dialect, ports.mask);
    const lost = answerLost || judged.kind === 'malformed' || judged.kind === 'server-error';
    throw new AnswerError(judged, { operation, server, dialect }, lost);
}
const TOKEN_MEMBER = /(?:^|_)token$|^device_code$/;
const call_MAX_DEPTH = 8;
function takeTokens(answer, dialect, mask, depth = 0) {
    const inside = (value) => {
        if (depth >= call_MAX_DEPTH)
            return value;
        if (Array.isArray(value))
            return value.map(inside);
        return values_isJsonObject(value) ? takeTokens(value, dialect, mask, depth + 1) : value;
    };
    const isTokenMember = (name) => TOKEN_MEMBER.test(name) || dialect.tokenMembers?.includes(name) === true;
    const members = Object.entries(answer).map(([name, value]) => [name, isTokenMember(name) ? takeToken(value, mask) : inside(value)]);
    return Object.fromEntries(members);
}
function takeToken(value, mask) {
    if (value === null || value === undefined)
        return undefined;
    if (typeof value !== 'string' || !isTokenForm(value))
        return INVALID;
    mask(value);
    return new secret_Secret(value);
}
const INVALID = Symbol('not a token in form');
function hasInvalidToken(answer, name) {
    return answer[name] === INVALID;
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
    const repeatOnce = request.isTransientRefusal?.(response);
    return {
        ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
        ...(repeatOnce === undefined ? {} : { repeatOnce }),
    };
}
function bodyRetryAfter(response) {
    const value = parseJsonObject(response.body)?.retry_after_ms;
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined;
}

;// CONCATENATED MODULE: ./build/src/matrix/client.js



const QUESTION_DEADLINE_MS = 10_000;
const LIST_FLOWS = { phrase: 'say which logins it offers' };
const EXPLAIN = { phrase: 'explain itself' };
class MatrixClient {
    baseUrl;
    ports;
    constructor(baseUrl, ports) {
        this.baseUrl = baseUrl;
        this.ports = ports;
    }
    withPorts(ports) {
        return new MatrixClient(this.baseUrl, ports);
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
        const answer = await this.askOnce('/_matrix/client/versions');
        const versions = answer?.versions;
        return Array.isArray(versions) ? versions.filter((version) => typeof version === 'string') : undefined;
    }
    async fetchLoginFlows() {
        try {
            const flows = flowTypes(await this.send({ operation: LIST_FLOWS, method: 'GET', path: '/login' }));
            if (flows !== undefined)
                return flows;
            throw error_malformed('it has no flows', { server: this.baseUrl, operation: LIST_FLOWS });
        }
        catch (error) {
            if (isUnrecognized(error))
                return undefined;
            throw error;
        }
    }
    async loginFlows() {
        const current = await this.askOnce('/_matrix/client/v3/login');
        if (current !== undefined)
            return flowTypes(current);
        const old = (await this.#isBeforeV1()) ? await this.askOnce('/_matrix/client/r0/login') : undefined;
        return old === undefined ? undefined : flowTypes(old);
    }
    async hasOAuth() {
        const answer = await this.askOnce('/_matrix/client/v1/auth_metadata');
        return answer !== undefined && values_stringMember(answer, 'issuer') !== undefined;
    }
    async askOnce(path) {
        try {
            const request = this.#callTo('v3', { operation: EXPLAIN, method: 'GET', path });
            const deadlineMs = this.ports.budget.deadlineFor(QUESTION_DEADLINE_MS);
            const judged = judge(await this.ports.transport(httpRequest(request, deadlineMs)));
            return 'ok' in judged ? judged.ok : undefined;
        }
        catch {
            return undefined;
        }
    }
}
function flowTypes({ flows }) {
    if (!Array.isArray(flows))
        return undefined;
    return flows
        .map((flow) => (values_isJsonObject(flow) ? values_stringMember(flow, 'type') : undefined))
        .filter((type) => type !== undefined);
}

;// CONCATENATED MODULE: ./build/src/matrix/discovery.js






const MOST_REDIRECTS = 5;
const FIND_API = { phrase: 'say where its client API is (.well-known/matrix/client)' };
function insecureDiscovery(source, named) {
    return new failures_Failure('insecure-url', `${source} names an address without TLS: ${named}.`, 'Correct it on the server, or give the https:// address of the client API as `homeserver`.');
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
    const judged = judge(response, MATRIX, retryAfterMs);
    if ('kind' in judged && (judged.kind === 'rate-limited' || judged.kind === 'server-error')) {
        throw new AnswerError(judged, { server: serverOf(serverName), operation: FIND_API }, false);
    }
    throw notUsable(serverName, response, `status ${status}`);
}
function readBaseUrl(serverName, response, allowHttp) {
    const judged = judge(response);
    if (!('ok' in judged)) {
        const evidence = judged.kind === 'foreign' ? `no JSON (${judged.evidence})` : 'no JSON object';
        throw notUsable(serverName, response, evidence);
    }
    const baseUrl = baseUrlMember(judged.ok);
    if (baseUrl === undefined)
        throw notUsable(serverName, response, 'no m.homeserver.base_url');
    const parsed = parseBaseUrl(baseUrl);
    if ('problem' in parsed)
        throw notUsable(serverName, response, `a base_url that ${parsed.problem}`);
    if (parsed.url.protocol === 'http:' && !allowHttp) {
        const source = `${serverOf(serverName)}/.well-known/matrix/client`;
        throw insecureDiscovery(source, new values_ServerText(baseUrlText(parsed.url)));
    }
    return baseUrlText(parsed.url);
}
function baseUrlMember(file) {
    const homeserver = file['m.homeserver'];
    const baseUrl = values_isJsonObject(homeserver) ? homeserver.base_url : undefined;
    return typeof baseUrl === 'string' ? baseUrl : undefined;
}
function notUsable(serverName, response, evidence) {
    const problem = { kind: 'foreign', status: response.status, evidence: new values_ServerText(evidence) };
    return new AnswerError(problem, { server: serverOf(serverName), operation: FIND_API }, false);
}
function serverOf(serverName) {
    return `https://${serverName.hostname}`;
}

;// CONCATENATED MODULE: ./build/src/session/connect.js



const FOUND = { input: '', 'well-known': ' (found through .well-known)', 'server-name': ' (no .well-known there)' };
async function connect(ports, { homeserver, maxWaitMs, allowHttp }, api = withWaitBudget(ports, maxWaitMs)) {
    const { baseUrl, from } = await discover(homeserver, api, allowHttp);
    ports.log.info(`Homeserver: ${baseUrl}${FOUND[from]}`);
    return new MatrixClient(baseUrl, api);
}
function withWaitBudget({ transport, clock, random, log, masks }, maxWaitMs, timeLeft) {
    return {
        transport,
        clock,
        random: random.fraction,
        budget: new WaitBudget(maxWaitMs, timeLeft),
        onRetry: (reason, waitMs) => log.info(`Trying again in ${(waitMs / 1000).toFixed(1)} s: ${reason}.`),
        mask: (secret) => masks.mask(secret),
    };
}
function withinTime(api, totalMs) {
    const { transport, clock } = api;
    const end = clock.now() + totalMs;
    return {
        ...api,
        transport: (request) => transport({ ...request, deadlineMs: Math.max(1, Math.min(request.deadlineMs, end - clock.now())) }),
    };
}
function withDeadline(ports, totalMs) {
    const deadline = ports.clock.now() + totalMs;
    return withWaitBudget(ports, totalMs, () => deadline - ports.clock.now());
}

;// CONCATENATED MODULE: ./build/src/matrix/account.js



const WHOAMI = { phrase: 'say whose token it is' };
const LOG_OUT = { phrase: 'log out' };
const LIST_DEVICES = { phrase: 'list the devices' };
async function whoami(client, accessToken) {
    const answer = await client.send({ operation: WHOAMI, method: 'GET', path: '/account/whoami', accessToken });
    const userId = values_stringMember(answer, 'user_id');
    const deviceId = values_stringMember(answer, 'device_id');
    if (userId === undefined || !isUserId(userId)) {
        throw error_malformed('it has no usable user_id', { server: client.baseUrl, operation: WHOAMI });
    }
    const device = deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId: new values_ServerText(deviceId) };
    return { userId: new values_ServerText(userId), ...device };
}
async function logout(client, accessToken) {
    try {
        await client.send({ operation: LOG_OUT, method: 'POST', path: '/logout', body: {}, accessToken });
        return 'ended';
    }
    catch (error) {
        if (!isUnknownToken(error))
            throw error;
        if (/^m[ap]t_/.test(accessToken.reveal()) && (await isTokenActive(client, accessToken)))
            throw error;
        return 'was-over';
    }
}
async function isTokenActive(client, accessToken) {
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
    return isRefusedWith(error, 401, 'M_UNKNOWN_TOKEN');
}
async function listDevices(client, accessToken) {
    const answer = await client.send({ operation: LIST_DEVICES, method: 'GET', path: '/devices', accessToken });
    const devices = answer['devices'];
    if (!Array.isArray(devices)) {
        throw malformed('it has no list of devices', { server: client.baseUrl, operation: LIST_DEVICES });
    }
    return devices.map(readDevice).filter((device) => device !== undefined);
}
function readDevice(device) {
    if (!isJsonObject(device))
        return undefined;
    const [deviceId, displayName] = [stringMember(device, 'device_id'), stringMember(device, 'display_name')];
    const lastSeenAt = device['last_seen_ts'];
    if (deviceId === undefined || deviceId === '')
        return undefined;
    return {
        deviceId: new ServerText(deviceId),
        ...(displayName === undefined ? {} : { displayName: new ServerText(displayName) }),
        ...(typeof lastSeenAt === 'number' && lastSeenAt > 0 ? { lastSeenAt } : {}),
    };
}

;// CONCATENATED MODULE: ./build/src/matrix/refusals.js


function refusal(error, word, hint) {
    return new failures_Failure(word, describeRefusal(error), hint, { cause: error });
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
    return word === undefined ? undefined : refusal(error, word);
}
function deviceLimit(text) {
    return text !== undefined && /device limit/i.test(text.raw) ? 'device-limit' : undefined;
}
function refusedNewToken(error) {
    if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403))
        return undefined;
    const hint = 'The server issued this token a moment ago and rejects it. Its log or its administrator can tell why.';
    return accountFailure(error) ?? refusal(error, 'token-invalid', hint);
}
function refusedToken(error, input, hint) {
    if (!error_isRefusedWith(error, 401) && !error_isRefusedWith(error, 403))
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    const message = `${describeRefusal(error)} It was given as \`${input}\`.`;
    return new failures_Failure('token-invalid', message, hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/verification/keys-api.js





const QUERY_KEYS = { phrase: 'show the encryption keys of the account' };
const STORE_SIGNATURE = { phrase: 'store the signature' };
const STORE_IDENTITY = { phrase: 'store the cross-signing identity' };
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
            operation: QUERY_KEYS,
            method: 'POST',
            path: '/keys/query',
            body,
        });
    }
    async uploadSignature(userId, deviceId, signed) {
        const path = '/keys/signatures/upload';
        const body = { [userId]: { [deviceId]: signed } };
        const answer = await this.#send({ operation: STORE_SIGNATURE, method: 'POST', path, body });
        const users = Object.values(members_objectMember(answer, 'failures') ?? {});
        return users.flatMap((user) => (values_isJsonObject(user) ? Object.values(user) : [user])).map(describeFailure);
    }
    async accountData(userId, type) {
        try {
            return await this.#send({
                operation: { phrase: `show ${type}` },
                method: 'GET',
                path: accountDataPath(userId, type),
            });
        }
        catch (error) {
            if (error_isRefusedWith(error, 404, 'M_NOT_FOUND'))
                return undefined;
            throw error;
        }
    }
    async setAccountData(userId, type, content) {
        const path = accountDataPath(userId, type);
        await this.#send({ operation: { phrase: `store ${type}` }, method: 'PUT', path, body: content });
    }
    async uploadIdentity(body) {
        const path = '/keys/device_signing/upload';
        await this.#send({ operation: STORE_IDENTITY, method: 'POST', path, body });
    }
    #send(request) {
        return this.#explained(() => this.client.send({ ...request, accessToken: this.#accessToken }));
    }
    async #explained(send) {
        try {
            return await send();
        }
        catch (error) {
            throw (error instanceof AnswerError ? refusedAccess(error) : undefined) ?? error;
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
function describeFailure(failure) {
    if (!values_isJsonObject(failure))
        return 'no reason given';
    const { status } = failure;
    const text = members_textMember(failure, 'error') ?? members_textMember(failure, 'message');
    const parts = [
        typeof status === 'number' ? String(status) : '',
        members_textMember(failure, 'errcode') ?? '',
        text === undefined ? '' : `“${text}”`,
    ];
    return String(new values_ServerText(parts.filter((part) => part !== '').join(' '))) || 'no reason given';
}

;// CONCATENATED MODULE: ./build/src/verification/signing.js




const signing_MAX_DEPTH = 64;
class CanonicalJsonError extends Error {
}
function canonicalJson(value, depth = 0) {
    if (depth > signing_MAX_DEPTH)
        throw new CanonicalJsonError('too many levels');
    if (typeof value === 'string')
        return canonicalString(value);
    if (typeof value === 'number')
        return canonicalNumber(value);
    if (typeof value === 'boolean' || value === null)
        return String(value);
    if (Array.isArray(value))
        return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
    if (!values_isJsonObject(value))
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
    return keys_encodeUnpadded((0,external_node_crypto_namespaceObject.sign)(null, signedBytes(object), privateKeyOf(seed)));
}
function signatureIn(object, userId, keyId) {
    return members_textMember(members_objectMember(members_objectMember(object, 'signatures'), userId), keyId);
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
        device: members_objectMember(members_objectMember(members_objectMember(answer, 'device_keys'), userId), deviceId),
        master: members_objectMember(members_objectMember(answer, 'master_keys'), userId),
        selfSigning: members_objectMember(members_objectMember(answer, 'self_signing_keys'), userId),
        userSigning: members_objectMember(members_objectMember(answer, 'user_signing_keys'), userId),
    };
}
function crossSigningKeyIn(object, userId, usage) {
    if (members_textMember(object, 'user_id') !== userId || listMember(object, 'usage')?.includes(usage) !== true)
        return undefined;
    const [entry, ...others] = Object.entries(members_objectMember(object, 'keys') ?? {});
    if (entry === undefined || others.length > 0)
        return undefined;
    const [keyId, value] = entry;
    const publicKey = typeof value === 'string' ? decodeKey(value) : undefined;
    if (publicKey === undefined || value !== keys_encodeUnpadded(publicKey))
        return undefined;
    return keyId === keyIdOf(publicKey) ? publicKey : undefined;
}
function keyIdOf(publicKey) {
    return `ed25519:${keys_encodeUnpadded(publicKey)}`;
}
function checkDevice(shown, subject) {
    const { device } = shown;
    const { userId, deviceId, expectedKey } = subject;
    const name = new values_ServerText(deviceId);
    if (device === undefined)
        return new failures_Failure('no-device-keys', `The device ${name} of ${new values_ServerText(userId)} has no encryption keys.`);
    const keyId = `ed25519:${deviceId}`;
    const publicKey = decodeKey(members_textMember(members_objectMember(device, 'keys'), keyId) ?? '');
    if (publicKey === undefined)
        return mismatch(`The server shows no usable Ed25519 key of the device ${name}.`);
    if (members_textMember(device, 'user_id') !== userId || members_textMember(device, 'device_id') !== deviceId) {
        return mismatch(`The keys that the server shows for the device ${name} belong to another device or user.`);
    }
    if (!isSignedBy(device, userId, keyId, publicKey)) {
        return mismatch(`The keys of the device ${name} are not signed by the device itself.`);
    }
    if (isIdentityKey(shown, userId, [publicKey, decodeKey(deviceId)])) {
        return mismatch(`The device ${name} has a key of the account's cross-signing identity as its ID or key.`);
    }
    if (expectedKey !== undefined && !publicKey.equals(expectedKey)) {
        return mismatch(`The device ${name} does not have the key of \`device-key\`: it has ${keys_encodeUnpadded(publicKey)}.`);
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
    return new failures_Failure('not-cross-signed', `The account ${new values_ServerText(userId)} has no cross-signing identity.`);
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
    return new failures_Failure('identity-mismatch', `The cross-signing identity of ${new values_ServerText(userId)} does not match. ${what}`);
}
function decideSigning(shown, subject, seeds) {
    const publicKey = checkDevice(shown, subject);
    if (publicKey instanceof failures_Failure)
        return publicKey;
    const selfSigning = checkIdentity(shown, subject.userId, seeds);
    if (selfSigning instanceof failures_Failure)
        return selfSigning;
    const { device = {} } = shown;
    const { userId } = subject;
    const deviceKey = keys_encodeUnpadded(publicKey);
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
    const iv = members_textMember(description, 'iv');
    const mac = members_textMember(description, 'mac');
    if (iv === undefined || mac === undefined)
        return 'unknown';
    const ivBytes = decodeBase64(iv);
    if (ivBytes?.length !== IV_BYTES)
        return 'does-not-fit';
    const { aes, hmac } = deriveKeys(storageKey, CHECK_NAME);
    return isMac(mac, authenticate(hmac, counterMode(aes, ivBytes, CHECK_PLAINTEXT))) ? 'fits' : 'does-not-fit';
}
function decryptSecret(storageKey, name, encrypted) {
    const iv = decodeBase64(members_textMember(encrypted, 'iv') ?? '');
    const ciphertext = decodeBase64(members_textMember(encrypted, 'ciphertext') ?? '');
    const mac = members_textMember(encrypted, 'mac');
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
    const keyId = members_textMember(await api.accountData(userId, DEFAULT_KEY), 'key') ?? '';
    const description = keyId === '' ? undefined : await api.accountData(userId, keyType(keyId));
    const algorithm = members_textMember(description, 'algorithm');
    if (description === undefined || algorithm === undefined) {
        throw new failures_Failure('not-cross-signed', `The account ${new values_ServerText(userId)} has no secret storage.`, SET_UP);
    }
    if (algorithm !== ALGORITHM) {
        throw new failures_Failure('not-cross-signed', `The secret storage of ${new values_ServerText(userId)} uses an algorithm that is not supported.`, SET_UP);
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
    const parameters = readPassphraseParameters(members_objectMember(description, 'passphrase'));
    if (!('problem' in parameters))
        return deriveFromPassphrase(secret.passphrase.reveal(), parameters);
    const message = `\`recovery-passphrase\` cannot be used: the account's secret storage ${parameters.problem}.`;
    throw new failures_Failure('wrong-recovery-key', message, 'Set `recovery-key` to the recovery key of the account instead.');
}
function wrongKey(secret, userId) {
    const message = `\`${secret.kind}\` does not open the secret storage of ${new values_ServerText(userId)}.`;
    return new failures_Failure('wrong-recovery-key', message);
}
async function open_storage_readSecret(api, masks, userId, { keyId, storageKey }, name) {
    const encrypted = members_objectMember(members_objectMember(await api.accountData(userId, name), 'encrypted'), keyId);
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
            return new failures_Failure('not-cross-signed', `The secret storage of ${new values_ServerText(userId)} does not hold ${name}.`, SET_UP);
        case 'malformed':
            return new failures_Failure('not-cross-signed', `${name} in the secret storage of ${new values_ServerText(userId)} is malformed.`, SET_UP);
        case 'other-key':
            return new failures_Failure('wrong-recovery-key', `The key does not open ${name} in the secret storage of ${new values_ServerText(userId)}.`);
        case 'not-a-key':
            return new failures_Failure('identity-mismatch', `${name} in the secret storage of ${new values_ServerText(userId)} is not a private key.`);
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
        ports.log.info(`The device ${new values_ServerText(deviceId)} is already verified.`);
    }
    else {
        await upload(ports.api, subject, decision);
        verify_device_confirm(decideSigning(await queryKeys(ports.api, subject), subject, seeds), decision.deviceKey, deviceId);
        ports.log.info(`The device ${new values_ServerText(deviceId)} is now verified.`);
    }
    return { userId, deviceId, deviceKey: decision.deviceKey };
}
function orThrow(result) {
    if (result instanceof failures_Failure)
        throw result;
    return result;
}
async function findSubject(api, { user, expectedKey }) {
    const owner = await api.owner();
    const userId = owner.userId.raw;
    const deviceId = owner.deviceId?.raw;
    if (user !== undefined && !isSameUser(user, userId)) {
        throw new failures_Failure('wrong-user', `The access token belongs to ${new values_ServerText(userId)}, not to ${describeUser(user)}.`);
    }
    if (deviceId === undefined) {
        const hint = 'Use the token of a session with a device: a login by password has one, an admin token of Synapse has not.';
        throw new failures_Failure('no-device-keys', `The access token of ${new values_ServerText(userId)} has no device.`, hint);
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
            const name = new values_ServerText(subject.deviceId);
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
    const name = `${new values_ServerText(deviceId)}`;
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
    if (error instanceof AnswerError)
        return explainAnswer(error, now);
    return explainBug(error);
}
function withHints(error, hintsFor, now) {
    const { word, message, hint } = explain(error, now);
    const more = hintsFor(word);
    if (more.length === 0)
        return error;
    return new Failure(word, message, [hint, ...more].filter((text) => text !== '').join(' '), { cause: error });
}
function explainNoAnswer({ cause, tries }) {
    const word = wordFor(cause);
    const times = tries === 1 ? '' : `, after ${tries} tries`;
    const message = `No complete answer from ${new values_ServerText(cause.host)}: ${cause.message}${times}.`;
    return { word, message, hint: hintFor(cause) };
}
function wordFor({ problem }) {
    if (problem === 'certificate' || problem === 'tls-refused' || problem === 'not-tls')
        return 'tls';
    return problem === 'too-large' ? 'server-error' : 'unreachable';
}
function hintFor({ problem, host, detail }) {
    if (detail !== undefined)
        return TLS_HINTS[detail];
    switch (problem) {
        case 'dns':
            return `Check the spelling of ${new values_ServerText(host)}. For a server that only its own network knows, use a self-hosted runner there.`;
        case 'proxy':
            return 'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the job, and whether the proxy may connect to that host.';
        case 'proxy-refused':
            return 'Check user and password in HTTPS_PROXY or HTTP_PROXY of the job, and whether the proxy allows this host.';
        case 'certificate':
            return FAILURES.tls.remedy;
        case 'tls-refused':
            return 'The log of the server, or of the proxy in front of it, says why it ended the TLS handshake.';
        case 'not-tls':
            return 'Is this the port that speaks TLS? A client API on this machine without TLS is, for example, http://localhost:8008.';
        case 'too-large':
            return FAILURES['server-error'].remedy;
        default:
            return FAILURES.unreachable.remedy;
    }
}
const TLS_HINTS = {
    expired: 'Renew the certificate on the server. If it is new, reload the server, and check the clock of the runner.',
    'not-yet-valid': 'Check the clock of the runner, and the start date of the certificate on the server.',
    'wrong-name': 'Check the spelling of the address. The certificate on the server must contain exactly this name.',
    'unknown-authority': 'Install the complete certificate chain on the server; for a private authority set NODE_EXTRA_CA_CERTS.',
    'client-certificate': 'This action has no client certificate. Exempt /_matrix from that check on the server.',
    'protocol-version': 'Enable TLS 1.2 or TLS 1.3 on the server.',
    'no-common-cipher': 'Enable a current cipher suite and key type on the server (TLS 1.2 or TLS 1.3).',
    'unknown-name': 'Check the spelling of the address. The server has no certificate for this name.',
};
function explainAnswer(error, now) {
    const word = wordOf(error);
    const { message, hint } = describeAnswer(error, now);
    return { word, message, hint: hint ?? FAILURES[word].remedy };
}
const WORDS = {
    refused: 'denied',
    'rate-limited': 'rate-limited',
    'server-error': 'server-error',
    redirected: 'redirected',
    foreign: 'server-error',
    malformed: 'server-error',
};
function wordOf({ problem, dialect }) {
    return problem.kind === 'foreign' ? (dialect.foreign?.code ?? WORDS.foreign) : WORDS[problem.kind];
}
function describeAnswer(error, now) {
    const { problem, server, operation, dialect } = error;
    switch (problem.kind) {
        case 'rate-limited':
            return { message: `${describeRefusal(error)} ${retryTime(problem.retryAfterMs, now)}` };
        case 'server-error':
            return { message: describeRefusal(error, 'failed') };
        case 'redirected': {
            const target = problem.location ?? 'an unnamed address';
            const message = `${server} was asked to ${operation.phrase} and answered ${problem.status}, a redirect to ${target}. It was not followed: it would pass the credential on.`;
            return { message };
        }
        case 'foreign': {
            const message = `${server} is not a ${dialect.serverKind}: asked to ${operation.phrase}, it said ${problem.status}, ${problem.evidence}.`;
            return dialect.foreign === undefined ? { message } : { message, hint: dialect.foreign.hint };
        }
        case 'malformed':
            return { message: `${server} said ${problem.status} when asked to ${operation.phrase}, but ${problem.what}.` };
        case 'refused':
            return { message: describeRefusal(error) };
    }
}
function retryTime(retryAfterMs, now) {
    if (retryAfterMs === undefined)
        return 'It did not say when to try again.';
    const at = new Date(now + retryAfterMs);
    if (Number.isNaN(at.getTime()))
        return 'The requested delay is out of range.';
    return `A retry can work from ${at.toISOString()} on (in ${Math.ceil(retryAfterMs / 1000)} s).`;
}
function explainBug(error) {
    const name = error instanceof Error ? error.name : typeof error;
    const frame = error instanceof Error ? /\n\s*at ([^\n]*)/.exec(error.stack ?? '')?.[1] : undefined;
    const where = frame === undefined ? '' : ` at ${new values_ServerText(frame)}`;
    return {
        word: 'internal',
        message: `This is a bug in the action: ${name}${where}.`,
        hint: `Please report it at ${ISSUES_URL}, without any token or password.`,
    };
}

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
;// CONCATENATED MODULE: external "node:https"
const external_node_https_namespaceObject = require("node:https");
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
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = require("node:net");
;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = require("node:tls");
;// CONCATENATED MODULE: ./build/src/http/connection.js




class ProxyError extends Error {
    status;
    code;
    constructor(status, code, options) {
        super('the proxy did not connect', options);
        this.name = 'ProxyError';
        this.status = status;
        this.code = code;
    }
}
class Connection {
    #url;
    #proxy;
    #opened = [];
    #isOpen = false;
    #isNegotiated = false;
    constructor(url, proxy) {
        this.#url = url;
        this.#proxy = proxy;
    }
    get isOpen() {
        return this.#isOpen;
    }
    get isNegotiated() {
        return this.#isNegotiated;
    }
    async start() {
        const tunnel = this.#proxy === undefined ? undefined : await this.#openTunnel(this.#proxy);
        if (this.#url.protocol === 'https:')
            return this.#startTls(tunnel);
        if (tunnel !== undefined) {
            this.#isOpen = true;
            return tunnel;
        }
        const socket = this.#keep((0,external_node_net_namespaceObject.connect)({ host: this.#host, port: this.#port }));
        return socket.once('connect', () => {
            this.#isOpen = true;
        });
    }
    close() {
        for (const opened of this.#opened)
            opened.destroy();
    }
    get #host() {
        return this.#url.hostname.replace(/^\[(.*)\]$/, '$1');
    }
    get #port() {
        const { port, protocol } = this.#url;
        return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
    }
    #startTls(tunnel) {
        const carrier = tunnel === undefined ? { port: this.#port } : { socket: tunnel };
        const socket = this.#keep((0,external_node_tls_namespaceObject.connect)({ ...carrier, ...tlsOptions(this.#host), ALPNProtocols: ['http/1.1'] }));
        socket.once('keylog', () => {
            this.#isNegotiated = true;
        });
        return socket.once('secureConnect', () => {
            this.#isOpen = true;
        });
    }
    #openTunnel(proxy) {
        const { host, port, authorization } = proxy;
        const target = `${this.#url.hostname}:${this.#port}`;
        const headers = { host: target, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
        const options = { method: 'CONNECT', port, path: target, headers, agent: false };
        const request = this.#keep(proxy.secure ? external_node_https_namespaceObject.request({ ...options, ...tlsOptions(host) }) : external_node_http_namespaceObject.request({ ...options, host }));
        return new Promise((resolve, reject) => {
            request.once('connect', ({ statusCode = 0 }, socket, head) => {
                this.#keep(socket);
                if (statusCode < 200 || statusCode > 299)
                    return reject(new ProxyError(statusCode));
                if (head.length > 0)
                    socket.unshift(head);
                resolve(socket);
            });
            request.on('error', (cause) => reject(new ProxyError(undefined, cause.code, { cause })));
            request.end();
        });
    }
    #keep(opened) {
        this.#opened.push(opened);
        return opened;
    }
}
function tlsOptions(host) {
    const servername = (0,external_node_net_namespaceObject.isIP)(host) === 0 ? { servername: host.replace(/\.$/, '') } : {};
    return { host, ...servername, rejectUnauthorized: true };
}

;// CONCATENATED MODULE: ./build/src/http/network-errors.js



const DNS_CODES = ['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'ENODATA'];
const UNREACHED_CODES = ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'EACCES', 'EPERM'];
const RESET_CODES = ['ECONNRESET', 'EPIPE', 'ECONNABORTED'];
const TIMEOUT_CODES = ['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'ERR_SOCKET_CONNECTION_TIMEOUT'];
function classifyNetworkError(error, host, facts) {
    const sent = { requestSent: facts.isOpen, cause: error };
    if (facts.deadlinePassed)
        return new TransportError('timeout', host, timeoutText(facts), sent);
    if (error instanceof ProxyError)
        return proxyError(error, host);
    const { code, message } = firstError(error);
    const tls = readTlsFailure(code ?? '', message, facts.isNegotiated);
    if (tls !== undefined) {
        const requestSent = facts.isOpen && tls.detail !== 'client-certificate';
        return new TransportError(tls.problem, host, describeTls(tls.problem, tls.detail, code), {
            ...sent,
            ...tls,
            code,
            requestSent,
        });
    }
    const problem = problemOf(code ?? '', message);
    return new TransportError(problem, host, describe(problem, code, facts), { ...sent, code });
}
function proxyError(error, host) {
    const { status, code } = error;
    const refuses = status === undefined ? readTlsFailure(code ?? '', '', false) !== undefined : isFinal(status);
    const reason = status === undefined ? (code ?? 'no answer') : `statusCode=${status}`;
    const facts = { requestSent: false, code, cause: error };
    return new TransportError(refuses ? 'proxy-refused' : 'proxy', host, `the proxy did not connect (${reason})`, facts);
}
function isFinal(status) {
    return status < 500 && status !== 429 && !isUnavailable(status);
}
function firstError(error) {
    if (typeof error !== 'object' || error === null)
        return { code: undefined, message: String(error) };
    if ('errors' in error && Array.isArray(error.errors) && error.errors.length > 0)
        return firstError(error.errors[0]);
    const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
    return { code, message: 'message' in error ? String(error.message) : '' };
}
function problemOf(code, message) {
    if (DNS_CODES.includes(code))
        return 'dns';
    if (UNREACHED_CODES.includes(code))
        return 'refused';
    if (TIMEOUT_CODES.includes(code))
        return 'timeout';
    if (code === 'ECONNRESET' && message === 'aborted')
        return 'truncated';
    return RESET_CODES.includes(code) ? 'reset' : 'other';
}
function describe(problem, code, facts) {
    switch (problem) {
        case 'dns':
            return `the name cannot be resolved (${code})`;
        case 'refused':
            return `no connection (${code})`;
        case 'reset':
            return facts.isOpen
                ? `the connection was cut before an answer (${code})`
                : `the connection was cut before it was ready, nothing was sent (${code})`;
        case 'timeout':
            return timeoutText(facts);
        case 'truncated':
            return 'the connection was cut in the middle of the answer';
        default:
            return code ?? 'the exchange failed';
    }
}
function timeoutText({ isOpen }) {
    return isOpen ? 'no complete answer in time' : 'no connection in time, nothing was sent';
}
const TLS_TEXTS = {
    expired: 'the certificate has expired',
    'not-yet-valid': 'the certificate is not valid yet',
    'wrong-name': 'the certificate is for another name',
    'unknown-authority': 'the authority of the certificate is not known',
    'client-certificate': 'the server requires a client certificate',
    'protocol-version': 'no TLS version in common',
    'no-common-cipher': 'no TLS cipher in common',
    'unknown-name': 'the server does not know this name',
};
function describeTls(problem, detail, code) {
    if (problem === 'not-tls')
        return `no TLS at that port (${code})`;
    if (detail !== undefined)
        return `${TLS_TEXTS[detail]} (${code})`;
    return problem === 'certificate' ? `the certificate is not accepted (${code})` : `the TLS handshake failed (${code})`;
}
const CERTIFICATE_CODE = /^(UNABLE_TO_|CERT_|CRL_|SELF_SIGNED_CERT|DEPTH_ZERO_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH|ERROR_IN_C|ERR_TLS_CERT|UNSPECIFIED$)/;
const CERTIFICATE_DETAILS = [
    [/^CERT_HAS_EXPIRED$/, 'expired'],
    [/^CERT_NOT_YET_VALID$/, 'not-yet-valid'],
    [/ALTNAME_INVALID$|^HOSTNAME_MISMATCH$/, 'wrong-name'],
    [/^UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|SELF_SIGNED_CERT|^CERT_UNTRUSTED$|^INVALID_CA$/, 'unknown-authority'],
];
const NOT_TLS = /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNKNOWN_PROTOCOL|HTTP_REQUEST|BAD_RECORD_TYPE|RECORD_TOO_SMALL/;
const ALERTS = {
    40: 'no-common-cipher',
    42: 'client-certificate',
    43: 'client-certificate',
    44: 'client-certificate',
    45: 'client-certificate',
    46: 'client-certificate',
    48: 'client-certificate',
    49: 'client-certificate',
    70: 'protocol-version',
    71: 'no-common-cipher',
    86: 'protocol-version',
    112: 'unknown-name',
    116: 'client-certificate',
};
const LOCAL_DETAILS = [
    [/UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|VERSION_TOO_LOW|UNSUPPORTED_SSL_VERSION/, 'protocol-version'],
    [
        /CIPHER|KEY_TOO_SMALL|SIGALG|SIGNATURE_TYPE|SIGNATURE_ALGORITHM|WRONG_CURVE|LEGACY_RENEGOTIATION/,
        'no-common-cipher',
    ],
];
function readTlsFailure(code, message, isNegotiated) {
    if (CERTIFICATE_CODE.test(code))
        return { problem: 'certificate', detail: firstMatch(CERTIFICATE_DETAILS, code) };
    if (code !== 'EPROTO' && !code.startsWith('ERR_SSL_'))
        return undefined;
    const text = `${code} ${message.toUpperCase().replaceAll(' ', '_')}`;
    const [, alert] = /SSL_ALERT_NUMBER_(\d+)/.exec(text) ?? [];
    if (alert !== undefined)
        return { problem: 'tls-refused', detail: detailOf(alert, isNegotiated) };
    if (NOT_TLS.test(text))
        return { problem: 'not-tls', detail: undefined };
    return { problem: 'tls-refused', detail: firstMatch(LOCAL_DETAILS, text) };
}
function detailOf(alert, isNegotiated) {
    return alert === '40' && isNegotiated ? 'client-certificate' : ALERTS[alert];
}
function firstMatch(table, text) {
    return table.find(([pattern]) => pattern.test(text))?.[1];
}

;// CONCATENATED MODULE: ./build/src/http/proxy.js


function proxyFor(url, environment) {
    const names = url.protocol === 'https:' ? ['https_proxy', 'HTTPS_PROXY'] : ['http_proxy', 'HTTP_PROXY'];
    const variable = firstSet(names, environment);
    if (variable === undefined)
        return undefined;
    if (isBypassed(url, firstSet(['no_proxy', 'NO_PROXY'], environment)?.value ?? ''))
        return undefined;
    const proxy = parseProxy(variable.value);
    if (proxy !== undefined)
        return proxy;
    throw new failures_Failure('invalid-input', `${variable.name} is not the address of an HTTP proxy.`, UNREADABLE_HINT);
}
function firstSet(names, environment) {
    return names.map((name) => ({ name, value: (environment(name) ?? '').trim() })).find(({ value }) => value !== '');
}
const UNREADABLE_HINT = 'Write it as http://host:port, with credentials http://user:password@host:port. SOCKS proxies are not supported. ' +
    'To connect without a proxy, list the host in NO_PROXY. No request is sent directly instead.';
const PROXY_URL = /^(?:([a-z][a-z0-9+.-]*):\/{1,3})?([^/?#]*)(?:[/?#].*)?$/is;
function parseProxy(value) {
    const [, scheme = 'http', authority = ''] = PROXY_URL.exec(value) ?? [];
    const secure = scheme.toLowerCase() === 'https';
    if (!secure && scheme.toLowerCase() !== 'http')
        return undefined;
    const [, userInfo, hostName = '', port = ''] = /^(?:(.*)@)?(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/s.exec(authority) ?? [];
    const host = readHost(hostName);
    const portNumber = port === '' ? (secure ? 443 : 80) : Number(port);
    const authorization = userInfo === undefined || userInfo === '' ? undefined : basicAuthorization(userInfo);
    if (host === undefined || portNumber < 1 || portNumber > 65_535 || authorization === null)
        return undefined;
    return { secure, host, port: portNumber, authorization };
}
function readHost(text) {
    const [, address] = /^\[(.*)\]$/.exec(text) ?? [];
    if (address !== undefined) {
        const zoned = address.replace(/%25/, '%');
        return (0,external_node_net_namespaceObject.isIP)(zoned) === 6 ? zoned : undefined;
    }
    const url = `http://${text}`;
    const name = text !== '' && URL.canParse(url) ? new URL(url).hostname : '';
    return /^[a-z0-9._-]+$/.test(name) ? name : undefined;
}
function basicAuthorization(userInfo) {
    const separator = userInfo.indexOf(':');
    const user = percentDecode(separator < 0 ? userInfo : userInfo.slice(0, separator));
    const password = percentDecode(separator < 0 ? '' : userInfo.slice(separator + 1));
    const credentials = Buffer.concat([user, Buffer.from(':'), password]);
    return credentials.some((byte) => byte < 0x20 || byte === 0x7f) ? null : `Basic ${credentials.toString('base64')}`;
}
function percentDecode(text) {
    const bytes = Buffer.from(text).toString('latin1');
    const decoded = bytes.replace(/%([0-9a-f]{2})/gi, (_all, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    return Buffer.from(decoded, 'latin1');
}
function isBypassed(url, noProxy) {
    const host = withoutFinalDot(url.hostname.replace(/^\[(.*)\]$/, '$1'));
    const port = url.port === '' ? DEFAULT_PORTS[url.protocol] : url.port;
    if (proxy_isLoopback(host))
        return true;
    return noProxy.split(/[\s,]+/).some((entry) => matches(entry.toLowerCase(), host, port));
}
const DEFAULT_PORTS = { 'http:': '80', 'https:': '443' };
function proxy_isLoopback(host) {
    if (host === 'localhost' || host.endsWith('.localhost'))
        return true;
    return proxy_isWithin(host, '127.0.0.0', 8) || proxy_isWithin(host, '::1', 128);
}
function matches(entry, host, port) {
    if (entry === '*')
        return true;
    const network = /^(.+)\/(\d{1,3})$/.exec(entry);
    if (network !== null)
        return proxy_isWithin(host, network[1] ?? '', Number(network[2]));
    if ((0,external_node_net_namespaceObject.isIP)(entry) === 6)
        return proxy_isWithin(host, entry, 128);
    const [, name = '', ofPort] = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d+))?$/.exec(entry) ?? [];
    if (name === '' || (ofPort !== undefined && ofPort !== port))
        return false;
    const address = name.replace(/^\[(.*)\]$/, '$1');
    const family = (0,external_node_net_namespaceObject.isIP)(address);
    return family === 0 ? isOfDomain(name, host) : proxy_isWithin(host, address, family === 4 ? 32 : 128);
}
function isOfDomain(entry, host) {
    if ((0,external_node_net_namespaceObject.isIP)(host) !== 0)
        return false;
    const domain = toAscii(withoutFinalDot(entry.replace(/^\*?\./, '')));
    if (domain === '')
        return false;
    return host.endsWith(`.${domain}`) || (host === domain && !entry.startsWith('*.'));
}
function toAscii(domain) {
    const isAscii = /^[\x21-\x7e]*$/.test(domain);
    return isAscii || !URL.canParse(`http://${domain}`) ? domain : new URL(`http://${domain}`).hostname;
}
function withoutFinalDot(name) {
    return name.replace(/\.$/, '');
}
function proxy_isWithin(host, address, prefix) {
    const [ofHost, family] = [familyOf(host), familyOf(address)];
    if (ofHost === undefined || family === undefined || prefix > (family === 'ipv4' ? 32 : 128))
        return false;
    const network = new external_node_net_namespaceObject.BlockList();
    network.addSubnet(address, prefix, family);
    return network.check(host, ofHost);
}
function familyOf(address) {
    const family = (0,external_node_net_namespaceObject.isIP)(address);
    if (family === 0)
        return undefined;
    return family === 4 ? 'ipv4' : 'ipv6';
}

;// CONCATENATED MODULE: ./build/src/http/toolkit-transport.js







const MOST_BYTES = 1024 * 1024;
function toolkitTransport(userAgent, environment) {
    return async (request) => {
        const url = new URL(request.url);
        const connection = new Connection(url, proxyFor(url, environment));
        const deadline = startDeadline(request.deadlineMs);
        try {
            return await Promise.race([send(request, url, userAgent, connection), deadline.passed]);
        }
        catch (error) {
            if (error instanceof TransportError)
                throw error;
            const { isOpen, isNegotiated } = connection;
            throw classifyNetworkError(error, url.host, { isOpen, isNegotiated, deadlinePassed: error === DEADLINE_PASSED });
        }
        finally {
            deadline.stop();
            connection.close();
        }
    };
}
const DEADLINE_PASSED = new Error('deadline passed');
function startDeadline(ms) {
    let stop = () => { };
    const passed = new Promise((_resolve, reject) => {
        stop = startTimer(ms, () => reject(DEADLINE_PASSED));
    });
    return { passed, stop: () => stop() };
}
async function send(request, url, userAgent, connection) {
    const isHttps = url.protocol === 'https:';
    const socket = await connection.start();
    const options = {
        method: request.method,
        host: url.hostname,
        path: url.pathname + url.search,
        headers: { ...request.headers, host: url.host, 'user-agent': userAgent },
        createConnection: () => socket,
    };
    const client = new lib_HttpClient(undefined, [], { socketTimeout: 2 * request.deadlineMs });
    const info = { options, parsedUrl: url, httpModule: isHttps ? external_node_https_namespaceObject : external_node_http_namespaceObject };
    const { message } = await client.requestRaw(info, request.body ?? null);
    const body = await readBody(message, url.host);
    return { status: message.statusCode ?? 0, headers: flatten(message.headers), body };
}
function readBody(message, host) {
    return new Promise((resolve, reject) => {
        const chunks = [];
        let bytes = 0;
        message.on('data', (chunk) => {
            chunks.push(chunk);
            bytes += chunk.length;
            if (bytes <= MOST_BYTES)
                return;
            reject(new TransportError('too-large', host, 'the answer is larger than 1 MiB', { requestSent: true }));
        });
        message.on('end', () => resolve(Buffer.concat(chunks)));
        message.on('error', reject);
        message.on('close', () => reject(new TransportError('truncated', host, TRUNCATED, { requestSent: true })));
    });
}
const TRUNCATED = 'the connection was cut in the middle of the answer';
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
    const report = onlyOnce((explanation) => announce(action, explanation));
    const explained = (error) => report(explainSafely(action, error));
    silenceStderr(action.never === 'fails' ? 0 : 1, explained);
    const endedEarly = () => report(ENDED_EARLY);
    process.once('beforeExit', endedEarly);
    try {
        await action.run();
    }
    catch (error) {
        explained(error);
    }
    finally {
        process.off('beforeExit', endedEarly);
    }
}
function onlyOnce(report) {
    let isReported = false;
    return (explanation) => {
        if (!isReported)
            report(explanation);
        isReported = true;
    };
}
function announce({ runner, never, onFailure }, explanation) {
    const { message, hint } = explanation;
    const text = hint === '' ? message : `${message}\n${hint}`;
    if (never === 'fails') {
        runner.warning(text);
        return;
    }
    runner.fail(text);
    try {
        onFailure(explanation);
    }
    catch {
        runner.debug('The output `failure` cannot be written.');
    }
}
function explainSafely({ explain }, error) {
    try {
        return explain(error);
    }
    catch {
        return ENDED_EARLY;
    }
}
function silenceStderr(exitCode, onUncaught) {
    process.removeAllListeners('warning');
    process.on('warning', () => { });
    process.on('uncaughtException', (error) => {
        onUncaught(error);
        process.exit(exitCode);
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
            stop();
            resolve(false);
        };
        const stop = startTimer(ms, () => {
            signal.removeEventListener('abort', onAbort);
            resolve(true);
        });
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
let collected;
function write(chunk) {
    const text = String(chunk);
    if (collected !== undefined)
        return collected.push(text) > 0;
    try {
        writeAll(text);
    }
    catch {
    }
    return true;
}
function inOneWrite(print) {
    const parts = [];
    collected = parts;
    try {
        print();
    }
    finally {
        collected = undefined;
    }
    try {
        writeAll(parts.join(''));
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? ` (${error.code})` : '';
        const message = `Secrets cannot be masked: standard output cannot be written${code}.`;
        throw new failures_Failure('internal', message, 'Check the disk space of the runner.', { cause: error });
    }
}
function sink() {
    return new external_node_stream_namespaceObject.Writable({ write: (_chunk, _encoding, done) => done() });
}
function makeStdoutSynchronous() {
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

const MAX_MASKS = 4_000;
const MAX_WINDOWED = 6_000;
const BASE64_WINDOW = 16;
const HEX_WINDOW = 24;
const BASE64_COLUMNS = [76, 64];
const HEX_COLUMNS = [60];
function maskForms(secret) {
    const plain = [secret, ...linesOf(secret)];
    const encoded = plain.filter((text) => text.length >= MIN_ENCODED).map((text) => Buffer.from(text));
    const forms = [...plain, ...encoded.flatMap(encodedForms), ...encoded.flatMap(wrappedForms)];
    return [...new Set(forms)].filter((form) => form.trim() !== '').slice(0, MAX_MASKS);
}
function encodedForms(bytes) {
    return [bytes.toString('hex'), ...base64Forms(bytes)];
}
function wrappedForms(bytes) {
    if (bytes.length <= MAX_WINDOWED) {
        return [
            ...windowsOf(bytes.toString('hex'), HEX_WINDOW),
            ...base64Forms(bytes).flatMap((form) => windowsOf(form, BASE64_WINDOW)),
        ];
    }
    return [
        ...HEX_COLUMNS.flatMap((columns) => linesAt(bytes.toString('hex'), columns)),
        ...['base64', 'base64url'].flatMap((encoding) => BASE64_COLUMNS.flatMap((columns) => linesAt(bytes.toString(encoding), columns))),
    ];
}
function windowsOf(form, size) {
    return form.length < size ? [] : [...linesAt(form, size).filter((part) => part.length === size), form.slice(-size)];
}
function linesAt(form, columns) {
    const count = Math.ceil(form.length / columns);
    const lines = Array.from({ length: count }, (_, at) => form.slice(at * columns, (at + 1) * columns));
    return lines.filter((line) => line.length >= MIN_ENCODED);
}

;// CONCATENATED MODULE: ./build/src/runner/ports.js

class CommandFileError extends failures_Failure {
    variable;
    constructor(variable, problem, options) {
        super('internal', `The file that ${variable} names cannot be written: ${problem}.`, COMMAND_FILE_HINT, options);
        this.name = 'CommandFileError';
        this.variable = variable;
    }
}
const COMMAND_FILE_HINT = 'Check the disk space of the runner, and whether the user of the job (in a container: `options: --user`) may write ' +
    'to the folder `_runner_file_commands` in RUNNER_TEMP.';

;// CONCATENATED MODULE: ./build/src/runner/toolkit-runner.js







const COMMAND_FILES = ['GITHUB_OUTPUT', 'GITHUB_STATE'];
function toolkitRunner() {
    const clean = (message) => redact(oneLine(redact(message)));
    return {
        input: (name) => getInput(name, { trimWhitespace: false }),
        inputNames: givenInputNames,
        environment: (name) => process.env[name],
        mask,
        saveState: (name, value) => writeCommandFile('GITHUB_STATE', () => saveState(name, value)),
        state: (name) => getState(name),
        setOutput: (name, value) => writeCommandFile('GITHUB_OUTPUT', () => setOutput(name, value)),
        exportVariable: (name, value) => writeCommandFile('GITHUB_ENV', () => exportVariable(name, value)),
        debug: (message) => core_debug(clean(message)),
        info: (message) => info(clean(message)),
        notice: (message) => notice(redact(message)),
        warning: (message) => warning(redact(message)),
        group: (title, lines) => {
            startGroup(clean(title));
            for (const line of lines)
                info(clean(line));
            endGroup();
        },
        fail: (message) => setFailed(redact(message)),
        summary: (markdown) => writeSummary(redact(markdown)),
        event: readEvent,
    };
}
function mask(secret) {
    registerSecret(secret);
    inOneWrite(() => {
        for (const form of maskForms(secret))
            core_setSecret(form);
    });
}
const INPUT_PREFIX = 'INPUT_';
function givenInputNames() {
    return Object.keys(process.env)
        .filter((name) => name.startsWith(INPUT_PREFIX))
        .map((name) => name.slice(INPUT_PREFIX.length).toLowerCase());
}
function oneLine(message) {
    return message
        .replace(/[\r\n]+/g, ' ')
        .replaceAll('##[', '## [')
        .replace(/^[\s\u0085]*::/, ': :');
}
function requireCommandFile(variable) {
    if ((process.env[variable] ?? '') === '')
        throw new CommandFileError(variable, NO_RUNNER);
}
const NO_RUNNER = 'the variable is not set, so this is not a step of a workflow';
function writeCommandFile(variable, write) {
    requireCommandFile(variable);
    try {
        (0,external_node_fs_namespaceObject.accessSync)(process.env[variable] ?? '', external_node_fs_namespaceObject.constants.W_OK);
        write();
    }
    catch (error) {
        const problem = error instanceof Error ? /^E[A-Z]+: [^,]*/.exec(error.message)?.[0] : undefined;
        throw new CommandFileError(variable, problem ?? 'the cause is unknown', { cause: error });
    }
}
function hasCommandFiles(runner) {
    return COMMAND_FILES.every((variable) => (runner.environment(variable) ?? '') !== '');
}
function requireCommandFiles() {
    for (const variable of COMMAND_FILES)
        requireCommandFile(variable);
    writeCommandFile('GITHUB_OUTPUT', () => tryToWrite(process.env.GITHUB_OUTPUT ?? ''));
}
function tryToWrite(path) {
    const descriptor = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND);
    try {
        const stats = (0,external_node_fs_namespaceObject.fstatSync)(descriptor);
        (0,external_node_fs_namespaceObject.writeSync)(descriptor, '\n');
        if (stats.isFile())
            (0,external_node_fs_namespaceObject.ftruncateSync)(descriptor, stats.size);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(descriptor);
    }
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
        return values_isJsonObject(event) ? event : {};
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
    const transport = loggedTransport(toolkitTransport(USER_AGENT, runner.environment), clock.now, runner.debug);
    return guard({
        runner,
        never: 'succeeds-silently',
        run: () => {
            requireCommandFiles();
            enforceCertificateChecks(runner);
            return verify({ runner, log: runner, masks: runner, transport, clock, random: liveRandom });
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