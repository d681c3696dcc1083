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

;// CONCATENATED MODULE: ./build/src/api/values.js


let isHidden = false;
function hideServerText(hide) {
    isHidden = hide;
}
class ServerText {
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
    return new ServerText(texts.join(', '));
}
function isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
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
function values_stringMember(object, name) {
    const value = object[name];
    return typeof value === 'string' ? value : undefined;
}
function textMember(object, name) {
    const value = values_stringMember(object, name);
    return value === undefined ? undefined : new ServerText(value);
}
function secretMember(object, name) {
    const value = object[name];
    return value instanceof Secret ? value : undefined;
}
function objectMember(object, name) {
    const value = object[name];
    return isJsonObject(value) ? value : {};
}
function isToken(text) {
    return /^[\x21-\x7e]+$/.test(text);
}
const MAX_NAME_LENGTH = 1_024;
function values_isPrintable(text) {
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
    return { kind: 'refused', status, errcode: undefined, text: new ServerText(excerpt(response)), body: {} };
}
function describeRefusal({ problem, server, operation }, verb = 'refused') {
    const errcode = 'errcode' in problem && problem.errcode !== undefined ? ` ${problem.errcode}` : '';
    const text = 'text' in problem && problem.text !== undefined ? String(problem.text) : '';
    return `${server} ${verb} to ${operation.phrase}: ${problem.status}${errcode}${text === '' ? '' : `, “${text}”`}.`;
}
function isRefusedWith(error, status, errcode) {
    if (!(error instanceof AnswerError) || error.problem.kind !== 'refused')
        return false;
    return ((status === undefined || error.problem.status === status) &&
        (errcode === undefined || error.problem.errcode === errcode));
}
function isUnrecognized(error) {
    return isRefusedWith(error, 404, 'M_UNRECOGNIZED');
}
function locationOf({ headers }) {
    return headers.location === undefined ? undefined : new ServerText(headers.location.split(/[?#]/)[0] ?? '');
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
    return new ServerText(parts.filter((part) => part !== '').join(', '));
}
function excerpt(response) {
    return new TextDecoder().decode(response.body.subarray(0, 4096));
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

;// CONCATENATED MODULE: ./build/src/matrix/refusals.js


function refusal(error, word, hint) {
    return new Failure(word, describeRefusal(error), hint, { cause: error });
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
    if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403))
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    const message = `${describeRefusal(error)} It was given as \`${input}\`.`;
    return new Failure('token-invalid', message, hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/credentials/access-token.js


const PREFIXES = {
    syt: 'of Synapse',
    mct: 'of Matrix Authentication Service, lasting',
    mat: 'of Matrix Authentication Service, OAuth, short-lived',
    mpt: 'of Matrix Authentication Service, personal',
};
function accessTokenPrefix(secret) {
    const text = secret.reveal();
    return ['syt', 'mct', 'mat', 'mpt'].find((prefix) => text.startsWith(`${prefix}_`));
}
const accessToken = {
    input: 'access-token',
    form: 'token',
    needsUser: () => 'none',
    logoutAllowed: false,
    rotates: false,
    read: ({ secret }) => accessTokenCredential(new Secret(secret)),
};
function accessTokenCredential(secret) {
    const prefix = accessTokenPrefix(secret);
    const kind = prefix === undefined ? 'of a kind that its form does not tell' : PREFIXES[prefix];
    return {
        description: `a given access token (${kind})`,
        device: 'existing',
        opensSession: false,
        singleUse: false,
        needsWhoami: true,
        requestTokens: ({ warning }) => {
            if (prefix === 'mat')
                warning(SHORT_LIVED);
            return Promise.resolve({ given: secret });
        },
        explain: (error) => Promise.resolve(explainRefusal(error, prefix)),
    };
}
const SHORT_LIVED = 'This access token (mat_…) belongs to an OAuth session, such as that of Element Web. It is valid for minutes to hours ' +
    'and ends with that session. Let the action log in with a password instead, or store a token of a session of its own.';
const INVALID = 'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.';
function explainRefusal(error, prefix) {
    return refusedToken(error, 'access-token', prefix === 'mat' ? SHORT_LIVED : INVALID);
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
    return serverName !== undefined && parseServerName(serverName) !== undefined && values_isPrintable(text);
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

;// CONCATENATED MODULE: ./build/src/matrix/login.js



const LOG_IN = { phrase: 'log in' };
function loginRequest(credential, device, accessToken) {
    return {
        operation: LOG_IN,
        method: 'POST',
        path: '/login',
        body: { ...credential, device_id: device.deviceId, initial_device_display_name: device.displayName },
        ...(accessToken === undefined ? {} : { accessToken }),
        isTransientRefusal: deviceIsLoggedOut,
    };
}
function deviceIsLoggedOut({ status, body }) {
    if (status !== 404 || values_stringMember(parseJsonObject(body) ?? {}, 'errcode') !== 'M_UNKNOWN')
        return undefined;
    return 'the device is being logged out at the same moment (404)';
}
function readLoginOwner(server, answer) {
    const bad = (what) => error_malformed(what, { server, operation: LOG_IN }, { answerLost: true });
    const userId = values_stringMember(answer, 'user_id');
    if (userId === undefined || !isUserId(userId))
        throw bad('it has no usable user_id');
    const deviceId = values_stringMember(answer, 'device_id');
    if (deviceId === undefined || !values_isPrintable(deviceId))
        throw bad('it has no usable device_id');
    return { userId, deviceId };
}

;// CONCATENATED MODULE: ./build/src/credentials/login-flow.js


const LOGOUT = { kind: 'logout' };
function loginCredential(parts) {
    return {
        device: 'login',
        opensSession: true,
        singleUse: false,
        needsWhoami: false,
        previousSessions: 'devices',
        ...parts,
    };
}
function loginTokenRequest(credential, { client, device, now }, { accessToken, repeatable = 'always' } = {}) {
    return {
        send: () => client.send({ ...loginRequest(credential, device, accessToken), repeatable }),
        teardown: () => LOGOUT,
        read: (answer) => ({ ...readLoginOwner(client.baseUrl, answer), ...expiryOf(answer, 'expires_in_ms', 1, now()) }),
    };
}
function expiryOf(answer, member, unitMs, now) {
    const lifetime = lifetimeOf(answer[member], unitMs);
    if (lifetime === undefined)
        return {};
    return { expiresAt: lifetime === 'malformed' ? lifetime : now + lifetime };
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
    const device = deviceId === undefined || !values_isPrintable(deviceId) ? {} : { deviceId: new ServerText(deviceId) };
    return { userId: new ServerText(userId), ...device };
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
        throw error_malformed('it has no list of devices', { server: client.baseUrl, operation: LIST_DEVICES });
    }
    return devices.map(readDevice).filter((device) => device !== undefined);
}
function readDevice(device) {
    if (!isJsonObject(device))
        return undefined;
    const [deviceId, displayName] = [values_stringMember(device, 'device_id'), values_stringMember(device, 'display_name')];
    const lastSeenAt = device['last_seen_ts'];
    if (deviceId === undefined || deviceId === '')
        return undefined;
    return {
        deviceId: new ServerText(deviceId),
        ...(displayName === undefined ? {} : { displayName: new ServerText(displayName) }),
        ...(typeof lastSeenAt === 'number' && lastSeenAt > 0 ? { lastSeenAt } : {}),
    };
}

;// CONCATENATED MODULE: ./build/src/credentials/refusals.js






async function notOffered(error, client, hint) {
    const flows = await client.loginFlows();
    const offered = flows === undefined || flows.length === 0
        ? 'The server does not say what it offers instead.'
        : `The server offers: ${joinServerTexts(flows)}.`;
    return new Failure('method-unavailable', `${describeRefusal(error)} ${offered}`, hint, { cause: error });
}
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
        return flowUnavailable(error, flow, flows, context.client);
    if (isRefusedWith(error, 404, 'M_UNRECOGNIZED'))
        return flowUnavailable(error, flow, flows, context.client);
    return judge(flows) ?? (isAddress(context) ? refusal(error, 'denied', ADDRESS) : undefined);
}
async function flowUnavailable(error, flow, flows, client) {
    const hasOAuth = await client.hasOAuth();
    if (flows === undefined && !hasOAuth && (await client.versions()) === undefined) {
        const message = `${describeRefusal(error)} It does not answer /versions as a Matrix homeserver does.`;
        return new Failure('not-a-homeserver', message, undefined, { cause: error });
    }
    const offered = flows === undefined || flows.length === 0 ? 'no login of this kind at all' : joinServerTexts(flows);
    const message = `${describeRefusal(error)} The server does not offer ${flow}; it offers: ${offered}.`;
    return new Failure('method-unavailable', message, hasOAuth ? OAUTH_ONLY : undefined, { cause: error });
}
const OAUTH_ONLY = 'It offers OAuth 2.0 (next-generation authentication) instead. If passwords should work, its administrator must ' +
    'route /_matrix/client/*/login to the authentication service (on Continuwuity: compatibility_mode). Otherwise store an ' +
    '`access-token`.';
const ADDRESS = 'Many servers accept no e-mail address and no phone number here: set `user` to the user ID (@name:example.org).';
function isAddress({ user }) {
    return user?.kind === 'email' || user?.kind === 'phone';
}
const NOT_ABOUT_THE_PASSWORD = /denied by the policy|blocked by|does not permit password login/i;
function isAboutTheAccount({ problem }) {
    if (problem.kind !== 'refused')
        return false;
    const { status, errcode } = problem;
    const text = problem.text?.raw ?? '';
    if (NOT_ABOUT_THE_PASSWORD.test(text))
        return false;
    if (status === 403)
        return errcode === 'M_FORBIDDEN';
    if (status === 404)
        return errcode === 'M_NOT_FOUND';
    return errcode === 'M_INVALID_USERNAME' || /does not belong to this (home)?server/i.test(text);
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
    return loginCredential({
        description: 'an application service token',
        needsWhoami: true,
        requestTokens: (context) => Promise.resolve(appserviceRequest(token, context)),
        explain: async (error, context) => (await explainAppservice(error, context.client)) ??
            explainLoginRefusal(error, FLOW, context, () => refusedToken(error, 'appservice-token', HINT)),
    });
}
function appserviceRequest(token, context) {
    if (context.user === undefined)
        throw new Error('an application service without a user');
    const credential = { type: FLOW, identifier: loginIdentifier(context.user) };
    return loginTokenRequest(credential, context, { accessToken: token });
}
const HINT = 'Is it the as_token (not the hs_token) of the registration file that the server has loaded, and is `user` in its ' +
    'namespace of users?';
async function explainAppservice(error, client) {
    const { problem } = error;
    if (problem.kind !== 'refused' || accountFailure(error) !== undefined)
        return undefined;
    const { errcode = '' } = problem;
    if (errcode.endsWith('M_APPSERVICE_LOGIN_UNSUPPORTED'))
        return notOffered(error, client, MASQUERADE);
    if (errcode === 'M_EXCLUSIVE')
        return refusal(error, 'token-invalid', HINT);
    return isRefusedWith(error, 404, 'M_UNKNOWN') ? refusal(error, 'wrong-credentials', UNREGISTERED) : undefined;
}
const MASQUERADE = 'Users of this application service do not log in: it acts for them with its own token and ?user_id=@name:example.org ' +
    'on each request.';
const UNREGISTERED = 'The user is in the namespace but was never registered: let the application service register it first ' +
    '(POST /register with type m.login.application_service).';

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
    return loginCredential({
        description: `${description} (${type})`,
        requestTokens: async (context) => {
            last = await fetchToken(context);
            return jwtRequest(last, input, type, context);
        },
        explain: (error, context) => explainLoginRefusal(error, type, context, () => refusedJwt(error, input, last, context)),
    });
}
function jwtRequest(token, input, type, context) {
    if (!isToken(token.reveal())) {
        throw new Failure('token-invalid', `\`${input}\` is not a JWT: there is white space in it. It was not sent.`);
    }
    const { user } = context;
    const identifier = type === SYNAPSE_JWT || user === undefined ? {} : { identifier: loginIdentifier(user) };
    return loginTokenRequest({ type, ...identifier, token: token.reveal() }, context);
}
function refusedJwt(error, input, token, context) {
    if (isRefusedWith(error, 404, 'M_UNKNOWN'))
        return refusal(error, 'wrong-credentials', UNKNOWN_USER);
    const refused = refusedToken(error, input, jwt_HINT);
    if (refused !== undefined && token !== undefined) {
        context.group('Claims of the refused token, for its issuer’s and the server’s settings', describeClaims(token));
    }
    return refused;
}
function describeClaims(token) {
    const [, payload, signature] = token.reveal().split('.');
    const isWhole = payload !== undefined && signature !== undefined;
    const claims = isWhole ? parseJsonObject(Buffer.from(payload, 'base64url')) : undefined;
    if (claims === undefined)
        return ['It is not a JSON Web Token: three parts with dots between them, the second one JSON.'];
    return Object.entries(claims).map(([name, value]) => String(new ServerText(`${name}: ${JSON.stringify(value)}`)));
}
const UNKNOWN_USER = 'Does the account exist? `user` must be exactly as the server has it, capitals too.';
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
        requestTokens: (context) => Promise.resolve(loginTokenLogin(secret, context)),
        explain: (error, context) => explainLoginRefusal(error, login_token_FLOW, context, () => refusedToken(error, 'login-token', login_token_HINT)),
    });
}
const login_token_HINT = 'A login token works once, and for seconds to minutes only: 30 s on Matrix Authentication Service, two minutes on ' +
    'Synapse. It must be made in this very run; what can be stored is an `access-token`.';
function loginTokenLogin(secret, context) {
    const prefix = accessTokenPrefix(secret);
    if (prefix !== undefined) {
        const message = `\`login-token\` holds an access token (${prefix}_…); it was not sent.`;
        throw new Failure('token-invalid', message, 'Give it as `access-token` instead.');
    }
    return loginTokenRequest({ type: login_token_FLOW, token: secret.reveal() }, context, { repeatable: 'unless-lost' });
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
const LONGEST_URL = 300;
const KNOWN_TYPE = /^(application\/json|text\/html|text\/plain)\b/;
function loggedTransport(transport, now, debug) {
    return async (request) => {
        const start = now();
        const tell = (result) => debug(`${request.method} ${request.url.slice(0, LONGEST_URL)}: ${result}, ${now() - start} ms`);
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

;// CONCATENATED MODULE: ./build/src/api/call.js





const REQUEST_DEADLINE_MS = 30_000;
async function call_call(request, ports) {
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
        return isJsonObject(value) ? takeTokens(value, dialect, mask, depth + 1) : value;
    };
    const isTokenMember = (name) => TOKEN_MEMBER.test(name) || dialect.tokenMembers?.includes(name) === true;
    const members = Object.entries(answer).map(([name, value]) => [name, isTokenMember(name) ? takeToken(value, mask) : inside(value)]);
    return Object.fromEntries(members);
}
function takeToken(value, mask) {
    if (value === null || value === undefined)
        return undefined;
    if (typeof value !== 'string' || !isTokenForm(value))
        return call_INVALID;
    mask(value);
    return new Secret(value);
}
const call_INVALID = Symbol('not a token in form');
function hasInvalidToken(answer, name) {
    return answer[name] === call_INVALID;
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

;// CONCATENATED MODULE: ./build/src/oauth/token.js



const OAUTH = {
    serverKind: 'OAuth 2.0 server',
    readError: (body) => ({ errcode: values_stringMember(body, 'error'), text: textMember(body, 'error_description') }),
};
const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
function requestToken(tokenEndpoint, operation, form, ports, repeatable = 'always') {
    return call_call({ ...oauthCall(tokenEndpoint, operation), body: { form }, repeatable }, ports);
}
async function sendAsClient(url, operation, { clientId, clientSecret }, form, ports) {
    const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64');
    try {
        return await call_call({ ...oauthCall(url, operation), body: { form }, authorization: `Basic ${basic}` }, ports);
    }
    catch (error) {
        if (!isRefusedWith(error, 401))
            throw error;
        const credentials = { client_id: clientId, client_secret: clientSecret.reveal() };
        return requestToken(url, operation, { ...form, ...credentials }, ports);
    }
}
function isOAuthRefusal(error, code) {
    return isRefusedWith(error, undefined, code);
}
const INTROSPECT = { phrase: 'say what the token may do' };
async function introspect(endpoint, credentials, token, ports) {
    const answer = await sendAsClient(endpoint, INTROSPECT, credentials, { token: token.reveal() }, ports);
    if (answer['active'] === false)
        return { active: false };
    if (answer['active'] !== true)
        throw error_malformed('it does not say whether the token is active', oauthCall(endpoint, INTROSPECT));
    return { active: true, scope: (values_stringMember(answer, 'scope') ?? '').split(' ') };
}
const REVOKE = { phrase: 'revoke the session' };
async function revokeSession(revocationEndpoint, clientId, refreshToken, ports) {
    const form = { token: refreshToken.reveal(), client_id: clientId };
    await call_call({ ...oauthCall(revocationEndpoint, REVOKE), body: { form }, mayBeEmpty: true }, ports);
}
const REGISTER_CLIENT = { phrase: 'register this program as an OAuth client' };
async function registerClient(endpoint, name, uri, ports) {
    const json = {
        client_name: name,
        client_uri: uri,
        application_type: 'native',
        token_endpoint_auth_method: 'none',
        response_types: ['code'],
        redirect_uris: ['http://127.0.0.1/'],
        grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE_GRANT],
    };
    const request = oauthCall(endpoint, REGISTER_CLIENT);
    const clientId = stringMember(await call({ ...request, body: { json } }, ports), 'client_id');
    if (clientId !== undefined && isPrintable(clientId))
        return clientId;
    throw malformed('it has no usable client_id', request, { status: 201 });
}
function apiScopes(deviceId) {
    const scope = (prefix) => `${prefix}:api:* ${prefix}:device:${deviceId}`;
    return [scope('urn:matrix:client'), scope('urn:matrix:org.matrix.msc2967.client')];
}
function oauthCall(url, operation) {
    return { operation, server: new URL(url).origin, method: 'POST', url, dialect: OAUTH };
}

;// CONCATENATED MODULE: ./build/src/mas/admin-api.js




const GET_ADMIN_TOKEN = { phrase: 'give a token for its admin API' };
const ADMIN_SCOPE = 'urn:mas:admin';
const MAS_ADMIN = {
    serverKind: 'Matrix Authentication Service',
    readError: (body) => {
        const errors = body['errors'];
        const first = Array.isArray(errors) ? errors[0] : undefined;
        return { errcode: undefined, text: isJsonObject(first) ? textMember(first, 'title') : undefined };
    },
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
    static async open(address, credentials, ports) {
        const form = { grant_type: 'client_credentials', scope: ADMIN_SCOPE };
        const answer = await sendAsClient(address.tokenEndpoint, GET_ADMIN_TOKEN, credentials, form, ports);
        const token = secretMember(answer, 'access_token');
        if (token === undefined) {
            throw error_malformed('it has no usable access_token', { server: serverOf(address), operation: GET_ADMIN_TOKEN });
        }
        return new AdminApi(address, token, ports);
    }
    get server() {
        return serverOf(this.address);
    }
    send({ path, body, ...request }) {
        return call_call({
            ...request,
            server: this.server,
            url: `${this.address.issuer}/api/admin/v1${path}`,
            authorization: `Bearer ${this.#token.reveal()}`,
            dialect: MAS_ADMIN,
            ...(body === undefined ? {} : { body: { json: body } }),
        }, this.#ports);
    }
}
function serverOf({ issuer }) {
    return String(new ServerText(issuer));
}
function resource(value) {
    if (!isJsonObject(value))
        return undefined;
    const id = values_stringMember(value, 'id');
    if (id === undefined || !isPlainId(id) || !isJsonObject(value['attributes']))
        return undefined;
    return { id, attributes: objectMember(value, 'attributes') };
}
const FIND_USER = { phrase: 'find the user' };
async function findUser(api, localpart) {
    const path = `/users/by-username/${encodeURIComponent(localpart)}`;
    const found = resource((await api.send({ operation: FIND_USER, method: 'GET', path }))['data']);
    if (found === undefined)
        throw error_malformed('it has no user in it', { server: api.server, operation: FIND_USER });
    const isSet = (name) => found.attributes[name] !== null && found.attributes[name] !== undefined;
    return { id: found.id, isLocked: isSet('locked_at'), isDeactivated: isSet('deactivated_at') };
}
const PAGE = 100;
const MAX_PAGES = 100;
async function listResources(api, operation, path, filter) {
    const found = new Map();
    let after;
    for (let page = 0; page < MAX_PAGES; page += 1) {
        const paging = { 'page[first]': String(PAGE), ...(after === undefined ? {} : { 'page[after]': after }) };
        const query = new URLSearchParams({ ...filter, ...paging });
        const answer = await api.send({ operation, method: 'GET', path: `${path}?${query}` });
        const resources = resourcesIn(api, operation, answer);
        const known = found.size;
        for (const each of resources)
            found.set(each.id, each);
        after = resources.at(-1)?.id;
        if (found.size === known || typeof objectMember(answer, 'links')['next'] !== 'string')
            break;
    }
    return [...found.values()];
}
function resourcesIn(api, operation, answer) {
    const data = answer['data'];
    if (!Array.isArray(data))
        throw error_malformed('it has no list in it', { server: api.server, operation });
    return data.map(resource).filter((entry) => entry !== undefined);
}

;// CONCATENATED MODULE: ./build/src/mas/personal-sessions.js



const MAKE_SESSION = { phrase: 'make a personal access token' };
const LIST_SESSIONS = { phrase: 'list personal access tokens' };
const REVOKE_SESSION = { phrase: 'revoke the personal access token' };
const DEVICE_SCOPE = 'urn:matrix:client:device:';
const UNSTABLE_DEVICE_SCOPE = 'urn:matrix:org.matrix.msc2967.client:device:';
function deviceScope(deviceId) {
    return `${DEVICE_SCOPE}${deviceId}`;
}
function fitsScope(deviceId) {
    return /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(deviceId);
}
function isOnDevice({ scope }, deviceId) {
    return scope.some((part) => part === deviceScope(deviceId) || part === `${UNSTABLE_DEVICE_SCOPE}${deviceId}`);
}
const SESSION_SCOPE = 'urn:matrix-access-token:session:';
async function makePersonalSession(api, session) {
    const marker = session.isNamedInScope ? ` ${SESSION_SCOPE}${session.name}` : '';
    return api.send({
        operation: MAKE_SESSION,
        method: 'POST',
        path: '/personal-sessions',
        repeatable: 'unless-lost',
        body: {
            actor_user_id: session.userId,
            human_name: session.name,
            scope: `urn:matrix:client:api:* ${deviceScope(session.deviceId)}${marker}`,
            ...(session.expiresIn === undefined ? {} : { expires_in: session.expiresIn }),
        },
    });
}
function sessionNameInScope(scope) {
    const names = scope.filter((part) => part.startsWith(SESSION_SCOPE));
    return names.length === 1 ? names[0]?.slice(SESSION_SCOPE.length) : undefined;
}
const TOKEN_PATH = ['data', 'attributes'];
function madeSessionId(answer) {
    return resource(answer['data'])?.id;
}
function readPersonalSession(api, answer) {
    const made = resource(answer['data']);
    const request = { server: api.server, operation: MAKE_SESSION };
    if (made === undefined)
        throw error_malformed('it has no usable session ID', request, { status: 201, answerLost: true });
    const end = made.attributes['expires_at'];
    if (end === undefined || end === null)
        return {};
    const expiresAt = typeof end === 'string' ? Date.parse(end) : Number.NaN;
    return { expiresAt: Number.isNaN(expiresAt) ? 'malformed' : expiresAt };
}
function listPersonalSessions(api, userId) {
    return list(api, { 'filter[actor_user]': userId }, userId);
}
async function listPersonalSessionsOn(api, userId, deviceId) {
    const filter = { 'filter[actor_user]': userId, 'filter[scope]': deviceScope(deviceId) };
    return (await list(api, filter, userId)).filter(({ scope }) => scope.includes(deviceScope(deviceId)));
}
async function list(api, filter, userId) {
    const query = { ...filter, 'filter[status]': 'active' };
    const resources = await listResources(api, LIST_SESSIONS, '/personal-sessions', query);
    return resources
        .filter(({ attributes }) => isActiveSessionOf(attributes, userId))
        .map(({ id, attributes }) => readListed(id, attributes));
}
function isActiveSessionOf(attributes, userId) {
    return values_stringMember(attributes, 'actor_user_id') === userId && typeof attributes['revoked_at'] !== 'string';
}
function readListed(id, attributes) {
    const scope = (values_stringMember(attributes, 'scope') ?? '').split(' ');
    return { id, name: values_stringMember(attributes, 'human_name') ?? '', scope };
}
async function revokePersonalSession(api, id) {
    const path = `/personal-sessions/${encodeURIComponent(id)}/revoke`;
    try {
        await api.send({ operation: REVOKE_SESSION, method: 'POST', path });
        return 'ended';
    }
    catch (error) {
        if (error instanceof AnswerError && error.problem.kind === 'refused' && error.problem.status === 409) {
            return 'was-over';
        }
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/matrix/homeserver-address.js

const homeserver_address_LONGEST_URL = 2_048;
function parseHomeserver(text, allowHttp) {
    if (text.length > homeserver_address_LONGEST_URL)
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
function describePortMistake({ text, hostname }) {
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
    if (text.length > homeserver_address_LONGEST_URL || !URL.canParse(text))
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

;// CONCATENATED MODULE: ./build/src/matrix/discovery.js






const MOST_REDIRECTS = 5;
const FIND_API = { phrase: 'say where its client API is (.well-known/matrix/client)' };
function insecureDiscovery(source, named) {
    return new Failure('insecure-url', `${source} names an address without TLS: ${named}.`, 'Correct it on the server, or give the https:// address of the client API as `homeserver`.');
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
        throw new AnswerError(judged, { server: discovery_serverOf(serverName), operation: FIND_API }, false);
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
        const source = `${discovery_serverOf(serverName)}/.well-known/matrix/client`;
        throw insecureDiscovery(source, new ServerText(baseUrlText(parsed.url)));
    }
    return baseUrlText(parsed.url);
}
function baseUrlMember(file) {
    const homeserver = file['m.homeserver'];
    const baseUrl = isJsonObject(homeserver) ? homeserver.base_url : undefined;
    return typeof baseUrl === 'string' ? baseUrl : undefined;
}
function notUsable(serverName, response, evidence) {
    const problem = { kind: 'foreign', status: response.status, evidence: new ServerText(evidence) };
    return new AnswerError(problem, { server: discovery_serverOf(serverName), operation: FIND_API }, false);
}
function discovery_serverOf(serverName) {
    return `https://${serverName.hostname}`;
}

;// CONCATENATED MODULE: ./build/src/oauth/metadata.js





const FIND_OAUTH = { phrase: 'say where its OAuth 2.0 API is (auth_metadata)' };
const MAX_URL_LENGTH = 2_048;
const STABLE = '/_matrix/client/v1/auth_metadata';
const UNSTABLE = '/_matrix/client/unstable/org.matrix.msc2965/auth_metadata';
async function discoverOAuth(client, allowHttp) {
    const { path, metadata } = await fetchMetadata(client);
    const url = (member) => endpoint(client, path, metadata, member, allowHttp);
    const [issuer, tokenEndpoint, revocationEndpoint] = ['issuer', 'token_endpoint', 'revocation_endpoint'].map(url);
    const registrationEndpoint = url('registration_endpoint');
    const deviceAuthorizationEndpoint = url('device_authorization_endpoint');
    const introspectionEndpoint = url('introspection_endpoint');
    if (issuer === undefined || tokenEndpoint === undefined) {
        throw error_malformed('it has no usable issuer and token_endpoint', { server: client.baseUrl, operation: FIND_OAUTH });
    }
    return {
        issuer: issuer.replace(/\/+$/, ''),
        tokenEndpoint,
        ...(revocationEndpoint === undefined ? {} : { revocationEndpoint }),
        ...(registrationEndpoint === undefined ? {} : { registrationEndpoint }),
        ...(deviceAuthorizationEndpoint === undefined ? {} : { deviceAuthorizationEndpoint }),
        ...(introspectionEndpoint === undefined ? {} : { introspectionEndpoint }),
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
    const text = values_stringMember(metadata, member);
    if (text === undefined || text.length > MAX_URL_LENGTH || !URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const isHttp = url.protocol === 'https:' || url.protocol === 'http:';
    const inClear = url.protocol !== 'https:' && !allowHttp && client.baseUrl.startsWith('https://');
    if (!isHttp || isInsecure(url, allowHttp) || inClear)
        throw insecureDiscovery(client.baseUrl + path, new ServerText(text));
    return text;
}
const answers = new WeakMap();
async function accountManagementUrl(client, action, deviceId) {
    const asked = answers.get(client) ?? client.askOnce(STABLE);
    answers.set(client, asked);
    const metadata = await asked;
    return metadata === undefined ? undefined : accountPage(metadata, client.baseUrl, action, deviceId);
}
const PLAIN_PART = /^(?:[\w.~-]{0,11}|[A-Za-z]+(?:[_-]+[A-Za-z]+)*\d{0,3})$/;
function accountPage(metadata, baseUrl, action, deviceId) {
    const text = values_stringMember(metadata, 'account_management_uri') ?? '';
    if (text.length > MAX_URL_LENGTH || !URL.canParse(text))
        return undefined;
    const { protocol, origin, hostname, pathname } = new URL(text);
    const isWeb = protocol === 'https:' || (protocol === 'http:' && baseUrl.startsWith('http:'));
    if (!isWeb || isInsecure(new URL(text), false))
        return undefined;
    const url = new URL(origin + pathname);
    if (![...hostname.split('.'), ...pathname.split('/')].every((part) => PLAIN_PART.test(part)))
        return undefined;
    const supported = metadata['account_management_actions_supported'];
    if (!Array.isArray(supported) || supported.includes(action)) {
        url.searchParams.set('action', action);
        if (deviceId !== undefined)
            url.searchParams.set('device_id', deviceId);
    }
    return printable(url.href) === url.href ? url.href : undefined;
}

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
    text: '`mas-client-id` is set, and `mas-client-secret` is not.',
    word: 'invalid-input',
    hint: 'Check the spelling after `secrets.`: a secret that does not exist is an empty string.',
};
const NO_ID = {
    text: '`mas-client-secret` is set, and `mas-client-id` is not.',
    word: 'invalid-input',
    hint: 'Set it to the client_id of the same client, a ULID.',
};
function masCredential(client, validForMs) {
    const access = adminAccess(client);
    return {
        description: 'a client of the admin API of Matrix Authentication Service',
        device: 'personal',
        opensSession: true,
        singleUse: false,
        needsWhoami: true,
        afterLostAnswer: 'A personal access token may exist whose value was lost; its session is on the device named above.',
        requestTokens: async (context) => personalTokenRequest(await access(context), client, validForMs, context),
        explain: (error, context) => explainMasRefusal(error, context.client),
        previousSessions: (context) => personalSessions(access, client, context),
    };
}
const REOPEN_AFTER_MS = 4 * 60_000;
function adminAccess(client) {
    let opened;
    return async (context) => {
        if (opened !== undefined && context.now() - opened.at < REOPEN_AFTER_MS)
            return opened.access;
        const at = context.now();
        const { issuer, tokenEndpoint, introspectionEndpoint } = await discoverOAuth(context.client, context.allowHttp);
        const api = await AdminApi.open({ issuer, tokenEndpoint }, client, context.client.ports);
        const user = opened?.access.user ?? (await findActiveUser(api, context));
        opened = { at, access: { api, user, introspectionEndpoint } };
        return opened.access;
    };
}
async function findActiveUser(api, { user }) {
    if (user === undefined || !('localpart' in user))
        throw new Error('an administrator without a user');
    const found = await findUser(api, user.localpart);
    const at = `the account ${user.localpart} at ${api.server} is`;
    if (found.isDeactivated)
        throw new Failure('account-deactivated', `${at} deactivated. No token was made.`);
    if (found.isLocked)
        throw new Failure('account-locked', `${at} locked. No token was made.`);
    return found;
}
function personalTokenRequest({ api, user }, adminClient, validForMs, { device }) {
    if (!fitsScope(device.deviceId))
        throw new Failure('invalid-input', UNUSUAL_DEVICE);
    const name = device.sessionName ?? device.displayName;
    return {
        send: () => makePersonalSession(api, {
            userId: user.id,
            deviceId: device.deviceId,
            name,
            isNamedInScope: device.sessionName !== undefined && device.sessionName !== device.deviceId,
            expiresIn: validForMs === undefined ? undefined : Math.ceil(validForMs / 1000),
        }),
        tokensAt: TOKEN_PATH,
        teardown: (answer) => {
            const id = madeSessionId(answer);
            return id === undefined ? undefined : teardownOf(api, id);
        },
        read: (answer) => ({ deviceId: device.deviceId, ...readPersonalSession(api, answer) }),
        adminClient,
    };
}
function teardownOf({ address }, sessionId) {
    const { issuer, tokenEndpoint } = address;
    return { kind: 'personal-session', issuer, tokenEndpoint, sessionId };
}
function personalSessions(access, client, context) {
    const listed = (api, sessions) => sessions.map((session) => ({
        name: session.name,
        teardown: teardownOf(api, session.id),
        isMarked: sessionNameInScope(session.scope) !== undefined,
        isOn: (deviceId) => isOnDevice(session, deviceId),
    }));
    return {
        list: async () => {
            const { api, user } = await access(context);
            return listed(api, await listPersonalSessions(api, user.id));
        },
        listOn: async (deviceId) => {
            const { api, user } = await access(context);
            return listed(api, await listPersonalSessionsOn(api, user.id, deviceId));
        },
        sessionOf: async (token) => {
            const { introspectionEndpoint } = await access(context);
            if (introspectionEndpoint === undefined)
                return { state: 'unknown' };
            const found = await introspect(introspectionEndpoint, client, token, context.client.ports);
            return found.active ? { state: 'active', name: sessionNameInScope(found.scope) } : { state: 'inactive' };
        },
    };
}
async function explainMasRefusal(error, client) {
    const { problem, operation } = error;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (operation === FIND_OAUTH && isUnrecognized(error))
        return notOffered(error, client, NO_MAS);
    if (operation === GET_ADMIN_TOKEN && isRefusedWith(error, 401))
        return refusal(error, 'wrong-credentials', CLIENT);
    if (operation === GET_ADMIN_TOKEN && isOAuthRefusal(error, 'invalid_scope'))
        return refusal(error, 'denied', SCOPE);
    if (operation === FIND_USER && problem.kind === 'foreign')
        return notOffered(error, client, NO_ADMIN_API);
    if (operation === FIND_USER && isRefusedWith(error, 404))
        return refusal(error, 'wrong-credentials', mas_admin_UNKNOWN_USER);
    if (operation === FIND_USER && isRefusedWith(error, 401))
        return refusal(error, 'denied', SCOPE);
    if (operation === MAKE_SESSION && isRefusedWith(error, 410))
        return refusal(error, 'account-deactivated');
    return operation === WHOAMI ? refusedToken(error, 'mas-client-id', NOT_ACCEPTED) : undefined;
}
const NO_MAS = 'This homeserver has no Matrix Authentication Service. On Synapse without it, `synapse-admin-token` does the same.';
const CLIENT = 'Check `mas-client-id` and `mas-client-secret` against the clients in the configuration of the service.';
const SCOPE = 'The client may not use the admin API: list its ID under policy.data.admin_clients in the configuration of the service.';
const NO_ADMIN_API = 'The admin API is not reachable at this address: add the resource adminapi to a listener of the service, and forward ' +
    '/api/admin to it.';
const mas_admin_UNKNOWN_USER = 'Does the account exist there? `user` is a name (bot) or a user ID (@bot:example.org).';
const UNUSUAL_DEVICE = 'The device ID has a character that the scope of a token cannot hold: a blank, a quotation mark, a backslash or a ' +
    'character beyond ASCII. No token was made. Set `device-id` to letters, digits and `-._~`.';
const NOT_ACCEPTED = 'The token was made, but the homeserver rejects it: is the account locked, or the device ID unusual?';

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
        return jwtCredential('an ID token of this run', 'oidc-audience', loginType(reader), ({ client }) => requestIdToken(source, client.ports));
    },
};
const NO_ID_TOKEN = {
    text: '`oidc-audience` is set, but this job may not ask for an ID token.',
    word: 'missing-credentials',
    hint: 'Give the job `permissions: id-token: write` (with whatever else it needs: naming one permission takes the others away).',
};
const GIVE_ID_TOKEN = { phrase: 'give an ID token' };
const ID_TOKEN_SERVICE = {
    serverKind: 'ID token service of a runner',
    readError: (body) => ({ errcode: undefined, text: textMember(body, 'message') }),
    tokenMembers: ['value'],
};
async function requestIdToken({ url, token, audience }, ports) {
    const service = new URL(url);
    if (isInsecure(service, false)) {
        throw new Failure('insecure-url', `${URL_VARIABLE} (${service.origin}) would carry a token without TLS.`);
    }
    service.searchParams.set('audience', audience);
    const request = { operation: GIVE_ID_TOKEN, server: service.origin, method: 'GET', url: service.href };
    const authorization = `Bearer ${token.reveal()}`;
    const answer = await call_call({ ...request, authorization, dialect: ID_TOKEN_SERVICE }, ports);
    const idToken = secretMember(answer, 'value');
    if (idToken !== undefined)
        return idToken;
    throw new Failure('server-error', `${service.origin} gave no ID token: its answer has no usable value.`);
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
    return loginCredential({
        description: 'a password',
        requestTokens: (context) => Promise.resolve(passwordRequest(secret, context)),
        explain: (error, context) => explainLoginRefusal(error, password_FLOW, context, (flows) => isAboutTheAccount(error) ? wrongPassword(error, flows) : undefined),
    });
}
function passwordRequest(secret, context) {
    const { user } = context;
    if (user === undefined)
        throw new Error('a password without a user');
    return loginTokenRequest({ type: password_FLOW, identifier: loginIdentifier(user), password: secret.reveal() }, context);
}
function wrongPassword(error, flows = []) {
    const passwordless = flows.includes('m.login.sso')
        ? ' An account that was made through single sign-on (Google, GitHub, …) has no password until one is set on its account page.'
        : '';
    return refusal(error, 'wrong-credentials', WRONG_PASSWORD + passwordless);
}
const WRONG_PASSWORD = 'Does the account exist on this server, and does the secret hold its current password, without quotes and without ' +
    'anything before or behind it? A deactivated account is answered in the same way.';

;// CONCATENATED MODULE: ./build/src/credentials/refresh-token.js







const REFRESH = { phrase: 'refresh the session' };
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
        description: clientId === '' ? 'a refresh token' : 'a refresh token of an OAuth client',
        device: 'existing',
        opensSession: false,
        singleUse: true,
        needsWhoami: true,
        afterLostAnswer: 'Whether the refresh token was used up is not known. Run again soon: until the new one is used, Synapse accepts the ' +
            'old one again, Matrix Authentication Service with `oauth-client-id` too (without, never), Tuwunel for 15 seconds.',
        requestTokens: (context) => clientId === '' ? Promise.resolve(refreshAtHomeserver(token, context)) : refreshByOAuth(token, clientId, context),
        explain: (error, { client }) => explainRefresh(error, client),
    };
}
function refreshAtHomeserver(token, { client, now }) {
    return {
        send: () => client.send({
            operation: REFRESH,
            method: 'POST',
            path: '/refresh',
            body: { refresh_token: token.reveal() },
            repeatable: REPEATABLE_MS,
        }),
        held: token,
        teardown: () => LOGOUT,
        read: (answer) => expiryOf(answer, 'expires_in_ms', 1, now()),
    };
}
async function refreshByOAuth(token, clientId, context) {
    const { client, allowHttp, now } = context;
    const { tokenEndpoint, revocationEndpoint = '' } = await discoverOAuth(client, allowHttp);
    const form = { grant_type: 'refresh_token', refresh_token: token.reveal(), client_id: clientId };
    return {
        send: () => requestToken(tokenEndpoint, REFRESH, form, client.ports, REPEATABLE_MS),
        held: token,
        teardown: () => ({ kind: 'revocation', revocationEndpoint, clientId }),
        read: (answer) => expiryOf(answer, 'expires_in', 1000, now()),
    };
}
async function explainRefresh(error, client) {
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (isUnrecognized(error))
        return notOffered(error, client, error.operation === FIND_OAUTH ? NO_OAUTH : NO_REFRESH);
    if (isOAuthRefusal(error, 'invalid_client'))
        return refusal(error, 'wrong-credentials', OTHER_CLIENT);
    if (['invalid_grant', 'unauthorized_client'].some((code) => isOAuthRefusal(error, code))) {
        return refusal(error, 'token-invalid', USED_UP);
    }
    return refusedToken(error, 'refresh-token', USED_UP);
}
const USED_UP = 'It was used already, has expired, or its session is over. Synapse accepts a used one again until its successor is used; ' +
    'Matrix Authentication Service forgives nothing at /refresh, and at OAuth only until the new tokens are used; Tuwunel ' +
    'deletes the device of one that is repeated after 15 seconds. Log in anew and store the new refresh token.';
const NO_REFRESH = 'This homeserver has no refresh tokens (Synapse, Matrix Authentication Service and Tuwunel have). If the token comes ' +
    'from an OAuth login, set `oauth-client-id` to the client that it was given to.';
const NO_OAUTH = 'This homeserver has no OAuth 2.0 API: leave `oauth-client-id` out.';
const OTHER_CLIENT = 'Set `oauth-client-id` to the client ID that the refresh token was given to.';

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
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
    return loginCredential({
        description: 'the shared secret',
        requestTokens: (context) => Promise.resolve(sharedSecretRequest(secret, context)),
        explain: (error, context) => explainLoginRefusal(error, shared_secret_FLOW, context, () => isAboutTheAccount(error) ? refusal(error, 'wrong-credentials', WRONG_PROOF) : undefined),
    });
}
function sharedSecretRequest(secret, context) {
    const { user, client, mask } = context;
    if (user?.kind !== 'user-id')
        throw new Error('a shared secret without a user ID');
    const proof = (0,external_node_crypto_namespaceObject.createHmac)('sha512', secret.reveal()).update(user.userId).digest('hex');
    mask(proof);
    const identifier = { type: 'm.id.user', user: user.userId };
    return {
        ...loginTokenRequest({ type: shared_secret_FLOW, identifier, token: proof }, context),
        alternative: async () => {
            const flows = await client.loginFlows();
            if (flows === undefined || flows.includes(shared_secret_FLOW) || !flows.includes(PASSWORD_FLOW))
                return undefined;
            return {
                ...loginTokenRequest({ type: PASSWORD_FLOW, identifier, password: proof }, context),
                explain: (error) => explainProofAsPassword(error, flows),
            };
        },
    };
}
function explainProofAsPassword(error, flows) {
    if (accountFailure(error) !== undefined || !isAboutTheAccount(error))
        return undefined;
    const message = `${describeRefusal(error)} The server does not offer ${shared_secret_FLOW}; it offers: ${joinServerTexts(flows)}. ` +
        'The same proof was tried as a password.';
    return new Failure('method-unavailable', message, NOT_INSTALLED, { cause: error });
}
const NOT_INSTALLED = 'Is matrix-synapse-shared-secret-auth installed and listed under modules? If it is, with its login type switched off, ' +
    'the shared secret or the user ID (exactly as the server has it, capitals too) is another one.';
const WRONG_PROOF = 'Is it the shared_secret of the module, and is `user` the whole user ID, exactly as the server has it? ' +
    'Capitals, the name of another server and a user that does not exist are answered in the same way.';

;// CONCATENATED MODULE: ./build/src/credentials/synapse-admin.js






const LOG_IN_AS = { phrase: 'log in as the user' };
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
        singleUse: false,
        needsWhoami: true,
        afterLostAnswer: `A token may exist whose value was lost${validForMs === undefined ? '' : '; it expires by itself'}.`,
        requestTokens: (context) => logInAs(admin, validForMs, context),
        explain: (error, { client }) => explainAdminRefusal(error, client),
    };
}
async function logInAs(admin, validForMs, context) {
    const { client, now } = context;
    const userId = await fullUserId(admin, context);
    const expiresAt = validForMs === undefined ? undefined : now() + validForMs;
    return {
        send: () => client.send({
            operation: LOG_IN_AS,
            method: 'POST',
            path: `/_synapse/admin/v1/users/${encodeURIComponent(userId)}/login`,
            body: expiresAt === undefined ? {} : { valid_until_ms: expiresAt },
            accessToken: admin,
            repeatable: 'unless-lost',
        }),
        teardown: () => LOGOUT,
        read: () => (expiresAt === undefined ? {} : { expiresAt }),
    };
}
async function fullUserId(admin, { user, client }) {
    if (user === undefined || !('localpart' in user))
        throw new Error('an administrator without a user');
    if (user.kind === 'user-id')
        return user.userId;
    const own = (await whoami(client, admin)).userId.raw;
    return `@${user.localpart}${own.slice(own.indexOf(':'))}`;
}
async function explainAdminRefusal(error, client) {
    const { problem } = error;
    if (error.operation !== LOG_IN_AS)
        return accountFailure(error) ?? refusedToken(error, 'synapse-admin-token', NOT_ADMIN);
    if (problem.kind === 'foreign' || isUnrecognized(error))
        return notOffered(error, client, HIDDEN);
    if (problem.kind !== 'refused')
        return undefined;
    if (problem.status === 404)
        return refusal(error, 'wrong-credentials', synapse_admin_UNKNOWN_USER);
    if (problem.status === 400)
        return refusal(error, 'denied', NOT_THIS_USER);
    return refusedToken(error, 'synapse-admin-token', NOT_ADMIN);
}
const HIDDEN = 'The admin API is not reachable at this address: most proxies do not forward /_synapse/admin (use a self-hosted runner ' +
    'inside the network), other homeservers than Synapse and Tuwunel have none, and behind Matrix Authentication Service it ' +
    'is switched off (set `mas-client-id` and `mas-client-secret` instead).';
const synapse_admin_UNKNOWN_USER = 'Does the account exist? The user ID must be exactly as the server has it, capitals too.';
const NOT_THIS_USER = 'An administrator can log in as another user of the same server only: not as itself (give its token as `access-token`), ' +
    'and not as a user of another server.';
const NOT_ADMIN = 'Is it the access token of an account with administrator rights on this server, and is it still valid?';

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
    const message = `No complete answer from ${new ServerText(cause.host)}: ${cause.message}${times}.`;
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
            return `Check the spelling of ${new ServerText(host)}. For a server that only its own network knows, use a self-hosted runner there.`;
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
    const where = frame === undefined ? '' : ` at ${new ServerText(frame)}`;
    return {
        word: 'internal',
        message: `This is a bug in the action: ${name}${where}.`,
        hint: `Please report it at ${ISSUES_URL}, without any token or password.`,
    };
}

;// CONCATENATED MODULE: ./build/src/runner/ports.js

class CommandFileError extends Failure {
    variable;
    constructor(variable, problem, options) {
        super('internal', `The file that ${variable} names cannot be written: ${problem}.`, COMMAND_FILE_HINT, options);
        this.name = 'CommandFileError';
        this.variable = variable;
    }
}
const COMMAND_FILE_HINT = 'Check the disk space of the runner, and whether the user of the job (in a container: `options: --user`) may write ' +
    'to the folder `_runner_file_commands` in RUNNER_TEMP.';

;// CONCATENATED MODULE: ./build/src/session/record.js



const LOGOUT_MODES = ['never', 'always', 'on-failure'];
const SESSION = 'session';
const TOKEN = 'access-token';
const REFRESH_TOKEN = 'refresh-token';
const FILE = 'credentials-file';
const MAX_STATE_BYTES = 32_000;
const PHASES = ['sent', 'open', 'storing', 'ended'];
class SessionRecorder {
    #state;
    #record;
    constructor(state, record) {
        this.#state = state;
        this.#record = { ...record, phase: undefined, teardown: { kind: 'logout' }, proof: '' };
    }
    get record() {
        return this.#record;
    }
    get phase() {
        return this.#record.phase;
    }
    update(change) {
        const before = JSON.stringify(this.#record);
        this.#record = { ...this.#record, ...change };
        const now = JSON.stringify(this.#record);
        if (this.#record.phase !== undefined && now !== before)
            this.#state?.saveState(SESSION, now);
    }
    end() {
        try {
            this.update({ phase: 'ended' });
        }
        catch (error) {
            if (!(error instanceof CommandFileError))
                throw error;
        }
    }
    saveTokens(accessToken, refreshToken) {
        const bytes = JSON.stringify(this.#record).length + accessToken.length + (refreshToken?.length ?? 0);
        if (bytes > MAX_STATE_BYTES)
            return false;
        this.#state?.saveState(TOKEN, accessToken);
        if (refreshToken !== undefined)
            this.#state?.saveState(REFRESH_TOKEN, refreshToken);
        return true;
    }
}
function initializeState(state) {
    for (const key of [SESSION, TOKEN, REFRESH_TOKEN, FILE])
        state.saveState(key, '');
}
function savedSession(state) {
    const saved = parseJsonObject(Buffer.from(state.state(SESSION)));
    if (!isJsonObject(saved))
        return undefined;
    const member = (name) => values_stringMember(saved, name) ?? '';
    const phase = PHASES.find((known) => known === saved['phase']);
    const logout = LOGOUT_MODES.find((known) => known === saved['logout']);
    const teardown = parseTeardown(saved['teardown']);
    if (phase === undefined || logout === undefined || teardown === undefined)
        return undefined;
    const [homeserverUrl, deviceId] = [member('homeserverUrl'), member('deviceId')];
    const sessionName = member('sessionName');
    return {
        phase,
        logout,
        homeserverUrl,
        deviceId,
        ...(sessionName === '' ? {} : { sessionName }),
        user: member('user'),
        teardown,
        proof: member('proof'),
    };
}
function savedTokens(state) {
    return { accessToken: state.state(TOKEN), refreshToken: state.state(REFRESH_TOKEN) };
}
function saveCredentialsFile(state, path) {
    state.saveState(FILE, path);
}
function savedCredentialsFile(state) {
    return state.state(FILE);
}
function proofOf(teardown, adminClient) {
    if (teardown.kind !== 'personal-session' || adminClient === undefined)
        return '';
    const { tokenEndpoint, issuer, sessionId } = teardown;
    const { clientId, clientSecret } = adminClient;
    const text = JSON.stringify([clientId, tokenEndpoint, issuer, sessionId]);
    return (0,external_node_crypto_namespaceObject.createHmac)('sha256', clientSecret.reveal()).update(text).digest('hex');
}
function parseTeardown(value) {
    if (!isJsonObject(value))
        return undefined;
    const member = (name) => values_stringMember(value, name) ?? '';
    switch (value['kind']) {
        case 'logout':
            return { kind: 'logout' };
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

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = require("node:path");
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
function unusualCharacters(text) {
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

function secretText(raw, form) {
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
function choiceValue(name, raw, choices, problems) {
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
function lifetimeValue(name, raw, problems) {
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

;// CONCATENATED MODULE: ./build/src/inputs/delivery.js


const MIN_PASSPHRASE = 16;
const GOOD_PASSPHRASE = 24;
function readDelivery(inputs, log, logout, problems) {
    return {
        exportEnv: readExportEnv(inputs, problems),
        credentialsFile: readCredentialsFile(inputs, problems),
        sealPassphrase: readSealPassphrase(inputs, log, logout, problems),
    };
}
function readExportEnv(inputs, problems) {
    const wanted = booleanValue('export-env', inputs.input('export-env'), false, problems);
    if (wanted && (inputs.environment('GITHUB_ENV') ?? '') === '') {
        problems.add('`export-env` needs the variable GITHUB_ENV, which this runner does not set.');
    }
    return wanted;
}
function readCredentialsFile(inputs, problems) {
    const file = inputs.input('credentials-file').trim();
    if (/[\0-\x1f\x7f]/.test(file))
        problems.refuse('credentials-file', file, 'has a line break or control character in it');
    if (file === '' || (0,external_node_path_namespaceObject.isAbsolute)(file))
        return file;
    const temp = inputs.environment('RUNNER_TEMP') ?? '';
    if (temp === '') {
        problems.add('`credentials-file` is relative to RUNNER_TEMP, which is not set: give an absolute path.');
    }
    return (0,external_node_path_namespaceObject.join)(temp, file);
}
function readSealPassphrase(inputs, log, logout, problems) {
    const passphrase = secretText(inputs.input('seal-passphrase'), 'password');
    if (passphrase === undefined)
        return '';
    const { length } = [...passphrase.value];
    if (length < MIN_PASSPHRASE) {
        problems.add(`\`seal-passphrase\` has ${length} characters, fewer than ${MIN_PASSPHRASE}. Make one: openssl rand -base64 32`);
    }
    else if (length < GOOD_PASSPHRASE) {
        log.warning('`seal-passphrase` is short: anyone who can read this run can try to guess it offline. Make a better one: ' +
            'openssl rand -base64 32');
    }
    if (logout === 'always') {
        problems.add('`seal-passphrase` does not go with `logout: always`: the token would be revoked before the next job starts.');
    }
    return passphrase.value;
}

;// CONCATENATED MODULE: ./build/src/inputs/problems.js


function describeValue(raw) {
    const { length } = [...raw.trim()];
    return `(${length} ${length === 1 ? 'character' : 'characters'})`;
}
function describeRefused(input, raw, what) {
    const unusual = unusualCharacters(raw.trim());
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
            throw new Failure(first.word, first.text, first.hint);
        const list = this.#found.map(({ text, hint = '' }) => `- ${text} ${hint}`.trimEnd()).join('\n');
        throw new Failure('invalid-input', `The inputs have ${this.#found.length} problems:\n${list}`);
    }
}

;// CONCATENATED MODULE: ./build/src/inputs/declared.js
const INPUT_FORMS = {
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
const INPUT_NAMES = Object.keys(INPUT_FORMS).filter(isInputName);
function isInputName(name) {
    return Object.hasOwn(INPUT_FORMS, name);
}
const CONNECTION = ['homeserver', 'max-wait', 'allow-http'];
const declared_SESSION = [
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
        ...declared_SESSION,
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
        ...declared_SESSION,
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
function findToken(text) {
    for (const [pattern, issuer, kind] of SHAPES) {
        const [match, prefix] = pattern.exec(text) ?? [];
        if (match !== undefined)
            return { issuer, description: `${kind} (${prefix}…)`, match };
    }
    const [match] = JSON_WEB_TOKEN.exec(text) ?? [];
    return match === undefined ? undefined : { issuer: 'any', description: 'a JSON Web Token (eyJ…)', match };
}
function checkToken(input, token, problems, word = 'token-invalid') {
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
        const form = INPUT_FORMS[meant];
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
        if (INPUT_FORMS[name] === 'text')
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
    const form = INPUT_FORMS[name];
    const secret = form === 'password' || form === 'token' ? secretText(source.input(name), form) : undefined;
    if (secret === undefined)
        return [];
    source.mask(secret.value);
    const { value, dropped } = secret;
    if (dropped.length > 0) {
        source.warning(`\`${name}\` has ${dropped.join(', and ')}, which is left out. Store the secret without it: ` +
            'printf %s "$VALUE" | gh secret set NAME');
    }
    const unusual = unusualCharacters(value);
    if (unusual.length > 0) {
        source.warning(`\`${name}\` has ${unusual.join(', and ')}. It is used as it is; is that part of the secret?`);
    }
    return [{ name, value }];
}
function refuseForeignToken({ name, value }, problems) {
    if (INPUT_FORMS[name] !== 'token')
        return;
    const wanted = name === 'store-token' ? 'forge' : 'matrix';
    const found = findToken(value);
    if (found === undefined || found.issuer === 'any' || found.issuer === wanted)
        return;
    problems.refuse(name, value, `holds what looks like ${found.description}; it was not sent`);
}
function takeText(name, secrets, source, problems) {
    const raw = source.input(name);
    const text = trimInvisible(raw);
    const token = findToken(text);
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
    const unusual = unusualCharacters(text);
    if (unusual.length > 0)
        source.warning(`\`user\` has ${unusual.join(', and ')}. Is that part of the name?`);
}

;// CONCATENATED MODULE: ./build/src/inputs/homeserver.js


const DEFAULT_MAX_WAIT_SECONDS = 120;
function isBlank(inputs, name) {
    return inputs.input(name).trim() === '';
}
function readAllowHttp(inputs, problems) {
    return booleanValue('allow-http', inputs.input('allow-http'), false, problems);
}
function readMaxWait(inputs, problems) {
    return secondsValue('max-wait', inputs.input('max-wait'), DEFAULT_MAX_WAIT_SECONDS, problems);
}
function readHomeserver(inputs, user, allowHttp, problems) {
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

;// CONCATENATED MODULE: ./build/src/inputs/suspicions.js



const REFUSALS = ['wrong-credentials', 'denied', 'token-invalid'];
const WRONG_PLACES = ['unreachable', 'tls', 'not-a-homeserver'];
function hintsFor(word, suspects) {
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

;// CONCATENATED MODULE: ./build/src/inputs/login.js






function readLoginInputs(source, kinds) {
    const problems = new Problems();
    const screened = screenInputs('login', source, problems);
    const inputs = screened;
    return readSessionInputs(source, screened, kinds, problems, (kind) => {
        const logout = readLogout(inputs, kind, problems);
        return {
            logout,
            jobMatrix: inputs.input('job-matrix'),
            ...readMaxAge(inputs, kind, problems),
            ...readDelivery(inputs, source, logout, problems),
        };
    });
}
function readLogout(inputs, kind, problems) {
    const logout = choiceValue('logout', inputs.input('logout'), LOGOUT_MODES, problems);
    if (kind !== undefined && !kind.logoutAllowed && logout !== 'never') {
        problems.add(`\`logout: ${logout}\` does not go with \`${kind.input}\`: the action ends only sessions that it opened.`);
    }
    return logout;
}
function readMaxAge(inputs, kind, problems) {
    const maxAgeMs = lifetimeValue('max-age', inputs.input('max-age'), problems);
    if (maxAgeMs === undefined)
        return {};
    if (kind !== undefined && kind.input !== 'access-token') {
        problems.add(`\`max-age\` goes with \`access-token\` only, not with \`${kind.input}\`.`);
    }
    return { maxAgeMs };
}

;// CONCATENATED MODULE: ./build/src/session/teardown.js





class TeardownError extends Error {
    constructor(message) {
        super(message);
        this.name = 'TeardownError';
    }
}
async function endSession(context) {
    const { teardown, client } = context;
    switch (teardown.kind) {
        case 'logout':
            return logout(client, ownToken(context));
        case 'revocation':
            return revoke(teardown.revocationEndpoint, teardown.clientId, context);
        case 'personal-session': {
            const { adminClient } = context;
            if (adminClient === undefined)
                throw new TeardownError('`mas-client-id` and `mas-client-secret` are not set here');
            return revokePersonalSession(await AdminApi.open(teardown, adminClient, client.ports), teardown.sessionId);
        }
    }
}
function ownToken(context) {
    const { requestedDevice, namedDevice } = context;
    const isOther = requestedDevice !== undefined && namedDevice !== undefined && namedDevice !== requestedDevice;
    if (isOther)
        throw new TeardownError(OTHER_DEVICE);
    if (context.accessToken === undefined)
        throw new TeardownError('its access token is not known');
    return context.accessToken;
}
const OTHER_DEVICE = 'the server logged in on another device than it was asked for';
const REVOKE_CHECK = { phrase: 'revoke the session' };
const MAX_CHECKS = 3;
const PAUSE_MS = 1_000;
async function revoke(endpoint, clientId, context) {
    const { client, refreshToken } = context;
    const accessToken = ownToken(context);
    if (refreshToken === undefined)
        throw new TeardownError('the server gave no refresh token to revoke it with');
    if (endpoint === '')
        throw new TeardownError('the server names no endpoint that revokes it');
    await revokeSession(endpoint, clientId, refreshToken, client.ports);
    for (let check = 1; await isTokenActive(client, accessToken); check += 1) {
        if (check === MAX_CHECKS || !(await client.ports.clock.sleep(PAUSE_MS)))
            throw stillActive(endpoint);
    }
    return 'ended';
}
function stillActive(endpoint) {
    const what = 'the access token is still accepted (for two minutes it may be, if the refresh token was current)';
    return error_malformed(what, { server: new URL(endpoint).origin, operation: REVOKE_CHECK, dialect: OAUTH });
}

;// CONCATENATED MODULE: ./build/src/session/attempt.js











async function issueSession(attempt) {
    const { credential, context } = attempt;
    const source = await credential.requestTokens(context).catch(async (error) => {
        throw await explained(error, attempt);
    });
    if ('given' in source)
        return { accessToken: source.given, teardown: LOGOUT };
    const { answer, request } = await sendRequest(source, attempt);
    return takeSession(request, answer, attempt);
}
async function sendRequest(request, attempt) {
    const { credential, recorder } = attempt;
    if (credential.opensSession)
        recorder.update({ phase: 'sent' });
    try {
        return { answer: await request.send(), request };
    }
    catch (error) {
        if (!isAnswerLost(error) && recorder.phase === 'sent')
            recorder.end();
        const isRefusal = error instanceof AnswerError && error.problem.kind === 'refused';
        const other = isRefusal && !isAnswerLost(error) ? await request.alternative?.(error) : undefined;
        if (other !== undefined)
            return sendRequest(other, attempt);
        throw withLostAnswer(await explained(error, attempt, request), error, attempt);
    }
}
async function takeSession(request, answer, attempt) {
    const holder = (request.tokensAt ?? []).reduce(objectMember, answer);
    const tokens = readTokens(holder, request);
    const session = describeSession(tokens, request, answer);
    try {
        if (tokens !== undefined)
            save(tokens, session, attempt);
        if (tokens === undefined)
            throw odd('it has no usable access_token', attempt);
        if (hasInvalidToken(holder, 'refresh_token'))
            throw odd('its refresh_token is not a usable token', attempt);
        const facts = request.read(answer);
        if (session === undefined)
            throw odd('it does not say how the session is ended', attempt);
        return { ...session, ...readFacts(facts, attempt) };
    }
    catch (error) {
        if (session !== undefined)
            await endOrName(session, attempt);
        else if (attempt.credential.opensSession)
            nameSession(attempt);
        throw error;
    }
}
function readTokens(holder, { held }) {
    const accessToken = secretMember(holder, 'access_token');
    const refreshToken = secretMember(holder, 'refresh_token');
    if (accessToken === undefined)
        return undefined;
    if (refreshToken !== undefined)
        return { accessToken, refreshToken };
    return { accessToken, ...(held === undefined ? {} : { held }) };
}
function describeSession(tokens, { teardown, adminClient }, answer) {
    const found = teardown(answer);
    if (tokens === undefined || found === undefined)
        return undefined;
    return { ...tokens, teardown: found, ...(adminClient === undefined ? {} : { adminClient }) };
}
function save(tokens, session, attempt) {
    const { recorder, onIssued } = attempt;
    const { accessToken, held, refreshToken = held } = tokens;
    try {
        if (!recorder.saveTokens(accessToken.reveal(), refreshToken?.reveal()))
            throw odd('its tokens are too long', attempt);
        if (session !== undefined) {
            const { teardown, adminClient } = session;
            recorder.update({ phase: 'open', teardown, proof: proofOf(teardown, adminClient) });
        }
    }
    finally {
        onIssued?.(tokens);
    }
}
function readFacts({ userId, deviceId, expiresAt }, { log }) {
    if (expiresAt === 'malformed')
        log.warning(ODD_LIFETIME);
    return {
        ...(userId === undefined ? {} : { userId: new ServerText(userId) }),
        ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
        ...(typeof expiresAt === 'number' ? { expiresAt } : {}),
    };
}
const ODD_LIFETIME = 'The server names a lifetime of the token that is not usable. `expires-at` stays empty.';
function odd(what, { context }) {
    return error_malformed(what, { server: context.client.baseUrl, operation: LOG_IN }, { answerLost: true });
}
async function endOrName(session, attempt) {
    const { credential, recorder, log } = attempt;
    if (!credential.opensSession || namesOtherDevice(session, attempt))
        return 'named';
    const endsNothingElse = recorder.record.logout !== 'never' || credential.device !== 'login';
    if (endsNothingElse) {
        try {
            await endIssued(session, attempt);
            recorder.end();
            return 'ended';
        }
        catch {
            if (recorder.record.logout === 'always' && recorder.phase === 'open') {
                log.info('The new session could not be ended yet.');
                return 'named';
            }
        }
    }
    nameSession(attempt, session);
    return 'named';
}
function nameSession({ context, recorder, log }, session) {
    const { user, homeserverUrl, sessionName } = recorder.record;
    const device = session?.deviceId ?? (recorder.record.deviceId || context.device.deviceId);
    const name = `A session of ${user === '' ? 'the account' : user} on device ${device} at ${homeserverUrl} may remain`;
    log.warning(sessionName === undefined
        ? `${name}. End it in the list of sessions of that account if it is there.`
        : `${name}: ${sessionName}. The device has other sessions, too: end this one alone if it is there.`);
    recorder.end();
}
async function endIssued(session, { credential, context }) {
    const { accessToken, teardown, adminClient, deviceId, held, refreshToken = held } = session;
    await endSession({
        client: context.client,
        teardown,
        accessToken,
        ...(refreshToken === undefined ? {} : { refreshToken }),
        ...(adminClient === undefined ? {} : { adminClient }),
        ...(credential.device === 'existing' ? {} : { requestedDevice: context.device.deviceId }),
        ...(deviceId === undefined ? {} : { namedDevice: deviceId.raw }),
    });
}
function isAsRequested({ deviceId }, { credential, context }) {
    if (credential.device === 'existing')
        return true;
    return deviceId?.raw === context.device.deviceId;
}
function namesOtherDevice({ deviceId }, { credential, context }) {
    return credential.device === 'login' && deviceId !== undefined && deviceId.raw !== context.device.deviceId;
}
function warnOfOtherDevice(session, attempt) {
    const { context, recorder, log } = attempt;
    if (!namesOtherDevice(session, attempt))
        return;
    log.warning(`The server logged in on device ${session.deviceId} instead of the requested ${context.device.deviceId}. ` +
        'Nothing is ended because of it. End this session in the list of sessions of the account when it is not needed any more.');
    recorder.end();
}
async function verifySession(session, attempt) {
    const { userId } = session;
    if (userId === undefined || attempt.credential.needsWhoami)
        return verifyWithWhoami(session, attempt);
    const { deviceId, ...rest } = session;
    const device = deviceId === undefined ? {} : { deviceId };
    return { ...rest, ...device, userId, homeserverUrl: attempt.context.client.baseUrl };
}
async function verifyWithWhoami(session, attempt) {
    const { context, recorder } = attempt;
    const { userId: _told, deviceId: _named, ...rest } = session;
    try {
        const owner = await whoami(context.client, session.accessToken);
        const device = attempt.credential.device === 'existing' ? { deviceId: `${owner.deviceId ?? ''}` } : {};
        recorder.update({ user: `${owner.userId}`, ...device });
        return { ...rest, homeserverUrl: context.client.baseUrl, ...owner };
    }
    catch (error) {
        throw await explained(error, attempt);
    }
}
async function explained(error, attempt, request) {
    if (!(error instanceof AnswerError))
        return error;
    const known = request?.explain?.(error) ?? (await attempt.credential.explain(error, attempt.context));
    if (known !== undefined)
        return known;
    return (error.operation === WHOAMI ? refusedNewToken(error) : undefined) ?? error;
}
function withLostAnswer(explanation, error, { credential, context }) {
    const { afterLostAnswer } = credential;
    if (afterLostAnswer === undefined || !isAnswerLost(error) || explanation instanceof Failure)
        return explanation;
    const { word, message, hint } = explain(explanation, context.now());
    return new Failure(word, `${message} ${afterLostAnswer}`, hint, { cause: error });
}
function isAnswerLost(error) {
    if (error instanceof Error && 'answerLost' in error)
        return error.answerLost === true;
    return error instanceof Failure ? error.cause !== undefined && isAnswerLost(error.cause) : true;
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
            return await call_call(this.#callTo('v3', request), this.ports);
        }
        catch (error) {
            if (!isUnrecognized(error) || request.path.startsWith('/_') || !(await this.#isBeforeV1()))
                throw error;
            return call_call(this.#callTo('r0', request), this.ports);
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
        .map((flow) => (isJsonObject(flow) ? values_stringMember(flow, 'type') : undefined))
        .filter((type) => type !== undefined);
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

;// CONCATENATED MODULE: ./build/src/session/device-id.js

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 12;
const device_id_MAX_NAME_LENGTH = 90;
function stableDeviceId(homeserverUrl, context, matrix) {
    const { repository, workflowFile, job, step, branch, forge } = context;
    const parts = [homeserverUrl, repository, workflowFile, job, matrix, step, branch, ...forgePart(forge)];
    return format((0,external_node_crypto_namespaceObject.createHash)('sha256').update(JSON.stringify(parts)).digest());
}
function forgePart(forge) {
    return forge === '' ? [] : [forge];
}
function randomDeviceId(bytes, prefix = 'GHA') {
    return format(bytes(LENGTH), prefix);
}
function format(bytes, prefix = 'GHA') {
    return `${prefix}-${[...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET.charAt(byte % 32)).join('')}`;
}
function deviceDisplayName(given, { repository, workflowName, job }) {
    const parts = [repository, workflowName, job].filter((part) => part !== '');
    return fitDisplayName(given === '' ? `GitHub Actions: ${parts.join(' · ')}` : given);
}
function fitDisplayName(name) {
    const printable = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed();
    return [...printable].slice(0, device_id_MAX_NAME_LENGTH).join('');
}
function canonicalMatrix(json) {
    const text = json.trim();
    if (text === '')
        return '';
    try {
        const value = JSON.parse(text);
        const canonical = JSON.stringify(sortKeys(matrixIn(value)));
        return canonical === 'null' || canonical === '{}' ? '' : canonical;
    }
    catch {
        return text;
    }
}
function matrixIn(value) {
    if (typeof value !== 'object' || value === null || !('Matrix' in value) || Object.keys(value).length !== 1)
        return value;
    return typeof value.Matrix === 'object' && value.Matrix !== null ? value.Matrix : value;
}
function sortKeys(value) {
    if (Array.isArray(value))
        return value.map(sortKeys);
    if (typeof value !== 'object' || value === null)
        return value;
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, member]) => [key, sortKeys(member)]));
}

;// CONCATENATED MODULE: ./build/src/session/rotation.js



const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const TIME_LENGTH = 7;
const RANDOM_LENGTH = 3;
const RETIRE_MODES = ['next-rotation', 'now', 'never'];
function deviceBase(homeserverUrl, forge, repository, secretName) {
    const hash = (0,external_node_crypto_namespaceObject.createHash)('sha256')
        .update(JSON.stringify([homeserverUrl, repository, secretName.toUpperCase(), ...forgePart(forge)]))
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
const EARLIEST = Date.UTC(2026, 0, 1);
function rotationTime(deviceId, now) {
    const [, digits] = /-([0-9A-Za-z]{7})[0-9A-Za-z]{3}$/.exec(deviceId) ?? [];
    if (digits === undefined)
        return undefined;
    const time = [...digits].reduce((sum, digit) => sum * 62 + DIGITS.indexOf(digit), 0);
    return time >= EARLIEST && time <= now + CLOCK_DIFFERENCE_MS ? time : undefined;
}
const CLOCK_DIFFERENCE_MS = 24 * 60 * 60_000;
function planRetirement({ mode, base, names, newName, currentName }) {
    if (mode === 'never')
        return [];
    const older = names.filter((name) => isOfBase(name, base) && name < newName).sort();
    if (mode === 'next-rotation')
        return older.slice(0, -1).filter((name) => name !== currentName);
    const isLater = currentName !== undefined && isOfBase(currentName, base) && !older.includes(currentName);
    return isLater && currentName !== newName ? [...older, currentName] : older;
}
function checkTokenAge({ userId, deviceId }, maxAgeMs, now, log) {
    const rotatedAt = rotationTime(deviceId?.raw ?? '', now);
    if (maxAgeMs === undefined)
        return rotatedAt;
    if (rotatedAt === undefined) {
        log.warning('The age of the token is not known: its device was not made by `rotate`. `max-age` was not checked.');
    }
    else if (now - rotatedAt > maxAgeMs) {
        const days = ((now - rotatedAt) / 86_400_000).toFixed(1);
        throw new Failure('token-too-old', `The token of ${userId} was rotated at ${new Date(rotatedAt).toISOString()}, ${days} days ago.`, 'Run the workflow that rotates it. GitHub stops schedules after 60 days without a commit.');
    }
    return rotatedAt;
}

;// CONCATENATED MODULE: ./build/src/actions/credentials-file.js


function createCredentialsFile(runner, files, path) {
    if (path === '')
        return undefined;
    const file = create(runner, files, path);
    saveCredentialsFile(runner, file.realPath);
    if (files.isInside(file.realPath, runner.environment('GITHUB_WORKSPACE') ?? '')) {
        runner.warning(`\`credentials-file\` ${file.path} is in the workspace: artifacts, images and commits may take it along. A relative path is in RUNNER_TEMP.`);
    }
    return file;
}
function create(runner, files, path) {
    const trusted = ['RUNNER_TEMP', 'GITHUB_WORKSPACE'].flatMap((name) => runner.environment(name) || []);
    try {
        return files.create(path, trusted);
    }
    catch (error) {
        const message = `\`credentials-file\` (${path.length} characters) cannot be created: ${reason(error)}.`;
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
        const message = 'The server’s answer holds {{, {% or {#, which Ansible would run: it is not written to `credentials-file`.';
        throw new Failure('server-error', message, 'No honest server answers so. Do not use this session.');
    }
    try {
        file.write(`${json}\n`);
    }
    catch (error) {
        const message = `\`credentials-file\` ${file.path} cannot be written: ${reason(error)}.`;
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

;// CONCATENATED MODULE: ./build/src/sealing/session-file.js



function sessionFileJson(session, { repository, runId, runAttempt }) {
    const { accessToken, refreshToken, userId, deviceId, homeserverUrl, expiresAt } = session;
    return JSON.stringify({
        access_token: accessToken.reveal(),
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken.reveal() }),
        user_id: userId.raw,
        ...(deviceId === undefined ? {} : { device_id: deviceId.raw }),
        homeserver: homeserverUrl,
        ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
        repository,
        run_id: runId,
        ...(runAttempt === '' ? {} : { run_attempt: runAttempt }),
    });
}
function parseSessionFile(text) {
    const value = parseJson(text);
    if (value === undefined)
        return undefined;
    const member = (name) => values_stringMember(value, name);
    const [accessToken, userId, homeserverUrl] = [member('access_token'), member('user_id'), member('homeserver')];
    if (accessToken === undefined || !isToken(accessToken) || userId === undefined || !isUserId(userId))
        return undefined;
    if (homeserverUrl === undefined || !values_isPrintable(homeserverUrl))
        return undefined;
    const [refreshToken, deviceId] = [member('refresh_token'), member('device_id')];
    const expiresAt = Date.parse(member('expires_at') ?? '');
    const session = {
        homeserverUrl,
        userId: new ServerText(userId),
        accessToken: new Secret(accessToken),
        ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
        ...(refreshToken === undefined ? {} : { refreshToken: new Secret(refreshToken) }),
        ...(Number.isNaN(expiresAt) ? {} : { expiresAt }),
    };
    const [repository, runId, runAttempt] = ['repository', 'run_id', 'run_attempt'].map((name) => member(name) ?? '');
    return { session, origin: { repository: repository ?? '', runId: runId ?? '', runAttempt: runAttempt ?? '' } };
}
function parseJson(text) {
    try {
        const value = JSON.parse(text);
        return isJsonObject(value) ? value : undefined;
    }
    catch {
        return undefined;
    }
}
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

;// CONCATENATED MODULE: ./build/src/actions/deliver.js


function readOrigin({ environment }) {
    return {
        repository: environment('GITHUB_REPOSITORY') ?? '',
        runId: environment('GITHUB_RUN_ID') ?? '',
        runAttempt: environment('GITHUB_RUN_ATTEMPT') ?? '',
    };
}
async function deliver(runner, session, inputs, file) {
    const json = sessionFileJson(session, readOrigin(runner));
    const sealed = inputs.sealPassphrase === '' ? '' : await sealText(json, inputs.sealPassphrase);
    if (file !== undefined)
        writeCredentialsFile(file, json);
    setSessionOutputs(runner, session);
    runner.setOutput('rotated-at', inputs.rotatedAt === undefined ? '' : new Date(inputs.rotatedAt).toISOString());
    runner.setOutput('sealed-credentials', sealed);
    runner.setOutput('credentials-file', file?.path ?? '');
    runner.setOutput('failure', '');
    if (inputs.exportEnv)
        exportSession(runner, session);
    const expiresAt = deliver_expiryOf(session);
    runner.info(`Logged in as ${session.userId}, ${describeDevice(session)}, ${describeEnd(expiresAt)}.`);
    runner.summary(summaryTable(session, expiresAt, inputs.logout));
}
function setSessionOutputs(runner, session) {
    setCredentialOutputs(runner, session);
    runner.setOutput('authenticated', 'true');
}
function setRefreshTokenOutput(runner, { refreshToken }) {
    if (refreshToken !== undefined)
        runner.setOutput('refresh-token', refreshToken.reveal());
}
function setTokenOutputs(runner, { accessToken, refreshToken }) {
    runner.setOutput('access-token', accessToken.reveal());
    runner.setOutput('refresh-token', refreshToken?.reveal() ?? '');
}
function setCredentialOutputs(runner, session) {
    setTokenOutputs(runner, session);
    runner.setOutput('user-id', session.userId.raw);
    runner.setOutput('device-id', session.deviceId?.raw ?? '');
    runner.setOutput('homeserver-url', session.homeserverUrl);
    runner.setOutput('expires-at', deliver_expiryOf(session));
}
function exportSession(runner, session) {
    runner.exportVariable('MATRIX_ACCESS_TOKEN', session.accessToken.reveal());
    runner.exportVariable('MATRIX_USER_ID', session.userId.raw);
    runner.exportVariable('MATRIX_DEVICE_ID', session.deviceId?.raw ?? '');
    runner.exportVariable('MATRIX_HOMESERVER', session.homeserverUrl);
}
function deliver_expiryOf({ expiresAt }) {
    return expiresAt === undefined ? '' : new Date(expiresAt).toISOString();
}
function deliverSkipped(runner, why) {
    runner.setOutput('authenticated', 'false');
    runner.setOutput('failure', '');
    runner.warning(`Login skipped: no credential is set (\`if-no-credentials: skip\`). ${why}`);
}
function describeDevice({ deviceId }) {
    return deviceId === undefined ? 'without a device' : `device ${deviceId}`;
}
function describeEnd(expiresAt) {
    return expiresAt === '' ? 'no expiry named' : `until ${expiresAt}`;
}
const AFTERWARDS = {
    never: 'stays until it is ended (<code>logout: never</code>)',
    always: 'ends after this job (<code>logout: always</code>)',
    'on-failure': 'ends after this job if the job fails or is cancelled (<code>logout: on-failure</code>)',
};
function summaryTable(session, expiresAt, logout) {
    const rows = [
        ['User', code(`${session.userId}`)],
        ['Device', session.deviceId === undefined ? 'none' : code(`${session.deviceId}`)],
        ['Homeserver', code(session.homeserverUrl)],
        ['Expires', expiresAt === '' ? 'the server named no end' : code(expiresAt)],
        ['The session', AFTERWARDS[logout]],
    ];
    const body = rows.map(([name, value]) => `<tr><th align="left">${name}</th><td>${value}</td></tr>`).join('');
    return `<h3>Matrix login</h3><table>${body}</table>\n`;
}
function code(text) {
    return `<code>${text.replace(/[&<>"'`|\\*_[\]]/g, (character) => `&#${character.charCodeAt(0)};`)}</code>`;
}

;// CONCATENATED MODULE: ./build/src/runner/run-context.js
function readRunContext(inputs) {
    const variable = (name) => inputs.environment(name) ?? '';
    const workflowRef = variable('GITHUB_WORKFLOW_REF').split('@')[0] ?? '';
    const workflowName = variable('GITHUB_WORKFLOW');
    return {
        forge: forgeOf(variable('GITHUB_SERVER_URL')),
        repository: variable('GITHUB_REPOSITORY'),
        workflowFile: workflowRef === '' ? workflowName : workflowRef,
        workflowName,
        job: variable('GITHUB_JOB'),
        step: variable('GITHUB_ACTION'),
        branch: branchOf(variable('GITHUB_REF'), variable('GITHUB_EVENT_NAME')),
    };
}
function forgeOf(serverUrl) {
    const origin = URL.canParse(serverUrl) ? new URL(serverUrl).origin : serverUrl;
    return origin === 'https://github.com' ? '' : origin;
}
function branchOf(ref, eventName) {
    if (eventName.startsWith('pull_request') || ref.startsWith('refs/pull/'))
        return 'pull requests';
    if (eventName === 'merge_group' || ref.startsWith('refs/heads/gh-readonly-queue/'))
        return 'merge queue';
    if (ref.startsWith('refs/tags/'))
        return 'tags';
    return ref === '' || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
}

;// CONCATENATED MODULE: ./build/src/actions/prepare-login.js





function prepareLogin(ports, inputs, client) {
    const { runner, random, clock } = ports;
    const { credential, user, allowHttp, logout } = inputs;
    const run = readRunContext(runner);
    const matrix = canonicalMatrix(inputs.jobMatrix);
    const derived = () => logout === 'never' ? stableDeviceId(client.baseUrl, run, matrix) : randomDeviceId(random.bytes);
    const deviceId = inputs.deviceId === '' ? derived() : inputs.deviceId;
    logDevice(runner, inputs, deviceId, run);
    if (logout === 'on-failure' && isGitea(runner))
        runner.notice(FROZEN_STATUS);
    const recorder = new SessionRecorder(runner, {
        logout,
        homeserverUrl: client.baseUrl,
        deviceId: credential.device === 'existing' ? '' : deviceId,
        user: user === undefined ? '' : describeUser(user),
    });
    const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run) };
    const { mask, warning, group } = runner;
    runner.info(`Logging in with ${credential.description}…`);
    return {
        credential,
        context: { client, allowHttp, user, device, now: clock.now, mask, warning, group },
        log: runner,
        recorder,
        ...(credential.singleUse ? { onIssued: (tokens) => setRefreshTokenOutput(runner, tokens) } : {}),
    };
}
function isGitea({ environment }) {
    return environment('GITEA_ACTIONS') === 'true' && environment('FORGEJO_ACTIONS') !== 'true';
}
const FROZEN_STATUS = 'The runner of Gitea does not evaluate the default of `job-status` again for the post step. Write it out, or the session ' +
    'is never ended (`logout: on-failure`): with: job-status: ${{ job.status }}';
function logDevice(log, { credential, logout, deviceId: given }, deviceId, { workflowFile }) {
    if (credential.device === 'existing') {
        if (given !== '')
            log.notice(`\`device-id\` has no effect: with ${credential.description} no device is chosen.`);
        return;
    }
    log.info(`Device: ${deviceId}`);
    if (logout === 'never') {
        if (given === '' && workflowFile === '')
            log.warning(UNNAMED_WORKFLOW);
        log.info(credential.device === 'login' ? STAYS : PERSONAL_STAYS);
    }
    else if (given !== '' && credential.device === 'login') {
        log.notice(`The session on device ${deviceId} ends after the job (\`logout: ${logout}\`), and Synapse and Tuwunel end every token ` +
            'of that device with it. Leave `device-id` out to end nothing but this session.');
    }
}
const UNNAMED_WORKFLOW = 'This runner names neither the file nor the name of the workflow, so workflows share one device here, and one login may ' +
    'end the token of another. Give the workflow a `name:`, or set `device-id`.';
const STAYS = 'The session stays (`logout: never`). Logging in on this device again ends the token of the run before on Matrix ' +
    'Authentication Service, Dendrite and the Conduit family; Synapse and Tuwunel keep every earlier token valid ' +
    'until a logout. Use `logout: always` if only this job needs the token, `rotate` if a deployment does, and a ' +
    'concurrency group if runs overlap.';
const PERSONAL_STAYS = 'The session stays (`logout: never`), and earlier personal access tokens on this device are revoked. Use `logout: always` ' +
    'if only this job needs the token, `rotate` if a deployment does, and a concurrency group if runs overlap.';

;// CONCATENATED MODULE: ./build/src/actions/login.js














async function login(ports) {
    const { runner } = ports;
    initializeState(runner);
    const inputs = readLoginInputs(runner, CREDENTIAL_KINDS);
    if ('skipped' in inputs)
        return deliverSkipped(runner, inputs.skipped);
    const file = createCredentialsFile(runner, ports.files, inputs.credentialsFile);
    try {
        await logIn(ports, inputs, file);
    }
    catch (error) {
        throw withHints(error, inputs.hintsFor, ports.clock.now());
    }
}
async function logIn(ports, inputs, file) {
    const client = await connect(ports, inputs);
    const attempt = prepareLogin(ports, inputs, client);
    const issued = await issueSession(attempt);
    try {
        await handOver(ports, inputs, issued, attempt, file);
    }
    catch (error) {
        if (error instanceof CommandFileError)
            await endOrName(issued, attempt);
        throw error;
    }
}
async function handOver(ports, inputs, issued, attempt, file) {
    noteOwner(issued, attempt);
    await checkUser(issued.userId, issued, inputs, attempt);
    warnOfOtherDevice(issued, attempt);
    const session = await verify(issued, attempt);
    await checkUser(session.userId, issued, inputs, attempt);
    const rotatedAt = checkTokenAge(session, inputs.maxAgeMs, ports.clock.now(), ports.runner);
    if (inputs.logout === 'never')
        await endPreviousOnDevice(session, attempt);
    await deliver(ports.runner, session, { ...inputs, rotatedAt }, file).catch(async (error) => {
        if (!(error instanceof CommandFileError))
            await endOrName(issued, attempt);
        throw error;
    });
}
async function verify(issued, attempt) {
    try {
        return await verifySession(issued, attempt);
    }
    catch (error) {
        if (attempt.recorder.record.logout === 'never')
            await endOrName(issued, attempt);
        throw error;
    }
}
function noteOwner({ userId, deviceId }, { recorder }) {
    if (userId !== undefined && deviceId !== undefined)
        recorder.update({ user: `${userId}`, deviceId: `${deviceId}` });
}
async function checkUser(userId, issued, { user }, attempt) {
    if (userId === undefined || user === undefined || isSameUser(user, userId.raw))
        return;
    const message = `${attempt.context.client.baseUrl} says that this is ${userId}, not ${describeUser(user)}.`;
    if (!attempt.credential.opensSession)
        throw new Failure('wrong-user', message);
    const outcome = await endWrongUser(issued, attempt);
    throw new Failure('wrong-user', `${message} ${outcome}`);
}
async function endWrongUser(issued, attempt) {
    try {
        await endIssued(issued, attempt);
        attempt.recorder.end();
        return 'The session was ended again, and no output was set.';
    }
    catch {
        const device = issued.deviceId ?? attempt.context.device.deviceId;
        attempt.log.warning(`The session of ${issued.userId ?? 'this user'} on device ${device} could not be ended.`);
        return 'No output was set.';
    }
}
async function endPreviousOnDevice(session, attempt) {
    const { credential, context, log } = attempt;
    if (typeof credential.previousSessions !== 'function')
        return;
    const { deviceId } = context.device;
    if (!isAsRequested(session, attempt)) {
        log.warning(`The server names device ${session.deviceId ?? '(none)'} for the new token instead of the requested ${deviceId}. ` +
            'No earlier session is ended because of it.');
        return;
    }
    const failures = [];
    const end = async (previous) => {
        if (isSameTeardown(previous, session))
            return;
        await endSession({ ...session, client: context.client, teardown: previous.teardown }).catch((error) => failures.push(error));
    };
    try {
        for (const previous of await credential.previousSessions(context).listOn(deviceId))
            await end(previous);
    }
    catch (error) {
        failures.push(error);
    }
    if (failures.length === 0)
        return;
    const { message } = explain(failures[0], context.now());
    log.warning(`Earlier sessions on device ${deviceId} could not be ended. ${message}`);
}
function isSameTeardown({ teardown: a }, { teardown: b }) {
    return a.kind === 'personal-session' && b.kind === 'personal-session' && a.sessionId === b.sessionId;
}

;// CONCATENATED MODULE: ./build/src/inputs/post-step.js





function maskInputsAgain(source, kinds) {
    maskSecretInputs(source, INPUT_NAMES);
    maskSecretVariables(source, kinds, source);
}
function readAdminClient(source) {
    const clientId = secretText(source.input('mas-client-id'), 'text');
    const clientSecret = secretText(source.input('mas-client-secret'), 'token');
    if (clientSecret !== undefined)
        source.mask(clientSecret.value);
    if (clientId === undefined || clientSecret === undefined)
        return undefined;
    return { clientId: clientId.value, clientSecret: new Secret(clientSecret.value) };
}

;// CONCATENATED MODULE: ./build/src/session/account-page.js


async function whereToEnd(client, deviceId, failure) {
    if (failure instanceof NoAnswerError)
        return IN_A_CLIENT;
    const url = deviceId === ''
        ? await accountManagementUrl(client, 'org.matrix.devices_list')
        : await accountManagementUrl(client, 'org.matrix.device_delete', deviceId);
    return url === undefined ? IN_A_CLIENT : `End it on the account page of the server: ${url}`;
}
const IN_A_CLIENT = 'End it in the list of sessions of the account.';

;// CONCATENATED MODULE: ./build/src/actions/login-post.js











const DEADLINE_MS = 20_000;
async function loginPost(ports) {
    const { runner } = ports;
    hideServerText(true);
    maskInputsAgain(runner, CREDENTIAL_KINDS);
    const tokens = savedTokens(runner);
    for (const token of Object.values(tokens))
        if (token !== '')
            runner.mask(token);
    removeCredentialsFile(runner, ports.files);
    const session = savedSession(runner);
    if (session === undefined || session.phase === 'ended' || session.phase === 'storing')
        return;
    if (!shouldEnd(session, runner))
        return;
    if (tokens.accessToken === '')
        return warnOfLostSession(ports, session);
    await end(ports, session, tokens);
}
function shouldEnd({ logout: mode }, runner) {
    if (mode !== 'on-failure')
        return mode === 'always';
    const status = runner.input('job-status').trim().toLowerCase();
    if (status === '')
        runner.warning('The runner does not say how the job ended, so the session stays (`logout: on-failure`).');
    return status === 'failure' || status === 'cancelled';
}
async function warnOfLostSession(ports, session) {
    const client = new MatrixClient(session.homeserverUrl, withDeadline(ports, DEADLINE_MS));
    ports.runner.warning(`The login was sent, but its answer was lost: an orphaned session of ${describe(session)} may remain. ` +
        `If it is there: ${await whereToEnd(client, session.deviceId)}`);
}
async function end(ports, session, tokens) {
    const { runner, clock } = ports;
    const { accessToken, refreshToken } = tokens;
    const adminClient = session.teardown.kind === 'personal-session' ? readAdminClient(runner) : undefined;
    const client = new MatrixClient(session.homeserverUrl, withDeadline(ports, DEADLINE_MS));
    try {
        if (session.proof !== proofOf(session.teardown, adminClient))
            throw new TeardownError(login_post_OTHER_CLIENT);
        const result = await endSession({
            client,
            teardown: session.teardown,
            accessToken: new Secret(accessToken),
            ...(refreshToken === '' ? {} : { refreshToken: new Secret(refreshToken) }),
            ...(adminClient === undefined ? {} : { adminClient }),
        });
        runner.info(`${result === 'ended' ? 'Logged out' : 'The session was over already'}: ${describe(session)}.`);
    }
    catch (error) {
        const why = error instanceof TeardownError ? { message: `${error.message}.`, hint: '' } : explain(error, clock.now());
        const isListed = session.teardown.kind !== 'personal-session';
        const where = isListed ? await whereToEnd(client, session.deviceId, error) : '';
        const message = `The session of ${describe(session)} could not be ended and is still active.`;
        runner.warning([message, why.message, why.hint, where].filter((part) => part !== '').join(' '));
    }
}
const login_post_OTHER_CLIENT = 'the state was not saved with the `mas-client-id` and `mas-client-secret` that are set here';
function describe({ user, deviceId, sessionName, homeserverUrl }) {
    const device = deviceId === '' ? 'without a device' : `device ${deviceId}`;
    const session = sessionName === undefined ? '' : `, session ${sessionName} (the device has others, too)`;
    return `${user === '' ? 'the account' : user}, ${device}${session}, at ${homeserverUrl}`;
}

;// CONCATENATED MODULE: ./build/src/inputs/logout.js





function readLogoutInputs(source) {
    const problems = new Problems();
    const inputs = screenInputs('logout', source, problems);
    const token = secretText(inputs.input('access-token'), 'token');
    const allowHttp = readAllowHttp(inputs, problems);
    const homeserver = readHomeserver(inputs, 'no-such-input', allowHttp, problems);
    const maxWaitMs = readMaxWait(inputs, problems);
    if (token === undefined) {
        problems.add('`access-token` is empty: there is no session to end.', 'missing-credentials', EMPTY_HINT);
    }
    checkToken('access-token', token?.value ?? '', problems);
    problems.throwIfAny();
    if (token === undefined || homeserver === undefined)
        throw new Error('invalid inputs were not reported');
    return { homeserver, accessToken: token.value, maxWaitMs, allowHttp };
}
const EMPTY_HINT = 'Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
    'logged in, or set `logout: always` there.';

;// CONCATENATED MODULE: ./build/src/actions/logout.js










async function logout_logout(ports) {
    const { runner } = ports;
    await endSessionOf(ports, readLogoutInputs(runner));
    runner.setOutput('logged-out', 'true');
    runner.setOutput('failure', '');
}
async function endSessionOf(ports, inputs) {
    const client = await connect(ports, inputs);
    const accessToken = new Secret(inputs.accessToken);
    try {
        const result = await endSession({ client, teardown: LOGOUT, accessToken });
        ports.log.info(result === 'ended' ? 'Logged out.' : 'The token was invalid already.');
    }
    catch (error) {
        if (!(error instanceof AnswerError))
            throw error;
        throw (await logout_stillActive(error, client, accessToken)) ?? refusedToken(error, 'access-token', NOT_KNOWN) ?? error;
    }
}
const NOT_KNOWN = 'Is it a token of this server? Whether its session is active is not known.';
const OTHER_ENDS = {
    mat_: 'A token that begins with mat_ belongs to an OAuth session (Element, for example): it ends when that client signs out, ' +
        'on the account page of the server, or by OAuth revocation of its refresh token.',
    mpt_: 'A token that begins with mpt_ is a personal access token: the administrator of the server revokes it ' +
        '(POST /api/admin/v1/personal-sessions/{id}/revoke).',
};
async function logout_stillActive(error, client, accessToken) {
    const hint = OTHER_ENDS[accessToken.reveal().slice(0, 4)];
    if (!isUnknownToken(error) || hint === undefined)
        return undefined;
    const message = `${describeRefusal(error)} The token is still accepted: /logout does not end tokens of its kind.`;
    const owner = await whoami(client, accessToken).catch(() => undefined);
    const where = await whereToEnd(client, owner?.deviceId?.raw ?? '');
    return new Failure('method-unavailable', message, `${hint} ${where}`, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/stores/store.js
const MAX_SECRET_NAME = 255;
const KINDS = ['actions', 'dependabot', 'codespaces'];
const NAME = /^(?!\.+$)[A-Za-z0-9_.-]+$/;
function parseTarget(line) {
    const text = line.trim();
    const prefix = KINDS.find((kind) => text.startsWith(`${kind}:`));
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
const EXPECTED = 'is not repos/OWNER/REPO, repos/OWNER/REPO/environments/NAME or orgs/ORGANIZATION';

;// CONCATENATED MODULE: ./build/src/inputs/store.js





function readForge(inputs, problems) {
    const apiUrl = (inputs.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '');
    const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => inputs.environment(name) === 'true');
    const allowHttp = readAllowHttp(inputs, new Problems());
    if (!URL.canParse(apiUrl))
        problems.add(`GITHUB_API_URL ${describeValue(apiUrl)} is not a URL.`);
    else if (isInsecure(new URL(apiUrl), allowHttp)) {
        problems.add(`GITHUB_API_URL ${describeValue(apiUrl)} would carry the token without TLS.`, 'insecure-url');
    }
    const isForgejo = (marked && !isGithubApi(apiUrl)) || apiUrl.endsWith('/api/v1');
    return { kind: isForgejo ? 'forgejo' : 'github', apiUrl };
}
function isGithubApi(apiUrl) {
    return /^https:\/\/api\.(github\.com|[^/]+\.ghe\.com)$/.test(apiUrl) || apiUrl.endsWith('/api/v3');
}
const RESERVED = {
    github: ['GITHUB_'],
    forgejo: ['GITHUB_', 'GITEA_'],
};
function readSecretName(inputs, input, byDefault, problems) {
    if (isBlank(inputs, input))
        return byDefault;
    const name = inputs.input(input).trim();
    const { kind } = readForge(inputs, new Problems());
    const problem = lookalike(name) ?? problemWithName(name, RESERVED[kind]) ?? problemOnForge(name, input, kind);
    if (problem !== undefined)
        problems.add(describeRefused(input, name, problem));
    return name;
}
function lookalike(text) {
    const token = findToken(text);
    return token === undefined ? undefined : `holds what looks like ${token.description}; nothing was sent`;
}
function problemOnForge(name, input, kind) {
    if (kind !== 'forgejo' || input !== 'refresh-secret-name' || name.toUpperCase() !== 'CI')
        return undefined;
    return 'is CI, which Gitea and Forgejo refuse: choose another name';
}
function problemWithName(name, reserved) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
        return 'is not the name of a secret: use letters, digits and _, and no digit at the start';
    const prefix = reserved.find((each) => name.toUpperCase().startsWith(each));
    if (prefix !== undefined)
        return `begins with ${prefix}, which is reserved: choose another name`;
    return name.length > MAX_SECRET_NAME ? `is longer than ${MAX_SECRET_NAME} characters: choose another name` : undefined;
}
function readTargets(lines, { forge, reportMalformed }, problems) {
    const targets = new Map();
    for (const [index, line] of lines.entries()) {
        const refuse = (what) => problems.add(describeRefused('store-in', line, `(target ${index + 1}) ${what}`));
        const target = parseTarget(line);
        const problem = lookalike(line);
        if (problem !== undefined)
            refuse(problem);
        else if ('problem' in target) {
            if (reportMalformed)
                refuse(target.problem);
        }
        else if (forge.kind === 'forgejo' && (target.kind !== 'actions' || target.place.of === 'environment')) {
            refuse('is not known there: Gitea and Forgejo know repos/OWNER/REPO and orgs/ORGANIZATION only');
        }
        else {
            const key = `${target.kind} ${JSON.stringify(target.place).toLowerCase()}`;
            targets.set(key, targets.get(key) ?? target);
        }
    }
    return [...targets.values()];
}
function store_linesOf(text) {
    return text.split(/[\r\n]+/).filter((line) => line.trim() !== '');
}

;// CONCATENATED MODULE: ./build/src/inputs/rotate.js








function readRotateInputs(source, kinds) {
    const problems = new Problems();
    const screened = screenInputs('rotate', source, problems);
    const inputs = screened;
    const currentToken = secretText(inputs.input('current-token'), 'token')?.value ?? '';
    const storeToken = secretText(inputs.input('store-token'), 'token')?.value ?? '';
    return readSessionInputs(source, screened, kinds, problems, (kind) => {
        const forge = readForge(screened, problems);
        if (kind !== undefined && storeToken === '')
            problems.add(MISSING_STORE_TOKEN);
        checkToken('store-token', storeToken, problems, 'invalid-input');
        const retire = choiceValue('retire', inputs.input('retire'), RETIRE_MODES, problems);
        if (kind !== undefined)
            checkOverlap(inputs, kind, retire, problems);
        return {
            currentToken,
            storeToken,
            ...readSecretNames(screened, kind, problems),
            targets: readTargets(storeLines(screened), { forge, reportMalformed: kind !== undefined }, problems),
            retire,
            keepDevice: readKeepDevice(inputs, kind, problems),
            forge,
        };
    });
}
const MISSING_STORE_TOKEN = '`store-token` is missing: a token that may write secrets, of a GitHub App or a person. GITHUB_TOKEN never can.';
const KEEPING_KINDS = ['mas-client-id', 'refresh-token'];
function readKeepDevice(inputs, kind, problems) {
    const keepDevice = booleanValue('keep-device', inputs.input('keep-device'), false, problems);
    if (keepDevice && kind !== undefined && !KEEPING_KINDS.includes(kind.input)) {
        problems.add(`\`keep-device: true\` does not go with \`${kind.input}\`: at a login on the same device some servers end the old token ` +
            '(Matrix Authentication Service, Dendrite, Conduit family), and the others cannot end it alone (Synapse, Tuwunel). ' +
            'Use `mas-client-id` or `refresh-token`.');
    }
    return keepDevice;
}
function checkOverlap(inputs, kind, retire, problems) {
    if (kind.endsByItself !== true || retire === 'never' || !isBlank(inputs, 'valid-for'))
        return;
    problems.miss('valid-for', `\`valid-for\` is missing: with \`${kind.input}\` only its expiry ends a replaced token. Give at least twice ` +
        'the interval of the schedule, or set `retire: never`.');
}
function readSecretNames(inputs, kind, problems) {
    const secretName = readSecretName(inputs, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems);
    const refreshSecretName = readSecretName(inputs, 'refresh-secret-name', '', problems);
    const refreshes = kind?.refreshes === true;
    if (refreshes && refreshSecretName === '') {
        problems.miss('refresh-secret-name', '`refresh-secret-name` is missing: the secret that holds `refresh-token`. Its value changes each time.');
    }
    if (kind !== undefined && !refreshes && refreshSecretName !== '') {
        problems.add(`\`refresh-secret-name\` goes with \`refresh-token\` only, not with \`${kind.input}\`.`);
    }
    if (secretName.toUpperCase() === refreshSecretName.toUpperCase()) {
        problems.add('`secret-name` and `refresh-secret-name` are the same: each token needs its own secret.');
    }
    return { secretName, refreshSecretName };
}
function storeLines(inputs) {
    const lines = store_linesOf(inputs.input('store-in'));
    return lines.length > 0 ? lines : [`repos/${inputs.environment('GITHUB_REPOSITORY') ?? ''}`];
}

;// CONCATENATED MODULE: ./build/src/stores/forge-api.js

const forge_api_DEADLINE_MS = 30_000;
const API_VERSION = '2022-11-28';
class ForgeApi {
    url;
    #token;
    #ports;
    #readHints;
    constructor(url, token, ports, readHints) {
        this.url = url;
        this.#token = token;
        this.#ports = ports;
        this.#readHints = readHints;
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
        const request = { method, url: this.url + path, headers, deadlineMs: forge_api_DEADLINE_MS };
        let failed = false;
        const read = (response) => {
            failed ||= response.status >= 500;
            return this.#readHints(response, this.#ports.clock.now());
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

;// CONCATENATED MODULE: ./build/src/stores/refusals.js




const UNNAMED_DELAY_MS = 60_000;
const SECONDARY_LIMIT = /secondary rate limit|abuse detection/i;
function rateLimit(response, now) {
    const { status, headers } = response;
    if (status !== 429 && status !== 403)
        return {};
    const exhausted = headers['x-ratelimit-remaining'] === '0';
    const asked = parseRetryAfter(headers['retry-after'], now);
    const isLimit = status === 429 || exhausted || asked !== undefined || SECONDARY_LIMIT.test(messageOf(response));
    if (!isLimit)
        return {};
    if (asked !== undefined)
        return { rateLimited: true, retryAfterMs: asked };
    const reset = Number(headers['x-ratelimit-reset']);
    if (exhausted && reset > 0)
        return { rateLimited: true, retryAfterMs: Math.max(0, reset * 1000 - now) };
    return { rateLimited: true, retryAfterMs: UNNAMED_DELAY_MS };
}
function conflict({ status }) {
    return status === 409 ? { repeatOnce: 'another write is in progress there (409)' } : {};
}
function messageOf({ body }) {
    return values_stringMember(parseJsonObject(body) ?? {}, 'message') ?? '';
}
const TOO_MANY = 'Too many requests with `store-token`, and `max-wait` is over: run it again later.';
function refusals_describeRefusal(response, advise) {
    const said = messageOf(response);
    const text = said === '' ? '' : `, “${new ServerText(said)}”`;
    const advice = rateLimit(response, 0).rateLimited === true ? TOO_MANY : commonAdvice(response, said, advise);
    return `${response.status}${text}. ${advice}`.trimEnd();
}
function commonAdvice(response, said, advise) {
    if (response.status >= 300 && response.status < 400)
        return describeRedirect(response);
    if (response.status === 409)
        return 'Another write to this secret did not end: run it again later.';
    if (response.status === 401)
        return '`store-token` is wrong, expired or revoked.';
    return advise(response, said);
}
const REPOSITORY = /\/repos\/([\w.-]{1,100})\/([\w.-]{1,100})(?:\/|$)/;
function describeRedirect({ headers }) {
    const [, owner, name] = REPOSITORY.exec((headers['location'] ?? '').split(/[?#]/)[0] ?? '') ?? [];
    const found = owner === undefined || name === undefined ? '' : ` It is now repos/${owner}/${name}.`;
    return `It was renamed or moved, and a redirect is not followed.${found} Write the new name into \`store-in\`.`;
}
function describeNoAnswer(error) {
    return `no complete answer from ${error.cause.host}: ${error.message}`;
}
function kindOfRefusal({ status, inDoubt }) {
    return inDoubt || status >= 500 || status < 300 ? 'unknown' : 'refused';
}
async function outcomeOfWrite(send, advise) {
    try {
        const answer = await send();
        if (answer.status === 201 || answer.status === 204)
            return { kind: 'stored' };
        return { kind: kindOfRefusal(answer), why: refusals_describeRefusal(answer, advise) };
    }
    catch (error) {
        if (!(error instanceof NoAnswerError))
            throw error;
        return { kind: error.answerLost ? 'unknown' : 'refused', why: describeNoAnswer(error) };
    }
}
async function outcomeOfRemoval(send, advise) {
    try {
        const answer = await send();
        const isGone = (answer.status >= 200 && answer.status < 300) || answer.status === 404;
        return isGone ? undefined : refusals_describeRefusal(answer, advise);
    }
    catch (error) {
        if (!(error instanceof NoAnswerError))
            throw error;
        return describeNoAnswer(error);
    }
}
function unfitTarget(target, problem) {
    return new Failure('store-refused', `${target.text} ${problem}`, NOTHING_CHANGED);
}
const NOTHING_CHANGED = 'Nothing was changed: no login was made, and every stored secret is as it was.';
const APP_TOKEN = /^(ghs_|v1\.)/;
function readGithubHints(token) {
    const isAppToken = APP_TOKEN.test(token);
    return (response, now) => {
        const hints = { ...conflict(response), ...rateLimit(response, now) };
        const { status } = response;
        const mayPass = status === 401 || (status === 403 && lastingCause(response, messageOf(response)) === undefined);
        if (!isAppToken || !mayPass || hints.rateLimited === true)
            return hints;
        return { repeatOnce: `the token of the App may be too new (${status})` };
    };
}
function adviseGithub(target) {
    const permission = permissionFor(target);
    return (response, said) => {
        switch (response.status) {
            case 403:
                return lastingCause(response, said) ?? adviseForbidden(said, permission);
            case 404:
                return `It does not exist, or \`store-token\` has no access to it (permission ${permission}).`;
            case 410:
                return 'The API that this action uses is gone there: update the action.';
            case 422:
                return 'Is the name of the secret one that is allowed there?';
            default:
                return '';
        }
    };
}
function permissionFor({ kind, place }) {
    const secrets = { actions: 'Secrets', dependabot: 'Dependabot secrets', codespaces: 'Codespaces secrets' }[kind];
    if (place.of === 'environment')
        return '“Environments: read and write” of the repository';
    return `“${secrets}: read and write” of the ${place.of}`;
}
const LASTING_CAUSES = [
    [/SAML|single sign-on/i, 'Authorise `store-token` for the single sign-on of the organization.'],
    [/archived/i, 'Unarchive the repository, or remove it from `store-in`.'],
    [/IP allow list/i, 'Use a runner whose address is on that list.'],
    [/lifetime/i, 'Give a `store-token` with a shorter lifetime.'],
    [/forbids access via|suspended|administrative rules/i, 'The organization or GitHub itself decides this.'],
];
function lastingCause({ headers }, said) {
    if (headers['x-github-sso'] !== undefined)
        return LASTING_CAUSES[0]?.[1];
    return LASTING_CAUSES.find(([sentence]) => sentence.test(said))?.[1];
}
function adviseForbidden(said, permission) {
    if (said === '')
        return `Has \`store-token\` the permission ${permission}?`;
    if (/not accessible by integration/i.test(said))
        return `The GITHUB_TOKEN of a workflow can never write secrets. Give the token of a GitHub App that has the permission ${permission}.`;
    const isPermission = /not accessible|must have|must be|not have permission|not authorized/i.test(said);
    return isPermission ? `\`store-token\` lacks the permission ${permission}.` : '';
}

;// CONCATENATED MODULE: ./build/src/stores/forgejo.js


const readForgejoHints = (response, now) => ({ ...conflict(response), ...rateLimit(response, now) });
function forgejoStore(api) {
    return {
        prepare: async (target) => {
            const advise = adviceFor(target);
            if (target.place.of === 'organization')
                await checkOrganization(api, target, advise);
            else
                await checkRepository(api, target, advise);
            const path = secretsPath(target);
            return {
                target,
                write: (name, value) => outcomeOfWrite(() => api.send('PUT', `${path}/${name}`, { data: value }), advise),
                remove: (name) => outcomeOfRemoval(() => api.send('DELETE', `${path}/${name}`), advise),
            };
        },
    };
}
function ownPath({ place }) {
    return place.of === 'organization' ? `/orgs/${place.organization}` : `/repos/${place.owner}/${place.repository}`;
}
function secretsPath(target) {
    return `${ownPath(target)}/actions/secrets`;
}
async function checkRepository(api, target, advise) {
    const response = await api.send('GET', ownPath(target));
    if (response.status !== 200)
        throw unfitTarget(target, `cannot be written: ${refusals_describeRefusal(response, advise)}`);
    const permissions = parseJsonObject(response.body)?.['permissions'];
    if (isJsonObject(permissions) && permissions['admin'] === false)
        throw unfitTarget(target, `cannot be written: the user of \`store-token\` is not an administrator. ${WHO_MAY_WRITE}`);
}
async function checkOrganization(api, target, advise) {
    const response = await api.send('GET', `${secretsPath(target)}?limit=1`);
    const isRefusal = response.status !== 200 && !hasNoList(response);
    if (isRefusal)
        throw unfitTarget(target, `cannot be written: ${refusals_describeRefusal(response, advise)}`);
}
function hasNoList(response) {
    return response.status === 405 || (response.status === 404 && !NO_OWNER.test(messageOf(response)));
}
const NO_OWNER = /^Get(Org|User)ByName/;
const WHO_MAY_WRITE = 'Only an administrator of the repository can write its secrets, and only an owner of the organization those of an ' +
    'organization. The token of the job never can. Give a token of such a user.';
const NAME_RULES = 'A name has letters, digits and _, does not begin with a digit, GITEA_ or GITHUB_ (since Forgejo 17 nor FORGEJO_), ' +
    'and is not CI.';
function adviceFor({ place }) {
    const scope = place.of === 'organization' ? 'write:organization' : 'write:repository';
    return ({ status }, said) => {
        switch (status) {
            case 400:
                return /invalid .*name/i.test(said) ? NAME_RULES : '';
            case 403:
                if (/required scope/i.test(said))
                    return `\`store-token\` lacks the scope ${scope}.`;
                return /should be the owner|must be an organization owner/i.test(said) ? WHO_MAY_WRITE : '';
            case 404:
                return `It does not exist, or the user of \`store-token\` cannot see it (scope ${scope}).`;
            case 405:
                return 'This version has no API for secrets: update Gitea or Forgejo.';
            default:
                return '';
        }
    };
}

;// CONCATENATED MODULE: ./build/src/stores/github.js



const github_PAGE = 100;
const MOST_PAGES = 1_000;
function githubStore(api) {
    return {
        prepare: async (target, secretNames) => {
            const path = github_secretsPath(target);
            const advise = adviseGithub(target);
            const key = await publicKey(api, path, target);
            const isOrganization = target.place.of === 'organization';
            const visibilities = new Map();
            if (isOrganization) {
                for (const name of secretNames)
                    visibilities.set(name, await visibilityOf(api, path, name, target));
            }
            const visibilityFor = (name) => visibilities.get(name) ?? (isOrganization ? NEW_IN_ORGANIZATION : {});
            const renewKey = () => publicKey(api, path, target);
            return {
                target,
                write: (name, value) => {
                    const send = (sealedTo) => put(api, `${path}/${name}`, sealedTo, value, visibilityFor(name));
                    return write(send, { key, renewKey }, advise);
                },
                remove: (name) => outcomeOfRemoval(() => api.send('DELETE', `${path}/${name}`), advise),
            };
        },
    };
}
const NEW_IN_ORGANIZATION = { visibility: 'private' };
async function put(api, path, sealedTo, value, visibility) {
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
async function publicKey(api, path, target) {
    const response = await api.send('GET', `${path}/public-key`);
    const body = parseJsonObject(response.body) ?? {};
    const [id, key] = [values_stringMember(body, 'key_id'), Buffer.from(values_stringMember(body, 'key') ?? '', 'base64')];
    if (response.status !== 200 || id === undefined || !(await canSealTo(key)))
        throw refused(response, target, 'a usable public key');
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
        return NEW_IN_ORGANIZATION;
    const visibility = values_stringMember(parseJsonObject(response.body) ?? {}, 'visibility');
    if (response.status !== 200 || visibility === undefined)
        throw refused(response, target, 'who may see the secret');
    if (visibility !== 'selected')
        return { visibility };
    const repositories = await selectedRepositories(api, `${path}/${secretName}/repositories`, target);
    return { visibility, selected_repository_ids: repositories };
}
async function selectedRepositories(api, path, target) {
    const found = [];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
        const response = await api.send('GET', `${path}?per_page=${github_PAGE}&page=${page}`);
        const body = parseJsonObject(response.body);
        const repositories = body?.['repositories'];
        if (response.status !== 200 || !Array.isArray(repositories))
            throw refused(response, target, 'who may see the secret');
        const ids = repositories.map((repository) => (isJsonObject(repository) ? repository['id'] : undefined));
        found.push(...ids.filter((id) => typeof id === 'number'));
        const total = body?.['total_count'];
        if (repositories.length === 0 || (typeof total === 'number' ? found.length >= total : repositories.length < github_PAGE))
            break;
    }
    return found;
}
function refused(response, target, what) {
    return unfitTarget(target, `does not let ${what} be read: ${refusals_describeRefusal(response, adviseGithub(target))}`);
}
async function write(send, { key, renewKey }, advise) {
    let inDoubt = false;
    const sendTwice = async () => {
        const first = await send(key);
        if (first.status !== 422)
            return first;
        inDoubt = first.inDoubt;
        const second = await send(await renewKey());
        return { ...second, inDoubt: second.inDoubt || inDoubt };
    };
    const result = await outcomeOfWrite(sendTwice, advise).catch(keyNotRenewed);
    return inDoubt && result.kind === 'refused' ? { ...result, kind: 'unknown' } : result;
}
function keyNotRenewed(error) {
    if (error instanceof Failure)
        return { kind: 'refused', why: error.message };
    throw error;
}

;// CONCATENATED MODULE: ./build/src/stores/index.js




const STORES = {
    github: { open: githubStore, readHints: readGithubHints },
    forgejo: { open: forgejoStore, readHints: () => readForgejoHints },
};
function openStore({ kind, apiUrl }, token, ports) {
    const { open, readHints } = STORES[kind];
    return open(new ForgeApi(apiUrl, token, ports, readHints(token.reveal())));
}

;// CONCATENATED MODULE: ./build/src/stores/write.js




async function prepareTargets(ports, { targets, forge, storeToken }, secretNames) {
    const store = openStore(forge, new Secret(storeToken), ports);
    const prepared = [];
    for (const target of targets)
        prepared.push(await store.prepare(target, secretNames));
    return prepared;
}
async function writeEverywhere(targets, values, log) {
    const outcomes = new Map();
    for (const [secretName, value] of values) {
        for (const prepared of targets) {
            const before = outcomes.get(prepared);
            if (before?.failed !== undefined)
                continue;
            const result = await prepared.write(secretName, value);
            const { text } = prepared.target;
            log.info(result.kind === 'stored'
                ? `Stored ${secretName} in ${text}.`
                : `${secretName} not stored in ${text}: ${result.why}`);
            outcomes.set(prepared, addOutcome(before, secretName, result, text));
        }
    }
    return [...outcomes.values()];
}
function addOutcome(before, secretName, result, name) {
    const stored = before?.stored ?? [];
    if (result.kind === 'stored')
        return { name, result, stored: [...stored, secretName], failed: undefined };
    const worst = stored.length === 0 ? result : { kind: 'unknown', why: result.why };
    return { name, result: worst, stored, failed: `${secretName}: ${describeFailure(result)}` };
}
function describeFailure({ kind, why }) {
    return kind === 'unknown' ? `may have taken it, ${why}` : why;
}
function refusedEverywhere(written) {
    return written.every(({ result }) => result.kind === 'refused');
}
function storedIn(written) {
    return written.filter(({ result }) => result.kind === 'stored').map(({ name }) => name);
}
function reportWrites(written, earlier) {
    if (storedIn(written).length === written.length)
        return;
    const list = written.map(describeWritten).join('\n');
    if (refusedEverywhere(written)) {
        throw new Failure('store-refused', `No target took the new token:\n${list}`, REMEDIES[earlier].refused);
    }
    throw new Failure('store-partial', `Not every target took the new token:\n${list}`, REMEDIES[earlier].partial);
}
function describeWritten({ name, stored, failed, result }) {
    if (result.kind === 'stored')
        return `- ${name}: took it`;
    if (stored.length > 0)
        return `- ${name}: took ${stored.join(', ')}, but not ${failed ?? ''}`;
    return `- ${name}: ${describeFailure(result)}`;
}
const write_USED_UP = 'Correct what is said of each target and run it again soon: `refresh-token` was used, and most servers accept it again ' +
    'only until its successor is used, which was not done. The successor is the output `refresh-token`, masked.';
const REMEDIES = {
    untouched: {
        refused: 'Correct what is said of each target and run it again. The secrets stored before are unchanged.',
        partial: 'Correct what is said of each target and run it again. Nothing was ended: the old and the new token stay as valid as they are.',
    },
    'used-up': { refused: write_USED_UP, partial: write_USED_UP },
};
const SUFFIX = '_WRITE_CHECK';
const VALUE_BYTES = 16;
async function proveWriting(targets, secretNames, { log, random }) {
    const scratch = scratchName(secretNames);
    const value = Buffer.from(random.bytes(VALUE_BYTES)).toString('hex');
    const problems = [];
    for (const prepared of targets) {
        const { text } = prepared.target;
        const result = await prepared.write(scratch, value);
        if (result.kind === 'stored')
            log.info(`${text} can be written: ${scratch} was stored there.`);
        else
            problems.push(`- ${text}: ${result.why}`);
        if (result.kind !== 'refused')
            await removeScratch(prepared, scratch, log);
    }
    if (problems.length === 0)
        return;
    const list = problems.join('\n');
    throw new Failure('store-refused', `Not every target can be written (tried with ${scratch}):\n${list}`, NOTHING_USED);
}
const NOTHING_USED = 'Correct what is said of each target and run it again. Nothing was used up: the stored tokens are as valid as before.';
async function removeScratch(prepared, scratch, log) {
    const problem = await prepared.remove(scratch);
    if (problem === undefined)
        return;
    log.warning(`The scratch secret ${scratch} in ${prepared.target.text} could not be deleted: ${problem} ` +
        'It holds a random value. Delete it by hand.');
}
function scratchName([first, ...others]) {
    const taken = [first, ...others].map((name) => name.toUpperCase());
    let stem = first.slice(0, MAX_SECRET_NAME - SUFFIX.length);
    while (taken.includes(`${stem}${SUFFIX}`.toUpperCase()))
        stem = stem.slice(0, -1);
    return `${stem}${SUFFIX}`;
}

;// CONCATENATED MODULE: ./build/src/actions/rotate/refresh.js






async function refreshStored(rotation) {
    const { ports, inputs, targets } = rotation;
    const { runner, random } = ports;
    await proveWriting(targets, [inputs.refreshSecretName, inputs.secretName], { log: runner, random });
    const attempt = prepare(rotation);
    const issued = await issueSession(attempt);
    const refreshToken = issued.refreshToken ?? issued.held;
    if (refreshToken === undefined)
        throw new Error('a refresh without a refresh token');
    const values = [
        [inputs.refreshSecretName, refreshToken.reveal()],
        [inputs.secretName, issued.accessToken.reveal()],
    ];
    const written = await writeEverywhere(targets, values, runner);
    if (written.some(({ failed }) => failed !== undefined))
        setTokenOutputs(runner, issued);
    runner.setOutput('stored-in', storedIn(written).join('\n'));
    reportWrites(written, issued.refreshToken === undefined ? 'untouched' : 'used-up');
    const session = await verifySession(issued, attempt);
    if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId.raw)) {
        throw new Failure('wrong-user', `The refresh token belongs to ${session.userId}, not to ${describeUser(inputs.user)}. Its successor is stored.`, 'Check which account `refresh-token` belongs to. The new tokens of that account are stored, because the old refresh token is used up.');
    }
    setSessionOutputs(runner, session);
    runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString());
    runner.setOutput('retired', '');
    runner.info(`Refreshed ${inputs.secretName} and ${inputs.refreshSecretName} of ${session.userId}.`);
}
function prepare({ ports, inputs, client }) {
    const { credential, user, allowHttp } = inputs;
    const { runner, clock } = ports;
    const { mask, warning, group } = runner;
    const recorder = new SessionRecorder(runner, {
        logout: 'never',
        homeserverUrl: client.baseUrl,
        deviceId: '',
        user: '',
    });
    const device = { deviceId: '', displayName: '' };
    const context = { client, allowHttp, user, device, now: clock.now, mask, warning, group };
    runner.info(`Logging in with ${credential.description}…`);
    return { credential, context, log: runner, recorder, onIssued: (tokens) => setRefreshTokenOutput(runner, tokens) };
}

;// CONCATENATED MODULE: ./build/src/actions/rotate/replace.js










async function replaceStored(rotation) {
    const { ports, inputs, targets } = rotation;
    const { runner } = ports;
    const { base, name, attempt } = replace_prepare(rotation);
    const { issued, session } = await openVerified(rotation, attempt);
    await beginStoring(issued, attempt);
    const written = await writeEverywhere(targets, [[inputs.secretName, session.accessToken.reveal()]], runner);
    if (refusedEverywhere(written))
        await endUnstored(issued, attempt);
    else
        setSessionOutputs(runner, session);
    runner.setOutput('stored-in', storedIn(written).join('\n'));
    reportWrites(written, 'untouched');
    runner.setOutput('rotated-at', new Date(ports.clock.now()).toISOString());
    return { base, name, session, attempt };
}
function replace_prepare(rotation) {
    const { ports, inputs, client } = rotation;
    const { runner, clock, random } = ports;
    const { credential, user, allowHttp, keepDevice } = inputs;
    const run = readRunContext(runner);
    const derived = deviceBase(client.baseUrl, run.forge, run.repository, inputs.secretName);
    const base = inputs.deviceId === '' ? derived : inputs.deviceId;
    const name = rotationDeviceId(base, clock.now(), random.bytes);
    const deviceId = keepDevice ? keptDevice(rotation, base) : name;
    const hasDevice = credential.device !== 'existing';
    if (hasDevice)
        runner.info(keepDevice ? `Device: ${deviceId} (kept), session: ${name}` : `Device: ${name}`);
    const recorder = new SessionRecorder(runner, {
        logout: 'always',
        homeserverUrl: client.baseUrl,
        deviceId: hasDevice ? deviceId : '',
        ...(keepDevice ? { sessionName: name } : {}),
        user: user === undefined ? '' : describeUser(user),
    });
    const device = { deviceId, displayName: deviceDisplayName(inputs.deviceName, run), sessionName: name };
    const { mask, warning, group } = runner;
    const context = { client, allowHttp, user, device, now: clock.now, mask, warning, group };
    runner.info(`Logging in with ${credential.description}…`);
    return { base, name, attempt: { credential, context, log: runner, recorder } };
}
function keptDevice({ ports, inputs, current }, base) {
    if (inputs.deviceId !== '')
        return inputs.deviceId;
    if (current === undefined && inputs.currentToken !== '') {
        ports.runner.warning(`The device of \`current-token\` is not known any more, so the new token is on device ${base}. ` +
            'If the bot has its encryption keys on another one, set `device-id` to that.');
    }
    const device = current?.deviceId;
    if (device === undefined)
        return base;
    if (printable(device.raw) === device.raw && !/\s/u.test(device.raw))
        return device.raw;
    throw new Failure('invalid-input', `The device of \`current-token\` (${device}) has an ID that no new token can be asked for. Nothing was changed.`, 'Set `device-id`, or leave `keep-device` out: then each new token has a device of its own.');
}
async function openVerified({ inputs, current }, attempt) {
    const issued = await issueSession(attempt);
    warnOfOtherDevice(issued, attempt);
    try {
        const session = await verifyWithWhoami(issued, attempt);
        for (const wanted of [issued.userId ?? session.userId, current?.userId ?? session.userId]) {
            if (wanted.raw !== session.userId.raw)
                throw anotherUser(session, `${wanted}`);
        }
        if (inputs.user !== undefined && !isSameUser(inputs.user, session.userId.raw))
            throw anotherUser(session, describeUser(inputs.user));
        return { issued, session };
    }
    catch (error) {
        await endUnstored(issued, attempt);
        throw error;
    }
}
async function beginStoring(issued, attempt) {
    try {
        attempt.recorder.update({ phase: 'storing' });
    }
    catch (error) {
        await endOrName(issued, attempt);
        throw error;
    }
}
function anotherUser({ homeserverUrl, userId }, wanted) {
    return new Failure('wrong-user', `${homeserverUrl} logged in ${userId}, not ${wanted}. Nothing was stored.`);
}
async function endUnstored(issued, attempt) {
    if (namesOtherDevice(issued, attempt))
        return attempt.recorder.end();
    attempt.recorder.update({ phase: 'open' });
    await endOrName(issued, attempt);
}

;// CONCATENATED MODULE: ./build/src/actions/rotate/replaced.js




async function findReplaced(rotation, previous) {
    const { inputs, current, base } = rotation;
    if (current === undefined)
        return { kind: 'none' };
    const device = current.deviceId?.raw ?? '';
    const isBaseDevice = isOfBase(device, base);
    if (previous === undefined)
        return { kind: 'foreign' };
    if (previous.directory !== undefined && inputs.currentToken.startsWith('mct_'))
        return { kind: 'foreign' };
    if (isBaseDevice && !inputs.keepDevice)
        return { kind: 'own', name: device };
    if (previous.directory === undefined)
        return { kind: 'foreign' };
    const session = await sessionOf(previous.directory, rotation);
    if (session.state === 'inactive')
        return { kind: 'none' };
    if (session.state === 'unknown')
        return { kind: 'unknown' };
    const name = session.name ?? (isBaseDevice ? device : undefined);
    if (name === undefined)
        return { kind: 'foreign' };
    return { kind: isOfBase(name, base) ? 'own' : 'foreign', name };
}
async function sessionOf(directory, { inputs }) {
    try {
        return await directory.sessionOf(new Secret(inputs.currentToken));
    }
    catch {
        return { state: 'unknown' };
    }
}
async function endForeign(rotation, current, name, previous) {
    const { client, inputs } = rotation;
    if (previous?.directory === undefined || !inputs.currentToken.startsWith('mpt_')) {
        return void (await endSession({ client, teardown: LOGOUT, accessToken: new Secret(inputs.currentToken) }));
    }
    const sessions = await previous.directory.list();
    const [only, ...more] = sessions.filter((each) => name === undefined ? mayBeForeign(each, current, rotation) : each.name === name);
    if (only === undefined || more.length > 0 || isNew(only, rotation)) {
        throw new TeardownError('which session of its device it belongs to cannot be told, so none was ended');
    }
    await previous.end(only, undefined);
}
function mayBeForeign(each, { deviceId }, { base }) {
    return deviceId !== undefined && each.isOn(deviceId.raw) && !each.isMarked && !isOfBase(each.name, base);
}
function isNew({ teardown }, { session }) {
    return JSON.stringify(teardown) === JSON.stringify(session.teardown);
}

;// CONCATENATED MODULE: ./build/src/actions/rotate/retire.js











const MAX_RETIRED = 100;
const retire_DEADLINE_MS = 60_000;
async function retire(rotation) {
    const retiring = withinDeadline(rotation);
    const { ports, inputs, current, session, attempt } = retiring;
    const previous = previousSessions(retiring);
    if (!isAsRequested(session, attempt)) {
        ports.runner.warning(`The server names device ${session.deviceId ?? '(none)'} for the new token instead of the requested ` +
            `${attempt.context.device.deviceId}. Nothing is retired because of it.`);
        return [];
    }
    const replaced = await findReplaced(retiring, previous);
    const retired = [];
    if (replaced.kind === 'unknown')
        warnOfUnknown(retiring);
    if (current !== undefined && replaced.kind === 'foreign')
        retired.push(...(await retireForeign(retiring, current, replaced.name, previous)));
    if (previous === undefined || inputs.retire === 'never')
        return retired;
    if (replaced.kind === 'unknown' && inputs.retire === 'next-rotation')
        return retired;
    try {
        retired.push(...(await retireListed(retiring, previous, replaced.kind === 'own' ? replaced.name : undefined)));
    }
    catch (error) {
        ports.runner.warning(`Older sessions could not be listed; the next rotation tries again. ${retire_messageOf(error, retiring)}`);
    }
    return retired;
}
function warnOfUnknown({ ports, inputs }) {
    if (inputs.retire === 'never')
        return;
    ports.runner.warning(`The server does not say which session \`current-token\` belongs to. ${inputs.retire === 'now'
        ? 'If no rotation made it, it stays valid: end it in the list of sessions of the account.'
        : 'Nothing is retired; the next rotation tries again.'}`);
}
function withinDeadline(rotation) {
    const client = rotation.client.withPorts(withinTime(rotation.client.ports, retire_DEADLINE_MS));
    return { ...rotation, client, attempt: { ...rotation.attempt, context: { ...rotation.attempt.context, client } } };
}
function previousSessions({ attempt, session }) {
    const { credential, context } = attempt;
    if (credential.previousSessions === undefined)
        return undefined;
    if (credential.previousSessions === 'devices') {
        return {
            directory: undefined,
            list: async () => {
                const devices = await listDevices(context.client, session.accessToken);
                return devices.map(({ deviceId }) => ({ name: deviceId.raw, teardown: LOGOUT }));
            },
            end: ({ name }, ownToken) => endDevice(name, ownToken, attempt),
        };
    }
    const directory = credential.previousSessions(context);
    return {
        directory,
        list: () => directory.list(),
        end: async ({ teardown }) => {
            const { adminClient } = session;
            await endSession({ client: context.client, teardown, ...(adminClient === undefined ? {} : { adminClient }) });
        },
    };
}
async function endDevice(deviceId, ownToken, attempt) {
    const { client, device } = attempt.context;
    if (ownToken !== undefined)
        return void (await endSession({ client, teardown: LOGOUT, accessToken: ownToken }));
    const recorder = new SessionRecorder(undefined, { ...attempt.recorder.record, deviceId });
    const issued = await issueSession({
        ...attempt,
        recorder,
        context: { ...attempt.context, device: { ...device, deviceId } },
    });
    const { accessToken, teardown } = issued;
    const namedDevice = issued.deviceId?.raw ?? '';
    await endSession({ client, teardown, accessToken, requestedDevice: deviceId, namedDevice });
}
async function retireListed(retiring, previous, currentName) {
    const { inputs, base, name: newName, current } = retiring;
    const sessions = await previous.list();
    const names = sessions.map(({ name }) => name);
    const plan = planRetirement({ mode: inputs.retire, base, names, newName, currentName });
    const planned = previous.directory === undefined ? plan : plan.filter((name) => names.includes(name));
    const retired = [];
    for (const name of planned.slice(0, MAX_RETIRED)) {
        const session = sessions.find((each) => each.name === name) ?? { name, teardown: LOGOUT };
        const isCurrent = current !== undefined && name === currentName;
        if (await retireOne(retiring, previous, session, isCurrent))
            retired.push(name);
    }
    return retired;
}
async function retireOne(retiring, previous, session, isCurrent) {
    const { ports, inputs } = retiring;
    try {
        await previous.end(session, isCurrent ? new Secret(inputs.currentToken) : undefined);
        return true;
    }
    catch (error) {
        const why = retire_messageOf(error, retiring);
        const where = previous.directory === undefined ? ` ${await whereToEnd(retiring.client, session.name, error)}` : '';
        ports.runner.warning(`${session.name} could not be retired; the next rotation tries again. ${why}${where}`);
        return false;
    }
}
async function retireForeign(retiring, current, sessionName, previous) {
    const { ports, inputs } = retiring;
    const name = current.deviceId === undefined ? 'without a device' : `device ${current.deviceId}`;
    if (inputs.retire !== 'now') {
        const until = previous === undefined
            ? 'stays valid until it expires, if it does.'
            : 'was not made by a rotation and stays valid. End it when nothing uses it any more.';
        ports.runner.notice(`The replaced token (${name}) ${until}`);
        return [];
    }
    try {
        await endForeign(retiring, current, sessionName, previous);
        return current.deviceId === undefined ? [] : [`${current.deviceId}`];
    }
    catch (error) {
        const where = await whereToEnd(retiring.client, current.deviceId?.raw ?? '', error);
        ports.runner.warning(`The replaced token (${name}) could not be ended: ${retire_messageOf(error, retiring)} ${where}`);
        return [];
    }
}
function retire_messageOf(error, { ports }) {
    if (error instanceof TeardownError)
        return `${error.message}.`;
    return explain(error, ports.clock.now()).message;
}

;// CONCATENATED MODULE: ./build/src/actions/rotate/rotation.js









async function prepareRotation(ports, inputs) {
    const { secretName, refreshSecretName } = inputs;
    const secretNames = refreshSecretName === '' ? [secretName] : [refreshSecretName, secretName];
    const api = withWaitBudget(ports, inputs.maxWaitMs);
    const targets = await prepareTargets(api, inputs, secretNames);
    const client = await connect(ports, inputs, api);
    const current = await checkCurrentToken(ports, inputs, client);
    return { ports, inputs, client, targets, current };
}
async function checkCurrentToken({ runner }, { currentToken, user }, client) {
    if (currentToken === '') {
        runner.info('`current-token` is empty: the first rotation, or a misspelt name. Nothing older than this rotation depends on it.');
        return undefined;
    }
    if (!isToken(currentToken)) {
        runner.warning('`current-token` is not a token: there is white space in it. The rotation goes on and stores a new one.');
        return undefined;
    }
    const owner = await ownerOf(currentToken, client);
    if (owner === undefined) {
        runner.warning('`current-token` is not valid any more. The rotation goes on and stores a new one.');
    }
    else if (user !== undefined && !isSameUser(user, owner.userId.raw)) {
        const message = `\`current-token\` belongs to ${owner.userId}, not to ${describeUser(user)}. Nothing was changed.`;
        throw new Failure('wrong-user', message);
    }
    return owner;
}
async function ownerOf(currentToken, client) {
    try {
        return await whoami(client, new Secret(currentToken));
    }
    catch (error) {
        if (isUnknownToken(error))
            return undefined;
        const refused = error instanceof AnswerError ? refusedToken(error, 'current-token', UNCLEAR) : undefined;
        throw refused ?? error;
    }
}
const UNCLEAR = 'The server does not say that it is invalid, so nothing was changed.';

;// CONCATENATED MODULE: ./build/src/actions/rotate/rotate.js









async function rotate(ports) {
    const { runner } = ports;
    initializeState(runner);
    const inputs = readRotateInputs(runner, ROTATING_KINDS);
    if ('skipped' in inputs)
        return deliverSkipped(runner, inputs.skipped);
    try {
        await rotateStored(ports, inputs);
    }
    catch (error) {
        throw withHints(error, inputs.hintsFor, ports.clock.now());
    }
    runner.setOutput('failure', '');
}
async function rotateStored(ports, inputs) {
    const rotation = await prepareRotation(ports, inputs);
    if (inputs.credential.singleUse)
        return refreshStored(rotation);
    const replacement = await replaceStored(rotation);
    const retired = await retire({ ...rotation, ...replacement });
    ports.runner.setOutput('retired', retired.join('\n'));
    summarize(rotation, replacement.session, retired);
}
function summarize({ ports, inputs }, session, retired) {
    const kept = inputs.retire === 'next-rotation' ? ' The replaced token is valid until the next rotation.' : '';
    ports.runner.info(`Rotated ${inputs.secretName} of ${session.userId}: now device ${session.deviceId ?? '(none)'}.${kept} ` +
        (retired.length === 0 ? 'Nothing was retired.' : `Retired: ${retired.join(', ')}.`));
}

;// CONCATENATED MODULE: ./build/src/inputs/unseal.js




function readUnsealInputs(source) {
    const problems = new Problems();
    const inputs = screenInputs('unseal', source, problems);
    const passphrase = secretText(inputs.input('passphrase'), 'password')?.value ?? '';
    const sealed = inputs.input('sealed-credentials').trim();
    if (sealed === '')
        problems.add('`sealed-credentials` is empty.', 'missing-credentials', unseal_EMPTY_HINT);
    if (passphrase === '')
        problems.add('`passphrase` is empty: it is the `seal-passphrase` of the login.');
    const exportEnv = readExportEnv(inputs, problems);
    const allowOtherRuns = booleanValue('allow-other-runs', inputs.input('allow-other-runs'), false, problems);
    problems.throwIfAny();
    return { sealed: decode(sealed), passphrase, exportEnv, allowOtherRuns };
}
function decode(text) {
    const sealed = text.replace(/\s+/g, '');
    const isWhole = sealed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(sealed);
    return isWhole ? Buffer.from(sealed, 'base64') : new Uint8Array();
}
const unseal_EMPTY_HINT = 'Does the job that logs in declare it under `outputs:`, does this job name that one under `needs:`, did it run, and did ' +
    'it set `seal-passphrase`? The runner also drops an output in which a secret of one to three letters happens to occur: make that one longer.';

;// CONCATENATED MODULE: ./build/src/actions/unseal.js





async function unseal(runner) {
    const inputs = readUnsealInputs(runner);
    const opened = parseSessionFile(await unseal_open(inputs));
    if (opened === undefined) {
        throw new Failure('unsealing-failed', 'The decrypted content is not a credentials document.', 'Pass the output `sealed-credentials` of the login on as it is.');
    }
    const { session, origin } = opened;
    runner.mask(session.accessToken.reveal());
    if (session.refreshToken !== undefined)
        runner.mask(session.refreshToken.reveal());
    if (!inputs.allowOtherRuns)
        checkOrigin(origin, readOrigin(runner), runner);
    setCredentialOutputs(runner, session);
    if (inputs.exportEnv)
        exportSession(runner, session);
    runner.setOutput('failure', '');
    runner.info(`Opened the credentials of ${session.userId}, device ${session.deviceId ?? '(none)'}, at ${new ServerText(session.homeserverUrl)}.`);
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
        message: '`passphrase` does not open `sealed-credentials`.',
        hint: 'Is it the same secret as `seal-passphrase` of the login? If it is, the value was changed on its way: pass the ' +
            'output on as it is.',
    },
    damaged: {
        message: '`sealed-credentials` is damaged: it is not a complete age file in base64.',
        hint: 'Pass the output `sealed-credentials` of the login on as it is.',
    },
};
function checkOrigin(sealed, here, log) {
    const hint = 'Log in in this run. To allow this, set `allow-other-runs: true`.';
    if (sealed.repository !== here.repository) {
        throw new Failure('unsealing-failed', `\`sealed-credentials\` come from another repository, ${new ServerText(sealed.repository)}.`, hint);
    }
    if (sealed.runId !== here.runId) {
        throw new Failure('unsealing-failed', `\`sealed-credentials\` come from another run, ${new ServerText(sealed.runId)}.`, hint);
    }
    if (sealed.runAttempt !== '' && here.runAttempt !== '' && sealed.runAttempt !== here.runAttempt)
        log.warning(OTHER_ATTEMPT);
}
const OTHER_ATTEMPT = '`sealed-credentials` come from an earlier attempt of this run, whose session may have ended. If the token is invalid, ' +
    'press "Re-run all jobs" instead of "Re-run failed jobs".';

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
    return new TransportError(problem, host, network_errors_describe(problem, code, facts), { ...sent, code });
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
function network_errors_describe(problem, code, facts) {
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
    throw new Failure('invalid-input', `${variable.name} is not the address of an HTTP proxy.`, UNREADABLE_HINT);
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
    return isWithin(host, '127.0.0.0', 8) || isWithin(host, '::1', 128);
}
function matches(entry, host, port) {
    if (entry === '*')
        return true;
    const network = /^(.+)\/(\d{1,3})$/.exec(entry);
    if (network !== null)
        return isWithin(host, network[1] ?? '', Number(network[2]));
    if ((0,external_node_net_namespaceObject.isIP)(entry) === 6)
        return isWithin(host, entry, 128);
    const [, name = '', ofPort] = /^(\[[^\]]*\]|[^:[\]]+)(?::(\d+))?$/.exec(entry) ?? [];
    if (name === '' || (ofPort !== undefined && ofPort !== port))
        return false;
    const address = name.replace(/^\[(.*)\]$/, '$1');
    const family = (0,external_node_net_namespaceObject.isIP)(address);
    return family === 0 ? isOfDomain(name, host) : isWithin(host, address, family === 4 ? 32 : 128);
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
function isWithin(host, address, prefix) {
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
            try {
                (0,external_node_fs_namespaceObject.writeFileSync)(descriptor, text);
            }
            finally {
                (0,external_node_fs_namespaceObject.closeSync)(descriptor);
            }
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
let collected;
function stdout_write(chunk) {
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
        throw new Failure('internal', message, 'Check the disk space of the runner.', { cause: error });
    }
}
function sink() {
    return new external_node_stream_namespaceObject.Writable({ write: (_chunk, _encoding, done) => done() });
}
function makeStdoutSynchronous() {
    Object.defineProperty(process, 'stdout', { value: { write: stdout_write }, configurable: true });
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
    const transport = loggedTransport(toolkitTransport(USER_AGENT, runner.environment), clock.now, runner.debug);
    return { runner, log: runner, masks: runner, transport, clock, random: liveRandom, files: liveSecretFiles };
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
            hideServerText(never === 'fails');
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