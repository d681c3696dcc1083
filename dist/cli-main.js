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

/***/ 421:
/***/ ((module) => {

"use strict";
module.exports = require("node:child_process");

/***/ }),

/***/ 474:
/***/ ((module) => {

"use strict";
module.exports = require("node:events");

/***/ }),

/***/ 24:
/***/ ((module) => {

"use strict";
module.exports = require("node:fs");

/***/ }),

/***/ 760:
/***/ ((module) => {

"use strict";
module.exports = require("node:path");

/***/ }),

/***/ 327:
/***/ ((module) => {

"use strict";
module.exports = require("node:process");

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

/***/ }),

/***/ 909:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

const { Argument } = __nccwpck_require__(154);
const { Command } = __nccwpck_require__(348);
const { CommanderError, InvalidArgumentError } = __nccwpck_require__(135);
const { Help } = __nccwpck_require__(754);
const { Option } = __nccwpck_require__(240);

exports.DM = new Command();

exports.gu = (name) => new Command(name);
exports.Ww = (flags, description) => new Option(flags, description);
exports.er = (name, description) => new Argument(name, description);

/**
 * Expose classes
 */

exports.uB = Command;
exports.c$ = Option;
exports.ef = Argument;
exports._V = Help;

exports.b7 = CommanderError;
exports.Di = InvalidArgumentError;
exports.a2 = InvalidArgumentError; // Deprecated


/***/ }),

/***/ 154:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

const { InvalidArgumentError } = __nccwpck_require__(135);

class Argument {
  /**
   * Initialize a new command argument with the given name and description.
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @param {string} name
   * @param {string} [description]
   */

  constructor(name, description) {
    this.description = description || '';
    this.variadic = false;
    this.parseArg = undefined;
    this.defaultValue = undefined;
    this.defaultValueDescription = undefined;
    this.argChoices = undefined;

    switch (name[0]) {
      case '<': // e.g. <required>
        this.required = true;
        this._name = name.slice(1, -1);
        break;
      case '[': // e.g. [optional]
        this.required = false;
        this._name = name.slice(1, -1);
        break;
      default:
        this.required = true;
        this._name = name;
        break;
    }

    if (this._name.endsWith('...')) {
      this.variadic = true;
      this._name = this._name.slice(0, -3);
    }
  }

  /**
   * Return argument name.
   *
   * @return {string}
   */

  name() {
    return this._name;
  }

  /**
   * @package
   */

  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }

    previous.push(value);
    return previous;
  }

  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Argument}
   */

  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }

  /**
   * Set the custom handler for processing CLI command arguments into argument values.
   *
   * @param {Function} [fn]
   * @return {Argument}
   */

  argParser(fn) {
    this.parseArg = fn;
    return this;
  }

  /**
   * Only allow argument value to be one of choices.
   *
   * @param {string[]} values
   * @return {Argument}
   */

  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(', ')}.`,
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }

  /**
   * Make argument required.
   *
   * @returns {Argument}
   */
  argRequired() {
    this.required = true;
    return this;
  }

  /**
   * Make argument optional.
   *
   * @returns {Argument}
   */
  argOptional() {
    this.required = false;
    return this;
  }
}

/**
 * Takes an argument and returns its human readable equivalent for help usage.
 *
 * @param {Argument} arg
 * @return {string}
 * @private
 */

function humanReadableArgName(arg) {
  const nameOutput = arg.name() + (arg.variadic === true ? '...' : '');

  return arg.required ? '<' + nameOutput + '>' : '[' + nameOutput + ']';
}

exports.Argument = Argument;
exports.humanReadableArgName = humanReadableArgName;


/***/ }),

/***/ 348:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

const EventEmitter = (__nccwpck_require__(474).EventEmitter);
const childProcess = __nccwpck_require__(421);
const path = __nccwpck_require__(760);
const fs = __nccwpck_require__(24);
const process = __nccwpck_require__(327);

const { Argument, humanReadableArgName } = __nccwpck_require__(154);
const { CommanderError } = __nccwpck_require__(135);
const { Help, stripColor } = __nccwpck_require__(754);
const { Option, DualOptions } = __nccwpck_require__(240);
const { suggestSimilar } = __nccwpck_require__(30);

class Command extends EventEmitter {
  /**
   * Initialize a new `Command`.
   *
   * @param {string} [name]
   */

  constructor(name) {
    super();
    /** @type {Command[]} */
    this.commands = [];
    /** @type {Option[]} */
    this.options = [];
    this.parent = null;
    this._allowUnknownOption = false;
    this._allowExcessArguments = false;
    /** @type {Argument[]} */
    this.registeredArguments = [];
    this._args = this.registeredArguments; // deprecated old name
    /** @type {string[]} */
    this.args = []; // cli args with options removed
    this.rawArgs = [];
    this.processedArgs = []; // like .args but after custom processing and collecting variadic
    this._scriptPath = null;
    this._name = name || '';
    this._optionValues = {};
    this._optionValueSources = {}; // default, env, cli etc
    this._storeOptionsAsProperties = false;
    this._actionHandler = null;
    this._executableHandler = false;
    this._executableFile = null; // custom name for executable
    this._executableDir = null; // custom search directory for subcommands
    this._defaultCommandName = null;
    this._exitCallback = null;
    this._aliases = [];
    this._combineFlagAndOptionalValue = true;
    this._description = '';
    this._summary = '';
    this._argsDescription = undefined; // legacy
    this._enablePositionalOptions = false;
    this._passThroughOptions = false;
    this._lifeCycleHooks = {}; // a hash of arrays
    /** @type {(boolean | string)} */
    this._showHelpAfterError = false;
    this._showSuggestionAfterError = true;
    this._savedState = null; // used in save/restoreStateBeforeParse

    // see configureOutput() for docs
    this._outputConfiguration = {
      writeOut: (str) => process.stdout.write(str),
      writeErr: (str) => process.stderr.write(str),
      outputError: (str, write) => write(str),
      getOutHelpWidth: () =>
        process.stdout.isTTY ? process.stdout.columns : undefined,
      getErrHelpWidth: () =>
        process.stderr.isTTY ? process.stderr.columns : undefined,
      getOutHasColors: () =>
        useColor() ?? (process.stdout.isTTY && process.stdout.hasColors?.()),
      getErrHasColors: () =>
        useColor() ?? (process.stderr.isTTY && process.stderr.hasColors?.()),
      stripColor: (str) => stripColor(str),
    };

    this._hidden = false;
    /** @type {(Option | null | undefined)} */
    this._helpOption = undefined; // Lazy created on demand. May be null if help option is disabled.
    this._addImplicitHelpCommand = undefined; // undecided whether true or false yet, not inherited
    /** @type {Command} */
    this._helpCommand = undefined; // lazy initialised, inherited
    this._helpConfiguration = {};
    /** @type {string | undefined} */
    this._helpGroupHeading = undefined; // soft initialised when added to parent
    /** @type {string | undefined} */
    this._defaultCommandGroup = undefined;
    /** @type {string | undefined} */
    this._defaultOptionGroup = undefined;
  }

  /**
   * Copy settings that are useful to have in common across root command and subcommands.
   *
   * (Used internally when adding a command using `.command()` so subcommands inherit parent settings.)
   *
   * @param {Command} sourceCommand
   * @return {Command} `this` command for chaining
   */
  copyInheritedSettings(sourceCommand) {
    this._outputConfiguration = sourceCommand._outputConfiguration;
    this._helpOption = sourceCommand._helpOption;
    this._helpCommand = sourceCommand._helpCommand;
    this._helpConfiguration = sourceCommand._helpConfiguration;
    this._exitCallback = sourceCommand._exitCallback;
    this._storeOptionsAsProperties = sourceCommand._storeOptionsAsProperties;
    this._combineFlagAndOptionalValue =
      sourceCommand._combineFlagAndOptionalValue;
    this._allowExcessArguments = sourceCommand._allowExcessArguments;
    this._enablePositionalOptions = sourceCommand._enablePositionalOptions;
    this._showHelpAfterError = sourceCommand._showHelpAfterError;
    this._showSuggestionAfterError = sourceCommand._showSuggestionAfterError;

    return this;
  }

  /**
   * @returns {Command[]}
   * @private
   */

  _getCommandAndAncestors() {
    const result = [];
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    for (let command = this; command; command = command.parent) {
      result.push(command);
    }
    return result;
  }

  /**
   * Define a command.
   *
   * There are two styles of command: pay attention to where to put the description.
   *
   * @example
   * // Command implemented using action handler (description is supplied separately to `.command`)
   * program
   *   .command('clone <source> [destination]')
   *   .description('clone a repository into a newly created directory')
   *   .action((source, destination) => {
   *     console.log('clone command called');
   *   });
   *
   * // Command implemented using separate executable file (description is second parameter to `.command`)
   * program
   *   .command('start <service>', 'start named service')
   *   .command('stop [service]', 'stop named service, or all if no name supplied');
   *
   * @param {string} nameAndArgs - command name and arguments, args are `<required>` or `[optional]` and last may also be `variadic...`
   * @param {(object | string)} [actionOptsOrExecDesc] - configuration options (for action), or description (for executable)
   * @param {object} [execOpts] - configuration options (for executable)
   * @return {Command} returns new command for action handler, or `this` for executable command
   */

  command(nameAndArgs, actionOptsOrExecDesc, execOpts) {
    let desc = actionOptsOrExecDesc;
    let opts = execOpts;
    if (typeof desc === 'object' && desc !== null) {
      opts = desc;
      desc = null;
    }
    opts = opts || {};
    const [, name, args] = nameAndArgs.match(/([^ ]+) *(.*)/);

    const cmd = this.createCommand(name);
    if (desc) {
      cmd.description(desc);
      cmd._executableHandler = true;
    }
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    cmd._hidden = !!(opts.noHelp || opts.hidden); // noHelp is deprecated old name for hidden
    cmd._executableFile = opts.executableFile || null; // Custom name for executable file, set missing to null to match constructor
    if (args) cmd.arguments(args);
    this._registerCommand(cmd);
    cmd.parent = this;
    cmd.copyInheritedSettings(this);

    if (desc) return this;
    return cmd;
  }

  /**
   * Factory routine to create a new unattached command.
   *
   * See .command() for creating an attached subcommand, which uses this routine to
   * create the command. You can override createCommand to customise subcommands.
   *
   * @param {string} [name]
   * @return {Command} new command
   */

  createCommand(name) {
    return new Command(name);
  }

  /**
   * You can customise the help with a subclass of Help by overriding createHelp,
   * or by overriding Help properties using configureHelp().
   *
   * @return {Help}
   */

  createHelp() {
    return Object.assign(new Help(), this.configureHelp());
  }

  /**
   * You can customise the help by overriding Help properties using configureHelp(),
   * or with a subclass of Help by overriding createHelp().
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */

  configureHelp(configuration) {
    if (configuration === undefined) return this._helpConfiguration;

    this._helpConfiguration = configuration;
    return this;
  }

  /**
   * The default output goes to stdout and stderr. You can customise this for special
   * applications. You can also customise the display of errors by overriding outputError.
   *
   * The configuration properties are all functions:
   *
   *     // change how output being written, defaults to stdout and stderr
   *     writeOut(str)
   *     writeErr(str)
   *     // change how output being written for errors, defaults to writeErr
   *     outputError(str, write) // used for displaying errors and not used for displaying help
   *     // specify width for wrapping help
   *     getOutHelpWidth()
   *     getErrHelpWidth()
   *     // color support, currently only used with Help
   *     getOutHasColors()
   *     getErrHasColors()
   *     stripColor() // used to remove ANSI escape codes if output does not have colors
   *
   * @param {object} [configuration] - configuration options
   * @return {(Command | object)} `this` command for chaining, or stored configuration
   */

  configureOutput(configuration) {
    if (configuration === undefined) return this._outputConfiguration;

    this._outputConfiguration = {
      ...this._outputConfiguration,
      ...configuration,
    };
    return this;
  }

  /**
   * Display the help or a custom message after an error occurs.
   *
   * @param {(boolean|string)} [displayHelp]
   * @return {Command} `this` command for chaining
   */
  showHelpAfterError(displayHelp = true) {
    if (typeof displayHelp !== 'string') displayHelp = !!displayHelp;
    this._showHelpAfterError = displayHelp;
    return this;
  }

  /**
   * Display suggestion of similar commands for unknown commands, or options for unknown options.
   *
   * @param {boolean} [displaySuggestion]
   * @return {Command} `this` command for chaining
   */
  showSuggestionAfterError(displaySuggestion = true) {
    this._showSuggestionAfterError = !!displaySuggestion;
    return this;
  }

  /**
   * Add a prepared subcommand.
   *
   * See .command() for creating an attached subcommand which inherits settings from its parent.
   *
   * @param {Command} cmd - new subcommand
   * @param {object} [opts] - configuration options
   * @return {Command} `this` command for chaining
   */

  addCommand(cmd, opts) {
    if (!cmd._name) {
      throw new Error(`Command passed to .addCommand() must have a name
- specify the name in Command constructor or using .name()`);
    }

    opts = opts || {};
    if (opts.isDefault) this._defaultCommandName = cmd._name;
    if (opts.noHelp || opts.hidden) cmd._hidden = true; // modifying passed command due to existing implementation

    this._registerCommand(cmd);
    cmd.parent = this;
    cmd._checkForBrokenPassThrough();

    return this;
  }

  /**
   * Factory routine to create a new unattached argument.
   *
   * See .argument() for creating an attached argument, which uses this routine to
   * create the argument. You can override createArgument to return a custom argument.
   *
   * @param {string} name
   * @param {string} [description]
   * @return {Argument} new argument
   */

  createArgument(name, description) {
    return new Argument(name, description);
  }

  /**
   * Define argument syntax for command.
   *
   * The default is that the argument is required, and you can explicitly
   * indicate this with <> around the name. Put [] around the name for an optional argument.
   *
   * @example
   * program.argument('<input-file>');
   * program.argument('[output-file]');
   *
   * @param {string} name
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom argument processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */
  argument(name, description, parseArg, defaultValue) {
    const argument = this.createArgument(name, description);
    if (typeof parseArg === 'function') {
      argument.default(defaultValue).argParser(parseArg);
    } else {
      argument.default(parseArg);
    }
    this.addArgument(argument);
    return this;
  }

  /**
   * Define argument syntax for command, adding multiple at once (without descriptions).
   *
   * See also .argument().
   *
   * @example
   * program.arguments('<cmd> [env]');
   *
   * @param {string} names
   * @return {Command} `this` command for chaining
   */

  arguments(names) {
    names
      .trim()
      .split(/ +/)
      .forEach((detail) => {
        this.argument(detail);
      });
    return this;
  }

  /**
   * Define argument syntax for command, adding a prepared argument.
   *
   * @param {Argument} argument
   * @return {Command} `this` command for chaining
   */
  addArgument(argument) {
    const previousArgument = this.registeredArguments.slice(-1)[0];
    if (previousArgument?.variadic) {
      throw new Error(
        `only the last argument can be variadic '${previousArgument.name()}'`,
      );
    }
    if (
      argument.required &&
      argument.defaultValue !== undefined &&
      argument.parseArg === undefined
    ) {
      throw new Error(
        `a default value for a required argument is never used: '${argument.name()}'`,
      );
    }
    this.registeredArguments.push(argument);
    return this;
  }

  /**
   * Customise or override default help command. By default a help command is automatically added if your command has subcommands.
   *
   * @example
   *    program.helpCommand('help [cmd]');
   *    program.helpCommand('help [cmd]', 'show help');
   *    program.helpCommand(false); // suppress default help command
   *    program.helpCommand(true); // add help command even if no subcommands
   *
   * @param {string|boolean} enableOrNameAndArgs - enable with custom name and/or arguments, or boolean to override whether added
   * @param {string} [description] - custom description
   * @return {Command} `this` command for chaining
   */

  helpCommand(enableOrNameAndArgs, description) {
    if (typeof enableOrNameAndArgs === 'boolean') {
      this._addImplicitHelpCommand = enableOrNameAndArgs;
      if (enableOrNameAndArgs && this._defaultCommandGroup) {
        // make the command to store the group
        this._initCommandGroup(this._getHelpCommand());
      }
      return this;
    }

    const nameAndArgs = enableOrNameAndArgs ?? 'help [command]';
    const [, helpName, helpArgs] = nameAndArgs.match(/([^ ]+) *(.*)/);
    const helpDescription = description ?? 'display help for command';

    const helpCommand = this.createCommand(helpName);
    helpCommand.helpOption(false);
    if (helpArgs) helpCommand.arguments(helpArgs);
    if (helpDescription) helpCommand.description(helpDescription);

    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    // init group unless lazy create
    if (enableOrNameAndArgs || description) this._initCommandGroup(helpCommand);

    return this;
  }

  /**
   * Add prepared custom help command.
   *
   * @param {(Command|string|boolean)} helpCommand - custom help command, or deprecated enableOrNameAndArgs as for `.helpCommand()`
   * @param {string} [deprecatedDescription] - deprecated custom description used with custom name only
   * @return {Command} `this` command for chaining
   */
  addHelpCommand(helpCommand, deprecatedDescription) {
    // If not passed an object, call through to helpCommand for backwards compatibility,
    // as addHelpCommand was originally used like helpCommand is now.
    if (typeof helpCommand !== 'object') {
      this.helpCommand(helpCommand, deprecatedDescription);
      return this;
    }

    this._addImplicitHelpCommand = true;
    this._helpCommand = helpCommand;
    this._initCommandGroup(helpCommand);
    return this;
  }

  /**
   * Lazy create help command.
   *
   * @return {(Command|null)}
   * @package
   */
  _getHelpCommand() {
    const hasImplicitHelpCommand =
      this._addImplicitHelpCommand ??
      (this.commands.length &&
        !this._actionHandler &&
        !this._findCommand('help'));

    if (hasImplicitHelpCommand) {
      if (this._helpCommand === undefined) {
        this.helpCommand(undefined, undefined); // use default name and description
      }
      return this._helpCommand;
    }
    return null;
  }

  /**
   * Add hook for life cycle event.
   *
   * @param {string} event
   * @param {Function} listener
   * @return {Command} `this` command for chaining
   */

  hook(event, listener) {
    const allowedValues = ['preSubcommand', 'preAction', 'postAction'];
    if (!allowedValues.includes(event)) {
      throw new Error(`Unexpected value for event passed to hook : '${event}'.
Expecting one of '${allowedValues.join("', '")}'`);
    }
    if (this._lifeCycleHooks[event]) {
      this._lifeCycleHooks[event].push(listener);
    } else {
      this._lifeCycleHooks[event] = [listener];
    }
    return this;
  }

  /**
   * Register callback to use as replacement for calling process.exit.
   *
   * @param {Function} [fn] optional callback which will be passed a CommanderError, defaults to throwing
   * @return {Command} `this` command for chaining
   */

  exitOverride(fn) {
    if (fn) {
      this._exitCallback = fn;
    } else {
      this._exitCallback = (err) => {
        if (err.code !== 'commander.executeSubCommandAsync') {
          throw err;
        } else {
          // Async callback from spawn events, not useful to throw.
        }
      };
    }
    return this;
  }

  /**
   * Call process.exit, and _exitCallback if defined.
   *
   * @param {number} exitCode exit code for using with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   * @return never
   * @private
   */

  _exit(exitCode, code, message) {
    if (this._exitCallback) {
      this._exitCallback(new CommanderError(exitCode, code, message));
      // Expecting this line is not reached.
    }
    process.exit(exitCode);
  }

  /**
   * Register callback `fn` for the command.
   *
   * @example
   * program
   *   .command('serve')
   *   .description('start service')
   *   .action(function() {
   *      // do work here
   *   });
   *
   * @param {Function} fn
   * @return {Command} `this` command for chaining
   */

  action(fn) {
    const listener = (args) => {
      // The .action callback takes an extra parameter which is the command or options.
      const expectedArgsCount = this.registeredArguments.length;
      const actionArgs = args.slice(0, expectedArgsCount);
      if (this._storeOptionsAsProperties) {
        actionArgs[expectedArgsCount] = this; // backwards compatible "options"
      } else {
        actionArgs[expectedArgsCount] = this.opts();
      }
      actionArgs.push(this);

      return fn.apply(this, actionArgs);
    };
    this._actionHandler = listener;
    return this;
  }

  /**
   * Factory routine to create a new unattached option.
   *
   * See .option() for creating an attached option, which uses this routine to
   * create the option. You can override createOption to return a custom option.
   *
   * @param {string} flags
   * @param {string} [description]
   * @return {Option} new option
   */

  createOption(flags, description) {
    return new Option(flags, description);
  }

  /**
   * Wrap parseArgs to catch 'commander.invalidArgument'.
   *
   * @param {(Option | Argument)} target
   * @param {string} value
   * @param {*} previous
   * @param {string} invalidArgumentMessage
   * @private
   */

  _callParseArg(target, value, previous, invalidArgumentMessage) {
    try {
      return target.parseArg(value, previous);
    } catch (err) {
      if (err.code === 'commander.invalidArgument') {
        const message = `${invalidArgumentMessage} ${err.message}`;
        this.error(message, { exitCode: err.exitCode, code: err.code });
      }
      throw err;
    }
  }

  /**
   * Check for option flag conflicts.
   * Register option if no conflicts found, or throw on conflict.
   *
   * @param {Option} option
   * @private
   */

  _registerOption(option) {
    const matchingOption =
      (option.short && this._findOption(option.short)) ||
      (option.long && this._findOption(option.long));
    if (matchingOption) {
      const matchingFlag =
        option.long && this._findOption(option.long)
          ? option.long
          : option.short;
      throw new Error(`Cannot add option '${option.flags}'${this._name && ` to command '${this._name}'`} due to conflicting flag '${matchingFlag}'
-  already used by option '${matchingOption.flags}'`);
    }

    this._initOptionGroup(option);
    this.options.push(option);
  }

  /**
   * Check for command name and alias conflicts with existing commands.
   * Register command if no conflicts found, or throw on conflict.
   *
   * @param {Command} command
   * @private
   */

  _registerCommand(command) {
    const knownBy = (cmd) => {
      return [cmd.name()].concat(cmd.aliases());
    };

    const alreadyUsed = knownBy(command).find((name) =>
      this._findCommand(name),
    );
    if (alreadyUsed) {
      const existingCmd = knownBy(this._findCommand(alreadyUsed)).join('|');
      const newCmd = knownBy(command).join('|');
      throw new Error(
        `cannot add command '${newCmd}' as already have command '${existingCmd}'`,
      );
    }

    this._initCommandGroup(command);
    this.commands.push(command);
  }

  /**
   * Add an option.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addOption(option) {
    this._registerOption(option);

    const oname = option.name();
    const name = option.attributeName();

    // store default value
    if (option.negate) {
      // --no-foo is special and defaults foo to true, unless a --foo option is already defined
      const positiveLongFlag = option.long.replace(/^--no-/, '--');
      if (!this._findOption(positiveLongFlag)) {
        this.setOptionValueWithSource(
          name,
          option.defaultValue === undefined ? true : option.defaultValue,
          'default',
        );
      }
    } else if (option.defaultValue !== undefined) {
      this.setOptionValueWithSource(name, option.defaultValue, 'default');
    }

    // handler for cli and env supplied values
    const handleOptionValue = (val, invalidValueMessage, valueSource) => {
      // val is null for optional option used without an optional-argument.
      // val is undefined for boolean and negated option.
      if (val == null && option.presetArg !== undefined) {
        val = option.presetArg;
      }

      // custom processing
      const oldValue = this.getOptionValue(name);
      if (val !== null && option.parseArg) {
        val = this._callParseArg(option, val, oldValue, invalidValueMessage);
      } else if (val !== null && option.variadic) {
        val = option._collectValue(val, oldValue);
      }

      // Fill-in appropriate missing values. Long winded but easy to follow.
      if (val == null) {
        if (option.negate) {
          val = false;
        } else if (option.isBoolean() || option.optional) {
          val = true;
        } else {
          val = ''; // not normal, parseArg might have failed or be a mock function for testing
        }
      }
      this.setOptionValueWithSource(name, val, valueSource);
    };

    this.on('option:' + oname, (val) => {
      const invalidValueMessage = `error: option '${option.flags}' argument '${val}' is invalid.`;
      handleOptionValue(val, invalidValueMessage, 'cli');
    });

    if (option.envVar) {
      this.on('optionEnv:' + oname, (val) => {
        const invalidValueMessage = `error: option '${option.flags}' value '${val}' from env '${option.envVar}' is invalid.`;
        handleOptionValue(val, invalidValueMessage, 'env');
      });
    }

    return this;
  }

  /**
   * Internal implementation shared by .option() and .requiredOption()
   *
   * @return {Command} `this` command for chaining
   * @private
   */
  _optionEx(config, flags, description, fn, defaultValue) {
    if (typeof flags === 'object' && flags instanceof Option) {
      throw new Error(
        'To add an Option object use addOption() instead of option() or requiredOption()',
      );
    }
    const option = this.createOption(flags, description);
    option.makeOptionMandatory(!!config.mandatory);
    if (typeof fn === 'function') {
      option.default(defaultValue).argParser(fn);
    } else if (fn instanceof RegExp) {
      // deprecated
      const regex = fn;
      fn = (val, def) => {
        const m = regex.exec(val);
        return m ? m[0] : def;
      };
      option.default(defaultValue).argParser(fn);
    } else {
      option.default(fn);
    }

    return this.addOption(option);
  }

  /**
   * Define option with `flags`, `description`, and optional argument parsing function or `defaultValue` or both.
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space. A required
   * option-argument is indicated by `<>` and an optional option-argument by `[]`.
   *
   * See the README for more details, and see also addOption() and requiredOption().
   *
   * @example
   * program
   *     .option('-p, --pepper', 'add pepper')
   *     .option('--pt, --pizza-type <TYPE>', 'type of pizza') // required option-argument
   *     .option('-c, --cheese [CHEESE]', 'add extra cheese', 'mozzarella') // optional option-argument with default
   *     .option('-t, --tip <VALUE>', 'add tip to purchase cost', parseFloat) // custom parse function
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */

  option(flags, description, parseArg, defaultValue) {
    return this._optionEx({}, flags, description, parseArg, defaultValue);
  }

  /**
   * Add a required option which must have a value after parsing. This usually means
   * the option must be specified on the command line. (Otherwise the same as .option().)
   *
   * The `flags` string contains the short and/or long flags, separated by comma, a pipe or space.
   *
   * @param {string} flags
   * @param {string} [description]
   * @param {(Function|*)} [parseArg] - custom option processing function or default value
   * @param {*} [defaultValue]
   * @return {Command} `this` command for chaining
   */

  requiredOption(flags, description, parseArg, defaultValue) {
    return this._optionEx(
      { mandatory: true },
      flags,
      description,
      parseArg,
      defaultValue,
    );
  }

  /**
   * Alter parsing of short flags with optional values.
   *
   * @example
   * // for `.option('-f,--flag [value]'):
   * program.combineFlagAndOptionalValue(true);  // `-f80` is treated like `--flag=80`, this is the default behaviour
   * program.combineFlagAndOptionalValue(false) // `-fb` is treated like `-f -b`
   *
   * @param {boolean} [combine] - if `true` or omitted, an optional value can be specified directly after the flag.
   * @return {Command} `this` command for chaining
   */
  combineFlagAndOptionalValue(combine = true) {
    this._combineFlagAndOptionalValue = !!combine;
    return this;
  }

  /**
   * Allow unknown options on the command line.
   *
   * @param {boolean} [allowUnknown] - if `true` or omitted, no error will be thrown for unknown options.
   * @return {Command} `this` command for chaining
   */
  allowUnknownOption(allowUnknown = true) {
    this._allowUnknownOption = !!allowUnknown;
    return this;
  }

  /**
   * Allow excess command-arguments on the command line. Pass false to make excess arguments an error.
   *
   * @param {boolean} [allowExcess] - if `true` or omitted, no error will be thrown for excess arguments.
   * @return {Command} `this` command for chaining
   */
  allowExcessArguments(allowExcess = true) {
    this._allowExcessArguments = !!allowExcess;
    return this;
  }

  /**
   * Enable positional options. Positional means global options are specified before subcommands which lets
   * subcommands reuse the same option names, and also enables subcommands to turn on passThroughOptions.
   * The default behaviour is non-positional and global options may appear anywhere on the command line.
   *
   * @param {boolean} [positional]
   * @return {Command} `this` command for chaining
   */
  enablePositionalOptions(positional = true) {
    this._enablePositionalOptions = !!positional;
    return this;
  }

  /**
   * Pass through options that come after command-arguments rather than treat them as command-options,
   * so actual command-options come before command-arguments. Turning this on for a subcommand requires
   * positional options to have been enabled on the program (parent commands).
   * The default behaviour is non-positional and options may appear before or after command-arguments.
   *
   * @param {boolean} [passThrough] for unknown options.
   * @return {Command} `this` command for chaining
   */
  passThroughOptions(passThrough = true) {
    this._passThroughOptions = !!passThrough;
    this._checkForBrokenPassThrough();
    return this;
  }

  /**
   * @private
   */

  _checkForBrokenPassThrough() {
    if (
      this.parent &&
      this._passThroughOptions &&
      !this.parent._enablePositionalOptions
    ) {
      throw new Error(
        `passThroughOptions cannot be used for '${this._name}' without turning on enablePositionalOptions for parent command(s)`,
      );
    }
  }

  /**
   * Whether to store option values as properties on command object,
   * or store separately (specify false). In both cases the option values can be accessed using .opts().
   *
   * @param {boolean} [storeAsProperties=true]
   * @return {Command} `this` command for chaining
   */

  storeOptionsAsProperties(storeAsProperties = true) {
    if (this.options.length) {
      throw new Error('call .storeOptionsAsProperties() before adding options');
    }
    if (Object.keys(this._optionValues).length) {
      throw new Error(
        'call .storeOptionsAsProperties() before setting option values',
      );
    }
    this._storeOptionsAsProperties = !!storeAsProperties;
    return this;
  }

  /**
   * Retrieve option value.
   *
   * @param {string} key
   * @return {object} value
   */

  getOptionValue(key) {
    if (this._storeOptionsAsProperties) {
      return this[key];
    }
    return this._optionValues[key];
  }

  /**
   * Store option value.
   *
   * @param {string} key
   * @param {object} value
   * @return {Command} `this` command for chaining
   */

  setOptionValue(key, value) {
    return this.setOptionValueWithSource(key, value, undefined);
  }

  /**
   * Store option value and where the value came from.
   *
   * @param {string} key
   * @param {object} value
   * @param {string} source - expected values are default/config/env/cli/implied
   * @return {Command} `this` command for chaining
   */

  setOptionValueWithSource(key, value, source) {
    if (this._storeOptionsAsProperties) {
      this[key] = value;
    } else {
      this._optionValues[key] = value;
    }
    this._optionValueSources[key] = source;
    return this;
  }

  /**
   * Get source of option value.
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */

  getOptionValueSource(key) {
    return this._optionValueSources[key];
  }

  /**
   * Get source of option value. See also .optsWithGlobals().
   * Expected values are default | config | env | cli | implied
   *
   * @param {string} key
   * @return {string}
   */

  getOptionValueSourceWithGlobals(key) {
    // global overwrites local, like optsWithGlobals
    let source;
    this._getCommandAndAncestors().forEach((cmd) => {
      if (cmd.getOptionValueSource(key) !== undefined) {
        source = cmd.getOptionValueSource(key);
      }
    });
    return source;
  }

  /**
   * Get user arguments from implied or explicit arguments.
   * Side-effects: set _scriptPath if args included script. Used for default program name, and subcommand searches.
   *
   * @private
   */

  _prepareUserArgs(argv, parseOptions) {
    if (argv !== undefined && !Array.isArray(argv)) {
      throw new Error('first parameter to parse must be array or undefined');
    }
    parseOptions = parseOptions || {};

    // auto-detect argument conventions if nothing supplied
    if (argv === undefined && parseOptions.from === undefined) {
      if (process.versions?.electron) {
        parseOptions.from = 'electron';
      }
      // check node specific options for scenarios where user CLI args follow executable without scriptname
      const execArgv = process.execArgv ?? [];
      if (
        execArgv.includes('-e') ||
        execArgv.includes('--eval') ||
        execArgv.includes('-p') ||
        execArgv.includes('--print')
      ) {
        parseOptions.from = 'eval'; // internal usage, not documented
      }
    }

    // default to using process.argv
    if (argv === undefined) {
      argv = process.argv;
    }
    this.rawArgs = argv.slice();

    // extract the user args and scriptPath
    let userArgs;
    switch (parseOptions.from) {
      case undefined:
      case 'node':
        this._scriptPath = argv[1];
        userArgs = argv.slice(2);
        break;
      case 'electron':
        // @ts-ignore: because defaultApp is an unknown property
        if (process.defaultApp) {
          this._scriptPath = argv[1];
          userArgs = argv.slice(2);
        } else {
          userArgs = argv.slice(1);
        }
        break;
      case 'user':
        userArgs = argv.slice(0);
        break;
      case 'eval':
        userArgs = argv.slice(1);
        break;
      default:
        throw new Error(
          `unexpected parse option { from: '${parseOptions.from}' }`,
        );
    }

    // Find default name for program from arguments.
    if (!this._name && this._scriptPath)
      this.nameFromFilename(this._scriptPath);
    this._name = this._name || 'program';

    return userArgs;
  }

  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Use parseAsync instead of parse if any of your action handlers are async.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * program.parse(); // parse process.argv and auto-detect electron and special node flags
   * program.parse(process.argv); // assume argv[0] is app and argv[1] is script
   * program.parse(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv] - optional, defaults to process.argv
   * @param {object} [parseOptions] - optionally specify style of options with from: node/user/electron
   * @param {string} [parseOptions.from] - where the args are from: 'node', 'user', 'electron'
   * @return {Command} `this` command for chaining
   */

  parse(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    this._parseCommand([], userArgs);

    return this;
  }

  /**
   * Parse `argv`, setting options and invoking commands when defined.
   *
   * Call with no parameters to parse `process.argv`. Detects Electron and special node options like `node --eval`. Easy mode!
   *
   * Or call with an array of strings to parse, and optionally where the user arguments start by specifying where the arguments are `from`:
   * - `'node'`: default, `argv[0]` is the application and `argv[1]` is the script being run, with user arguments after that
   * - `'electron'`: `argv[0]` is the application and `argv[1]` varies depending on whether the electron application is packaged
   * - `'user'`: just user arguments
   *
   * @example
   * await program.parseAsync(); // parse process.argv and auto-detect electron and special node flags
   * await program.parseAsync(process.argv); // assume argv[0] is app and argv[1] is script
   * await program.parseAsync(my-args, { from: 'user' }); // just user supplied arguments, nothing special about argv[0]
   *
   * @param {string[]} [argv]
   * @param {object} [parseOptions]
   * @param {string} parseOptions.from - where the args are from: 'node', 'user', 'electron'
   * @return {Promise}
   */

  async parseAsync(argv, parseOptions) {
    this._prepareForParse();
    const userArgs = this._prepareUserArgs(argv, parseOptions);
    await this._parseCommand([], userArgs);

    return this;
  }

  _prepareForParse() {
    if (this._savedState === null) {
      this.saveStateBeforeParse();
    } else {
      this.restoreStateBeforeParse();
    }
  }

  /**
   * Called the first time parse is called to save state and allow a restore before subsequent calls to parse.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state saved.
   */
  saveStateBeforeParse() {
    this._savedState = {
      // name is stable if supplied by author, but may be unspecified for root command and deduced during parsing
      _name: this._name,
      // option values before parse have default values (including false for negated options)
      // shallow clones
      _optionValues: { ...this._optionValues },
      _optionValueSources: { ...this._optionValueSources },
    };
  }

  /**
   * Restore state before parse for calls after the first.
   * Not usually called directly, but available for subclasses to save their custom state.
   *
   * This is called in a lazy way. Only commands used in parsing chain will have state restored.
   */
  restoreStateBeforeParse() {
    if (this._storeOptionsAsProperties)
      throw new Error(`Can not call parse again when storeOptionsAsProperties is true.
- either make a new Command for each call to parse, or stop storing options as properties`);

    // clear state from _prepareUserArgs
    this._name = this._savedState._name;
    this._scriptPath = null;
    this.rawArgs = [];
    // clear state from setOptionValueWithSource
    this._optionValues = { ...this._savedState._optionValues };
    this._optionValueSources = { ...this._savedState._optionValueSources };
    // clear state from _parseCommand
    this.args = [];
    // clear state from _processArguments
    this.processedArgs = [];
  }

  /**
   * Throw if expected executable is missing. Add lots of help for author.
   *
   * @param {string} executableFile
   * @param {string} executableDir
   * @param {string} subcommandName
   */
  _checkForMissingExecutable(executableFile, executableDir, subcommandName) {
    if (fs.existsSync(executableFile)) return;

    const executableDirMessage = executableDir
      ? `searched for local subcommand relative to directory '${executableDir}'`
      : 'no directory for search for local subcommand, use .executableDir() to supply a custom directory';
    const executableMissing = `'${executableFile}' does not exist
 - if '${subcommandName}' is not meant to be an executable command, remove description parameter from '.command()' and use '.description()' instead
 - if the default executable name is not suitable, use the executableFile option to supply a custom name or path
 - ${executableDirMessage}`;
    throw new Error(executableMissing);
  }

  /**
   * Execute a sub-command executable.
   *
   * @private
   */

  _executeSubCommand(subcommand, args) {
    args = args.slice();
    let launchWithNode = false; // Use node for source targets so do not need to get permissions correct, and on Windows.
    const sourceExt = ['.js', '.ts', '.tsx', '.mjs', '.cjs'];

    function findFile(baseDir, baseName) {
      // Look for specified file
      const localBin = path.resolve(baseDir, baseName);
      if (fs.existsSync(localBin)) return localBin;

      // Stop looking if candidate already has an expected extension.
      if (sourceExt.includes(path.extname(baseName))) return undefined;

      // Try all the extensions.
      const foundExt = sourceExt.find((ext) =>
        fs.existsSync(`${localBin}${ext}`),
      );
      if (foundExt) return `${localBin}${foundExt}`;

      return undefined;
    }

    // Not checking for help first. Unlikely to have mandatory and executable, and can't robustly test for help flags in external command.
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();

    // executableFile and executableDir might be full path, or just a name
    let executableFile =
      subcommand._executableFile || `${this._name}-${subcommand._name}`;
    let executableDir = this._executableDir || '';
    if (this._scriptPath) {
      let resolvedScriptPath; // resolve possible symlink for installed npm binary
      try {
        resolvedScriptPath = fs.realpathSync(this._scriptPath);
      } catch {
        resolvedScriptPath = this._scriptPath;
      }
      executableDir = path.resolve(
        path.dirname(resolvedScriptPath),
        executableDir,
      );
    }

    // Look for a local file in preference to a command in PATH.
    if (executableDir) {
      let localFile = findFile(executableDir, executableFile);

      // Legacy search using prefix of script name instead of command name
      if (!localFile && !subcommand._executableFile && this._scriptPath) {
        const legacyName = path.basename(
          this._scriptPath,
          path.extname(this._scriptPath),
        );
        if (legacyName !== this._name) {
          localFile = findFile(
            executableDir,
            `${legacyName}-${subcommand._name}`,
          );
        }
      }
      executableFile = localFile || executableFile;
    }

    launchWithNode = sourceExt.includes(path.extname(executableFile));

    let proc;
    if (process.platform !== 'win32') {
      if (launchWithNode) {
        args.unshift(executableFile);
        // add executable arguments to spawn
        args = incrementNodeInspectorPort(process.execArgv).concat(args);

        proc = childProcess.spawn(process.argv[0], args, { stdio: 'inherit' });
      } else {
        proc = childProcess.spawn(executableFile, args, { stdio: 'inherit' });
      }
    } else {
      this._checkForMissingExecutable(
        executableFile,
        executableDir,
        subcommand._name,
      );
      args.unshift(executableFile);
      // add executable arguments to spawn
      args = incrementNodeInspectorPort(process.execArgv).concat(args);
      proc = childProcess.spawn(process.execPath, args, { stdio: 'inherit' });
    }

    if (!proc.killed) {
      // testing mainly to avoid leak warnings during unit tests with mocked spawn
      const signals = ['SIGUSR1', 'SIGUSR2', 'SIGTERM', 'SIGINT', 'SIGHUP'];
      signals.forEach((signal) => {
        process.on(signal, () => {
          if (proc.killed === false && proc.exitCode === null) {
            // @ts-ignore because signals not typed to known strings
            proc.kill(signal);
          }
        });
      });
    }

    // By default terminate process when spawned process terminates.
    const exitCallback = this._exitCallback;
    proc.on('close', (code) => {
      code = code ?? 1; // code is null if spawned process terminated due to a signal
      if (!exitCallback) {
        process.exit(code);
      } else {
        exitCallback(
          new CommanderError(
            code,
            'commander.executeSubCommandAsync',
            '(close)',
          ),
        );
      }
    });
    proc.on('error', (err) => {
      // @ts-ignore: because err.code is an unknown property
      if (err.code === 'ENOENT') {
        this._checkForMissingExecutable(
          executableFile,
          executableDir,
          subcommand._name,
        );
        // @ts-ignore: because err.code is an unknown property
      } else if (err.code === 'EACCES') {
        throw new Error(`'${executableFile}' not executable`);
      }
      if (!exitCallback) {
        process.exit(1);
      } else {
        const wrappedError = new CommanderError(
          1,
          'commander.executeSubCommandAsync',
          '(error)',
        );
        wrappedError.nestedError = err;
        exitCallback(wrappedError);
      }
    });

    // Store the reference to the child process
    this.runningCommand = proc;
  }

  /**
   * @private
   */

  _dispatchSubcommand(commandName, operands, unknown) {
    const subCommand = this._findCommand(commandName);
    if (!subCommand) this.help({ error: true });

    subCommand._prepareForParse();
    let promiseChain;
    promiseChain = this._chainOrCallSubCommandHook(
      promiseChain,
      subCommand,
      'preSubcommand',
    );
    promiseChain = this._chainOrCall(promiseChain, () => {
      if (subCommand._executableHandler) {
        this._executeSubCommand(subCommand, operands.concat(unknown));
      } else {
        return subCommand._parseCommand(operands, unknown);
      }
    });
    return promiseChain;
  }

  /**
   * Invoke help directly if possible, or dispatch if necessary.
   * e.g. help foo
   *
   * @private
   */

  _dispatchHelpCommand(subcommandName) {
    if (!subcommandName) {
      this.help();
    }
    const subCommand = this._findCommand(subcommandName);
    if (subCommand && !subCommand._executableHandler) {
      subCommand.help();
    }

    // Fallback to parsing the help flag to invoke the help.
    return this._dispatchSubcommand(
      subcommandName,
      [],
      [this._getHelpOption()?.long ?? this._getHelpOption()?.short ?? '--help'],
    );
  }

  /**
   * Check this.args against expected this.registeredArguments.
   *
   * @private
   */

  _checkNumberOfArguments() {
    // too few
    this.registeredArguments.forEach((arg, i) => {
      if (arg.required && this.args[i] == null) {
        this.missingArgument(arg.name());
      }
    });
    // too many
    if (
      this.registeredArguments.length > 0 &&
      this.registeredArguments[this.registeredArguments.length - 1].variadic
    ) {
      return;
    }
    if (this.args.length > this.registeredArguments.length) {
      this._excessArguments(this.args);
    }
  }

  /**
   * Process this.args using this.registeredArguments and save as this.processedArgs!
   *
   * @private
   */

  _processArguments() {
    const myParseArg = (argument, value, previous) => {
      // Extra processing for nice error message on parsing failure.
      let parsedValue = value;
      if (value !== null && argument.parseArg) {
        const invalidValueMessage = `error: command-argument value '${value}' is invalid for argument '${argument.name()}'.`;
        parsedValue = this._callParseArg(
          argument,
          value,
          previous,
          invalidValueMessage,
        );
      }
      return parsedValue;
    };

    this._checkNumberOfArguments();

    const processedArgs = [];
    this.registeredArguments.forEach((declaredArg, index) => {
      let value = declaredArg.defaultValue;
      if (declaredArg.variadic) {
        // Collect together remaining arguments for passing together as an array.
        if (index < this.args.length) {
          value = this.args.slice(index);
          if (declaredArg.parseArg) {
            value = value.reduce((processed, v) => {
              return myParseArg(declaredArg, v, processed);
            }, declaredArg.defaultValue);
          }
        } else if (value === undefined) {
          value = [];
        }
      } else if (index < this.args.length) {
        value = this.args[index];
        if (declaredArg.parseArg) {
          value = myParseArg(declaredArg, value, declaredArg.defaultValue);
        }
      }
      processedArgs[index] = value;
    });
    this.processedArgs = processedArgs;
  }

  /**
   * Once we have a promise we chain, but call synchronously until then.
   *
   * @param {(Promise|undefined)} promise
   * @param {Function} fn
   * @return {(Promise|undefined)}
   * @private
   */

  _chainOrCall(promise, fn) {
    // thenable
    if (promise?.then && typeof promise.then === 'function') {
      // already have a promise, chain callback
      return promise.then(() => fn());
    }
    // callback might return a promise
    return fn();
  }

  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */

  _chainOrCallHooks(promise, event) {
    let result = promise;
    const hooks = [];
    this._getCommandAndAncestors()
      .reverse()
      .filter((cmd) => cmd._lifeCycleHooks[event] !== undefined)
      .forEach((hookedCommand) => {
        hookedCommand._lifeCycleHooks[event].forEach((callback) => {
          hooks.push({ hookedCommand, callback });
        });
      });
    if (event === 'postAction') {
      hooks.reverse();
    }

    hooks.forEach((hookDetail) => {
      result = this._chainOrCall(result, () => {
        return hookDetail.callback(hookDetail.hookedCommand, this);
      });
    });
    return result;
  }

  /**
   *
   * @param {(Promise|undefined)} promise
   * @param {Command} subCommand
   * @param {string} event
   * @return {(Promise|undefined)}
   * @private
   */

  _chainOrCallSubCommandHook(promise, subCommand, event) {
    let result = promise;
    if (this._lifeCycleHooks[event] !== undefined) {
      this._lifeCycleHooks[event].forEach((hook) => {
        result = this._chainOrCall(result, () => {
          return hook(this, subCommand);
        });
      });
    }
    return result;
  }

  /**
   * Process arguments in context of this command.
   * Returns action result, in case it is a promise.
   *
   * @private
   */

  _parseCommand(operands, unknown) {
    const parsed = this.parseOptions(unknown);
    this._parseOptionsEnv(); // after cli, so parseArg not called on both cli and env
    this._parseOptionsImplied();
    operands = operands.concat(parsed.operands);
    unknown = parsed.unknown;
    this.args = operands.concat(unknown);

    if (operands && this._findCommand(operands[0])) {
      return this._dispatchSubcommand(operands[0], operands.slice(1), unknown);
    }
    if (
      this._getHelpCommand() &&
      operands[0] === this._getHelpCommand().name()
    ) {
      return this._dispatchHelpCommand(operands[1]);
    }
    if (this._defaultCommandName) {
      this._outputHelpIfRequested(unknown); // Run the help for default command from parent rather than passing to default command
      return this._dispatchSubcommand(
        this._defaultCommandName,
        operands,
        unknown,
      );
    }
    if (
      this.commands.length &&
      this.args.length === 0 &&
      !this._actionHandler &&
      !this._defaultCommandName
    ) {
      // probably missing subcommand and no handler, user needs help (and exit)
      this.help({ error: true });
    }

    this._outputHelpIfRequested(parsed.unknown);
    this._checkForMissingMandatoryOptions();
    this._checkForConflictingOptions();

    // We do not always call this check to avoid masking a "better" error, like unknown command.
    const checkForUnknownOptions = () => {
      if (parsed.unknown.length > 0) {
        this.unknownOption(parsed.unknown[0]);
      }
    };

    const commandEvent = `command:${this.name()}`;
    if (this._actionHandler) {
      checkForUnknownOptions();
      this._processArguments();

      let promiseChain;
      promiseChain = this._chainOrCallHooks(promiseChain, 'preAction');
      promiseChain = this._chainOrCall(promiseChain, () =>
        this._actionHandler(this.processedArgs),
      );
      if (this.parent) {
        promiseChain = this._chainOrCall(promiseChain, () => {
          this.parent.emit(commandEvent, operands, unknown); // legacy
        });
      }
      promiseChain = this._chainOrCallHooks(promiseChain, 'postAction');
      return promiseChain;
    }
    if (this.parent?.listenerCount(commandEvent)) {
      checkForUnknownOptions();
      this._processArguments();
      this.parent.emit(commandEvent, operands, unknown); // legacy
    } else if (operands.length) {
      if (this._findCommand('*')) {
        // legacy default command
        return this._dispatchSubcommand('*', operands, unknown);
      }
      if (this.listenerCount('command:*')) {
        // skip option check, emit event for possible misspelling suggestion
        this.emit('command:*', operands, unknown);
      } else if (this.commands.length) {
        this.unknownCommand();
      } else {
        checkForUnknownOptions();
        this._processArguments();
      }
    } else if (this.commands.length) {
      checkForUnknownOptions();
      // This command has subcommands and nothing hooked up at this level, so display help (and exit).
      this.help({ error: true });
    } else {
      checkForUnknownOptions();
      this._processArguments();
      // fall through for caller to handle after calling .parse()
    }
  }

  /**
   * Find matching command.
   *
   * @private
   * @return {Command | undefined}
   */
  _findCommand(name) {
    if (!name) return undefined;
    return this.commands.find(
      (cmd) => cmd._name === name || cmd._aliases.includes(name),
    );
  }

  /**
   * Return an option matching `arg` if any.
   *
   * @param {string} arg
   * @return {Option}
   * @package
   */

  _findOption(arg) {
    return this.options.find((option) => option.is(arg));
  }

  /**
   * Display an error message if a mandatory option does not have a value.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */

  _checkForMissingMandatoryOptions() {
    // Walk up hierarchy so can call in subcommand after checking for displaying help.
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd.options.forEach((anOption) => {
        if (
          anOption.mandatory &&
          cmd.getOptionValue(anOption.attributeName()) === undefined
        ) {
          cmd.missingMandatoryOptionValue(anOption);
        }
      });
    });
  }

  /**
   * Display an error message if conflicting options are used together in this.
   *
   * @private
   */
  _checkForConflictingLocalOptions() {
    const definedNonDefaultOptions = this.options.filter((option) => {
      const optionKey = option.attributeName();
      if (this.getOptionValue(optionKey) === undefined) {
        return false;
      }
      return this.getOptionValueSource(optionKey) !== 'default';
    });

    const optionsWithConflicting = definedNonDefaultOptions.filter(
      (option) => option.conflictsWith.length > 0,
    );

    optionsWithConflicting.forEach((option) => {
      const conflictingAndDefined = definedNonDefaultOptions.find((defined) =>
        option.conflictsWith.includes(defined.attributeName()),
      );
      if (conflictingAndDefined) {
        this._conflictingOption(option, conflictingAndDefined);
      }
    });
  }

  /**
   * Display an error message if conflicting options are used together.
   * Called after checking for help flags in leaf subcommand.
   *
   * @private
   */
  _checkForConflictingOptions() {
    // Walk up hierarchy so can call in subcommand after checking for displaying help.
    this._getCommandAndAncestors().forEach((cmd) => {
      cmd._checkForConflictingLocalOptions();
    });
  }

  /**
   * Parse options from `argv` removing known options,
   * and return argv split into operands and unknown arguments.
   *
   * Side effects: modifies command by storing options. Does not reset state if called again.
   *
   * Examples:
   *
   *     argv => operands, unknown
   *     --known kkk op => [op], []
   *     op --known kkk => [op], []
   *     sub --unknown uuu op => [sub], [--unknown uuu op]
   *     sub -- --unknown uuu op => [sub --unknown uuu op], []
   *
   * @param {string[]} args
   * @return {{operands: string[], unknown: string[]}}
   */

  parseOptions(args) {
    const operands = []; // operands, not options or values
    const unknown = []; // first unknown option and remaining unknown args
    let dest = operands;

    function maybeOption(arg) {
      return arg.length > 1 && arg[0] === '-';
    }

    const negativeNumberArg = (arg) => {
      // return false if not a negative number
      if (!/^-(\d+|\d*\.\d+)(e[+-]?\d+)?$/.test(arg)) return false;
      // negative number is ok unless digit used as an option in command hierarchy
      return !this._getCommandAndAncestors().some((cmd) =>
        cmd.options
          .map((opt) => opt.short)
          .some((short) => /^-\d$/.test(short)),
      );
    };

    // parse options
    let activeVariadicOption = null;
    let activeGroup = null; // working through group of short options, like -abc
    let i = 0;
    while (i < args.length || activeGroup) {
      const arg = activeGroup ?? args[i++];
      activeGroup = null;

      // literal
      if (arg === '--') {
        if (dest === unknown) dest.push(arg);
        dest.push(...args.slice(i));
        break;
      }

      if (
        activeVariadicOption &&
        (!maybeOption(arg) || negativeNumberArg(arg))
      ) {
        this.emit(`option:${activeVariadicOption.name()}`, arg);
        continue;
      }
      activeVariadicOption = null;

      if (maybeOption(arg)) {
        const option = this._findOption(arg);
        // recognised option, call listener to assign value with possible custom processing
        if (option) {
          if (option.required) {
            const value = args[i++];
            if (value === undefined) this.optionMissingArgument(option);
            this.emit(`option:${option.name()}`, value);
          } else if (option.optional) {
            let value = null;
            // historical behaviour is optional value is following arg unless an option
            if (
              i < args.length &&
              (!maybeOption(args[i]) || negativeNumberArg(args[i]))
            ) {
              value = args[i++];
            }
            this.emit(`option:${option.name()}`, value);
          } else {
            // boolean flag
            this.emit(`option:${option.name()}`);
          }
          activeVariadicOption = option.variadic ? option : null;
          continue;
        }
      }

      // Look for combo options following single dash, eat first one if known.
      if (arg.length > 2 && arg[0] === '-' && arg[1] !== '-') {
        const option = this._findOption(`-${arg[1]}`);
        if (option) {
          if (
            option.required ||
            (option.optional && this._combineFlagAndOptionalValue)
          ) {
            // option with value following in same argument
            this.emit(`option:${option.name()}`, arg.slice(2));
          } else {
            // boolean option
            this.emit(`option:${option.name()}`);
            // remove the processed option and keep processing group
            activeGroup = `-${arg.slice(2)}`;
          }
          continue;
        }
      }

      // Look for known long flag with value, like --foo=bar
      if (/^--[^=]+=/.test(arg)) {
        const index = arg.indexOf('=');
        const option = this._findOption(arg.slice(0, index));
        if (option && (option.required || option.optional)) {
          this.emit(`option:${option.name()}`, arg.slice(index + 1));
          continue;
        }
      }

      // Not a recognised option by this command.
      // Might be a command-argument, or subcommand option, or unknown option, or help command or option.

      // An unknown option means further arguments also classified as unknown so can be reprocessed by subcommands.
      // A negative number in a leaf command is not an unknown option.
      if (
        dest === operands &&
        maybeOption(arg) &&
        !(this.commands.length === 0 && negativeNumberArg(arg))
      ) {
        dest = unknown;
      }

      // If using positionalOptions, stop processing our options at subcommand.
      if (
        (this._enablePositionalOptions || this._passThroughOptions) &&
        operands.length === 0 &&
        unknown.length === 0
      ) {
        if (this._findCommand(arg)) {
          operands.push(arg);
          unknown.push(...args.slice(i));
          break;
        } else if (
          this._getHelpCommand() &&
          arg === this._getHelpCommand().name()
        ) {
          operands.push(arg, ...args.slice(i));
          break;
        } else if (this._defaultCommandName) {
          unknown.push(arg, ...args.slice(i));
          break;
        }
      }

      // If using passThroughOptions, stop processing options at first command-argument.
      if (this._passThroughOptions) {
        dest.push(arg, ...args.slice(i));
        break;
      }

      // add arg
      dest.push(arg);
    }

    return { operands, unknown };
  }

  /**
   * Return an object containing local option values as key-value pairs.
   *
   * @return {object}
   */
  opts() {
    if (this._storeOptionsAsProperties) {
      // Preserve original behaviour so backwards compatible when still using properties
      const result = {};
      const len = this.options.length;

      for (let i = 0; i < len; i++) {
        const key = this.options[i].attributeName();
        result[key] =
          key === this._versionOptionName ? this._version : this[key];
      }
      return result;
    }

    return this._optionValues;
  }

  /**
   * Return an object containing merged local and global option values as key-value pairs.
   *
   * @return {object}
   */
  optsWithGlobals() {
    // globals overwrite locals
    return this._getCommandAndAncestors().reduce(
      (combinedOptions, cmd) => Object.assign(combinedOptions, cmd.opts()),
      {},
    );
  }

  /**
   * Display error message and exit (or call exitOverride).
   *
   * @param {string} message
   * @param {object} [errorOptions]
   * @param {string} [errorOptions.code] - an id string representing the error
   * @param {number} [errorOptions.exitCode] - used with process.exit
   */
  error(message, errorOptions) {
    // output handling
    this._outputConfiguration.outputError(
      `${message}\n`,
      this._outputConfiguration.writeErr,
    );
    if (typeof this._showHelpAfterError === 'string') {
      this._outputConfiguration.writeErr(`${this._showHelpAfterError}\n`);
    } else if (this._showHelpAfterError) {
      this._outputConfiguration.writeErr('\n');
      this.outputHelp({ error: true });
    }

    // exit handling
    const config = errorOptions || {};
    const exitCode = config.exitCode || 1;
    const code = config.code || 'commander.error';
    this._exit(exitCode, code, message);
  }

  /**
   * Apply any option related environment variables, if option does
   * not have a value from cli or client code.
   *
   * @private
   */
  _parseOptionsEnv() {
    this.options.forEach((option) => {
      if (option.envVar && option.envVar in process.env) {
        const optionKey = option.attributeName();
        // Priority check. Do not overwrite cli or options from unknown source (client-code).
        if (
          this.getOptionValue(optionKey) === undefined ||
          ['default', 'config', 'env'].includes(
            this.getOptionValueSource(optionKey),
          )
        ) {
          if (option.required || option.optional) {
            // option can take a value
            // keep very simple, optional always takes value
            this.emit(`optionEnv:${option.name()}`, process.env[option.envVar]);
          } else {
            // boolean
            // keep very simple, only care that envVar defined and not the value
            this.emit(`optionEnv:${option.name()}`);
          }
        }
      }
    });
  }

  /**
   * Apply any implied option values, if option is undefined or default value.
   *
   * @private
   */
  _parseOptionsImplied() {
    const dualHelper = new DualOptions(this.options);
    const hasCustomOptionValue = (optionKey) => {
      return (
        this.getOptionValue(optionKey) !== undefined &&
        !['default', 'implied'].includes(this.getOptionValueSource(optionKey))
      );
    };
    this.options
      .filter(
        (option) =>
          option.implied !== undefined &&
          hasCustomOptionValue(option.attributeName()) &&
          dualHelper.valueFromOption(
            this.getOptionValue(option.attributeName()),
            option,
          ),
      )
      .forEach((option) => {
        Object.keys(option.implied)
          .filter((impliedKey) => !hasCustomOptionValue(impliedKey))
          .forEach((impliedKey) => {
            this.setOptionValueWithSource(
              impliedKey,
              option.implied[impliedKey],
              'implied',
            );
          });
      });
  }

  /**
   * Argument `name` is missing.
   *
   * @param {string} name
   * @private
   */

  missingArgument(name) {
    const message = `error: missing required argument '${name}'`;
    this.error(message, { code: 'commander.missingArgument' });
  }

  /**
   * `Option` is missing an argument.
   *
   * @param {Option} option
   * @private
   */

  optionMissingArgument(option) {
    const message = `error: option '${option.flags}' argument missing`;
    this.error(message, { code: 'commander.optionMissingArgument' });
  }

  /**
   * `Option` does not have a value, and is a mandatory option.
   *
   * @param {Option} option
   * @private
   */

  missingMandatoryOptionValue(option) {
    const message = `error: required option '${option.flags}' not specified`;
    this.error(message, { code: 'commander.missingMandatoryOptionValue' });
  }

  /**
   * `Option` conflicts with another option.
   *
   * @param {Option} option
   * @param {Option} conflictingOption
   * @private
   */
  _conflictingOption(option, conflictingOption) {
    // The calling code does not know whether a negated option is the source of the
    // value, so do some work to take an educated guess.
    const findBestOptionFromValue = (option) => {
      const optionKey = option.attributeName();
      const optionValue = this.getOptionValue(optionKey);
      const negativeOption = this.options.find(
        (target) => target.negate && optionKey === target.attributeName(),
      );
      const positiveOption = this.options.find(
        (target) => !target.negate && optionKey === target.attributeName(),
      );
      if (
        negativeOption &&
        ((negativeOption.presetArg === undefined && optionValue === false) ||
          (negativeOption.presetArg !== undefined &&
            optionValue === negativeOption.presetArg))
      ) {
        return negativeOption;
      }
      return positiveOption || option;
    };

    const getErrorMessage = (option) => {
      const bestOption = findBestOptionFromValue(option);
      const optionKey = bestOption.attributeName();
      const source = this.getOptionValueSource(optionKey);
      if (source === 'env') {
        return `environment variable '${bestOption.envVar}'`;
      }
      return `option '${bestOption.flags}'`;
    };

    const message = `error: ${getErrorMessage(option)} cannot be used with ${getErrorMessage(conflictingOption)}`;
    this.error(message, { code: 'commander.conflictingOption' });
  }

  /**
   * Unknown option `flag`.
   *
   * @param {string} flag
   * @private
   */

  unknownOption(flag) {
    if (this._allowUnknownOption) return;
    let suggestion = '';

    if (flag.startsWith('--') && this._showSuggestionAfterError) {
      // Looping to pick up the global options too
      let candidateFlags = [];
      // eslint-disable-next-line @typescript-eslint/no-this-alias
      let command = this;
      do {
        const moreFlags = command
          .createHelp()
          .visibleOptions(command)
          .filter((option) => option.long)
          .map((option) => option.long);
        candidateFlags = candidateFlags.concat(moreFlags);
        command = command.parent;
      } while (command && !command._enablePositionalOptions);
      suggestion = suggestSimilar(flag, candidateFlags);
    }

    const message = `error: unknown option '${flag}'${suggestion}`;
    this.error(message, { code: 'commander.unknownOption' });
  }

  /**
   * Excess arguments, more than expected.
   *
   * @param {string[]} receivedArgs
   * @private
   */

  _excessArguments(receivedArgs) {
    if (this._allowExcessArguments) return;

    const expected = this.registeredArguments.length;
    const s = expected === 1 ? '' : 's';
    const forSubcommand = this.parent ? ` for '${this.name()}'` : '';
    const message = `error: too many arguments${forSubcommand}. Expected ${expected} argument${s} but got ${receivedArgs.length}.`;
    this.error(message, { code: 'commander.excessArguments' });
  }

  /**
   * Unknown command.
   *
   * @private
   */

  unknownCommand() {
    const unknownName = this.args[0];
    let suggestion = '';

    if (this._showSuggestionAfterError) {
      const candidateNames = [];
      this.createHelp()
        .visibleCommands(this)
        .forEach((command) => {
          candidateNames.push(command.name());
          // just visible alias
          if (command.alias()) candidateNames.push(command.alias());
        });
      suggestion = suggestSimilar(unknownName, candidateNames);
    }

    const message = `error: unknown command '${unknownName}'${suggestion}`;
    this.error(message, { code: 'commander.unknownCommand' });
  }

  /**
   * Get or set the program version.
   *
   * This method auto-registers the "-V, --version" option which will print the version number.
   *
   * You can optionally supply the flags and description to override the defaults.
   *
   * @param {string} [str]
   * @param {string} [flags]
   * @param {string} [description]
   * @return {(this | string | undefined)} `this` command for chaining, or version string if no arguments
   */

  version(str, flags, description) {
    if (str === undefined) return this._version;
    this._version = str;
    flags = flags || '-V, --version';
    description = description || 'output the version number';
    const versionOption = this.createOption(flags, description);
    this._versionOptionName = versionOption.attributeName();
    this._registerOption(versionOption);

    this.on('option:' + versionOption.name(), () => {
      this._outputConfiguration.writeOut(`${str}\n`);
      this._exit(0, 'commander.version', str);
    });
    return this;
  }

  /**
   * Set the description.
   *
   * @param {string} [str]
   * @param {object} [argsDescription]
   * @return {(string|Command)}
   */
  description(str, argsDescription) {
    if (str === undefined && argsDescription === undefined)
      return this._description;
    this._description = str;
    if (argsDescription) {
      this._argsDescription = argsDescription;
    }
    return this;
  }

  /**
   * Set the summary. Used when listed as subcommand of parent.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */
  summary(str) {
    if (str === undefined) return this._summary;
    this._summary = str;
    return this;
  }

  /**
   * Set an alias for the command.
   *
   * You may call more than once to add multiple aliases. Only the first alias is shown in the auto-generated help.
   *
   * @param {string} [alias]
   * @return {(string|Command)}
   */

  alias(alias) {
    if (alias === undefined) return this._aliases[0]; // just return first, for backwards compatibility

    /** @type {Command} */
    // eslint-disable-next-line @typescript-eslint/no-this-alias
    let command = this;
    if (
      this.commands.length !== 0 &&
      this.commands[this.commands.length - 1]._executableHandler
    ) {
      // assume adding alias for last added executable subcommand, rather than this
      command = this.commands[this.commands.length - 1];
    }

    if (alias === command._name)
      throw new Error("Command alias can't be the same as its name");
    const matchingCommand = this.parent?._findCommand(alias);
    if (matchingCommand) {
      // c.f. _registerCommand
      const existingCmd = [matchingCommand.name()]
        .concat(matchingCommand.aliases())
        .join('|');
      throw new Error(
        `cannot add alias '${alias}' to command '${this.name()}' as already have command '${existingCmd}'`,
      );
    }

    command._aliases.push(alias);
    return this;
  }

  /**
   * Set aliases for the command.
   *
   * Only the first alias is shown in the auto-generated help.
   *
   * @param {string[]} [aliases]
   * @return {(string[]|Command)}
   */

  aliases(aliases) {
    // Getter for the array of aliases is the main reason for having aliases() in addition to alias().
    if (aliases === undefined) return this._aliases;

    aliases.forEach((alias) => this.alias(alias));
    return this;
  }

  /**
   * Set / get the command usage `str`.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */

  usage(str) {
    if (str === undefined) {
      if (this._usage) return this._usage;

      const args = this.registeredArguments.map((arg) => {
        return humanReadableArgName(arg);
      });
      return []
        .concat(
          this.options.length || this._helpOption !== null ? '[options]' : [],
          this.commands.length ? '[command]' : [],
          this.registeredArguments.length ? args : [],
        )
        .join(' ');
    }

    this._usage = str;
    return this;
  }

  /**
   * Get or set the name of the command.
   *
   * @param {string} [str]
   * @return {(string|Command)}
   */

  name(str) {
    if (str === undefined) return this._name;
    this._name = str;
    return this;
  }

  /**
   * Set/get the help group heading for this subcommand in parent command's help.
   *
   * @param {string} [heading]
   * @return {Command | string}
   */

  helpGroup(heading) {
    if (heading === undefined) return this._helpGroupHeading ?? '';
    this._helpGroupHeading = heading;
    return this;
  }

  /**
   * Set/get the default help group heading for subcommands added to this command.
   * (This does not override a group set directly on the subcommand using .helpGroup().)
   *
   * @example
   * program.commandsGroup('Development Commands:);
   * program.command('watch')...
   * program.command('lint')...
   * ...
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  commandsGroup(heading) {
    if (heading === undefined) return this._defaultCommandGroup ?? '';
    this._defaultCommandGroup = heading;
    return this;
  }

  /**
   * Set/get the default help group heading for options added to this command.
   * (This does not override a group set directly on the option using .helpGroup().)
   *
   * @example
   * program
   *   .optionsGroup('Development Options:')
   *   .option('-d, --debug', 'output extra debugging')
   *   .option('-p, --profile', 'output profiling information')
   *
   * @param {string} [heading]
   * @returns {Command | string}
   */
  optionsGroup(heading) {
    if (heading === undefined) return this._defaultOptionGroup ?? '';
    this._defaultOptionGroup = heading;
    return this;
  }

  /**
   * @param {Option} option
   * @private
   */
  _initOptionGroup(option) {
    if (this._defaultOptionGroup && !option.helpGroupHeading)
      option.helpGroup(this._defaultOptionGroup);
  }

  /**
   * @param {Command} cmd
   * @private
   */
  _initCommandGroup(cmd) {
    if (this._defaultCommandGroup && !cmd.helpGroup())
      cmd.helpGroup(this._defaultCommandGroup);
  }

  /**
   * Set the name of the command from script filename, such as process.argv[1],
   * or require.main.filename, or __filename.
   *
   * (Used internally and public although not documented in README.)
   *
   * @example
   * program.nameFromFilename(require.main.filename);
   *
   * @param {string} filename
   * @return {Command}
   */

  nameFromFilename(filename) {
    this._name = path.basename(filename, path.extname(filename));

    return this;
  }

  /**
   * Get or set the directory for searching for executable subcommands of this command.
   *
   * @example
   * program.executableDir(__dirname);
   * // or
   * program.executableDir('subcommands');
   *
   * @param {string} [path]
   * @return {(string|null|Command)}
   */

  executableDir(path) {
    if (path === undefined) return this._executableDir;
    this._executableDir = path;
    return this;
  }

  /**
   * Return program help documentation.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to wrap for stderr instead of stdout
   * @return {string}
   */

  helpInformation(contextOptions) {
    const helper = this.createHelp();
    const context = this._getOutputContext(contextOptions);
    helper.prepareContext({
      error: context.error,
      helpWidth: context.helpWidth,
      outputHasColors: context.hasColors,
    });
    const text = helper.formatHelp(this, helper);
    if (context.hasColors) return text;
    return this._outputConfiguration.stripColor(text);
  }

  /**
   * @typedef HelpContext
   * @type {object}
   * @property {boolean} error
   * @property {number} helpWidth
   * @property {boolean} hasColors
   * @property {function} write - includes stripColor if needed
   *
   * @returns {HelpContext}
   * @private
   */

  _getOutputContext(contextOptions) {
    contextOptions = contextOptions || {};
    const error = !!contextOptions.error;
    let baseWrite;
    let hasColors;
    let helpWidth;
    if (error) {
      baseWrite = (str) => this._outputConfiguration.writeErr(str);
      hasColors = this._outputConfiguration.getErrHasColors();
      helpWidth = this._outputConfiguration.getErrHelpWidth();
    } else {
      baseWrite = (str) => this._outputConfiguration.writeOut(str);
      hasColors = this._outputConfiguration.getOutHasColors();
      helpWidth = this._outputConfiguration.getOutHelpWidth();
    }
    const write = (str) => {
      if (!hasColors) str = this._outputConfiguration.stripColor(str);
      return baseWrite(str);
    };
    return { error, write, hasColors, helpWidth };
  }

  /**
   * Output help information for this command.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean } | Function} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */

  outputHelp(contextOptions) {
    let deprecatedCallback;
    if (typeof contextOptions === 'function') {
      deprecatedCallback = contextOptions;
      contextOptions = undefined;
    }

    const outputContext = this._getOutputContext(contextOptions);
    /** @type {HelpTextEventContext} */
    const eventContext = {
      error: outputContext.error,
      write: outputContext.write,
      command: this,
    };

    this._getCommandAndAncestors()
      .reverse()
      .forEach((command) => command.emit('beforeAllHelp', eventContext));
    this.emit('beforeHelp', eventContext);

    let helpInformation = this.helpInformation({ error: outputContext.error });
    if (deprecatedCallback) {
      helpInformation = deprecatedCallback(helpInformation);
      if (
        typeof helpInformation !== 'string' &&
        !Buffer.isBuffer(helpInformation)
      ) {
        throw new Error('outputHelp callback must return a string or a Buffer');
      }
    }
    outputContext.write(helpInformation);

    if (this._getHelpOption()?.long) {
      this.emit(this._getHelpOption().long); // deprecated
    }
    this.emit('afterHelp', eventContext);
    this._getCommandAndAncestors().forEach((command) =>
      command.emit('afterAllHelp', eventContext),
    );
  }

  /**
   * You can pass in flags and a description to customise the built-in help option.
   * Pass in false to disable the built-in help option.
   *
   * @example
   * program.helpOption('-?, --help' 'show help'); // customise
   * program.helpOption(false); // disable
   *
   * @param {(string | boolean)} flags
   * @param {string} [description]
   * @return {Command} `this` command for chaining
   */

  helpOption(flags, description) {
    // Support enabling/disabling built-in help option.
    if (typeof flags === 'boolean') {
      if (flags) {
        if (this._helpOption === null) this._helpOption = undefined; // reenable
        if (this._defaultOptionGroup) {
          // make the option to store the group
          this._initOptionGroup(this._getHelpOption());
        }
      } else {
        this._helpOption = null; // disable
      }
      return this;
    }

    // Customise flags and description.
    this._helpOption = this.createOption(
      flags ?? '-h, --help',
      description ?? 'display help for command',
    );
    // init group unless lazy create
    if (flags || description) this._initOptionGroup(this._helpOption);

    return this;
  }

  /**
   * Lazy create help option.
   * Returns null if has been disabled with .helpOption(false).
   *
   * @returns {(Option | null)} the help option
   * @package
   */
  _getHelpOption() {
    // Lazy create help option on demand.
    if (this._helpOption === undefined) {
      this.helpOption(undefined, undefined);
    }
    return this._helpOption;
  }

  /**
   * Supply your own option to use for the built-in help option.
   * This is an alternative to using helpOption() to customise the flags and description etc.
   *
   * @param {Option} option
   * @return {Command} `this` command for chaining
   */
  addHelpOption(option) {
    this._helpOption = option;
    this._initOptionGroup(option);
    return this;
  }

  /**
   * Output help information and exit.
   *
   * Outputs built-in help, and custom text added using `.addHelpText()`.
   *
   * @param {{ error: boolean }} [contextOptions] - pass {error:true} to write to stderr instead of stdout
   */

  help(contextOptions) {
    this.outputHelp(contextOptions);
    let exitCode = Number(process.exitCode ?? 0); // process.exitCode does allow a string or an integer, but we prefer just a number
    if (
      exitCode === 0 &&
      contextOptions &&
      typeof contextOptions !== 'function' &&
      contextOptions.error
    ) {
      exitCode = 1;
    }
    // message: do not have all displayed text available so only passing placeholder.
    this._exit(exitCode, 'commander.help', '(outputHelp)');
  }

  /**
   * // Do a little typing to coordinate emit and listener for the help text events.
   * @typedef HelpTextEventContext
   * @type {object}
   * @property {boolean} error
   * @property {Command} command
   * @property {function} write
   */

  /**
   * Add additional text to be displayed with the built-in help.
   *
   * Position is 'before' or 'after' to affect just this command,
   * and 'beforeAll' or 'afterAll' to affect this command and all its subcommands.
   *
   * @param {string} position - before or after built-in help
   * @param {(string | Function)} text - string to add, or a function returning a string
   * @return {Command} `this` command for chaining
   */

  addHelpText(position, text) {
    const allowedValues = ['beforeAll', 'before', 'after', 'afterAll'];
    if (!allowedValues.includes(position)) {
      throw new Error(`Unexpected value for position to addHelpText.
Expecting one of '${allowedValues.join("', '")}'`);
    }

    const helpEvent = `${position}Help`;
    this.on(helpEvent, (/** @type {HelpTextEventContext} */ context) => {
      let helpStr;
      if (typeof text === 'function') {
        helpStr = text({ error: context.error, command: context.command });
      } else {
        helpStr = text;
      }
      // Ignore falsy value when nothing to output.
      if (helpStr) {
        context.write(`${helpStr}\n`);
      }
    });
    return this;
  }

  /**
   * Output help information if help flags specified
   *
   * @param {Array} args - array of options to search for help flags
   * @private
   */

  _outputHelpIfRequested(args) {
    const helpOption = this._getHelpOption();
    const helpRequested = helpOption && args.find((arg) => helpOption.is(arg));
    if (helpRequested) {
      this.outputHelp();
      // (Do not have all displayed text available so only passing placeholder.)
      this._exit(0, 'commander.helpDisplayed', '(outputHelp)');
    }
  }
}

/**
 * Scan arguments and increment port number for inspect calls (to avoid conflicts when spawning new command).
 *
 * @param {string[]} args - array of arguments from node.execArgv
 * @returns {string[]}
 * @private
 */

function incrementNodeInspectorPort(args) {
  // Testing for these options:
  //  --inspect[=[host:]port]
  //  --inspect-brk[=[host:]port]
  //  --inspect-port=[host:]port
  return args.map((arg) => {
    if (!arg.startsWith('--inspect')) {
      return arg;
    }
    let debugOption;
    let debugHost = '127.0.0.1';
    let debugPort = '9229';
    let match;
    if ((match = arg.match(/^(--inspect(-brk)?)$/)) !== null) {
      // e.g. --inspect
      debugOption = match[1];
    } else if (
      (match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+)$/)) !== null
    ) {
      debugOption = match[1];
      if (/^\d+$/.test(match[3])) {
        // e.g. --inspect=1234
        debugPort = match[3];
      } else {
        // e.g. --inspect=localhost
        debugHost = match[3];
      }
    } else if (
      (match = arg.match(/^(--inspect(-brk|-port)?)=([^:]+):(\d+)$/)) !== null
    ) {
      // e.g. --inspect=localhost:1234
      debugOption = match[1];
      debugHost = match[3];
      debugPort = match[4];
    }

    if (debugOption && debugPort !== '0') {
      return `${debugOption}=${debugHost}:${parseInt(debugPort) + 1}`;
    }
    return arg;
  });
}

/**
 * @returns {boolean | undefined}
 * @package
 */
function useColor() {
  // Test for common conventions.
  // NB: the observed behaviour is in combination with how author adds color! For example:
  //   - we do not test NODE_DISABLE_COLORS, but util:styletext does
  //   - we do test NO_COLOR, but Chalk does not
  //
  // References:
  // https://no-color.org
  // https://bixense.com/clicolors/
  // https://github.com/nodejs/node/blob/0a00217a5f67ef4a22384cfc80eb6dd9a917fdc1/lib/internal/tty.js#L109
  // https://github.com/chalk/supports-color/blob/c214314a14bcb174b12b3014b2b0a8de375029ae/index.js#L33
  // (https://force-color.org recent web page from 2023, does not match major javascript implementations)

  if (
    process.env.NO_COLOR ||
    process.env.FORCE_COLOR === '0' ||
    process.env.FORCE_COLOR === 'false'
  )
    return false;
  if (process.env.FORCE_COLOR || process.env.CLICOLOR_FORCE !== undefined)
    return true;
  return undefined;
}

exports.Command = Command;
exports.useColor = useColor; // exporting for tests


/***/ }),

/***/ 135:
/***/ ((__unused_webpack_module, exports) => {

/**
 * CommanderError class
 */
class CommanderError extends Error {
  /**
   * Constructs the CommanderError class
   * @param {number} exitCode suggested exit code which could be used with process.exit
   * @param {string} code an id string representing the error
   * @param {string} message human-readable description of the error
   */
  constructor(exitCode, code, message) {
    super(message);
    // properly capture stack trace in Node.js
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
    this.code = code;
    this.exitCode = exitCode;
    this.nestedError = undefined;
  }
}

/**
 * InvalidArgumentError class
 */
class InvalidArgumentError extends CommanderError {
  /**
   * Constructs the InvalidArgumentError class
   * @param {string} [message] explanation of why argument is invalid
   */
  constructor(message) {
    super(1, 'commander.invalidArgument', message);
    // properly capture stack trace in Node.js
    Error.captureStackTrace(this, this.constructor);
    this.name = this.constructor.name;
  }
}

exports.CommanderError = CommanderError;
exports.InvalidArgumentError = InvalidArgumentError;


/***/ }),

/***/ 754:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

const { humanReadableArgName } = __nccwpck_require__(154);

/**
 * TypeScript import types for JSDoc, used by Visual Studio Code IntelliSense and `npm run typescript-checkJS`
 * https://www.typescriptlang.org/docs/handbook/jsdoc-supported-types.html#import-types
 * @typedef { import("./argument.js").Argument } Argument
 * @typedef { import("./command.js").Command } Command
 * @typedef { import("./option.js").Option } Option
 */

// Although this is a class, methods are static in style to allow override using subclass or just functions.
class Help {
  constructor() {
    this.helpWidth = undefined;
    this.minWidthToWrap = 40;
    this.sortSubcommands = false;
    this.sortOptions = false;
    this.showGlobalOptions = false;
  }

  /**
   * prepareContext is called by Commander after applying overrides from `Command.configureHelp()`
   * and just before calling `formatHelp()`.
   *
   * Commander just uses the helpWidth and the rest is provided for optional use by more complex subclasses.
   *
   * @param {{ error?: boolean, helpWidth?: number, outputHasColors?: boolean }} contextOptions
   */
  prepareContext(contextOptions) {
    this.helpWidth = this.helpWidth ?? contextOptions.helpWidth ?? 80;
  }

  /**
   * Get an array of the visible subcommands. Includes a placeholder for the implicit help command, if there is one.
   *
   * @param {Command} cmd
   * @returns {Command[]}
   */

  visibleCommands(cmd) {
    const visibleCommands = cmd.commands.filter((cmd) => !cmd._hidden);
    const helpCommand = cmd._getHelpCommand();
    if (helpCommand && !helpCommand._hidden) {
      visibleCommands.push(helpCommand);
    }
    if (this.sortSubcommands) {
      visibleCommands.sort((a, b) => {
        // @ts-ignore: because overloaded return type
        return a.name().localeCompare(b.name());
      });
    }
    return visibleCommands;
  }

  /**
   * Compare options for sort.
   *
   * @param {Option} a
   * @param {Option} b
   * @returns {number}
   */
  compareOptions(a, b) {
    const getSortKey = (option) => {
      // WYSIWYG for order displayed in help. Short used for comparison if present. No special handling for negated.
      return option.short
        ? option.short.replace(/^-/, '')
        : option.long.replace(/^--/, '');
    };
    return getSortKey(a).localeCompare(getSortKey(b));
  }

  /**
   * Get an array of the visible options. Includes a placeholder for the implicit help option, if there is one.
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */

  visibleOptions(cmd) {
    const visibleOptions = cmd.options.filter((option) => !option.hidden);
    // Built-in help option.
    const helpOption = cmd._getHelpOption();
    if (helpOption && !helpOption.hidden) {
      // Automatically hide conflicting flags. Bit dubious but a historical behaviour that is convenient for single-command programs.
      const removeShort = helpOption.short && cmd._findOption(helpOption.short);
      const removeLong = helpOption.long && cmd._findOption(helpOption.long);
      if (!removeShort && !removeLong) {
        visibleOptions.push(helpOption); // no changes needed
      } else if (helpOption.long && !removeLong) {
        visibleOptions.push(
          cmd.createOption(helpOption.long, helpOption.description),
        );
      } else if (helpOption.short && !removeShort) {
        visibleOptions.push(
          cmd.createOption(helpOption.short, helpOption.description),
        );
      }
    }
    if (this.sortOptions) {
      visibleOptions.sort(this.compareOptions);
    }
    return visibleOptions;
  }

  /**
   * Get an array of the visible global options. (Not including help.)
   *
   * @param {Command} cmd
   * @returns {Option[]}
   */

  visibleGlobalOptions(cmd) {
    if (!this.showGlobalOptions) return [];

    const globalOptions = [];
    for (
      let ancestorCmd = cmd.parent;
      ancestorCmd;
      ancestorCmd = ancestorCmd.parent
    ) {
      const visibleOptions = ancestorCmd.options.filter(
        (option) => !option.hidden,
      );
      globalOptions.push(...visibleOptions);
    }
    if (this.sortOptions) {
      globalOptions.sort(this.compareOptions);
    }
    return globalOptions;
  }

  /**
   * Get an array of the arguments if any have a description.
   *
   * @param {Command} cmd
   * @returns {Argument[]}
   */

  visibleArguments(cmd) {
    // Side effect! Apply the legacy descriptions before the arguments are displayed.
    if (cmd._argsDescription) {
      cmd.registeredArguments.forEach((argument) => {
        argument.description =
          argument.description || cmd._argsDescription[argument.name()] || '';
      });
    }

    // If there are any arguments with a description then return all the arguments.
    if (cmd.registeredArguments.find((argument) => argument.description)) {
      return cmd.registeredArguments;
    }
    return [];
  }

  /**
   * Get the command term to show in the list of subcommands.
   *
   * @param {Command} cmd
   * @returns {string}
   */

  subcommandTerm(cmd) {
    // Legacy. Ignores custom usage string, and nested commands.
    const args = cmd.registeredArguments
      .map((arg) => humanReadableArgName(arg))
      .join(' ');
    return (
      cmd._name +
      (cmd._aliases[0] ? '|' + cmd._aliases[0] : '') +
      (cmd.options.length ? ' [options]' : '') + // simplistic check for non-help option
      (args ? ' ' + args : '')
    );
  }

  /**
   * Get the option term to show in the list of options.
   *
   * @param {Option} option
   * @returns {string}
   */

  optionTerm(option) {
    return option.flags;
  }

  /**
   * Get the argument term to show in the list of arguments.
   *
   * @param {Argument} argument
   * @returns {string}
   */

  argumentTerm(argument) {
    return argument.name();
  }

  /**
   * Get the longest command term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestSubcommandTermLength(cmd, helper) {
    return helper.visibleCommands(cmd).reduce((max, command) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleSubcommandTerm(helper.subcommandTerm(command)),
        ),
      );
    }, 0);
  }

  /**
   * Get the longest option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestOptionTermLength(cmd, helper) {
    return helper.visibleOptions(cmd).reduce((max, option) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))),
      );
    }, 0);
  }

  /**
   * Get the longest global option term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestGlobalOptionTermLength(cmd, helper) {
    return helper.visibleGlobalOptions(cmd).reduce((max, option) => {
      return Math.max(
        max,
        this.displayWidth(helper.styleOptionTerm(helper.optionTerm(option))),
      );
    }, 0);
  }

  /**
   * Get the longest argument term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  longestArgumentTermLength(cmd, helper) {
    return helper.visibleArguments(cmd).reduce((max, argument) => {
      return Math.max(
        max,
        this.displayWidth(
          helper.styleArgumentTerm(helper.argumentTerm(argument)),
        ),
      );
    }, 0);
  }

  /**
   * Get the command usage to be displayed at the top of the built-in help.
   *
   * @param {Command} cmd
   * @returns {string}
   */

  commandUsage(cmd) {
    // Usage
    let cmdName = cmd._name;
    if (cmd._aliases[0]) {
      cmdName = cmdName + '|' + cmd._aliases[0];
    }
    let ancestorCmdNames = '';
    for (
      let ancestorCmd = cmd.parent;
      ancestorCmd;
      ancestorCmd = ancestorCmd.parent
    ) {
      ancestorCmdNames = ancestorCmd.name() + ' ' + ancestorCmdNames;
    }
    return ancestorCmdNames + cmdName + ' ' + cmd.usage();
  }

  /**
   * Get the description for the command.
   *
   * @param {Command} cmd
   * @returns {string}
   */

  commandDescription(cmd) {
    // @ts-ignore: because overloaded return type
    return cmd.description();
  }

  /**
   * Get the subcommand summary to show in the list of subcommands.
   * (Fallback to description for backwards compatibility.)
   *
   * @param {Command} cmd
   * @returns {string}
   */

  subcommandDescription(cmd) {
    // @ts-ignore: because overloaded return type
    return cmd.summary() || cmd.description();
  }

  /**
   * Get the option description to show in the list of options.
   *
   * @param {Option} option
   * @return {string}
   */

  optionDescription(option) {
    const extraInfo = [];

    if (option.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${option.argChoices.map((choice) => JSON.stringify(choice)).join(', ')}`,
      );
    }
    if (option.defaultValue !== undefined) {
      // default for boolean and negated more for programmer than end user,
      // but show true/false for boolean option as may be for hand-rolled env or config processing.
      const showDefault =
        option.required ||
        option.optional ||
        (option.isBoolean() && typeof option.defaultValue === 'boolean');
      if (showDefault) {
        extraInfo.push(
          `default: ${option.defaultValueDescription || JSON.stringify(option.defaultValue)}`,
        );
      }
    }
    // preset for boolean and negated are more for programmer than end user
    if (option.presetArg !== undefined && option.optional) {
      extraInfo.push(`preset: ${JSON.stringify(option.presetArg)}`);
    }
    if (option.envVar !== undefined) {
      extraInfo.push(`env: ${option.envVar}`);
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(', ')})`;
      if (option.description) {
        return `${option.description} ${extraDescription}`;
      }
      return extraDescription;
    }

    return option.description;
  }

  /**
   * Get the argument description to show in the list of arguments.
   *
   * @param {Argument} argument
   * @return {string}
   */

  argumentDescription(argument) {
    const extraInfo = [];
    if (argument.argChoices) {
      extraInfo.push(
        // use stringify to match the display of the default value
        `choices: ${argument.argChoices.map((choice) => JSON.stringify(choice)).join(', ')}`,
      );
    }
    if (argument.defaultValue !== undefined) {
      extraInfo.push(
        `default: ${argument.defaultValueDescription || JSON.stringify(argument.defaultValue)}`,
      );
    }
    if (extraInfo.length > 0) {
      const extraDescription = `(${extraInfo.join(', ')})`;
      if (argument.description) {
        return `${argument.description} ${extraDescription}`;
      }
      return extraDescription;
    }
    return argument.description;
  }

  /**
   * Format a list of items, given a heading and an array of formatted items.
   *
   * @param {string} heading
   * @param {string[]} items
   * @param {Help} helper
   * @returns string[]
   */
  formatItemList(heading, items, helper) {
    if (items.length === 0) return [];

    return [helper.styleTitle(heading), ...items, ''];
  }

  /**
   * Group items by their help group heading.
   *
   * @param {Command[] | Option[]} unsortedItems
   * @param {Command[] | Option[]} visibleItems
   * @param {Function} getGroup
   * @returns {Map<string, Command[] | Option[]>}
   */
  groupItems(unsortedItems, visibleItems, getGroup) {
    const result = new Map();
    // Add groups in order of appearance in unsortedItems.
    unsortedItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) result.set(group, []);
    });
    // Add items in order of appearance in visibleItems.
    visibleItems.forEach((item) => {
      const group = getGroup(item);
      if (!result.has(group)) {
        result.set(group, []);
      }
      result.get(group).push(item);
    });
    return result;
  }

  /**
   * Generate the built-in help text.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {string}
   */

  formatHelp(cmd, helper) {
    const termWidth = helper.padWidth(cmd, helper);
    const helpWidth = helper.helpWidth ?? 80; // in case prepareContext() was not called

    function callFormatItem(term, description) {
      return helper.formatItem(term, termWidth, description, helper);
    }

    // Usage
    let output = [
      `${helper.styleTitle('Usage:')} ${helper.styleUsage(helper.commandUsage(cmd))}`,
      '',
    ];

    // Description
    const commandDescription = helper.commandDescription(cmd);
    if (commandDescription.length > 0) {
      output = output.concat([
        helper.boxWrap(
          helper.styleCommandDescription(commandDescription),
          helpWidth,
        ),
        '',
      ]);
    }

    // Arguments
    const argumentList = helper.visibleArguments(cmd).map((argument) => {
      return callFormatItem(
        helper.styleArgumentTerm(helper.argumentTerm(argument)),
        helper.styleArgumentDescription(helper.argumentDescription(argument)),
      );
    });
    output = output.concat(
      this.formatItemList('Arguments:', argumentList, helper),
    );

    // Options
    const optionGroups = this.groupItems(
      cmd.options,
      helper.visibleOptions(cmd),
      (option) => option.helpGroupHeading ?? 'Options:',
    );
    optionGroups.forEach((options, group) => {
      const optionList = options.map((option) => {
        return callFormatItem(
          helper.styleOptionTerm(helper.optionTerm(option)),
          helper.styleOptionDescription(helper.optionDescription(option)),
        );
      });
      output = output.concat(this.formatItemList(group, optionList, helper));
    });

    if (helper.showGlobalOptions) {
      const globalOptionList = helper
        .visibleGlobalOptions(cmd)
        .map((option) => {
          return callFormatItem(
            helper.styleOptionTerm(helper.optionTerm(option)),
            helper.styleOptionDescription(helper.optionDescription(option)),
          );
        });
      output = output.concat(
        this.formatItemList('Global Options:', globalOptionList, helper),
      );
    }

    // Commands
    const commandGroups = this.groupItems(
      cmd.commands,
      helper.visibleCommands(cmd),
      (sub) => sub.helpGroup() || 'Commands:',
    );
    commandGroups.forEach((commands, group) => {
      const commandList = commands.map((sub) => {
        return callFormatItem(
          helper.styleSubcommandTerm(helper.subcommandTerm(sub)),
          helper.styleSubcommandDescription(helper.subcommandDescription(sub)),
        );
      });
      output = output.concat(this.formatItemList(group, commandList, helper));
    });

    return output.join('\n');
  }

  /**
   * Return display width of string, ignoring ANSI escape sequences. Used in padding and wrapping calculations.
   *
   * @param {string} str
   * @returns {number}
   */
  displayWidth(str) {
    return stripColor(str).length;
  }

  /**
   * Style the title for displaying in the help. Called with 'Usage:', 'Options:', etc.
   *
   * @param {string} str
   * @returns {string}
   */
  styleTitle(str) {
    return str;
  }

  styleUsage(str) {
    // Usage has lots of parts the user might like to color separately! Assume default usage string which is formed like:
    //    command subcommand [options] [command] <foo> [bar]
    return str
      .split(' ')
      .map((word) => {
        if (word === '[options]') return this.styleOptionText(word);
        if (word === '[command]') return this.styleSubcommandText(word);
        if (word[0] === '[' || word[0] === '<')
          return this.styleArgumentText(word);
        return this.styleCommandText(word); // Restrict to initial words?
      })
      .join(' ');
  }
  styleCommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleOptionDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleSubcommandDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleArgumentDescription(str) {
    return this.styleDescriptionText(str);
  }
  styleDescriptionText(str) {
    return str;
  }
  styleOptionTerm(str) {
    return this.styleOptionText(str);
  }
  styleSubcommandTerm(str) {
    // This is very like usage with lots of parts! Assume default string which is formed like:
    //    subcommand [options] <foo> [bar]
    return str
      .split(' ')
      .map((word) => {
        if (word === '[options]') return this.styleOptionText(word);
        if (word[0] === '[' || word[0] === '<')
          return this.styleArgumentText(word);
        return this.styleSubcommandText(word); // Restrict to initial words?
      })
      .join(' ');
  }
  styleArgumentTerm(str) {
    return this.styleArgumentText(str);
  }
  styleOptionText(str) {
    return str;
  }
  styleArgumentText(str) {
    return str;
  }
  styleSubcommandText(str) {
    return str;
  }
  styleCommandText(str) {
    return str;
  }

  /**
   * Calculate the pad width from the maximum term length.
   *
   * @param {Command} cmd
   * @param {Help} helper
   * @returns {number}
   */

  padWidth(cmd, helper) {
    return Math.max(
      helper.longestOptionTermLength(cmd, helper),
      helper.longestGlobalOptionTermLength(cmd, helper),
      helper.longestSubcommandTermLength(cmd, helper),
      helper.longestArgumentTermLength(cmd, helper),
    );
  }

  /**
   * Detect manually wrapped and indented strings by checking for line break followed by whitespace.
   *
   * @param {string} str
   * @returns {boolean}
   */
  preformatted(str) {
    return /\n[^\S\r\n]/.test(str);
  }

  /**
   * Format the "item", which consists of a term and description. Pad the term and wrap the description, indenting the following lines.
   *
   * So "TTT", 5, "DDD DDDD DD DDD" might be formatted for this.helpWidth=17 like so:
   *   TTT  DDD DDDD
   *        DD DDD
   *
   * @param {string} term
   * @param {number} termWidth
   * @param {string} description
   * @param {Help} helper
   * @returns {string}
   */
  formatItem(term, termWidth, description, helper) {
    const itemIndent = 2;
    const itemIndentStr = ' '.repeat(itemIndent);
    if (!description) return itemIndentStr + term;

    // Pad the term out to a consistent width, so descriptions are aligned.
    const paddedTerm = term.padEnd(
      termWidth + term.length - helper.displayWidth(term),
    );

    // Format the description.
    const spacerWidth = 2; // between term and description
    const helpWidth = this.helpWidth ?? 80; // in case prepareContext() was not called
    const remainingWidth = helpWidth - termWidth - spacerWidth - itemIndent;
    let formattedDescription;
    if (
      remainingWidth < this.minWidthToWrap ||
      helper.preformatted(description)
    ) {
      formattedDescription = description;
    } else {
      const wrappedDescription = helper.boxWrap(description, remainingWidth);
      formattedDescription = wrappedDescription.replace(
        /\n/g,
        '\n' + ' '.repeat(termWidth + spacerWidth),
      );
    }

    // Construct and overall indent.
    return (
      itemIndentStr +
      paddedTerm +
      ' '.repeat(spacerWidth) +
      formattedDescription.replace(/\n/g, `\n${itemIndentStr}`)
    );
  }

  /**
   * Wrap a string at whitespace, preserving existing line breaks.
   * Wrapping is skipped if the width is less than `minWidthToWrap`.
   *
   * @param {string} str
   * @param {number} width
   * @returns {string}
   */
  boxWrap(str, width) {
    if (width < this.minWidthToWrap) return str;

    const rawLines = str.split(/\r\n|\n/);
    // split up text by whitespace
    const chunkPattern = /[\s]*[^\s]+/g;
    const wrappedLines = [];
    rawLines.forEach((line) => {
      const chunks = line.match(chunkPattern);
      if (chunks === null) {
        wrappedLines.push('');
        return;
      }

      let sumChunks = [chunks.shift()];
      let sumWidth = this.displayWidth(sumChunks[0]);
      chunks.forEach((chunk) => {
        const visibleWidth = this.displayWidth(chunk);
        // Accumulate chunks while they fit into width.
        if (sumWidth + visibleWidth <= width) {
          sumChunks.push(chunk);
          sumWidth += visibleWidth;
          return;
        }
        wrappedLines.push(sumChunks.join(''));

        const nextChunk = chunk.trimStart(); // trim space at line break
        sumChunks = [nextChunk];
        sumWidth = this.displayWidth(nextChunk);
      });
      wrappedLines.push(sumChunks.join(''));
    });

    return wrappedLines.join('\n');
  }
}

/**
 * Strip style ANSI escape sequences from the string. In particular, SGR (Select Graphic Rendition) codes.
 *
 * @param {string} str
 * @returns {string}
 * @package
 */

function stripColor(str) {
  // eslint-disable-next-line no-control-regex
  const sgrPattern = /\x1b\[\d*(;\d*)*m/g;
  return str.replace(sgrPattern, '');
}

exports.Help = Help;
exports.stripColor = stripColor;


/***/ }),

/***/ 240:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

const { InvalidArgumentError } = __nccwpck_require__(135);

class Option {
  /**
   * Initialize a new `Option` with the given `flags` and `description`.
   *
   * @param {string} flags
   * @param {string} [description]
   */

  constructor(flags, description) {
    this.flags = flags;
    this.description = description || '';

    this.required = flags.includes('<'); // A value must be supplied when the option is specified.
    this.optional = flags.includes('['); // A value is optional when the option is specified.
    // variadic test ignores <value,...> et al which might be used to describe custom splitting of single argument
    this.variadic = /\w\.\.\.[>\]]$/.test(flags); // The option can take multiple values.
    this.mandatory = false; // The option must have a value after parsing, which usually means it must be specified on command line.
    const optionFlags = splitOptionFlags(flags);
    this.short = optionFlags.shortFlag; // May be a short flag, undefined, or even a long flag (if option has two long flags).
    this.long = optionFlags.longFlag;
    this.negate = false;
    if (this.long) {
      this.negate = this.long.startsWith('--no-');
    }
    this.defaultValue = undefined;
    this.defaultValueDescription = undefined;
    this.presetArg = undefined;
    this.envVar = undefined;
    this.parseArg = undefined;
    this.hidden = false;
    this.argChoices = undefined;
    this.conflictsWith = [];
    this.implied = undefined;
    this.helpGroupHeading = undefined; // soft initialised when option added to command
  }

  /**
   * Set the default value, and optionally supply the description to be displayed in the help.
   *
   * @param {*} value
   * @param {string} [description]
   * @return {Option}
   */

  default(value, description) {
    this.defaultValue = value;
    this.defaultValueDescription = description;
    return this;
  }

  /**
   * Preset to use when option used without option-argument, especially optional but also boolean and negated.
   * The custom processing (parseArg) is called.
   *
   * @example
   * new Option('--color').default('GREYSCALE').preset('RGB');
   * new Option('--donate [amount]').preset('20').argParser(parseFloat);
   *
   * @param {*} arg
   * @return {Option}
   */

  preset(arg) {
    this.presetArg = arg;
    return this;
  }

  /**
   * Add option name(s) that conflict with this option.
   * An error will be displayed if conflicting options are found during parsing.
   *
   * @example
   * new Option('--rgb').conflicts('cmyk');
   * new Option('--js').conflicts(['ts', 'jsx']);
   *
   * @param {(string | string[])} names
   * @return {Option}
   */

  conflicts(names) {
    this.conflictsWith = this.conflictsWith.concat(names);
    return this;
  }

  /**
   * Specify implied option values for when this option is set and the implied options are not.
   *
   * The custom processing (parseArg) is not called on the implied values.
   *
   * @example
   * program
   *   .addOption(new Option('--log', 'write logging information to file'))
   *   .addOption(new Option('--trace', 'log extra details').implies({ log: 'trace.txt' }));
   *
   * @param {object} impliedOptionValues
   * @return {Option}
   */
  implies(impliedOptionValues) {
    let newImplied = impliedOptionValues;
    if (typeof impliedOptionValues === 'string') {
      // string is not documented, but easy mistake and we can do what user probably intended.
      newImplied = { [impliedOptionValues]: true };
    }
    this.implied = Object.assign(this.implied || {}, newImplied);
    return this;
  }

  /**
   * Set environment variable to check for option value.
   *
   * An environment variable is only used if when processed the current option value is
   * undefined, or the source of the current value is 'default' or 'config' or 'env'.
   *
   * @param {string} name
   * @return {Option}
   */

  env(name) {
    this.envVar = name;
    return this;
  }

  /**
   * Set the custom handler for processing CLI option arguments into option values.
   *
   * @param {Function} [fn]
   * @return {Option}
   */

  argParser(fn) {
    this.parseArg = fn;
    return this;
  }

  /**
   * Whether the option is mandatory and must have a value after parsing.
   *
   * @param {boolean} [mandatory=true]
   * @return {Option}
   */

  makeOptionMandatory(mandatory = true) {
    this.mandatory = !!mandatory;
    return this;
  }

  /**
   * Hide option in help.
   *
   * @param {boolean} [hide=true]
   * @return {Option}
   */

  hideHelp(hide = true) {
    this.hidden = !!hide;
    return this;
  }

  /**
   * @package
   */

  _collectValue(value, previous) {
    if (previous === this.defaultValue || !Array.isArray(previous)) {
      return [value];
    }

    previous.push(value);
    return previous;
  }

  /**
   * Only allow option value to be one of choices.
   *
   * @param {string[]} values
   * @return {Option}
   */

  choices(values) {
    this.argChoices = values.slice();
    this.parseArg = (arg, previous) => {
      if (!this.argChoices.includes(arg)) {
        throw new InvalidArgumentError(
          `Allowed choices are ${this.argChoices.join(', ')}.`,
        );
      }
      if (this.variadic) {
        return this._collectValue(arg, previous);
      }
      return arg;
    };
    return this;
  }

  /**
   * Return option name.
   *
   * @return {string}
   */

  name() {
    if (this.long) {
      return this.long.replace(/^--/, '');
    }
    return this.short.replace(/^-/, '');
  }

  /**
   * Return option name, in a camelcase format that can be used
   * as an object attribute key.
   *
   * @return {string}
   */

  attributeName() {
    if (this.negate) {
      return camelcase(this.name().replace(/^no-/, ''));
    }
    return camelcase(this.name());
  }

  /**
   * Set the help group heading.
   *
   * @param {string} heading
   * @return {Option}
   */
  helpGroup(heading) {
    this.helpGroupHeading = heading;
    return this;
  }

  /**
   * Check if `arg` matches the short or long flag.
   *
   * @param {string} arg
   * @return {boolean}
   * @package
   */

  is(arg) {
    return this.short === arg || this.long === arg;
  }

  /**
   * Return whether a boolean option.
   *
   * Options are one of boolean, negated, required argument, or optional argument.
   *
   * @return {boolean}
   * @package
   */

  isBoolean() {
    return !this.required && !this.optional && !this.negate;
  }
}

/**
 * This class is to make it easier to work with dual options, without changing the existing
 * implementation. We support separate dual options for separate positive and negative options,
 * like `--build` and `--no-build`, which share a single option value. This works nicely for some
 * use cases, but is tricky for others where we want separate behaviours despite
 * the single shared option value.
 */
class DualOptions {
  /**
   * @param {Option[]} options
   */
  constructor(options) {
    this.positiveOptions = new Map();
    this.negativeOptions = new Map();
    this.dualOptions = new Set();
    options.forEach((option) => {
      if (option.negate) {
        this.negativeOptions.set(option.attributeName(), option);
      } else {
        this.positiveOptions.set(option.attributeName(), option);
      }
    });
    this.negativeOptions.forEach((value, key) => {
      if (this.positiveOptions.has(key)) {
        this.dualOptions.add(key);
      }
    });
  }

  /**
   * Did the value come from the option, and not from possible matching dual option?
   *
   * @param {*} value
   * @param {Option} option
   * @returns {boolean}
   */
  valueFromOption(value, option) {
    const optionKey = option.attributeName();
    if (!this.dualOptions.has(optionKey)) return true;

    // Use the value to deduce if (probably) came from the option.
    const preset = this.negativeOptions.get(optionKey).presetArg;
    const negativeValue = preset !== undefined ? preset : false;
    return option.negate === (negativeValue === value);
  }
}

/**
 * Convert string from kebab-case to camelCase.
 *
 * @param {string} str
 * @return {string}
 * @private
 */

function camelcase(str) {
  return str.split('-').reduce((str, word) => {
    return str + word[0].toUpperCase() + word.slice(1);
  });
}

/**
 * Split the short and long flag out of something like '-m,--mixed <value>'
 *
 * @private
 */

function splitOptionFlags(flags) {
  let shortFlag;
  let longFlag;
  // short flag, single dash and single character
  const shortFlagExp = /^-[^-]$/;
  // long flag, double dash and at least one character
  const longFlagExp = /^--[^-]/;

  const flagParts = flags.split(/[ |,]+/).concat('guard');
  // Normal is short and/or long.
  if (shortFlagExp.test(flagParts[0])) shortFlag = flagParts.shift();
  if (longFlagExp.test(flagParts[0])) longFlag = flagParts.shift();
  // Long then short. Rarely used but fine.
  if (!shortFlag && shortFlagExp.test(flagParts[0]))
    shortFlag = flagParts.shift();
  // Allow two long flags, like '--ws, --workspace'
  // This is the supported way to have a shortish option flag.
  if (!shortFlag && longFlagExp.test(flagParts[0])) {
    shortFlag = longFlag;
    longFlag = flagParts.shift();
  }

  // Check for unprocessed flag. Fail noisily rather than silently ignore.
  if (flagParts[0].startsWith('-')) {
    const unsupportedFlag = flagParts[0];
    const baseError = `option creation failed due to '${unsupportedFlag}' in option flags '${flags}'`;
    if (/^-[^-][^-]/.test(unsupportedFlag))
      throw new Error(
        `${baseError}
- a short flag is a single dash and a single character
  - either use a single dash and a single character (for a short flag)
  - or use a double dash for a long option (and can have two, like '--ws, --workspace')`,
      );
    if (shortFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many short flags`);
    if (longFlagExp.test(unsupportedFlag))
      throw new Error(`${baseError}
- too many long flags`);

    throw new Error(`${baseError}
- unrecognised flag format`);
  }
  if (shortFlag === undefined && longFlag === undefined)
    throw new Error(
      `option creation failed due to no flags found in '${flags}'.`,
    );

  return { shortFlag, longFlag };
}

exports.Option = Option;
exports.DualOptions = DualOptions;


/***/ }),

/***/ 30:
/***/ ((__unused_webpack_module, exports) => {

const maxDistance = 3;

function editDistance(a, b) {
  // https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance
  // Calculating optimal string alignment distance, no substring is edited more than once.
  // (Simple implementation.)

  // Quick early exit, return worst case.
  if (Math.abs(a.length - b.length) > maxDistance)
    return Math.max(a.length, b.length);

  // distance between prefix substrings of a and b
  const d = [];

  // pure deletions turn a into empty string
  for (let i = 0; i <= a.length; i++) {
    d[i] = [i];
  }
  // pure insertions turn empty string into b
  for (let j = 0; j <= b.length; j++) {
    d[0][j] = j;
  }

  // fill matrix
  for (let j = 1; j <= b.length; j++) {
    for (let i = 1; i <= a.length; i++) {
      let cost = 1;
      if (a[i - 1] === b[j - 1]) {
        cost = 0;
      } else {
        cost = 1;
      }
      d[i][j] = Math.min(
        d[i - 1][j] + 1, // deletion
        d[i][j - 1] + 1, // insertion
        d[i - 1][j - 1] + cost, // substitution
      );
      // transposition
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
      }
    }
  }

  return d[a.length][b.length];
}

/**
 * Find close matches, restricted to same number of edits.
 *
 * @param {string} word
 * @param {string[]} candidates
 * @returns {string}
 */

function suggestSimilar(word, candidates) {
  if (!candidates || candidates.length === 0) return '';
  // remove possible duplicates
  candidates = Array.from(new Set(candidates));

  const searchingOptions = word.startsWith('--');
  if (searchingOptions) {
    word = word.slice(2);
    candidates = candidates.map((candidate) => candidate.slice(2));
  }

  let similar = [];
  let bestDistance = maxDistance;
  const minSimilarity = 0.4;
  candidates.forEach((candidate) => {
    if (candidate.length <= 1) return; // no one character guesses

    const distance = editDistance(word, candidate);
    const length = Math.max(word.length, candidate.length);
    const similarity = (length - distance) / length;
    if (similarity > minSimilarity) {
      if (distance < bestDistance) {
        // better edit distance, throw away previous worse matches
        bestDistance = distance;
        similar = [candidate];
      } else if (distance === bestDistance) {
        similar.push(candidate);
      }
    }
  });

  similar.sort((a, b) => a.localeCompare(b));
  if (searchingOptions) {
    similar = similar.map((candidate) => `--${candidate}`);
  }

  if (similar.length > 1) {
    return `\n(Did you mean one of ${similar.join(', ')}?)`;
  }
  if (similar.length === 1) {
    return `\n(Did you mean ${similar[0]}?)`;
  }
  return '';
}

exports.suggestSimilar = suggestSimilar;


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
  cli: () => (/* binding */ cli)
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
function values_isJsonObject(value) {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Secret);
}
function values_parseJsonObject(bytes) {
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
    return value === undefined ? undefined : new ServerText(value);
}
function secretMember(object, name) {
    const value = object[name];
    return value instanceof Secret ? value : undefined;
}
function objectMember(object, name) {
    const value = object[name];
    return values_isJsonObject(value) ? value : {};
}
function values_isToken(text) {
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
function malformed(what, request, { status = 200, answerLost = false } = {}) {
    return new AnswerError({ kind: 'malformed', status, what }, request, answerLost);
}
const ERRCODE = /^(?:[A-Z][A-Z0-9]{0,20}\.){0,5}[A-Z][A-Z0-9_]{1,60}$|^[a-z][a-z_]{1,40}$/;
function judge(response, dialect = MATRIX, retryAfterMs) {
    const { status } = response;
    const body = values_parseJsonObject(response.body);
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
class HttpClient {
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
    if (isLoopback(host))
        return true;
    return noProxy.split(/[\s,]+/).some((entry) => matches(entry.toLowerCase(), host, port));
}
const DEFAULT_PORTS = { 'http:': '80', 'https:': '443' };
function isLoopback(host) {
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
    const client = new HttpClient(undefined, [], { socketTimeout: 2 * request.deadlineMs });
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

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
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

// EXTERNAL MODULE: ./node_modules/commander/index.js
var commander = __nccwpck_require__(909);
;// CONCATENATED MODULE: ./node_modules/commander/esm.mjs


// wrapper to provide named exports for ESM.
const {
  /* program */ "DM": program,
  /* createCommand */ "gu": createCommand,
  /* createArgument */ "er": createArgument,
  /* createOption */ "Ww": createOption,
  /* CommanderError */ "b7": CommanderError,
  /* InvalidArgumentError */ "Di": InvalidArgumentError,
  /* InvalidOptionArgumentError */ "a2": InvalidOptionArgumentError, // deprecated old name
  /* Command */ "uB": Command,
  /* Argument */ "ef": Argument,
  /* Option */ "c$": Option,
  /* Help */ "_V": Help,
} = commander;

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
    if (serverName.text !== serverName.hostname && homeserver_address_isLoopback(serverName.hostname)) {
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
    const scheme = homeserver_address_isLoopback(hostname) || isPrivateAddress(hostname) ? 'http' : 'https';
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
    return url.protocol !== 'https:' && !(url.protocol === 'http:' && (allowHttp || homeserver_address_isLoopback(url.hostname)));
}
function homeserver_address_isLoopback(hostname) {
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
function characters_trimInvisible(text) {
    const [start, end] = boundsOf(text);
    return text.slice(start, end);
}
function characters_isInvisiblyWrapped(text) {
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
        return { value: characters_trimInvisible(raw), dropped: [] };
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
class problems_Problems {
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

;// CONCATENATED MODULE: ./build/src/stores/store.js
const store_MAX_SECRET_NAME = 255;
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

;// CONCATENATED MODULE: ./build/src/inputs/store.js





function readForge(inputs, problems) {
    const apiUrl = (inputs.environment('GITHUB_API_URL') ?? 'https://api.github.com').replace(/\/+$/, '');
    const marked = ['GITEA_ACTIONS', 'FORGEJO_ACTIONS'].some((name) => inputs.environment(name) === 'true');
    const allowHttp = homeserver_readAllowHttp(inputs, new problems_Problems());
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
    const { kind } = readForge(inputs, new problems_Problems());
    const problem = lookalike(name) ?? problemWithName(name, RESERVED[kind]) ?? problemOnForge(name, input, kind);
    if (problem !== undefined)
        problems.add(describeRefused(input, name, problem));
    return name;
}
function lookalike(text) {
    const token = tokens_findToken(text);
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
    return name.length > store_MAX_SECRET_NAME ? `is longer than ${store_MAX_SECRET_NAME} characters: choose another name` : undefined;
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

;// CONCATENATED MODULE: ./build/src/cli/options.js






const OUTPUT_FORMS = ['access-token', 'refresh-token', 'json'];
function readServerOptions({ inputs: runner }) {
    const problems = new problems_Problems();
    const allowHttp = homeserver_readAllowHttp(runner, problems);
    const homeserver = homeserver_readHomeserver(runner, 'no-such-input', allowHttp, problems);
    const maxWaitMs = homeserver_readMaxWait(runner, problems);
    problems.throwIfAny();
    if (homeserver === undefined)
        throw new Error('unsound options got by');
    return { homeserver, maxWaitMs, allowHttp };
}
function readAccountOptions(inputs, problems) {
    const allowHttp = homeserver_readAllowHttp(inputs, problems);
    const user = readUser(inputs, problems);
    const homeserver = homeserver_readHomeserver(inputs, user, allowHttp, problems);
    const maxWaitMs = homeserver_readMaxWait(inputs, problems);
    return homeserver === undefined ? undefined : { homeserver, user, allowHttp, maxWaitMs };
}
function readSessionOptions(ports) {
    const { inputs, options } = ports;
    const problems = new problems_Problems();
    const account = readAccountOptions(inputs, problems);
    const form = choiceValue('--output', options.get('output') ?? '', OUTPUT_FORMS, problems);
    const store = readStore(ports, account?.maxWaitMs ?? 0, problems);
    if (store !== undefined && options.has('output'))
        problems.add('--output is about standard output, where nothing goes with --store.');
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('unsound options got by');
    return { ...account, deviceName: inputs.input('device-name').trim(), store, form };
}
function requireUser({ user }) {
    if (user !== undefined)
        return user;
    throw new failures_Failure('invalid-input', '--user is missing: whose password is it?', 'Give --user @name:example.org.');
}
function readUser(runner, problems) {
    const raw = runner.input('user').trim();
    if (raw === '')
        return undefined;
    const user = parseUser(raw);
    if (!('problem' in user))
        return user;
    problems.refuse('user', raw, user.problem);
    return undefined;
}
function readStore(ports, maxWaitMs, problems) {
    const { inputs } = ports;
    const secretName = readSecretName(inputs, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems);
    const refreshSecretName = readSecretName(inputs, 'refresh-secret-name', 'MATRIX_REFRESH_TOKEN', problems);
    const access = readStoreAccess(ports, maxWaitMs, problems);
    if (access === undefined)
        return undefined;
    if (secretName.toUpperCase() === refreshSecretName.toUpperCase())
        problems.add('`secret-name` and `refresh-secret-name` are the same: each token needs its own secret.');
    return { ...access, secretName, refreshSecretName };
}
function readStoreAccess({ inputs, options, masks }, maxWaitMs, problems) {
    const lines = store_linesOf(options.get('store') ?? '');
    if (lines.length === 0)
        return undefined;
    const forge = readForge(inputs, problems);
    const targets = readTargets(lines, { forge, reportMalformed: true }, problems);
    const storeToken = values_secretText(inputs.environment('GH_TOKEN') ?? '', 'token')?.value ?? '';
    if (storeToken === '')
        problems.add(NO_STORE_TOKEN);
    else
        masks.mask(storeToken);
    return { targets, forge, storeToken, maxWaitMs };
}
const NO_STORE_TOKEN = '--store needs a token that may write secrets, in the variable GH_TOKEN, for example GH_TOKEN="$(gh auth token)".';

;// CONCATENATED MODULE: ./build/src/cli/arguments.js



function parseArguments(argv) {
    let chosen;
    let text = '';
    const program = describeProgram((name, options) => {
        chosen = { kind: 'command', name, options };
    });
    const write = (part) => {
        text += part;
    };
    for (const command of [program, ...program.commands])
        command.exitOverride().configureOutput({ writeOut: write, writeErr: write });
    try {
        program.parse(argv, { from: 'user' });
    }
    catch (error) {
        if (!(error instanceof CommanderError))
            throw error;
        const isHelp = error.code === 'commander.help' && argv[0] === 'help';
        return { kind: error.exitCode === 0 || isHelp ? 'answer' : 'misuse', text };
    }
    return chosen ?? { kind: 'misuse', text: program.helpInformation() };
}
function describeProgram(onChosen) {
    const program = new Command('matrix-access-token')
        .description('Gets an access token of a Matrix account, and hands it to where it is wanted and nowhere else.')
        .version(VERSION)
        .helpCommand('help [command]', 'explain a command')
        .showHelpAfterError('(matrix-access-token --help explains everything)')
        .addHelpText('after', NOTES);
    const add = (name, description, options) => {
        const command = program.command(name).description(description);
        for (const option of options)
            command.addOption(option);
        command.action(() => onChosen(name, readOptions(command)));
        command.showHelpAfterError(`(matrix-access-token ${name} --help explains everything)`);
    };
    add('browser-login', 'log in in a browser, for accounts without a password', [
        ...server(OR_USER),
        user('whose session it must be (@name:example.org); anybody else is logged out again'),
        ...browser(),
        ...session(),
    ]);
    add('login', 'log in with a password, which is asked for or piped in', [
        ...server(OR_USER),
        user('whose password it is (@name:example.org; required)'),
        ...session(),
    ]);
    add('whoami', 'say whose token it is (MATRIX_ACCESS_TOKEN, or standard input)', [...server(REQUIRED), maxAge()]);
    add('logout', 'end the session of a token (MATRIX_ACCESS_TOKEN, or standard input)', server(REQUIRED));
    add('sessions', SESSIONS, [...server(OR_USER), user(SESSIONS_USER), ...selection()]);
    add('verify', VERIFY, [...server(OR_USER), user(TOKEN_USER), deviceKey()]);
    add('create-identity', CREATE_IDENTITY, [...server(OR_USER), user(TOKEN_USER), ...store(RECOVERY_KEY)]);
    return program;
}
const NOTES = `
The token (or recovery key) goes to standard output if that is not a terminal,
or to --store; on a terminal it is shown only after asking. Everything else goes to standard error.
Nothing is written to disk, and no secret is ever an argument.

  GH_TOKEN="$(gh auth token)" matrix-access-token browser-login --homeserver example.org --store repos/OWNER/REPO
  matrix-access-token browser-login --homeserver example.org | gh secret set MATRIX_ACCESS_TOKEN

(Where the login fails, the second one makes gh store an empty secret.)

Exit status: 0 done, 1 failed, 2 used wrongly, 130 interrupted.
`;
const REQUIRED = 'required';
const OR_USER = 'required, unless --user names the server';
const SESSIONS = 'list the sessions of an account, and end those that are not needed (MATRIX_ACCESS_TOKEN, or a password, which is asked ' +
    'for or piped in; with MAS_CLIENT_ID and MAS_CLIENT_SECRET through the admin API of Matrix Authentication Service)';
const SESSIONS_USER = 'whose sessions (@name:example.org; required, unless MATRIX_ACCESS_TOKEN is set)';
const TOKEN_USER = 'whose token it must be (@name:example.org)';
const VERIFY = 'sign the device of a token (MATRIX_ACCESS_TOKEN) with the cross-signing identity of its account; the recovery key is asked ' +
    'for or piped in';
const CREATE_IDENTITY = 'make a cross-signing identity for the account of a token (MATRIX_ACCESS_TOKEN) that has none, and hand over its recovery ' +
    'key; a password that the server wants is asked for or piped in';
const RECOVERY_KEY = 'secret for the recovery key (default: MATRIX_RECOVERY_KEY)';
const server = (need) => [
    new Option('--homeserver <server>', `server name (example.org) or base URL (https://matrix.example.org; ${need})`),
    new Option('--max-wait <seconds>', 'most seconds spent in pauses between tries (default: 120)'),
    new Option('--allow-http', 'permit http:// to a host that is not this machine'),
];
const browser = () => [
    new Option('--no-open', 'only print the address, do not start the browser'),
    new Option('--paste', 'the browser runs on another machine: ask for the address it was sent to'),
];
const user = (description) => new Option('--user <user>', description);
const maxAge = () => new Option('--max-age <time>', 'fail if rotate issued the token longer ago than this (30d, 12h); a warning if unknown');
const selection = () => [
    new Option('--older-than <time>', 'only sessions that were last seen longer ago than this (90d), or never'),
    new Option('--name <pattern>', 'only sessions with this name; * is any text, ? is one character (quote the pattern)'),
    new Option('--keep <number>', 'keep the newest of those that match (default: 0)'),
    new Option('--end', 'end the sessions that match; never the one in use, nor those of rotate'),
    new Option('--yes', 'with --end: do not ask'),
];
const deviceKey = () => new Option('--device-key <key>', 'public Ed25519 key that the device must have (base64); compared before anything is signed');
const store = (secretName) => [
    new Option('--store <target>', 'store it as a secret: repos/O/R, repos/O/R/environments/E or orgs/O; may be repeated; uses GH_TOKEN and GITHUB_API_URL').argParser((target, earlier) => (earlier === undefined ? target : `${earlier}\n${target}`)),
    new Option('--secret-name <name>', secretName),
];
const session = () => [
    new Option('--device-name <name>', 'how lists of devices show it (default: matrix-access-token on HOST)'),
    ...store('secret for the access token (default: MATRIX_ACCESS_TOKEN)'),
    new Option('--refresh-secret-name <name>', 'secret for a refresh token (default: MATRIX_REFRESH_TOKEN)'),
    new Option('--output <what>', 'what goes to standard output (default: access-token)').choices(OUTPUT_FORMS),
];
const OPTION_NAMES = new Set(describeProgram(() => { }).commands.flatMap(({ options }) => options.map(nameOf)));
function readOptions(command) {
    const set = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
    return new Map(set.map((option) => [nameOf(option), textOf(command.getOptionValue(option.attributeName()))]));
}
function nameOf({ long = '' }) {
    return long.replace(/^--/, '');
}
function textOf(value) {
    return typeof value === 'string' ? value : 'true';
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
    if (!isRefusedWith(error, 401) && !isRefusedWith(error, 403))
        return undefined;
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    const message = `${describeRefusal(error)} It was given as \`${input}\`.`;
    return new failures_Failure('token-invalid', message, hint, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/oauth/polling.js
const SLOWER_MS = 5_000;
function decidePoll(outcome, state) {
    const pause = pauseAfter(outcome, state.intervalMs);
    if (pause === undefined)
        return { next: 'stop', why: 'refused' };
    if (pause.waitMs >= state.remainingMs)
        return { next: 'stop', why: 'expired' };
    return { next: 'ask-again', ...pause };
}
function pauseAfter(outcome, intervalMs) {
    const slower = intervalMs + SLOWER_MS;
    switch (outcome.kind) {
        case 'no-answer':
            return { waitMs: 2 * intervalMs, intervalMs: 2 * intervalMs };
        case 'rate-limited':
            return { waitMs: Math.max(slower, outcome.retryAfterMs ?? 0), intervalMs: slower };
        case 'error':
            if (outcome.error === 'authorization_pending')
                return { waitMs: intervalMs, intervalMs };
            return outcome.error === 'slow_down' ? { waitMs: slower, intervalMs: slower } : undefined;
    }
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
    return new Secret(value);
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
    const value = values_parseJsonObject(response.body)?.retry_after_ms;
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.ceil(value) : undefined;
}

;// CONCATENATED MODULE: ./build/src/oauth/token.js



const OAUTH = {
    serverKind: 'OAuth 2.0 server',
    readError: (body) => ({ errcode: values_stringMember(body, 'error'), text: textMember(body, 'error_description') }),
};
const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
function requestToken(tokenEndpoint, operation, form, ports, repeatable = 'always') {
    return call({ ...oauthCall(tokenEndpoint, operation), body: { form }, repeatable }, ports);
}
async function sendAsClient(url, operation, { clientId, clientSecret }, form, ports) {
    const basic = Buffer.from(`${clientId}:${clientSecret.reveal()}`).toString('base64');
    try {
        return await call({ ...oauthCall(url, operation), body: { form }, authorization: `Basic ${basic}` }, ports);
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
        throw malformed('it does not say whether the token is active', oauthCall(endpoint, INTROSPECT));
    return { active: true, scope: (values_stringMember(answer, 'scope') ?? '').split(' ') };
}
const REVOKE = { phrase: 'revoke the session' };
async function revokeSession(revocationEndpoint, clientId, refreshToken, ports) {
    const form = { token: refreshToken.reveal(), client_id: clientId };
    await call({ ...oauthCall(revocationEndpoint, REVOKE), body: { form }, mayBeEmpty: true }, ports);
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
    const clientId = values_stringMember(await call({ ...request, body: { json } }, ports), 'client_id');
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

;// CONCATENATED MODULE: ./build/src/oauth/device-grant.js






const GET_CODE = { phrase: 'give a code for a login in the browser' };
const REDEEM_CODE = { phrase: 'say whether the code was entered' };
const INTERVAL_MS = 5_000;
const SHORTEST_INTERVAL_MS = 1_000;
const MAX_INTERVAL_MS = 60_000;
class CodeExpiredError extends Error {
    answerLost = false;
    constructor() {
        super('the code was not entered in time');
        this.name = 'CodeExpiredError';
    }
}
class PollingCancelledError extends Error {
    answerLost = false;
    constructor() {
        super('cancelled while waiting');
        this.name = 'PollingCancelledError';
    }
}
async function requestDeviceCode(endpoint, clientId, scope, ports, allowHttp) {
    const answer = await requestToken(endpoint, GET_CODE, { client_id: clientId, scope }, ports);
    const request = { server: new URL(endpoint).origin, operation: GET_CODE, dialect: OAUTH };
    const deviceCode = secretMember(answer, 'device_code');
    const userCode = values_stringMember(answer, 'user_code');
    if (deviceCode === undefined)
        throw malformed('it has no usable device_code', request);
    if (userCode === undefined || !isPrintable(userCode))
        throw malformed('it has no usable user_code', request);
    const verificationUri = webAddress(answer, 'verification_uri', allowHttp);
    if (verificationUri === undefined)
        throw malformed('it has no usable verification_uri', request);
    const complete = webAddress(answer, 'verification_uri_complete', allowHttp);
    const lifetimeMs = lifetimeOf(answer['expires_in'], 1000);
    if (typeof lifetimeMs !== 'number')
        throw malformed('its expires_in is not a length of time', request);
    return {
        deviceCode,
        userCode: new ServerText(userCode),
        verificationUri,
        ...(complete === undefined ? {} : { verificationUriComplete: complete }),
        lifetimeMs,
        intervalMs: intervalOf(answer, lifetimeMs),
    };
}
function intervalOf(answer, lifetimeMs) {
    const asked = lifetimeOf(answer['interval'], 1000);
    const interval = Math.min(typeof asked === 'number' ? asked : INTERVAL_MS, MAX_INTERVAL_MS);
    return Math.max(SHORTEST_INTERVAL_MS, interval < lifetimeMs ? interval : lifetimeMs / 2);
}
function webAddress(answer, member, allowHttp) {
    const text = values_stringMember(answer, member);
    if (text === undefined || !URL.canParse(text))
        return undefined;
    const url = new URL(text);
    const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
    return isWeb && !isInsecure(url, allowHttp) ? new ServerText(url.href) : undefined;
}
async function pollForTokens(tokenEndpoint, clientId, { deviceCode, lifetimeMs, intervalMs }, ports) {
    const { clock } = ports;
    const form = { grant_type: DEVICE_CODE_GRANT, device_code: deviceCode.reveal(), client_id: clientId };
    const end = clock.now() + lifetimeMs;
    for (let pause = { waitMs: intervalMs, intervalMs };;) {
        if (!(await clock.sleep(pause.waitMs)))
            throw new PollingCancelledError();
        const once = { ...ports, budget: new WaitBudget(0) };
        const result = await ask(() => requestToken(tokenEndpoint, REDEEM_CODE, form, once));
        if ('answer' in result)
            return result.answer;
        const decision = decidePoll(result.outcome, { intervalMs: pause.intervalMs, remainingMs: end - clock.now() });
        if (decision.next === 'ask-again')
            pause = decision;
        else if (decision.why === 'expired')
            throw new CodeExpiredError();
        else
            throw result.error;
    }
}
async function ask(request) {
    try {
        return { answer: await request() };
    }
    catch (error) {
        const outcome = outcomeOf(error);
        if (outcome === undefined)
            throw error;
        return { outcome, error };
    }
}
function outcomeOf(error) {
    if (error instanceof NoAnswerError)
        return error.cause.isTransient ? { kind: 'no-answer' } : undefined;
    if (!(error instanceof AnswerError))
        return undefined;
    const { problem } = error;
    if (problem.kind === 'refused')
        return { kind: 'error', error: problem.errcode };
    if (problem.kind === 'rate-limited')
        return { kind: 'rate-limited', retryAfterMs: problem.retryAfterMs };
    return problem.kind === 'server-error' ? { kind: 'no-answer' } : undefined;
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
        throw insecureDiscovery(source, new ServerText(baseUrlText(parsed.url)));
    }
    return baseUrlText(parsed.url);
}
function baseUrlMember(file) {
    const homeserver = file['m.homeserver'];
    const baseUrl = values_isJsonObject(homeserver) ? homeserver.base_url : undefined;
    return typeof baseUrl === 'string' ? baseUrl : undefined;
}
function notUsable(serverName, response, evidence) {
    const problem = { kind: 'foreign', status: response.status, evidence: new ServerText(evidence) };
    return new AnswerError(problem, { server: serverOf(serverName), operation: FIND_API }, false);
}
function serverOf(serverName) {
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
        throw malformed('it has no usable issuer and token_endpoint', { server: client.baseUrl, operation: FIND_OAUTH });
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
    if (status !== 404 || values_stringMember(values_parseJsonObject(body) ?? {}, 'errcode') !== 'M_UNKNOWN')
        return undefined;
    return 'the device is being logged out at the same moment (404)';
}
function readLoginOwner(server, answer) {
    const bad = (what) => malformed(what, { server, operation: LOG_IN }, { answerLost: true });
    const userId = values_stringMember(answer, 'user_id');
    if (userId === undefined || !isUserId(userId))
        throw bad('it has no usable user_id');
    const deviceId = values_stringMember(answer, 'device_id');
    if (deviceId === undefined || !isPrintable(deviceId))
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

;// CONCATENATED MODULE: ./build/src/credentials/device-code.js








function deviceCodeCredential(show) {
    return {
        description: 'a code that is entered in the browser',
        device: 'login',
        opensSession: true,
        singleUse: false,
        needsWhoami: true,
        afterLostAnswer: 'The code may have been entered since: then a session exists whose token was lost.',
        requestTokens: (context) => requestWithCode(show, context),
        explain: (error) => Promise.resolve(explainRefusal(error)),
    };
}
const CLIENT_NAME = 'matrix-access-token';
async function requestWithCode(show, context) {
    const { client, allowHttp, device, now } = context;
    const server = await discoverOAuth(client, allowHttp);
    const { registrationEndpoint, deviceAuthorizationEndpoint, tokenEndpoint } = requireEndpoints(server, client.baseUrl);
    const clientId = await registerClient(registrationEndpoint, CLIENT_NAME, PROJECT_URL, client.ports);
    const ask = (scope) => requestDeviceCode(deviceAuthorizationEndpoint, clientId, scope, client.ports, allowHttp);
    const [stable, unstable] = apiScopes(device.deviceId);
    const code = await ask(stable).catch((error) => {
        if (isOAuthRefusal(error, 'invalid_scope'))
            return ask(unstable);
        throw error;
    });
    show(code);
    const { revocationEndpoint = '' } = server;
    return {
        send: () => poll(tokenEndpoint, clientId, code, context),
        teardown: () => ({ kind: 'revocation', revocationEndpoint, clientId }),
        read: (answer) => expiryOf(answer, 'expires_in', 1000, now()),
    };
}
async function poll(tokenEndpoint, clientId, code, { client }) {
    try {
        return await pollForTokens(tokenEndpoint, clientId, code, client.ports);
    }
    catch (error) {
        if (error instanceof CodeExpiredError)
            throw new failures_Failure('token-invalid', EXPIRED, AGAIN, { cause: error });
        throw error;
    }
}
const EXPIRED = 'The code was not entered in time.';
const AGAIN = 'Run the command again and enter the new code on the page that it names.';
function requireEndpoints(server, baseUrl) {
    const { registrationEndpoint, deviceAuthorizationEndpoint, tokenEndpoint } = server;
    if (deviceAuthorizationEndpoint === undefined)
        throw new failures_Failure('method-unavailable', `${baseUrl} has no login by a code in the browser.`, NO_CODES);
    if (registrationEndpoint === undefined)
        throw new failures_Failure('method-unavailable', `${baseUrl} does not let a program register itself.`, NO_REGISTRATION);
    return { registrationEndpoint, deviceAuthorizationEndpoint, tokenEndpoint };
}
const NO_CODES = 'The device authorization grant (Matrix 1.18) is missing or switched off at this server. Ask its administrator for it, or for ' +
    'an access token made by hand.';
const NO_REGISTRATION = 'Ask its administrator for dynamic client registration, or for an access token made by hand.';
function explainRefusal(error) {
    const refused = (code) => isOAuthRefusal(error, code);
    const cause = { cause: error };
    const known = accountFailure(error);
    if (known !== undefined)
        return known;
    if (error.operation === FIND_OAUTH && isUnrecognized(error))
        return refusal(error, 'method-unavailable', NO_OAUTH);
    if (refused('access_denied'))
        return new failures_Failure('denied', 'The login was refused in the browser.', REFUSED, cause);
    if (refused('expired_token'))
        return new failures_Failure('token-invalid', EXPIRED, AGAIN, cause);
    if (error.operation === REDEEM_CODE && refused('invalid_grant'))
        return refusal(error, 'token-invalid', USED);
    if (error.problem.kind !== 'refused')
        return undefined;
    if (error.operation === REGISTER_CLIENT)
        return refusal(error, 'denied', NO_REGISTRATION);
    return error.operation === GET_CODE ? refusal(error, 'denied', NO_CODES) : undefined;
}
const NO_OAUTH = 'This homeserver has no OAuth 2.0 API.';
const REFUSED = 'If that was a mistake, run the command again.';
const USED = 'The code was used already: an answer was lost on its way, and a session may exist whose token was lost. End it in the ' +
    'list of sessions of the account if it is there, and run the command again.';

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
        explain: (error) => Promise.resolve(access_token_explainRefusal(error, prefix)),
    };
}
const SHORT_LIVED = 'This access token (mat_…) belongs to an OAuth session, such as that of Element Web. It is valid for minutes to hours ' +
    'and ends with that session. Let the action log in with a password instead, or store a token of a session of its own.';
const access_token_INVALID = 'It was logged out, has expired, belongs to another server, or is cut off. Store a new one, or let the action log in.';
function access_token_explainRefusal(error, prefix) {
    return refusedToken(error, 'access-token', prefix === 'mat' ? SHORT_LIVED : access_token_INVALID);
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
        throw malformed('it has no usable user_id', { server: client.baseUrl, operation: WHOAMI });
    }
    const device = deviceId === undefined || !isPrintable(deviceId) ? {} : { deviceId: new ServerText(deviceId) };
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
        throw malformed('it has no list of devices', { server: client.baseUrl, operation: LIST_DEVICES });
    }
    return devices.map(readDevice).filter((device) => device !== undefined);
}
function readDevice(device) {
    if (!values_isJsonObject(device))
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
    return new failures_Failure('method-unavailable', `${describeRefusal(error)} ${offered}`, hint, { cause: error });
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
        return new failures_Failure('not-a-homeserver', message, undefined, { cause: error });
    }
    const offered = flows === undefined || flows.length === 0 ? 'no login of this kind at all' : joinServerTexts(flows);
    const message = `${describeRefusal(error)} The server does not offer ${flow}; it offers: ${offered}.`;
    return new failures_Failure('method-unavailable', message, hasOAuth ? OAUTH_ONLY : undefined, { cause: error });
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

;// CONCATENATED MODULE: ./build/src/credentials/login-token.js






const FLOW = 'm.login.token';
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
        explain: (error, context) => explainLoginRefusal(error, FLOW, context, () => refusedToken(error, 'login-token', HINT)),
    });
}
const HINT = 'A login token works once, and for seconds to minutes only: 30 s on Matrix Authentication Service, two minutes on ' +
    'Synapse. It must be made in this very run; what can be stored is an `access-token`.';
function loginTokenLogin(secret, context) {
    const prefix = accessTokenPrefix(secret);
    if (prefix !== undefined) {
        const message = `\`login-token\` holds an access token (${prefix}_…); it was not sent.`;
        throw new failures_Failure('token-invalid', message, 'Give it as `access-token` instead.');
    }
    return loginTokenRequest({ type: FLOW, token: secret.reveal() }, context, { repeatable: 'unless-lost' });
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
            throw malformed('it has no flows', { server: this.baseUrl, operation: LIST_FLOWS });
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

;// CONCATENATED MODULE: ./build/src/cli/advice.js

function adviseAfterLogin(log, session, delivery) {
    const { teardown, homeserverUrl } = session;
    if (teardown.kind === 'revocation') {
        adviseRotation(log, session, teardown.clientId, delivery);
    }
    else {
        log.info('It belongs to no browser, and no log-out in Element ends it. To end it: ' +
            `matrix-access-token logout --homeserver ${homeserverUrl}`);
    }
}
function adviseRotation(log, { homeserverUrl }, clientId, delivery) {
    const names = { secretName: 'MATRIX_ACCESS_TOKEN', refreshSecretName: 'MATRIX_REFRESH_TOKEN' };
    const { secretName, refreshSecretName } = delivery.to === 'stores' ? delivery : names;
    const kept = delivery.to === 'stores' ? 'is stored as' : 'must be stored, for example as';
    log.info(`This is an OAuth session. Its refresh token ${kept} ${refreshSecretName}. Let a scheduled workflow renew it with the ` +
        'action rotate, which needs:\n\n' +
        `  homeserver: ${homeserverUrl}\n` +
        `  refresh-token: \${{ secrets.${refreshSecretName} }}\n` +
        `  oauth-client-id: ${new ServerText(clientId)}\n` +
        `  secret-name: ${secretName}\n` +
        `  refresh-secret-name: ${refreshSecretName}\n\n` +
        'The stored refresh token must be used by nothing else. The session ends on the account page of the server.');
}
function showCode(log, code) {
    const { userCode, verificationUri, verificationUriComplete, lifetimeMs } = code;
    const shortcut = verificationUriComplete === undefined ? '' : `\nOr open ${verificationUriComplete}\n`;
    const minutes = Math.max(1, Math.floor(lifetimeMs / 60_000));
    log.info('This server offers OAuth only. Such a session needs more care than others: its access token ends in minutes, and the ' +
        'refresh token that renews it is used up each time, so it must be stored and rotated.\n\n' +
        `Open this address in a browser, on any machine:\n\n  ${verificationUri}\n\n` +
        `and enter this code, within ${minutes} min:\n\n  ${userCode}\n${shortcut}`);
    log.info('Waiting…');
}

;// CONCATENATED MODULE: ./build/src/stores/forge-api.js

const DEADLINE_MS = 30_000;
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
        const request = { method, url: this.url + path, headers, deadlineMs: DEADLINE_MS };
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
    return values_stringMember(values_parseJsonObject(body) ?? {}, 'message') ?? '';
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
    return new failures_Failure('store-refused', `${target.text} ${problem}`, NOTHING_CHANGED);
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
    const permissions = values_parseJsonObject(response.body)?.['permissions'];
    if (values_isJsonObject(permissions) && permissions['admin'] === false)
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



const PAGE = 100;
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
    const body = values_parseJsonObject(response.body) ?? {};
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
    const visibility = values_stringMember(values_parseJsonObject(response.body) ?? {}, 'visibility');
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
        const response = await api.send('GET', `${path}?per_page=${PAGE}&page=${page}`);
        const body = values_parseJsonObject(response.body);
        const repositories = body?.['repositories'];
        if (response.status !== 200 || !Array.isArray(repositories))
            throw refused(response, target, 'who may see the secret');
        const ids = repositories.map((repository) => (values_isJsonObject(repository) ? repository['id'] : undefined));
        found.push(...ids.filter((id) => typeof id === 'number'));
        const total = body?.['total_count'];
        if (repositories.length === 0 || (typeof total === 'number' ? found.length >= total : repositories.length < PAGE))
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
    if (error instanceof failures_Failure)
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
        throw new failures_Failure('store-refused', `No target took the new token:\n${list}`, REMEDIES[earlier].refused);
    }
    throw new failures_Failure('store-partial', `Not every target took the new token:\n${list}`, REMEDIES[earlier].partial);
}
function describeWritten({ name, stored, failed, result }) {
    if (result.kind === 'stored')
        return `- ${name}: took it`;
    if (stored.length > 0)
        return `- ${name}: took ${stored.join(', ')}, but not ${failed ?? ''}`;
    return `- ${name}: ${describeFailure(result)}`;
}
const USED_UP = 'Correct what is said of each target and run it again soon: `refresh-token` was used, and most servers accept it again ' +
    'only until its successor is used, which was not done. The successor is the output `refresh-token`, masked.';
const REMEDIES = {
    untouched: {
        refused: 'Correct what is said of each target and run it again. The secrets stored before are unchanged.',
        partial: 'Correct what is said of each target and run it again. Nothing was ended: the old and the new token stay as valid as they are.',
    },
    'used-up': { refused: USED_UP, partial: USED_UP },
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

;// CONCATENATED MODULE: ./build/src/cli/delivery.js



function checkDelivery(delivery, lifespan) {
    if (delivery.to === 'stores')
        return;
    if (lifespan === 'short' && delivery.to === 'output' && delivery.form === 'access-token') {
        throw new failures_Failure('invalid-input', ACCESS_TOKEN_IS_NOT_ENOUGH, SHORT_HINT);
    }
    if (lifespan === 'lasting' && delivery.form === 'refresh-token') {
        throw new failures_Failure('invalid-input', 'This login gives no refresh token: its access token lasts.', LASTING_HINT);
    }
}
const ACCESS_TOKEN_IS_NOT_ENOUGH = 'This server gives access tokens of minutes, and a refresh token that renews them. On standard output, where one value ' +
    'goes, the access token alone would be of no use. Nothing was done.';
const SHORT_HINT = 'Use --store, which keeps both, or --output refresh-token (… | gh secret set MATRIX_REFRESH_TOKEN), or --output json.';
const LASTING_HINT = 'Leave --output out.';
async function deliver(session, delivery, { terminal, log }, onWriting) {
    if (delivery.to !== 'stores') {
        if (delivery.form === 'refresh-token' && session.refreshToken === undefined)
            throw noRefreshToken(session);
        await terminal.print(outputText(session, delivery));
        return onWriting(true);
    }
    onWriting(true);
    const written = await writeEverywhere(delivery.targets, storedValues(session, delivery), log);
    if (refusedEverywhere(written))
        onWriting(false);
    reportWrites(written, 'untouched');
}
function noRefreshToken({ homeserverUrl }) {
    return new failures_Failure('server-error', `${homeserverUrl} gave no refresh token.`, 'Ask its administrator, or use --output json.');
}
function storedValues({ accessToken, refreshToken }, { secretName, refreshSecretName }) {
    const access = [secretName, accessToken.reveal()];
    return refreshToken === undefined ? [access] : [[refreshSecretName, refreshToken.reveal()], access];
}
function outputText(session, { to, form }) {
    const { accessToken, refreshToken } = session;
    if (form === 'json' || (to === 'screen' && refreshToken !== undefined))
        return sessionJson(session);
    return form === 'refresh-token' ? (refreshToken?.reveal() ?? '') : accessToken.reveal();
}
function sessionJson(session) {
    const { accessToken, refreshToken, userId, deviceId, homeserverUrl, expiresAt, teardown } = session;
    return JSON.stringify({
        access_token: accessToken.reveal(),
        ...(refreshToken === undefined ? {} : { refresh_token: refreshToken.reveal() }),
        ...(teardown.kind === 'revocation' ? { oauth_client_id: teardown.clientId } : {}),
        user_id: userId.raw,
        ...(deviceId === undefined ? {} : { device_id: deviceId.raw }),
        homeserver: homeserverUrl,
        ...(expiresAt === undefined ? {} : { expires_at: new Date(expiresAt).toISOString() }),
    });
}
async function planDestination(ports, store, { name, secretNames }) {
    const { terminal } = ports;
    if (store !== undefined) {
        return { to: 'stores', targets: await prepareTargets(withWaitBudget(ports, store.maxWaitMs), store, secretNames) };
    }
    if (!terminal.showsOutput)
        return { to: 'output' };
    const elsewhere = `Pipe the ${name} to where it is wanted (… | gh secret set ${secretNames[0]}), or let it be stored: ` +
        '--store repos/OWNER/REPO.';
    if (!terminal.asksSomebody)
        throw new failures_Failure('invalid-input', noTerminal(name), elsewhere);
    const question = `The ${name} will be shown here, where scrollback and recordings keep it. Go on? [y/N] `;
    if (!(await terminal.confirm(question)))
        throw new failures_Failure('denied', 'Nothing was done.', elsewhere);
    return { to: 'screen' };
}
function noTerminal(name) {
    return (`Standard output is a terminal, but standard input is not: no user can be asked whether to show the ${name}. ` +
        'Nothing was done.');
}
async function planDelivery(ports, { store, form }) {
    const { secretName = 'MATRIX_ACCESS_TOKEN', refreshSecretName = 'MATRIX_REFRESH_TOKEN' } = store ?? {};
    const destination = await planDestination(ports, store, {
        name: 'token',
        secretNames: [secretName, refreshSecretName],
    });
    if (destination.to === 'stores')
        return { ...destination, secretName, refreshSecretName };
    return { ...destination, form };
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

;// CONCATENATED MODULE: ./build/src/session/record.js



const LOGOUT_MODES = (/* unused pure expression or super */ null && (['never', 'always', 'on-failure']));
const SESSION = 'session';
const TOKEN = 'access-token';
const REFRESH_TOKEN = 'refresh-token';
const FILE = 'credentials-file';
const MAX_STATE_BYTES = 32_000;
const PHASES = (/* unused pure expression or super */ null && (['sent', 'open', 'storing', 'ended']));
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
    const member = (name) => stringMember(saved, name) ?? '';
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
    const member = (name) => stringMember(value, name) ?? '';
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

;// CONCATENATED MODULE: ./build/src/mas/admin-api.js




const GET_ADMIN_TOKEN = { phrase: 'give a token for its admin API' };
const ADMIN_SCOPE = 'urn:mas:admin';
const MAS_ADMIN = {
    serverKind: 'Matrix Authentication Service',
    readError: (body) => {
        const errors = body['errors'];
        const first = Array.isArray(errors) ? errors[0] : undefined;
        return { errcode: undefined, text: values_isJsonObject(first) ? textMember(first, 'title') : undefined };
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
            throw malformed('it has no usable access_token', { server: admin_api_serverOf(address), operation: GET_ADMIN_TOKEN });
        }
        return new AdminApi(address, token, ports);
    }
    get server() {
        return admin_api_serverOf(this.address);
    }
    send({ path, body, ...request }) {
        return call({
            ...request,
            server: this.server,
            url: `${this.address.issuer}/api/admin/v1${path}`,
            authorization: `Bearer ${this.#token.reveal()}`,
            dialect: MAS_ADMIN,
            ...(body === undefined ? {} : { body: { json: body } }),
        }, this.#ports);
    }
}
function admin_api_serverOf({ issuer }) {
    return String(new ServerText(issuer));
}
function resource(value) {
    if (!values_isJsonObject(value))
        return undefined;
    const id = values_stringMember(value, 'id');
    if (id === undefined || !isPlainId(id) || !values_isJsonObject(value['attributes']))
        return undefined;
    return { id, attributes: objectMember(value, 'attributes') };
}
const FIND_USER = { phrase: 'find the user' };
async function findUser(api, localpart) {
    const path = `/users/by-username/${encodeURIComponent(localpart)}`;
    const found = resource((await api.send({ operation: FIND_USER, method: 'GET', path }))['data']);
    if (found === undefined)
        throw malformed('it has no user in it', { server: api.server, operation: FIND_USER });
    const isSet = (name) => found.attributes[name] !== null && found.attributes[name] !== undefined;
    return { id: found.id, isLocked: isSet('locked_at'), isDeactivated: isSet('deactivated_at') };
}
const admin_api_PAGE = 100;
const MAX_PAGES = 100;
async function listResources(api, operation, path, filter) {
    const found = new Map();
    let after;
    for (let page = 0; page < MAX_PAGES; page += 1) {
        const paging = { 'page[first]': String(admin_api_PAGE), ...(after === undefined ? {} : { 'page[after]': after }) };
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
        throw malformed('it has no list in it', { server: api.server, operation });
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
        throw malformed('it has no usable session ID', request, { status: 201, answerLost: true });
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
    return malformed(what, { server: new URL(endpoint).origin, operation: REVOKE_CHECK, dialect: OAUTH });
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
    return malformed(what, { server: context.client.baseUrl, operation: LOG_IN }, { answerLost: true });
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
    if (afterLostAnswer === undefined || !isAnswerLost(error) || explanation instanceof failures_Failure)
        return explanation;
    const { word, message, hint } = explain(explanation, context.now());
    return new failures_Failure(word, `${message} ${afterLostAnswer}`, hint, { cause: error });
}
function isAnswerLost(error) {
    if (error instanceof Error && 'answerLost' in error)
        return error.answerLost === true;
    return error instanceof failures_Failure ? error.cause !== undefined && isAnswerLost(error.cause) : true;
}

;// CONCATENATED MODULE: ./build/src/session/device-id.js

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 12;
const device_id_MAX_NAME_LENGTH = 90;
function stableDeviceId(homeserverUrl, context, matrix) {
    const { repository, workflowFile, job, step, branch, forge } = context;
    const parts = [homeserverUrl, repository, workflowFile, job, matrix, step, branch, ...device_id_forgePart(forge)];
    return format(createHash('sha256').update(JSON.stringify(parts)).digest());
}
function device_id_forgePart(forge) {
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

;// CONCATENATED MODULE: ./build/src/cli/terminal.js

class NobodyReadsError extends Error {
    constructor(options) {
        super('nobody reads standard output', options);
        this.name = 'NobodyReadsError';
    }
}
class InterruptedError extends Error {
    constructor() {
        super('interrupted');
        this.name = 'InterruptedError';
    }
}
async function terminal_waitFor(promise, ms, interrupted) {
    const over = new AbortController();
    const end = () => over.abort();
    interrupted.addEventListener('abort', end, { once: true });
    if (interrupted.aborted)
        end();
    try {
        return await Promise.race([
            promise.then((value) => ({ came: true, value })),
            sleepUnless(over.signal, ms).then(() => ({ came: false, why: interrupted.aborted ? 'interrupted' : 'too-late' })),
        ]);
    }
    finally {
        interrupted.removeEventListener('abort', end);
        end();
    }
}

;// CONCATENATED MODULE: ./build/src/cli/log-in.js









const DEVICE_PREFIX = 'MAT';
async function logIn(ports, login) {
    const attempt = prepare(ports, login);
    ports.log.info(`Logging in with ${login.credential.description}…`);
    const issued = await issue(ports, attempt);
    let mayBeHeld = false;
    try {
        const session = await verifySession(issued, attempt);
        checkUser(session, login.options);
        if (ports.isInterrupted())
            throw new InterruptedError();
        ports.log.info(describeLogin(session));
        await deliver(session, login.delivery, ports, (held) => {
            mayBeHeld = held;
        });
        return session;
    }
    catch (error) {
        if (!mayBeHeld)
            await endAgain(issued, attempt);
        throw error;
    }
}
async function withTemporarySession(ports, login, use) {
    const attempt = prepare(ports, login);
    ports.log.info(`Logging in with ${login.credential.description}…`);
    const issued = await issue(ports, attempt);
    try {
        const session = await verifySession(issued, attempt);
        checkUser(session, login.options);
        if (ports.isInterrupted())
            throw new InterruptedError();
        await use(session, attempt.context.device.deviceId);
    }
    finally {
        await endAgain(issued, attempt);
    }
}
function prepare(ports, { credential, client, options }) {
    const { log, masks, clock, random, terminal } = ports;
    const { allowHttp, user, deviceName } = options;
    const deviceId = randomDeviceId(random.bytes, DEVICE_PREFIX);
    const name = deviceName === '' ? `matrix-access-token on ${terminal.hostName}` : deviceName;
    const device = { deviceId, displayName: fitDisplayName(name) };
    const { warning, group } = log;
    const context = { client, allowHttp, user, device, now: clock.now, mask: masks.mask, warning, group };
    const record = { logout: 'always', homeserverUrl: client.baseUrl, deviceId, user: '' };
    return { credential, context, log, recorder: new SessionRecorder(undefined, record) };
}
async function issue({ log }, attempt) {
    try {
        return await issueSession(attempt);
    }
    catch (error) {
        const { client, device } = attempt.context;
        if (attempt.recorder.phase === 'sent' && isAnswerLost(error)) {
            const where = await whereToEnd(client, device.deviceId, error);
            log.warning(`The answer was lost: an orphaned session on device ${device.deviceId} may remain at ${client.baseUrl}. ` +
                `If it is there: ${where}`);
        }
        throw error;
    }
}
function checkUser({ userId, homeserverUrl }, { user }) {
    if (user === undefined || isSameUser(user, userId.raw))
        return;
    const message = `${homeserverUrl} says that this is ${userId}, not ${describeUser(user)}.`;
    throw new failures_Failure('wrong-user', message, 'Log out there in the browser, or use a private window, and run the command again.');
}
function describeLogin({ userId, deviceId, homeserverUrl, expiresAt }) {
    const device = deviceId === undefined ? 'without a device' : `device ${deviceId}`;
    const end = expiresAt === undefined ? 'no expiry named' : `until ${new Date(expiresAt).toISOString()}`;
    return `Logged in as ${userId}, ${device}, at ${homeserverUrl}, ${end}.`;
}
async function endAgain(issued, attempt) {
    const { log, context } = attempt;
    try {
        await endIssued(issued, attempt);
        log.info('The session was ended again.');
    }
    catch (error) {
        const { client, device: requested } = context;
        const device = issued.deviceId?.raw ?? requested.deviceId;
        const where = await whereToEnd(client, device, error);
        log.warning(`The session on device ${new ServerText(device)} at ${client.baseUrl} could not be ended. ${where}`);
    }
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
function encodeUnpadded(bytes) {
    return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}
const KEY_BYTES = 32;
function decodeKey(text) {
    const bytes = decodeBase64(text);
    return bytes?.length === KEY_BYTES ? bytes : undefined;
}
const keys_ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
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
        const digit = keys_ALPHABET.indexOf(character);
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
        text = `${keys_ALPHABET[Number(number % 58n)]}${text}`;
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
    if (salt === undefined || !keys_isWithin(iterations, 1, Number.MAX_SAFE_INTEGER) || !keys_isWithin(bits, MIN_BITS, MAX_BITS)) {
        return { problem: 'has malformed passphrase parameters' };
    }
    if (iterations > MAX_ITERATIONS)
        return { problem: `asks for more than ${MAX_ITERATIONS} iterations of PBKDF2` };
    return bits % 8 === 0 ? { salt, iterations, bits } : { problem: 'has malformed passphrase parameters' };
}
function keys_isWithin(value, min, max) {
    return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max;
}
function deriveFromPassphrase(passphrase, { salt, iterations, bits }) {
    return (0,external_node_util_namespaceObject.promisify)(external_node_crypto_namespaceObject.pbkdf2)(passphrase, salt, iterations, bits / 8, 'sha512');
}
function maskPrivateKey(masks, key) {
    const bytes = Buffer.from(key);
    const forms = [bytes.toString('base64'), encodeUnpadded(key), bytes.toString('base64url'), bytes.toString('hex')];
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

;// CONCATENATED MODULE: ./build/src/cli/secrets.js





function readSecret(secret) {
    const nothing = () => '';
    return { secret, companion: nothing, text: nothing, environment: nothing, validForMs: undefined };
}
async function askPassword({ terminal, masks }, whose) {
    const password = values_secretText(await terminal.askSecret(`Password of ${whose} (it is not shown): `), 'password')?.value;
    if (password === undefined)
        throw new failures_Failure('missing-credentials', 'No password was given.', PASSWORD_HINT);
    masks.mask(password);
    return password;
}
const PASSWORD_HINT = 'Type it when asked for, or pipe it in. It is never an argument, which every process could see.';
const VARIABLE = 'MATRIX_ACCESS_TOKEN';
async function readAccessToken(ports) {
    const set = tokenInEnvironment(ports);
    if (set !== undefined)
        return set.reveal();
    const token = checkedToken(ports, await ports.terminal.askSecret('Access token (it is not shown): '));
    if (token === undefined)
        throw new failures_Failure('missing-credentials', 'No access token was given.', TOKEN_HINT);
    return token.reveal();
}
async function readTokenBesides(ports) {
    const set = tokenInEnvironment(ports);
    if (set !== undefined)
        return set;
    if (ports.terminal.asksSomebody)
        return new Secret(await readAccessToken(ports));
    throw new failures_Failure('missing-credentials', 'No access token was given.', `Set ${VARIABLE}.`);
}
async function askRecoveryKey({ terminal, masks }) {
    const text = await terminal.askSecret('Recovery key (it is not shown): ');
    if (text.trim() === '')
        throw new failures_Failure('missing-credentials', 'No recovery key was given.', RECOVERY_KEY_HINT);
    maskRecoveryKey(masks, text);
    const decoded = decodeRecoveryKey(text);
    if ('key' in decoded)
        return decoded.key;
    throw new failures_Failure('wrong-recovery-key', `The recovery key ${decoded.problem}. Nothing was sent.`, RECOVERY_KEY_HINT);
}
const RECOVERY_KEY_HINT = 'Type or pipe in the whole recovery key of the account: 48 letters and digits that begin with Es. It is never an argument.';
function tokenInEnvironment(ports) {
    return checkedToken(ports, ports.terminal.environment(VARIABLE) ?? '');
}
function checkedToken({ masks }, text) {
    const token = values_secretText(text, 'token')?.value;
    if (token === undefined)
        return undefined;
    masks.mask(token);
    if (values_isToken(token))
        return new Secret(token);
    throw new failures_Failure('token-invalid', `${IMPOSSIBLE} (${token.length} characters). It was not sent.`, TOKEN_HINT);
}
const IMPOSSIBLE = 'The access token holds white space or characters that no token has';
const TOKEN_HINT = `Set ${VARIABLE}, or pipe the token in. It is never an argument, which every process could see.`;

;// CONCATENATED MODULE: ./build/src/cli/sso/rendezvous.js

const BYTES = 16;
function makeRendezvous(origin, bytes) {
    const unguessable = () => Buffer.from(bytes(BYTES)).toString('base64url');
    return { origin, path: `/${unguessable()}`, state: unguessable() };
}
function redirectUrl({ origin, path, state }) {
    return `${origin}${path}?state=${state}`;
}
function loginUrl(baseUrl, rendezvous) {
    const query = `redirectUrl=${encodeURIComponent(redirectUrl(rendezvous))}&action=login`;
    return `${baseUrl}/_matrix/client/v3/login/sso/redirect?${query}`;
}
const UNREACHABLE_ORIGIN = 'https://matrix-access-token.invalid';
function makeRemoteRendezvous(bytes) {
    return makeRendezvous(UNREACHABLE_ORIGIN, bytes);
}
function readPasted(text, rendezvous) {
    const pasted = text.trim();
    if (!URL.canParse(pasted))
        return undefined;
    const { origin, host, pathname, search } = new URL(pasted);
    if (origin !== rendezvous.origin)
        return undefined;
    const request = { method: 'GET', target: pathname + search, host, origin: undefined };
    const verdict = judgeCallback({ ...request, fetchMode: undefined, fetchDestination: undefined }, rendezvous);
    return verdict.kind === 'login-token' ? verdict.token : undefined;
}
const NOT_FOUND = { kind: 'refused', status: 404 };
function judgeCallback(request, rendezvous) {
    if (request.method !== 'GET')
        return { kind: 'refused', status: 405 };
    if (!isNavigationToUs(request, rendezvous))
        return NOT_FOUND;
    const start = `${rendezvous.path}?`;
    if (!request.target.startsWith(start))
        return NOT_FOUND;
    const query = new URLSearchParams(request.target.slice(start.length));
    const [state, ...otherStates] = query.getAll('state');
    if (state !== rendezvous.state || otherStates.length > 0)
        return NOT_FOUND;
    const [token = '', ...otherTokens] = query.getAll('loginToken');
    return values_isToken(token) && otherTokens.length === 0 ? { kind: 'login-token', token } : NOT_FOUND;
}
function isPageRequest(request, rendezvous) {
    return request.method === 'GET' && isNavigationToUs(request, rendezvous) && request.target === pagePath(rendezvous);
}
function pagePath({ path }) {
    return `${path}/done`;
}
function isNavigationToUs(request, { origin }) {
    const { host, origin: from, fetchMode = 'navigate', fetchDestination = 'document' } = request;
    if (host === undefined || host !== new URL(origin).host)
        return false;
    return (from === undefined || from === 'null') && fetchMode === 'navigate' && fetchDestination === 'document';
}

;// CONCATENATED MODULE: ./build/src/cli/sso/listener.js


const MOST_HEADER_BYTES = 8 * 1024;
const SLOWEST_REQUEST_MS = 10_000;
async function listen(bytes) {
    const server = (0,external_node_http_namespaceObject.createServer)({
        maxHeaderSize: MOST_HEADER_BYTES,
        headersTimeout: SLOWEST_REQUEST_MS,
        requestTimeout: SLOWEST_REQUEST_MS,
        connectionsCheckingInterval: SLOWEST_REQUEST_MS,
    });
    const rendezvous = makeRendezvous(`http://127.0.0.1:${await bind(server)}`, bytes);
    const token = deferred();
    const page = deferred();
    let received = false;
    server.on('request', (incoming, response) => {
        const request = read(incoming);
        if (received && isPageRequest(request, rendezvous)) {
            return answer(response, 200, { 'content-type': 'text/html; charset=utf-8' }, listener_PAGE, page.resolve);
        }
        const verdict = judgeCallback(request, rendezvous);
        if (verdict.kind === 'refused')
            return refuse(response, verdict.status);
        if (received)
            return refuse(response, 404);
        received = true;
        token.resolve(verdict.token);
        answer(response, 303, { location: pagePath(rendezvous) }, '');
    });
    return { rendezvous, loginToken: token.promise, pageShown: page.promise, close: () => listener_close(server) };
}
function read({ method = '', url = '', headers }) {
    const single = (name) => {
        const value = headers[name];
        return Array.isArray(value) ? value.join(', ') : value;
    };
    return {
        method,
        target: url,
        host: headers.host,
        origin: headers.origin,
        fetchMode: single('sec-fetch-mode'),
        fetchDestination: single('sec-fetch-dest'),
    };
}
function refuse(response, status) {
    answer(response, status, status === 405 ? { allow: 'GET' } : {}, '');
}
function answer(response, status, headers, body, done = () => { }) {
    response.writeHead(status, { ...PAGE_HEADERS, ...headers });
    response.end(body, done);
}
function bind(server) {
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, () => {
            const address = server.address();
            if (typeof address === 'object' && address !== null)
                resolve(address.port);
            else
                reject(new Error('no port'));
        });
    });
}
function listener_close(server) {
    return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
    });
}
function deferred() {
    let resolve = () => { };
    const promise = new Promise((settle) => {
        resolve = settle;
    });
    return { promise, resolve };
}
const listener_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>matrix-access-token</title>
</head>
<body>
<h1>You can close this window.</h1>
<p>The terminal says how the login went on.</p>
</body>
</html>
`;
const PAGE_HEADERS = {
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    connection: 'close',
};

;// CONCATENATED MODULE: ./build/src/cli/sso/login-in-browser.js




const MOST_MS = 5 * 60_000;
const PAGE_MS = 2_000;
const MOST_PASTES = 3;
function loginInBrowser(ports, baseUrl, choice) {
    return choice.paste ? loginElsewhere(ports, baseUrl) : loginHere(ports, baseUrl, choice.open);
}
async function loginHere(ports, baseUrl, open) {
    const listener = await listen(ports.random.bytes);
    try {
        const url = loginUrl(baseUrl, listener.rendezvous);
        ports.terminal.say(`Log in in the browser, within five minutes:\n\n  ${url}\n`);
        if (open && !(await ports.terminal.openBrowser(url)))
            ports.terminal.say('No browser could be started here: open the address above, or use --paste.');
        return await receive(ports, listener);
    }
    finally {
        await listener.close();
    }
}
async function receive({ waitFor }, { loginToken, pageShown }) {
    const waited = await waitFor(loginToken, MOST_MS);
    if (waited.came) {
        await waitFor(pageShown, PAGE_MS);
        return waited.value;
    }
    if (waited.why === 'interrupted')
        throw new InterruptedError();
    throw new failures_Failure('missing-credentials', 'Nobody came back from the browser within five minutes.', 'Run the command again. If the browser runs on another machine, use --paste.');
}
async function loginElsewhere({ terminal, random }, baseUrl) {
    const rendezvous = makeRemoteRendezvous(random.bytes);
    terminal.say(`Open this address in a browser, on any machine, and log in:\n\n  ${loginUrl(baseUrl, rendezvous)}\n`);
    terminal.say(`After the login the browser shows an error, because ${rendezvous.origin}/ cannot be reached. That is expected. Copy the ` +
        'whole address from the address bar. It is valid for half a minute (Matrix Authentication Service) or two minutes (Synapse).');
    for (let tries = 0; tries < MOST_PASTES; tries += 1) {
        const pasted = await terminal.askSecret('Paste the address here (it is not shown): ');
        const token = readPasted(pasted, rendezvous);
        if (token !== undefined)
            return token;
        if (pasted === '')
            break;
        terminal.say('That is not the address that this login was sent to.');
    }
    throw new failures_Failure('missing-credentials', 'No address of this login was pasted.', 'Run the command again.');
}

;// CONCATENATED MODULE: ./build/src/cli/commands/browser-login.js











async function browserLogin(ports) {
    const { log } = ports;
    const options = readSessionOptions(ports);
    const delivery = await planDelivery(ports, options);
    const client = await connect(ports, options);
    const way = await chooseWay(client);
    checkDelivery(delivery, LIFESPANS[way]);
    const credential = way === 'code' ? deviceCodeCredential((code) => showCode(log, code)) : await ssoCredential(ports, client);
    const session = await logIn(ports, { credential, client, options, delivery });
    adviseAfterLogin(log, session, delivery);
}
const LIFESPANS = { 'single-sign-on': 'lasting', code: 'short' };
async function chooseWay(client) {
    const flows = await client.fetchLoginFlows();
    if (flows === undefined)
        return 'code';
    if (flows.includes('m.login.sso'))
        return 'single-sign-on';
    if (await client.hasOAuth())
        return 'code';
    const offered = flows.length === 0 ? 'nothing' : joinServerTexts(flows);
    throw new failures_Failure('method-unavailable', `${client.baseUrl} has no login in a browser; it offers: ${offered}.`, flows.includes('m.login.password') ? 'With a password: matrix-access-token login.' : undefined);
}
async function ssoCredential(ports, client) {
    const { masks, options } = ports;
    const choice = { open: !options.has('no-open'), paste: options.has('paste') };
    const token = await loginInBrowser(ports, client.baseUrl, choice);
    masks.mask(token);
    return loginToken.read(readSecret(token));
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
    return encodeUnpadded((0,external_node_crypto_namespaceObject.sign)(null, signedBytes(object), privateKeyOf(seed)));
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
    if (publicKey === undefined || value !== encodeUnpadded(publicKey))
        return undefined;
    return keyId === keyIdOf(publicKey) ? publicKey : undefined;
}
function keyIdOf(publicKey) {
    return `ed25519:${encodeUnpadded(publicKey)}`;
}
function checkDevice(shown, subject) {
    const { device } = shown;
    const { userId, deviceId, expectedKey } = subject;
    const name = new ServerText(deviceId);
    if (device === undefined)
        return new failures_Failure('no-device-keys', `The device ${name} of ${new ServerText(userId)} has no encryption keys.`);
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
        return mismatch(`The device ${name} does not have the key of \`device-key\`: it has ${encodeUnpadded(publicKey)}.`);
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
    return new failures_Failure('not-cross-signed', `The account ${new ServerText(userId)} has no cross-signing identity.`);
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
    return new failures_Failure('identity-mismatch', `The cross-signing identity of ${new ServerText(userId)} does not match. ${what}`);
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
    const deviceKey = encodeUnpadded(publicKey);
    const keyId = keyIdOf(selfSigning);
    if (isSignedBy(device, userId, keyId, selfSigning))
        return { kind: 'signed', deviceKey };
    const { signatures: _signatures, unsigned: _unsigned, ...keys } = device;
    const signed = { ...keys, signatures: { [userId]: { [keyId]: signatureOf(device, seeds.selfSigning) } } };
    return { kind: 'unsigned', deviceKey, hasInvalid: signatureIn(device, userId, keyId) !== undefined, signed };
}

;// CONCATENATED MODULE: ./build/src/matrix/interactive-auth.js


const PASSWORD = 'm.login.password';
async function sendWithPassword(send, stage) {
    const first = await interactive_auth_attempt(() => send(stage.password === undefined ? {} : auth(stage, stage.password)));
    if (first === undefined)
        return undefined;
    if (first.isRefused)
        throw first.error;
    if (!first.takesPassword)
        return first;
    const password = stage.password ?? (await stage.askPassword());
    const second = await interactive_auth_attempt(() => send(auth(stage, password, first.session)));
    if (second?.isRefused === true)
        throw second.error;
    return second;
}
function auth({ userId }, password, session) {
    const identifier = { type: 'm.id.user', user: userId };
    const known = session === undefined ? {} : { session };
    return { auth: { type: PASSWORD, identifier, password: password.reveal(), ...known } };
}
async function interactive_auth_attempt(send) {
    try {
        await send();
        return undefined;
    }
    catch (error) {
        const challenge = error instanceof AnswerError ? readChallenge(error) : undefined;
        if (challenge === undefined)
            throw error;
        return challenge;
    }
}
function readChallenge(error) {
    const { problem } = error;
    if (problem.kind !== 'refused' || problem.status !== 401 || !Array.isArray(problem.body['flows']))
        return undefined;
    const flows = problem.body['flows'].map((flow) => (values_isJsonObject(flow) ? textsIn(flow['stages']) : []));
    const done = textsIn(problem.body['completed']);
    const left = flows.map((stages) => stages.filter((each) => !done.includes(each)));
    return {
        error,
        isRefused: problem.errcode === 'M_FORBIDDEN',
        takesPassword: left.some(([only, ...others]) => only === PASSWORD && others.length === 0),
        stages: [...new Set(flows.flat())],
        params: objectMember(problem.body, 'params'),
        session: values_stringMember(problem.body, 'session'),
    };
}
function textsIn(value) {
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

;// CONCATENATED MODULE: ./build/src/verification/new-identity.js








function makeIdentity(random) {
    return {
        master: random.bytes(KEY_BYTES),
        selfSigning: random.bytes(KEY_BYTES),
        userSigning: random.bytes(KEY_BYTES),
        storageKey: random.bytes(KEY_BYTES),
        keyId: Buffer.from(random.bytes(16)).toString('hex'),
    };
}
function publicIdentity(userId, identity) {
    const master = keyObject(userId, 'master', identity.master);
    const signed = (usage, seed) => {
        const object = keyObject(userId, usage, seed);
        const keyId = keyIdOf(publicKeyOf(identity.master));
        return { ...object, signatures: { [userId]: { [keyId]: signatureOf(object, identity.master) } } };
    };
    return {
        master_key: master,
        self_signing_key: signed('self_signing', identity.selfSigning),
        user_signing_key: signed('user_signing', identity.userSigning),
    };
}
function keyObject(userId, usage, seed) {
    const publicKey = publicKeyOf(seed);
    return { user_id: userId, usage: [usage], keys: { [keyIdOf(publicKey)]: encodeUnpadded(publicKey) } };
}
async function uploadIdentity(api, keys, context) {
    const askPassword = async () => {
        const password = await context.askPassword();
        await context.checkAgain();
        return password;
    };
    const { userId } = context;
    try {
        const asked = await sendWithPassword((auth) => api.uploadIdentity({ ...keys, ...auth }), { userId, askPassword });
        if (asked !== undefined)
            throw otherStages(asked, api);
    }
    catch (error) {
        if (!isRefusedWith(error, 401, 'M_FORBIDDEN'))
            throw error;
        throw new failures_Failure('wrong-credentials', describeRefusal(error), undefined, { cause: error });
    }
}
function otherStages({ stages, params }, { client }) {
    const url = stages.map((stage) => members_textMember(members_objectMember(params, stage), 'url')).find(isWebAddress);
    const asked = stages.length === 0 ? 'something unknown' : new ServerText(stages.join(', '));
    const message = `${client.baseUrl} asks for ${asked} before it accepts a cross-signing identity.`;
    const where = url === undefined ? 'in Element (Settings → Encryption)' : `at ${new ServerText(url)}`;
    return new failures_Failure('method-unavailable', message, `Confirm it ${where}, then run the command again.`);
}
function isWebAddress(text) {
    return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text);
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
        throw new failures_Failure('not-cross-signed', `The account ${new ServerText(userId)} has no secret storage.`, SET_UP);
    }
    if (algorithm !== ALGORITHM) {
        throw new failures_Failure('not-cross-signed', `The secret storage of ${new ServerText(userId)} uses an algorithm that is not supported.`, SET_UP);
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
    const message = `\`${secret.kind}\` does not open the secret storage of ${new ServerText(userId)}.`;
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
            return new failures_Failure('not-cross-signed', `The secret storage of ${new ServerText(userId)} does not hold ${name}.`, SET_UP);
        case 'malformed':
            return new failures_Failure('not-cross-signed', `${name} in the secret storage of ${new ServerText(userId)} is malformed.`, SET_UP);
        case 'other-key':
            return new failures_Failure('wrong-recovery-key', `The key does not open ${name} in the secret storage of ${new ServerText(userId)}.`);
        case 'not-a-key':
            return new failures_Failure('identity-mismatch', `${name} in the secret storage of ${new ServerText(userId)} is not a private key.`);
    }
}

;// CONCATENATED MODULE: ./build/src/verification/create-identity.js













async function createIdentity(ports, user) {
    const { api, log } = ports;
    const userId = (await api.owner()).userId.raw;
    if (user !== undefined && !isSameUser(user, userId)) {
        throw new failures_Failure('wrong-user', `The access token belongs to ${new ServerText(userId)}, not to ${describeUser(user)}.`);
    }
    await requireNothingThere(api, userId);
    const identity = makeIdentity(ports.random);
    maskAll(ports.masks, identity);
    await ports.deliver(new Secret(encodeRecoveryKey(identity.storageKey)));
    await orWarn(log, mayBeMade, () => uploadIdentity(api, publicIdentity(userId, identity), {
        userId,
        askPassword: () => create_identity_askPassword(ports),
        checkAgain: () => requireNoIdentity(api, userId),
    }));
    log.info('The server has accepted the cross-signing identity. Its private keys are now stored in secret storage.');
    const keysLost = () => KEYS_LOST;
    await orWarn(log, keysLost, () => fillStorage(ports, userId, identity));
    const notConfirmed = () => NOT_CONFIRMED;
    await orWarn(log, notConfirmed, () => readBack(ports, userId, identity));
    return { userId, masterKey: encodeUnpadded(publicKeyOf(identity.master)) };
}
async function requireNothingThere(api, userId) {
    await requireNoIdentity(api, userId);
    if ((members_textMember(await api.accountData(userId, DEFAULT_KEY), 'key') ?? '') === '')
        return;
    throw alreadyThere(`The account ${new ServerText(userId)} already has secret storage.`);
}
async function requireNoIdentity(api, userId) {
    const { master, selfSigning, userSigning } = readShownKeys(await api.queryKeys(userId), userId, '');
    if (master === undefined && selfSigning === undefined && userSigning === undefined)
        return;
    throw alreadyThere(`The account ${new ServerText(userId)} already has a cross-signing identity.`);
}
function alreadyThere(what) {
    const hint = 'Use its recovery key. If that is lost, reset the identity in Element (Settings → Encryption).';
    return new failures_Failure('denied', `${what} It is never replaced; nothing was changed.`, hint);
}
function maskAll(masks, { master, selfSigning, userSigning, storageKey }) {
    for (const seed of [master, selfSigning, userSigning])
        maskPrivateKey(masks, seed);
    maskStorageKey(masks, storageKey);
}
const NOTHING_MADE = 'The recovery key that was delivered opens nothing: run the command again, which makes another one.';
const KEYS_LOST = 'The identity exists, but its private keys are not completely stored, so they are lost. Reset the identity in Element ' +
    '(Settings → Encryption), which also makes a new recovery key.';
const NOT_CONFIRMED = 'The identity and its private keys were written, but what the server shows of them could not be confirmed. Try the recovery ' +
    'key in Element; where Element refuses it, reset the identity there (Settings → Encryption).';
const MAY_BE_MADE = 'The server may have accepted the identity anyway, without its private keys. Look at the account in Element (Settings ' +
    '→ Encryption): where it has an identity now, reset it; else run the command again.';
function mayBeMade(error) {
    const lost = error instanceof NoAnswerError ? error.answerLost : error instanceof AnswerError && error.answerLost;
    return lost ? MAY_BE_MADE : NOTHING_MADE;
}
async function orWarn(log, consequence, work) {
    try {
        await work();
    }
    catch (error) {
        log.warning(consequence(error));
        throw error;
    }
}
async function create_identity_askPassword(ports) {
    const password = await ports.askPassword();
    ports.masks.mask(password.reveal());
    return password;
}
async function fillStorage({ api, random }, userId, identity) {
    const { keyId, storageKey, master, selfSigning, userSigning } = identity;
    await api.setAccountData(userId, keyType(keyId), describeStorageKey(storageKey, random.bytes(16)));
    for (const [name, seed] of [
        [MASTER, master],
        [SELF_SIGNING, selfSigning],
        [USER_SIGNING, userSigning],
    ]) {
        const encrypted = { [keyId]: encryptSecret(storageKey, name, seed, random.bytes(16)) };
        await api.setAccountData(userId, name, { encrypted });
    }
    await api.setAccountData(userId, DEFAULT_KEY, { key: keyId });
}
async function readBack({ api, masks }, userId, identity) {
    const storage = await openStorage(api, masks, userId, { kind: 'recovery-key', key: identity.storageKey });
    const master = await open_storage_readSecret(api, masks, userId, storage, MASTER);
    const selfSigning = await open_storage_readSecret(api, masks, userId, storage, SELF_SIGNING);
    const userSigning = await open_storage_readSecret(api, masks, userId, storage, USER_SIGNING);
    const shown = readShownKeys(await api.queryKeys(userId), userId, '');
    const checked = checkIdentity(shown, userId, { master, selfSigning });
    if (checked instanceof failures_Failure)
        throw checked;
    if (isOurs(shown, userId, identity) && publicKeyOf(userSigning).equals(publicKeyOf(identity.userSigning)))
        return;
    throw new failures_Failure('identity-mismatch', `The server shows another identity of ${new ServerText(userId)} than the one that was made.`);
}
function isOurs(shown, userId, { master, userSigning }) {
    const shownMaster = crossSigningKeyIn(shown.master, userId, 'master');
    const shownUserSigning = crossSigningKeyIn(shown.userSigning, userId, 'user_signing');
    return (shownMaster?.equals(publicKeyOf(master)) === true && shownUserSigning?.equals(publicKeyOf(userSigning)) === true);
}

;// CONCATENATED MODULE: ./build/src/verification/keys-api.js





const QUERY_KEYS = { phrase: 'show the encryption keys of the account' };
const STORE_SIGNATURE = { phrase: 'store the signature' };
const STORE_IDENTITY = { phrase: 'store the cross-signing identity' };
const keys_api_TOKEN_HINT = 'The session was logged out, the token has expired or belongs to another server. Verify in the job that logged in, or ' +
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
        return users.flatMap((user) => (values_isJsonObject(user) ? Object.values(user) : [user])).map(keys_api_describeFailure);
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
            if (isRefusedWith(error, 404, 'M_NOT_FOUND'))
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
    return refusedToken(error, 'access-token', keys_api_TOKEN_HINT);
}
function accountDataPath(userId, type) {
    return `/user/${encodeURIComponent(userId)}/account_data/${encodeURIComponent(type)}`;
}
function keys_api_describeFailure(failure) {
    if (!values_isJsonObject(failure))
        return 'no reason given';
    const { status } = failure;
    const text = members_textMember(failure, 'error') ?? members_textMember(failure, 'message');
    const parts = [
        typeof status === 'number' ? String(status) : '',
        members_textMember(failure, 'errcode') ?? '',
        text === undefined ? '' : `“${text}”`,
    ];
    return String(new ServerText(parts.filter((part) => part !== '').join(' '))) || 'no reason given';
}

;// CONCATENATED MODULE: ./build/src/cli/commands/create-identity.js













async function create_identity_createIdentity(ports) {
    const { masks, log, random } = ports;
    const options = readIdentityOptions(ports);
    const { user, store, secretName } = options;
    const accessToken = await readTokenBesides(ports);
    const destination = await planDestination(ports, store, { name: 'recovery key', secretNames: [secretName] });
    const api = new KeysApi(await connect(ports, options), accessToken);
    const identityPorts = {
        api,
        masks,
        log,
        random,
        deliver: (recoveryKey) => create_identity_deliver(ports, destination, secretName, recoveryKey),
        askPassword: async () => new Secret(await askPassword(ports, 'the account')),
    };
    const { userId, masterKey } = await createIdentity(identityPorts, user);
    log.info(`The account ${new ServerText(userId)} has a cross-signing identity now: ${masterKey}`);
}
function readIdentityOptions(ports) {
    const problems = new problems_Problems();
    const account = readAccountOptions(ports.inputs, problems);
    const secretName = readSecretName(ports.inputs, 'secret-name', 'MATRIX_RECOVERY_KEY', problems);
    const store = readStoreAccess(ports, account?.maxWaitMs ?? 0, problems);
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('invalid options were not reported');
    return { ...account, store, secretName };
}
async function create_identity_deliver({ terminal, log, isInterrupted }, destination, secretName, recoveryKey) {
    if (isInterrupted())
        throw new InterruptedError();
    if (destination.to !== 'stores')
        return terminal.print(recoveryKey.reveal());
    const written = await writeEverywhere(destination.targets, [[secretName, recoveryKey.reveal()]], log);
    const stored = storedIn(written);
    if (stored.length === written.length)
        return;
    const list = written.map(({ name, failed }) => `- ${name}: ${failed ?? 'stored, but this key opens nothing'}`);
    throw new failures_Failure(stored.length === 0 ? 'store-refused' : 'store-partial', `Not every target took the recovery key, so no identity was made:\n${list.join('\n')}`, 'Correct what is said of each target and run the command again, which makes another recovery key.');
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

;// CONCATENATED MODULE: ./build/src/cli/commands/login.js








async function login(ports) {
    const options = readSessionOptions(ports);
    const user = requireUser(options);
    const credential = password_password.read(readSecret(await askPassword(ports, describeUser(user))));
    const delivery = await planDelivery(ports, options);
    checkDelivery(delivery, 'lasting');
    const client = await connect(ports, options);
    const session = await logIn(ports, { credential, client, options, delivery });
    adviseAfterLogin(ports.log, session, delivery);
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
const declared_DECLARED_INPUTS = {
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
function unknown_inputs_warnAboutUnknownInputs(source, declared) {
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
function screen_screenInputs(action, source, problems) {
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

;// CONCATENATED MODULE: ./build/src/inputs/logout.js





function logout_readLogoutInputs(source) {
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
const EMPTY_HINT = (/* unused pure expression or super */ null && ('Check the name of the secret or of the output. A masked output never reaches another job: log out in the job that ' +
    'logged in, or set `logout: always` there.'));

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
    return new failures_Failure('method-unavailable', message, `${hint} ${where}`, { cause: error });
}

;// CONCATENATED MODULE: ./build/src/cli/commands/logout.js



async function commands_logout_logout(ports) {
    const options = readServerOptions(ports);
    await endSessionOf(ports, { ...options, accessToken: await readAccessToken(ports) });
}

;// CONCATENATED MODULE: ./build/src/session/rotation.js



const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const TIME_LENGTH = 7;
const RANDOM_LENGTH = 3;
const RETIRE_MODES = (/* unused pure expression or super */ null && (['next-rotation', 'now', 'never']));
function deviceBase(homeserverUrl, forge, repository, secretName) {
    const hash = createHash('sha256')
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
        throw new failures_Failure('token-too-old', `The token of ${userId} was rotated at ${new Date(rotatedAt).toISOString()}, ${days} days ago.`, 'Run the workflow that rotates it. GitHub stops schedules after 60 days without a commit.');
    }
    return rotatedAt;
}

;// CONCATENATED MODULE: ./build/src/session/selection.js

function selectSessions(sessions, filter, context) {
    let kept = 0;
    return sessions
        .filter((session) => selection_matches(session, filter, context.now))
        .sort(newestFirst)
        .map((session) => {
        const maker = makerOf(session, context.now);
        if (isInUse(session, context))
            return { session, maker, reprieve: 'in use' };
        if (maker === 'rotate')
            return { session, maker, reprieve: 'rotate' };
        kept += 1;
        return kept <= filter.keep ? { session, maker, reprieve: 'kept' } : { session, maker };
    });
}
function isInUse({ deviceId }, { devicesInUse }) {
    return deviceId !== undefined && devicesInUse.includes(deviceId.raw);
}
function selection_matches({ lastSeenAt, displayName }, filter, now) {
    const { olderThanMs, name: pattern } = filter;
    const isOld = olderThanMs === undefined || lastSeenAt === undefined || now - lastSeenAt > olderThanMs;
    return isOld && (pattern === undefined || matchesGlob(displayName?.raw ?? '', pattern));
}
function newestFirst(a, b) {
    const byTime = (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0);
    if (byTime !== 0)
        return byTime;
    return (a.deviceId?.raw ?? '') < (b.deviceId?.raw ?? '') ? -1 : 1;
}
const OWN_DEVICE = /^(GHA|MAT)-[A-Z2-7]{12}$/;
const ROTATED_DEVICE = /^GHA-[A-Z2-7]{12}-[0-9A-Za-z]{10}$/;
function makerOf({ deviceId, displayName }, now) {
    const device = deviceId?.raw ?? '';
    const isRotated = (text) => ROTATED_DEVICE.test(text) || rotationTime(text, now) !== undefined;
    if (isRotated(device) || isRotated(displayName?.raw ?? ''))
        return 'rotate';
    const prefix = OWN_DEVICE.exec(device)?.[1];
    if (prefix === undefined)
        return undefined;
    return prefix === 'GHA' ? 'login' : 'command';
}
function matchesGlob(text, pattern) {
    const [characters, wanted] = [[...text], [...pattern]];
    let [at, next, star, retryAt] = [0, 0, -1, 0];
    while (at < characters.length) {
        if (wanted[next] === '*') {
            star = next;
            retryAt = at;
            next += 1;
        }
        else if (wanted[next] === '?' || wanted[next] === characters[at]) {
            next += 1;
            at += 1;
        }
        else if (star !== -1) {
            retryAt += 1;
            at = retryAt;
            next = star + 1;
        }
        else {
            return false;
        }
    }
    return wanted.slice(next).every((character) => character === '*');
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
        throw new failures_Failure('account-deactivated', `${at} deactivated. No token was made.`);
    if (found.isLocked)
        throw new failures_Failure('account-locked', `${at} locked. No token was made.`);
    return found;
}
function personalTokenRequest({ api, user }, adminClient, validForMs, { device }) {
    if (!fitsScope(device.deviceId))
        throw new failures_Failure('invalid-input', UNUSUAL_DEVICE);
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
        return refusal(error, 'wrong-credentials', UNKNOWN_USER);
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
const UNKNOWN_USER = 'Does the account exist there? `user` is a name (bot) or a user ID (@bot:example.org).';
const UNUSUAL_DEVICE = 'The device ID has a character that the scope of a token cannot hold: a blank, a quotation mark, a backslash or a ' +
    'character beyond ASCII. No token was made. Set `device-id` to letters, digits and `-._~`.';
const NOT_ACCEPTED = 'The token was made, but the homeserver rejects it: is the account locked, or the device ID unusual?';

;// CONCATENATED MODULE: ./build/src/mas/account-sessions.js



const account_sessions_KINDS = ['compat', 'oauth2', 'personal'];
const account_sessions_LIST_SESSIONS = { phrase: 'list the sessions of the account' };
const END_SESSION = { phrase: 'end the session' };
const FACTS = {
    compat: { owner: 'user_id', filter: 'filter[user]', end: 'finish', endedAt: 'finished_at' },
    oauth2: { owner: 'user_id', filter: 'filter[user]', end: 'finish', endedAt: 'finished_at' },
    personal: { owner: 'actor_user_id', filter: 'filter[actor_user]', end: 'revoke', endedAt: 'revoked_at' },
};
async function listAccountSessions(api, userId) {
    const lists = [];
    for (const kind of account_sessions_KINDS)
        lists.push(await listKind(api, userId, kind));
    return lists.flat();
}
async function listKind(api, userId, kind) {
    const { owner, filter, endedAt } = FACTS[kind];
    const query = { [filter]: userId, 'filter[status]': 'active' };
    const resources = await listResources(api, account_sessions_LIST_SESSIONS, `/${kind}-sessions`, query);
    const own = resources.filter(({ attributes }) => values_stringMember(attributes, owner) === userId);
    return own.filter(({ attributes }) => typeof attributes[endedAt] !== 'string').map((each) => readSession(kind, each));
}
function readSession(kind, { id, attributes }) {
    const deviceId = values_stringMember(attributes, 'device_id') ?? deviceInScope(values_stringMember(attributes, 'scope') ?? '');
    const displayName = values_stringMember(attributes, 'human_name');
    const lastSeenAt = timeIn(attributes, 'last_active_at');
    return {
        kind,
        id,
        ...(deviceId === undefined ? {} : { deviceId: new ServerText(deviceId) }),
        ...(displayName === undefined ? {} : { displayName: new ServerText(displayName) }),
        ...(lastSeenAt === undefined ? {} : { lastSeenAt }),
    };
}
function deviceInScope(scope) {
    return /(?:^| )urn:matrix:(?:org\.matrix\.msc2967\.)?client:device:(\S+)/.exec(scope)?.[1];
}
function timeIn(attributes, name) {
    const time = Date.parse(values_stringMember(attributes, name) ?? '');
    return Number.isNaN(time) ? undefined : time;
}
async function endAccountSession(api, { kind, id }) {
    const path = `/${kind}-sessions/${encodeURIComponent(id)}/${FACTS[kind].end}`;
    try {
        await api.send({ operation: END_SESSION, method: 'POST', path });
    }
    catch (error) {
        if (!isRefusedWith(error, kind === 'personal' ? 409 : 400))
            throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/cli/sessions/admin-directory.js










function readAdminVariables({ terminal, masks }) {
    const clientId = values_secretText(terminal.environment('MAS_CLIENT_ID') ?? '', 'text')?.value;
    const clientSecret = values_secretText(terminal.environment('MAS_CLIENT_SECRET') ?? '', 'token')?.value;
    if (clientSecret !== undefined)
        masks.mask(clientSecret);
    if (clientId === undefined && clientSecret === undefined)
        return undefined;
    if (clientId !== undefined && clientSecret !== undefined)
        return { clientId, clientSecret: new Secret(clientSecret) };
    const [set, missing] = clientId === undefined ? ['MAS_CLIENT_SECRET', 'MAS_CLIENT_ID'] : ['MAS_CLIENT_ID', 'MAS_CLIENT_SECRET'];
    throw new failures_Failure('invalid-input', `${set} is set, but ${missing} is not.`, 'Set both variables, or neither.');
}
const admin_directory_REOPEN_AFTER_MS = 4 * 60_000;
function adminDirectory(ports, access) {
    const { clock } = ports;
    let opened;
    const open = async () => {
        if (opened === undefined || clock.now() - opened.at > admin_directory_REOPEN_AFTER_MS) {
            opened = { at: clock.now(), api: await openApi(access) };
        }
        return opened.api;
    };
    return {
        list: () => admin_directory_explained(access, async () => {
            const api = await open();
            return listAccountSessions(api, (await findUser(api, access.localpart)).id);
        }),
        end: (sessions) => endEach(ports, sessions, async (session) => endAccountSession(await open(), session)),
    };
}
async function openApi({ client, credentials, allowHttp }) {
    const { issuer, tokenEndpoint } = await discoverOAuth(client, allowHttp);
    return AdminApi.open({ issuer, tokenEndpoint }, credentials, client.ports);
}
async function admin_directory_explained({ client }, work) {
    try {
        return await work();
    }
    catch (error) {
        throw (error instanceof AnswerError ? await explainMasRefusal(error, client) : undefined) ?? error;
    }
}
async function endEach({ log, clock, isInterrupted }, sessions, end) {
    let failed = 0;
    for (const session of sessions) {
        if (isInterrupted())
            throw new InterruptedError();
        try {
            await end(session);
        }
        catch (error) {
            failed += 1;
            log.warning(`The ${session.kind} session ${session.id} was not ended. ${explain(error, clock.now()).message}`);
        }
    }
    if (failed === 0)
        return;
    throw new failures_Failure('denied', `${failed} of ${sessions.length} sessions could not be ended.`, 'Run the command again.');
}

;// CONCATENATED MODULE: ./build/src/matrix/devices.js


const DELETE_DEVICES = { phrase: 'delete devices' };
async function deleteDevices(client, accessToken, deviceIds, stage) {
    const request = { operation: DELETE_DEVICES, method: 'POST', path: '/delete_devices', accessToken };
    try {
        const asked = await sendWithPassword((auth) => client.send({ ...request, body: { devices: deviceIds, ...auth } }), stage);
        return asked === undefined ? { kind: 'deleted' } : { kind: 'other-stages', stages: asked.stages };
    }
    catch (error) {
        if (isUnrecognized(error))
            return { kind: 'not-offered' };
        throw error;
    }
}

;// CONCATENATED MODULE: ./build/src/cli/sessions/directory.js









function deviceDirectory(ports, account) {
    return {
        list: () => listDevices(account.client, account.accessToken),
        end: async (devices) => {
            const ids = devices.map(({ deviceId }) => deviceId.raw);
            const result = await deleteAll(ports, account, ids);
            if (result.kind !== 'deleted')
                throw await endElsewhere(account.client, result, ids);
        },
    };
}
async function deleteAll(ports, account, ids) {
    const { client, accessToken, userId, password } = account;
    try {
        return await deleteDevices(client, accessToken, ids, {
            userId: userId.raw,
            ...(password === undefined ? {} : { password }),
            askPassword: async () => new Secret(await askPassword(ports, `${userId}`)),
        });
    }
    catch (error) {
        if (!isRefusedWith(error, undefined, 'M_FORBIDDEN'))
            throw error;
        throw error instanceof AnswerError ? refusal(error, 'wrong-credentials', directory_WRONG_PASSWORD) : error;
    }
}
const directory_WRONG_PASSWORD = 'No session was ended. Run the command again with the current password of the account.';
async function endElsewhere(client, result, ids) {
    const [only = '', ...others] = ids;
    const url = others.length === 0
        ? await accountManagementUrl(client, 'org.matrix.device_delete', only)
        : await accountManagementUrl(client, 'org.matrix.devices_list');
    const asked = result.kind === 'not-offered'
        ? 'has no endpoint that deletes devices'
        : `asks for ${joinServerTexts(result.stages)} instead of the password`;
    const where = url === undefined ? directory_IN_A_CLIENT : `End them on the account page of the server:\n\n  ${url}\n`;
    return new failures_Failure('method-unavailable', `${client.baseUrl} ${asked}. No session was ended.`, `${where}\n${WITH_ADMIN_API}`);
}
const directory_IN_A_CLIENT = 'End them in the list of sessions of the account, for example in Element.';
const WITH_ADMIN_API = 'An administrator of Matrix Authentication Service can set MAS_CLIENT_ID and MAS_CLIENT_SECRET: then this command ends them.';

;// CONCATENATED MODULE: ./build/src/cli/sessions/options.js




function readSessionsOptions({ inputs, options, terminal }) {
    const problems = new problems_Problems();
    const account = readAccountOptions(inputs, problems);
    const olderThanMs = lifetimeValue('older-than', options.get('older-than') ?? '', problems);
    const keep = readKeep(options.get('keep') ?? '0', problems);
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('unsound options got by');
    const filter = { olderThanMs, name: options.get('name'), keep };
    const mode = options.has('end') ? (options.has('yes') ? 'end' : 'ask') : 'list';
    if (mode === 'ask' && !terminal.asksSomebody)
        throw new failures_Failure('invalid-input', NO_TERMINAL, 'Add --yes.');
    return { ...account, filter, mode };
}
const NO_TERMINAL = '--end asks before it ends sessions, but standard input is not a terminal. Nothing was done.';
function readKeep(raw, problems) {
    if (/^\d{1,6}$/.test(raw.trim()))
        return Number(raw);
    problems.refuse('keep', raw, 'must be a whole number, 0 or more');
    return 0;
}

;// CONCATENATED MODULE: ./build/src/cli/sessions/table.js
const table_MAX_NAME_LENGTH = 40;
const MAX_TIME = 8.64e15;
const MAKERS = {
    rotate: 'rotate action',
    login: 'login action',
    command: 'this command',
};
const REPRIEVES = {
    'in use': 'in use, never ended',
    rotate: 'ended by rotate only',
    kept: 'kept (--keep)',
};
function sessionTable(sessions) {
    const header = ['DEVICE ID', 'NAME', 'LAST SEEN (UTC)', 'MADE BY', 'KIND', 'NOTE'];
    const rows = [header, ...sessions.map(cellsOf)];
    const widths = header.map((title, column) => {
        const cells = rows.slice(1).map((row) => row[column] ?? '');
        if (cells.every((cell) => cell === ''))
            return 0;
        return cells.reduce((width, cell) => Math.max(width, [...cell].length), title.length);
    });
    return rows.map((row) => row
        .map((cell, column) => pad(cell, widths[column] ?? 0))
        .filter((_cell, column) => widths[column] !== 0)
        .join('  ')
        .trimEnd());
}
function cellsOf({ session, maker, reprieve }) {
    const { deviceId, displayName, lastSeenAt, kind } = session;
    return [
        `${deviceId ?? '(none)'}`,
        cutName(`${displayName ?? ''}`),
        describeTime(lastSeenAt),
        maker === undefined ? '' : MAKERS[maker],
        kind ?? '',
        reprieve === undefined ? '' : REPRIEVES[reprieve],
    ];
}
function pad(cell, width) {
    return cell + ' '.repeat(Math.max(0, width - [...cell].length));
}
function cutName(name) {
    const characters = [...name];
    return characters.length <= table_MAX_NAME_LENGTH ? name : `${characters.slice(0, table_MAX_NAME_LENGTH - 1).join('')}…`;
}
function describeTime(ms) {
    if (ms === undefined || ms > MAX_TIME)
        return ms === undefined ? 'never' : 'unknown';
    return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

;// CONCATENATED MODULE: ./build/src/cli/commands/sessions.js

















async function sessions(ports) {
    const options = readSessionsOptions(ports);
    const admin = readAdminVariables(ports);
    const token = tokenInEnvironment(ports);
    if (admin === undefined && token === undefined)
        return withPassword(ports, options);
    const client = await connect(ports, options);
    const owner = token === undefined ? undefined : await ownerOf(client, token, options.user);
    if (admin !== undefined)
        return withAdminApi(ports, options, { client, owner, admin });
    if (token === undefined || owner === undefined)
        throw new Error('neither a token nor an administrator');
    const directory = deviceDirectory(ports, { client, accessToken: token, userId: owner.userId });
    await listAndEnd(ports, options, directory, devicesInUse(owner, options));
}
async function withPassword(ports, options) {
    const user = requireUser(options);
    const typed = await askPassword(ports, describeUser(user));
    const client = await connect(ports, options);
    const credential = password_password.read(readSecret(typed));
    const login = { credential, client, options: { ...options, deviceName: '' } };
    await withTemporarySession(ports, login, async (session, requestedDevice) => {
        const { accessToken, userId, deviceId } = session;
        const directory = deviceDirectory(ports, { client, accessToken, userId, password: new Secret(typed) });
        await listAndEnd(ports, options, directory, [requestedDevice, deviceId?.raw ?? '']);
    });
}
async function withAdminApi(ports, options, parts) {
    const { client, owner, admin } = parts;
    const localpart = localpartOf(owner, options);
    const access = { client, credentials: admin, allowHttp: options.allowHttp, localpart };
    const inUse = owner === undefined ? [] : devicesInUse(owner, options);
    await listAndEnd(ports, options, adminDirectory(ports, access), inUse);
}
function localpartOf(owner, options) {
    if (owner !== undefined)
        return owner.userId.raw.slice(1).split(':')[0] ?? '';
    const user = requireUser(options);
    if ('localpart' in user)
        return user.localpart;
    throw new failures_Failure('invalid-input', 'The admin API does not find a user by e-mail address or phone number.', USER_ID);
}
const USER_ID = 'Set --user to the user ID (@name:example.org).';
async function ownerOf(client, token, user) {
    try {
        const owner = await whoami(client, token);
        if (user === undefined || isSameUser(user, owner.userId.raw))
            return owner;
        throw new failures_Failure('wrong-user', `The access token belongs to ${owner.userId}, not to ${describeUser(user)}.`);
    }
    catch (error) {
        throw (error instanceof AnswerError ? refusedToken(error, 'access-token', INVALID_TOKEN) : undefined) ?? error;
    }
}
const INVALID_TOKEN = 'Unset MATRIX_ACCESS_TOKEN to log in with the password instead.';
function devicesInUse({ userId, deviceId }, { mode }) {
    if (deviceId !== undefined)
        return [deviceId.raw];
    if (mode === 'list')
        return [];
    throw new failures_Failure('denied', `The access token of ${userId} has no device, so its session cannot be told from the others. No session was ended.`, INVALID_TOKEN);
}
async function listAndEnd(ports, { filter, mode }, directory, inUse) {
    const { terminal, log, clock, isInterrupted } = ports;
    const listed = await directory.list();
    const selected = selectSessions(listed, filter, { devicesInUse: inUse, now: clock.now() });
    const due = selected.filter(({ reprieve }) => reprieve === undefined);
    const shown = mode === 'list' ? selected : due;
    if (isInterrupted())
        throw new InterruptedError();
    if (shown.length > 0)
        await terminal.print(sessionTable(shown).join('\n'));
    log.info(describeSelection(listed.length, selected.length, due.length));
    if (mode === 'list' || due.length === 0)
        return;
    if (mode === 'ask' && !(await terminal.confirm(`End ${count(due.length)}? [y/N] `))) {
        throw new failures_Failure('denied', 'No session was ended.', 'Choose others with --older-than, --name and --keep.');
    }
    if (isInterrupted())
        throw new InterruptedError();
    await directory.end(due.map(({ session }) => session));
    log.info(`Ended ${count(due.length)}.`);
}
function describeSelection(listed, matching, due) {
    const left = matching - due;
    const kept = left === 0 ? '' : ` ${left} of the matching ones are not ended: in use, made by rotate, or kept.`;
    return `The account has ${count(listed)}; ${matching} match. --end ends ${due} of them.${kept}`;
}
function count(sessions) {
    return sessions === 1 ? '1 session' : `${sessions} sessions`;
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
        ports.log.info(`The device ${new ServerText(deviceId)} is already verified.`);
    }
    else {
        await upload(ports.api, subject, decision);
        verify_device_confirm(decideSigning(await queryKeys(ports.api, subject), subject, seeds), decision.deviceKey, deviceId);
        ports.log.info(`The device ${new ServerText(deviceId)} is now verified.`);
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
        throw new failures_Failure('wrong-user', `The access token belongs to ${new ServerText(userId)}, not to ${describeUser(user)}.`);
    }
    if (deviceId === undefined) {
        const hint = 'Use the token of a session with a device: a login by password has one, an admin token of Synapse has not.';
        throw new failures_Failure('no-device-keys', `The access token of ${new ServerText(userId)} has no device.`, hint);
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
            const name = new ServerText(subject.deviceId);
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
    const name = `${new ServerText(deviceId)}`;
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

;// CONCATENATED MODULE: ./build/src/cli/commands/verify.js








async function verify(ports) {
    const { masks, log, terminal } = ports;
    const { expectedKey, ...options } = readVerifyOptions(ports);
    const accessToken = await readTokenBesides(ports);
    const key = await askRecoveryKey(ports);
    const api = new KeysApi(await connect(ports, options), accessToken);
    const request = { user: options.user, secret: { kind: 'recovery-key', key }, expectedKey };
    const { userId, deviceId, deviceKey } = await verifyDevice({ api, masks, log }, request);
    await terminal.print(`${new ServerText(`${userId} ${deviceId} ${deviceKey}`)}`);
}
function readVerifyOptions({ inputs }) {
    const problems = new problems_Problems();
    const account = readAccountOptions(inputs, problems);
    const raw = inputs.input('device-key');
    const expectedKey = decodeKey(withoutWhiteSpace(raw));
    if (raw.trim() !== '' && expectedKey === undefined) {
        problems.refuse('device-key', raw, 'is not an Ed25519 key: it must be the base64 of 32 bytes');
    }
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('invalid options were not reported');
    return { ...account, expectedKey };
}

;// CONCATENATED MODULE: ./build/src/cli/commands/whoami.js










async function whoami_whoami(ports) {
    const { options: given, terminal, clock, log } = ports;
    const options = readServerOptions(ports);
    const problems = new problems_Problems();
    const maxAgeMs = lifetimeValue('max-age', given.get('max-age') ?? '', problems);
    problems.throwIfAny();
    const token = new Secret(await readAccessToken(ports));
    const owner = await whoami_ownerOf(token, await connect(ports, options));
    await terminal.print(`${owner.userId} ${owner.deviceId ?? ''}`.trim());
    checkTokenAge(owner, maxAgeMs, clock.now(), log);
}
async function whoami_ownerOf(token, client) {
    try {
        return await whoami(client, token);
    }
    catch (error) {
        throw (error instanceof AnswerError ? refusedToken(error, 'access-token', DEAD) : undefined) ?? error;
    }
}
const DEAD = 'It was logged out, has expired, belongs to another server, or is cut off.';

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = require("node:os");
;// CONCATENATED MODULE: external "node:readline"
const external_node_readline_namespaceObject = require("node:readline");
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = require("node:stream");
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __nccwpck_require__(327);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
;// CONCATENATED MODULE: external "node:url"
const external_node_url_namespaceObject = require("node:url");
// EXTERNAL MODULE: external "node:child_process"
var external_node_child_process_ = __nccwpck_require__(421);
;// CONCATENATED MODULE: external "node:fs/promises"
const promises_namespaceObject = require("node:fs/promises");
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: ./node_modules/is-docker/index.js


let isDockerCached;

function hasDockerEnv() {
	try {
		external_node_fs_.statSync('/.dockerenv');
		return true;
	} catch {
		return false;
	}
}

function hasDockerCGroup() {
	try {
		return external_node_fs_.readFileSync('/proc/self/cgroup', 'utf8').includes('docker');
	} catch {
		return false;
	}
}

function isDocker() {
	// TODO: Use `??=` when targeting Node.js 16.
	if (isDockerCached === undefined) {
		isDockerCached = hasDockerEnv() || hasDockerCGroup();
	}

	return isDockerCached;
}

;// CONCATENATED MODULE: ./node_modules/is-inside-container/index.js



let cachedResult;

// Podman detection
const hasContainerEnv = () => {
	try {
		external_node_fs_.statSync('/run/.containerenv');
		return true;
	} catch {
		return false;
	}
};

function isInsideContainer() {
	// TODO: Use `??=` when targeting Node.js 16.
	if (cachedResult === undefined) {
		cachedResult = hasContainerEnv() || isDocker();
	}

	return cachedResult;
}

;// CONCATENATED MODULE: ./node_modules/is-wsl/index.js





const isWsl = () => {
	if (external_node_process_.platform !== 'linux') {
		return false;
	}

	if (external_node_os_namespaceObject.release().toLowerCase().includes('microsoft')) {
		if (isInsideContainer()) {
			return false;
		}

		return true;
	}

	try {
		if (external_node_fs_.readFileSync('/proc/version', 'utf8').toLowerCase().includes('microsoft')) {
			return !isInsideContainer();
		}
	} catch {}

	// Fallback for custom kernels: check WSL-specific paths.
	if (
		external_node_fs_.existsSync('/proc/sys/fs/binfmt_misc/WSLInterop')
		|| external_node_fs_.existsSync('/run/WSL')
	) {
		return !isInsideContainer();
	}

	return false;
};

/* harmony default export */ const is_wsl = (external_node_process_.env.__IS_WSL_TEST__ ? isWsl : isWsl());

;// CONCATENATED MODULE: external "node:buffer"
const external_node_buffer_namespaceObject = require("node:buffer");
;// CONCATENATED MODULE: ./node_modules/powershell-utils/index.js






const execFile = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_.execFile);

const powerShellPath = () => `${external_node_process_.env.SYSTEMROOT || external_node_process_.env.windir || String.raw`C:\Windows`}\\System32\\WindowsPowerShell\\v1.0\\powershell.exe`;

// Cache for PowerShell accessibility check
let canAccessCache;

const canAccessPowerShell = async () => {
	canAccessCache ??= (async () => {
		try {
			await fs.access(powerShellPath(), fsConstants.X_OK);
			return true;
		} catch {
			return false;
		}
	})();

	return canAccessCache;
};

const argumentsPrefix = [
	'-NoProfile',
	'-NonInteractive',
	'-ExecutionPolicy',
	'Bypass',
	'-EncodedCommand',
];

const encodeCommand = command => external_node_buffer_namespaceObject.Buffer.from(command, 'utf16le').toString('base64');

/*
PowerShell's tokenizer treats the typographic single quotes U+2018, U+2019, U+201A, and U+201B as string delimiters, exactly like the ASCII one, and it does not require the closing quote to match the opening quote. Escaping only the ASCII quote would let any of the others terminate the string and inject a statement. Doubling works for all of them.
*/
const escapeArgument = value => `'${String(value).replaceAll(/['‘’‚‛]/g, match => match + match)}'`;

const createArguments = command => [...argumentsPrefix, encodeCommand(command)];

const createExecFileOptions = options => ({
	encoding: 'utf8',
	...options,
	shell: false,
});

const executePowerShell = async (command, options = {}) => {
	const {
		powerShellPath: psPath,
		...execFileOptions
	} = options;

	return execFile(
		psPath ?? powerShellPath(),
		createArguments(command),
		createExecFileOptions(execFileOptions),
	);
};

executePowerShell.argumentsPrefix = argumentsPrefix;
executePowerShell.encodeCommand = encodeCommand;
executePowerShell.escapeArgument = escapeArgument;
executePowerShell.createArguments = createArguments;

const executePowerShellSync = (command, options = {}) => {
	const {
		powerShellPath: psPath,
		...execFileOptions
	} = options;

	return childProcess.execFileSync(
		psPath ?? powerShellPath(),
		createArguments(command),
		createExecFileOptions(execFileOptions),
	);
};

;// CONCATENATED MODULE: ./node_modules/wsl-utils/utilities.js
function parseMountPointFromConfig(content) {
	for (const line of content.split('\n')) {
		// Skip comment lines
		if (/^\s*#/.test(line)) {
			continue;
		}

		// Match root at start of line (after optional whitespace)
		const match = /^\s*root\s*=\s*(?<mountPoint>"[^"]*"|'[^']*'|[^#]*)/.exec(line);
		if (!match) {
			continue;
		}

		return match.groups.mountPoint
			.trim()
			// Strip surrounding quotes
			.replaceAll(/^["']|["']$/g, '');
	}
}

;// CONCATENATED MODULE: ./node_modules/wsl-utils/index.js








const wsl_utils_execFile = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_.execFile);

const wslDrivesMountPoint = (() => {
	// Default value for "root" param
	// according to https://docs.microsoft.com/en-us/windows/wsl/wsl-config
	const defaultMountPoint = '/mnt/';

	let mountPoint;

	return async function () {
		if (mountPoint) {
			// Return memoized mount point value
			return mountPoint;
		}

		const configFilePath = '/etc/wsl.conf';

		let isConfigFileExists = false;
		try {
			await promises_namespaceObject.access(configFilePath, promises_namespaceObject.constants.F_OK);
			isConfigFileExists = true;
		} catch {}

		if (!isConfigFileExists) {
			return defaultMountPoint;
		}

		const configContent = await promises_namespaceObject.readFile(configFilePath, {encoding: 'utf8'});
		const parsedMountPoint = parseMountPointFromConfig(configContent);

		if (parsedMountPoint === undefined) {
			return defaultMountPoint;
		}

		mountPoint = parsedMountPoint;
		mountPoint = mountPoint.endsWith('/') ? mountPoint : `${mountPoint}/`;

		return mountPoint;
	};
})();

const powerShellPathFromWsl = async () => {
	const mountPoint = await wslDrivesMountPoint();
	return `${mountPoint}c/Windows/System32/WindowsPowerShell/v1.0/powershell.exe`;
};

const wsl_utils_powerShellPath = is_wsl ? powerShellPathFromWsl : powerShellPath;

// Cache for PowerShell accessibility check
let canAccessPowerShellPromise;

const wsl_utils_canAccessPowerShell = async () => {
	canAccessPowerShellPromise ??= (async () => {
		try {
			const psPath = await wsl_utils_powerShellPath();
			await promises_namespaceObject.access(psPath, promises_namespaceObject.constants.X_OK);
			return true;
		} catch {
			// PowerShell is not accessible (either doesn't exist, no execute permission, or other error)
			return false;
		}
	})();

	return canAccessPowerShellPromise;
};

const wslDefaultBrowser = async () => {
	const psPath = await wsl_utils_powerShellPath();
	const command = String.raw`(Get-ItemProperty -Path "HKCU:\Software\Microsoft\Windows\Shell\Associations\UrlAssociations\http\UserChoice").ProgId`;

	// The spawned Windows process inherits the Linux working directory, which WSL exposes to Windows as a `\\wsl.localhost\…` UNC path served by the distro's default user, so a directory that user cannot traverse makes the launch fail. PowerShell's own directory is on the Windows drive, so it always resolves to a plain `C:\…` path.
	const {stdout} = await executePowerShell(command, {
		powerShellPath: psPath,
		cwd: external_node_path_.dirname(psPath),
	});

	return stdout.trim();
};

const isUrl = path => /^[a-z]+:\/\//i.test(path);

// `wslpath` only accepts a single path, so each path needs its own call.
const convertPath = async (flag, path) => {
	// `--` stops `wslpath` from reading a leading `-` as an option. Only pass it when needed, as it is only confirmed for WSL 2.5 and later.
	const wslpathArguments = path.startsWith('-') ? [flag, '--', path] : [flag, path];

	try {
		const {stdout} = await wsl_utils_execFile('wslpath', wslpathArguments, {encoding: 'utf8'});
		return stdout.replace(/\r?\n$/, '') || path;
	} catch {
		// If wslpath fails, keep original path
		return path;
	}
};

const convertWslPathToWindows = async paths => {
	const isBatch = Array.isArray(paths);
	const pathArray = isBatch ? paths : [paths];
	// URLs stay as-is
	const results = await Promise.all(pathArray.map(path => isUrl(path) ? path : convertPath('-aw', path)));
	return isBatch ? results : results[0];
};

const isUncPath = path => /^\\\\/u.test(path);

const isPathOnWindowsFilesystem = async path => {
	const windowsPath = await convertWslPathToWindows(path);
	return !isUncPath(windowsPath);
};

const convertWindowsPathToWsl = async paths => {
	const isBatch = Array.isArray(paths);
	const pathArray = isBatch ? paths : [paths];
	const results = await Promise.all(pathArray.map(path => convertPath('-u', path)));
	return isBatch ? results : results[0];
};



;// CONCATENATED MODULE: ./node_modules/define-lazy-prop/index.js
function defineLazyProperty(object, propertyName, valueGetter) {
	const define = value => Object.defineProperty(object, propertyName, {value, enumerable: true, writable: true});

	Object.defineProperty(object, propertyName, {
		configurable: true,
		enumerable: true,
		get() {
			const result = valueGetter();
			define(result);
			return result;
		},
		set(value) {
			define(value);
		}
	});

	return object;
}

;// CONCATENATED MODULE: ./node_modules/default-browser/windows.js




const execFileAsync = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_.execFile);

// TODO: Fix the casing of bundle identifiers in the next major version.

// Windows doesn't have browser IDs in the same way macOS/Linux does so we give fake
// ones that look real and match the macOS/Linux versions for cross-platform apps.
const windowsBrowserProgIds = {
	MSEdgeHTM: {name: 'Edge', id: 'com.microsoft.edge'}, // The missing `L` is correct.
	MSEdgeBHTML: {name: 'Edge Beta', id: 'com.microsoft.edge.beta'},
	MSEdgeDHTML: {name: 'Edge Dev', id: 'com.microsoft.edge.dev'},
	AppXq0fevzme2pys62n3e0fbqa7peapykr8v: {name: 'Edge', id: 'com.microsoft.edge.old'},
	ChromeHTML: {name: 'Chrome', id: 'com.google.chrome'},
	ChromeBHTML: {name: 'Chrome Beta', id: 'com.google.chrome.beta'},
	ChromeDHTML: {name: 'Chrome Dev', id: 'com.google.chrome.dev'},
	ChromiumHTM: {name: 'Chromium', id: 'org.chromium.Chromium'},
	BraveHTML: {name: 'Brave', id: 'com.brave.Browser'},
	BraveBHTML: {name: 'Brave Beta', id: 'com.brave.Browser.beta'},
	BraveDHTML: {name: 'Brave Dev', id: 'com.brave.Browser.dev'},
	BraveSSHTM: {name: 'Brave Nightly', id: 'com.brave.Browser.nightly'},
	FirefoxURL: {name: 'Firefox', id: 'org.mozilla.firefox'},
	OperaStable: {name: 'Opera', id: 'com.operasoftware.Opera'},
	VivaldiHTM: {name: 'Vivaldi', id: 'com.vivaldi.Vivaldi'},
	'IE.HTTP': {name: 'Internet Explorer', id: 'com.microsoft.ie'},
};

const _windowsBrowserProgIdMap = new Map(Object.entries(windowsBrowserProgIds));

class UnknownBrowserError extends Error {}

async function defaultBrowser(_execFileAsync = execFileAsync) {
	const regPath = `${external_node_process_.env.SYSTEMROOT ?? external_node_process_.env.windir ?? 'C:\\Windows'}\\System32\\reg.exe`;
	const {stdout} = await _execFileAsync(regPath, [
		'QUERY',
		' HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\Shell\\Associations\\UrlAssociations\\http\\UserChoice',
		'/v',
		'ProgId',
	]);

	const match = /ProgId\s*REG_SZ\s*(?<id>\S+)/.exec(stdout);
	if (!match) {
		throw new UnknownBrowserError(`Cannot find Windows browser in stdout: ${JSON.stringify(stdout)}`);
	}

	const {id} = match.groups;

	// Windows can append a hash suffix to ProgIds using a dot or hyphen
	// (e.g., `ChromeHTML.ABC123`, `FirefoxURL-6F193CCC56814779`).
	// Try exact match first, then try without the suffix.
	const dotIndex = id.lastIndexOf('.');
	const hyphenIndex = id.lastIndexOf('-');
	const baseIdByDot = dotIndex === -1 ? undefined : id.slice(0, dotIndex);
	const baseIdByHyphen = hyphenIndex === -1 ? undefined : id.slice(0, hyphenIndex);

	return windowsBrowserProgIds[id] ?? windowsBrowserProgIds[baseIdByDot] ?? windowsBrowserProgIds[baseIdByHyphen] ?? {name: id, id};
}

;// CONCATENATED MODULE: ./node_modules/default-browser-id/index.js




const default_browser_id_execFileAsync = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_.execFile);

async function defaultBrowserId() {
	if (external_node_process_.platform !== 'darwin') {
		throw new Error('macOS only');
	}

	const {stdout} = await default_browser_id_execFileAsync('defaults', ['read', 'com.apple.LaunchServices/com.apple.launchservices.secure', 'LSHandlers']);

	// `(?!-)` is to prevent matching `LSHandlerRoleAll = "-";`.
	const match = /LSHandlerRoleAll = "(?!-)(?<id>[^"]+?)";\s+?LSHandlerURLScheme = (?:http|https);/.exec(stdout);

	const browserId = match?.groups.id ?? 'com.apple.Safari';

	// Correct the case for Safari's bundle identifier
	if (browserId === 'com.apple.safari') {
		return 'com.apple.Safari';
	}

	return browserId;
}

;// CONCATENATED MODULE: ./node_modules/run-applescript/index.js




const run_applescript_execFileAsync = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_.execFile);

async function runAppleScript(script, {humanReadableOutput = true, signal} = {}) {
	if (external_node_process_.platform !== 'darwin') {
		throw new Error('macOS only');
	}

	const outputArguments = humanReadableOutput ? [] : ['-ss'];

	const execOptions = {};
	if (signal) {
		execOptions.signal = signal;
	}

	const {stdout} = await run_applescript_execFileAsync('osascript', ['-e', script, outputArguments], execOptions);
	return stdout.trim();
}

function runAppleScriptSync(script, {humanReadableOutput = true} = {}) {
	if (process.platform !== 'darwin') {
		throw new Error('macOS only');
	}

	const outputArguments = humanReadableOutput ? [] : ['-ss'];

	const stdout = execFileSync('osascript', ['-e', script, ...outputArguments], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
		timeout: 500,
	});

	return stdout.trim();
}

;// CONCATENATED MODULE: ./node_modules/bundle-name/index.js


// Only a double quote can end the AppleScript string literal. A backslash can pre-escape one, and line breaks are rejected as defense in depth.
const bundleIdentifierPattern = /^[^\n\r"\\]+$/u;

async function bundleName(bundleId) {
	if (typeof bundleId !== 'string') {
		throw new TypeError('Expected a string bundle identifier');
	}

	if (!bundleIdentifierPattern.test(bundleId)) {
		throw new TypeError(`Invalid bundle identifier: ${JSON.stringify(bundleId)}`);
	}

	return runAppleScript(`tell application "Finder" to set app_path to application file id "${bundleId}" as string\ntell application "System Events" to get value of property list item "CFBundleName" of property list file (app_path & ":Contents:Info.plist")`);
}

;// CONCATENATED MODULE: ./node_modules/default-browser/index.js









const default_browser_execFileAsync = (0,external_node_util_namespaceObject.promisify)(external_node_child_process_.execFile);

// Inlined: https://github.com/sindresorhus/titleize/blob/main/index.js
const titleize = string => string.toLowerCase().replaceAll(/(?:^|\s|-)\S/g, x => x.toUpperCase());

async function default_browser_defaultBrowser() {
	if (external_node_process_.platform === 'darwin') {
		const id = await defaultBrowserId();
		const name = await bundleName(id);
		return {name, id};
	}

	if (external_node_process_.platform === 'linux') {
		const {stdout} = await default_browser_execFileAsync('xdg-mime', ['query', 'default', 'x-scheme-handler/http']);
		const id = stdout.trim();
		const name = titleize(id.replace(/.desktop$/, '').replace('-', ' '));
		return {name, id};
	}

	if (external_node_process_.platform === 'win32') {
		return defaultBrowser();
	}

	throw new Error('Only macOS, Linux, and Windows are supported');
}

;// CONCATENATED MODULE: ./node_modules/is-in-ssh/index.js


const isInSsh = Boolean(external_node_process_.env.SSH_CONNECTION
	|| external_node_process_.env.SSH_CLIENT
	|| external_node_process_.env.SSH_TTY);

/* harmony default export */ const is_in_ssh = (isInSsh);

;// CONCATENATED MODULE: ./node_modules/open/index.js












const fallbackAttemptSymbol = Symbol('fallbackAttempt');

// Path to included `xdg-open`.
const open_dirname = require("url").pathToFileURL(__filename).href ? external_node_path_.dirname((0,external_node_url_namespaceObject.fileURLToPath)(require("url").pathToFileURL(__filename).href)) : '';
const localXdgOpenPath = __nccwpck_require__.ab + "xdg-open";

const {platform, arch} = external_node_process_;

const tryEachApp = async (apps, opener) => {
	if (apps.length === 0) {
		// No app was provided
		return;
	}

	const errors = [];

	for (const app of apps) {
		try {
			return await opener(app); // eslint-disable-line no-await-in-loop
		} catch (error) {
			errors.push(error);
		}
	}

	throw new AggregateError(errors, 'Failed to open in all supported apps');
};

// eslint-disable-next-line complexity
const baseOpen = async options => {
	options = {
		wait: false,
		background: false,
		newInstance: false,
		allowNonzeroExitCode: false,
		...options,
	};

	const isFallbackAttempt = options[fallbackAttemptSymbol] === true;
	delete options[fallbackAttemptSymbol];

	if (Array.isArray(options.app)) {
		return tryEachApp(options.app, singleApp => baseOpen({
			...options,
			app: singleApp,
			[fallbackAttemptSymbol]: true,
		}));
	}

	let {name: app, arguments: appArguments = []} = options.app ?? {};
	appArguments = [...appArguments];

	if (Array.isArray(app)) {
		return tryEachApp(app, appName => baseOpen({
			...options,
			app: {
				name: appName,
				arguments: appArguments,
			},
			[fallbackAttemptSymbol]: true,
		}));
	}

	if (app === 'browser' || app === 'browserPrivate') {
		// IDs from default-browser for macOS and windows are the same.
		// IDs are lowercased to increase chances of a match.
		const ids = {
			'com.google.chrome': 'chrome',
			'google-chrome.desktop': 'chrome',
			'com.brave.browser': 'brave',
			'org.mozilla.firefox': 'firefox',
			'firefox.desktop': 'firefox',
			'com.microsoft.msedge': 'edge',
			'com.microsoft.edge': 'edge',
			'com.microsoft.edgemac': 'edge',
			'microsoft-edge.desktop': 'edge',
			'com.apple.safari': 'safari',
		};

		// Incognito flags for each browser in `apps`.
		const flags = {
			chrome: '--incognito',
			brave: '--incognito',
			firefox: '--private-window',
			edge: '--inPrivate',
			// Safari doesn't support private mode via command line
		};

		let browser;
		if (is_wsl) {
			const progId = await wslDefaultBrowser();
			const browserInfo = _windowsBrowserProgIdMap.get(progId);
			browser = browserInfo ?? {};
		} else {
			browser = await default_browser_defaultBrowser();
		}

		const browserId = browser.id?.toLowerCase();
		if (Object.hasOwn(ids, browserId)) {
			const browserName = ids[browserId];

			if (app === 'browserPrivate') {
				// Safari doesn't support private mode via command line
				if (browserName === 'safari') {
					throw new Error('Safari doesn\'t support opening in private mode via command line');
				}

				appArguments.push(flags[browserName]);
			}

			return baseOpen({
				...options,
				app: {
					name: apps[browserName],
					arguments: appArguments,
				},
			});
		}

		throw new Error(`${browser.name} is not supported as a default browser`);
	}

	let command;
	const cliArguments = [];
	const childProcessOptions = {};

	// Determine if we should use Windows/PowerShell behavior in WSL.
	// We only use Windows integration if PowerShell is actually accessible.
	// This allows the package to work in sandboxed WSL environments where Windows access is restricted.
	let shouldUseWindowsInWsl = false;
	if (is_wsl && !isInsideContainer() && !is_in_ssh && !app) {
		shouldUseWindowsInWsl = await wsl_utils_canAccessPowerShell();
	}

	if (platform === 'darwin') {
		command = 'open';

		if (options.wait) {
			cliArguments.push('--wait-apps');
		}

		if (options.background) {
			cliArguments.push('--background');
		}

		if (options.newInstance) {
			cliArguments.push('--new');
		}

		if (app) {
			cliArguments.push('-a', app);
		}
	} else if (platform === 'win32' || shouldUseWindowsInWsl) {
		command = await wsl_utils_powerShellPath();

		cliArguments.push(...executePowerShell.argumentsPrefix);

		if (!is_wsl) {
			childProcessOptions.windowsVerbatimArguments = true;
		}

		// Convert WSL Linux paths to Windows paths
		if (is_wsl && options.target) {
			options.target = await convertWslPathToWindows(options.target);
		}

		// Suppress PowerShell progress messages that are written to stderr
		const encodedArguments = ['$ProgressPreference = \'SilentlyContinue\';', 'Start'];

		if (options.wait) {
			encodedArguments.push('-Wait');
		}

		if (app) {
			encodedArguments.push(executePowerShell.escapeArgument(app));
			if (options.target) {
				appArguments.push(options.target);
			}
		} else if (options.target) {
			encodedArguments.push(executePowerShell.escapeArgument(options.target));
		}

		if (appArguments.length > 0) {
			appArguments = appArguments.map(argument => executePowerShell.escapeArgument(argument));
			encodedArguments.push('-ArgumentList', appArguments.join(','));
		}

		// Using Base64-encoded command, accepted by PowerShell, to allow special characters.
		options.target = executePowerShell.encodeCommand(encodedArguments.join(' '));

		if (!options.wait) {
			// PowerShell will keep the parent process alive unless stdio is ignored.
			childProcessOptions.stdio = 'ignore';
		}

		if (is_wsl) {
			// The spawned Windows process inherits the Linux working directory, which WSL exposes to Windows as a `\\wsl.localhost\…` UNC path served by the distro's default user, so a directory that user cannot traverse makes the launch fail. PowerShell's own directory is on the Windows drive, so it always resolves to a plain `C:\…` path. Nothing here uses the working directory as the target is a URL or an absolute Windows path.
			childProcessOptions.cwd = external_node_path_.dirname(command);
		}
	} else {
		if (app) {
			command = app;
		} else {
			// When bundled by Webpack, there's no actual package file path and no local `xdg-open`.
			const isBundled = !open_dirname || open_dirname === '/';

			// Check if local `xdg-open` exists and is executable.
			let exeLocalXdgOpen = false;
			try {
				await promises_namespaceObject.access(__nccwpck_require__.ab + "xdg-open", promises_namespaceObject.constants.X_OK);
				exeLocalXdgOpen = true;
			} catch {}

			const useSystemXdgOpen = external_node_process_.versions.electron
				?? (platform === 'android' || isBundled || !exeLocalXdgOpen);
			command = useSystemXdgOpen ? 'xdg-open' : localXdgOpenPath;
		}

		if (appArguments.length > 0) {
			cliArguments.push(...appArguments);
		}

		if (!options.wait) {
			// `xdg-open` will block the process unless stdio is ignored
			// and it's detached from the parent even if it's unref'd.
			childProcessOptions.stdio = 'ignore';
			childProcessOptions.detached = true;
		}
	}

	if (platform === 'darwin' && appArguments.length > 0) {
		cliArguments.push('--args', ...appArguments);
	}

	// IMPORTANT: On macOS, the target MUST come AFTER '--args'.
	// When using --args, ALL following arguments are passed to the app.
	// Example: open -a "chrome" --args --incognito https://site.com
	// This passes BOTH --incognito AND https://site.com to Chrome.
	// Without this order, Chrome won't open in incognito. See #332.
	if (options.target) {
		cliArguments.push(options.target);
	}

	const subprocess = external_node_child_process_.spawn(command, cliArguments, childProcessOptions);

	if (options.wait) {
		return new Promise((resolve, reject) => {
			subprocess.once('error', reject);

			subprocess.once('close', exitCode => {
				if (!options.allowNonzeroExitCode && exitCode !== 0) {
					reject(new Error(`Exited with code ${exitCode}`));
					return;
				}

				resolve(subprocess);
			});
		});
	}

	// When we're in a fallback attempt, we need to detect launch failures before trying the next app.
	// Wait for the close event to check the exit code before unreffing.
	// The launcher (open/xdg-open/PowerShell) exits quickly (~10-30ms) even on success.

	/*
	The PowerShell launcher must ALWAYS be awaited until it closes, even when not waiting for the app. Do not change this to resolve on `spawn`. See #367.

	PowerShell needs a few hundred milliseconds before it runs `Start-Process`, and libuv puts non-detached children in a job object that kills them when the parent exits. So a CLI that exits right after `await open()` silently kills PowerShell before anything opens. The launched app itself survives, since the job object allows breakaway for grandchildren, and `Start-Process` returns as soon as it has launched the app, so this does not wait for the app.

	Before v11, piped stdio kept the parent alive until PowerShell exited, which hid this. Detaching the launcher instead is unverified (PowerShell would get no console), while waiting is what worked before.
	*/
	if (isFallbackAttempt || platform === 'win32' || shouldUseWindowsInWsl) {
		return new Promise((resolve, reject) => {
			subprocess.once('error', reject);

			subprocess.once('spawn', () => {
				// Keep error handler active for post-spawn errors
				subprocess.once('close', exitCode => {
					subprocess.off('error', reject);

					// Only fallback attempts check the exit code, to detect a missing app. Other launches never do when not waiting for the app.
					if (isFallbackAttempt && exitCode !== 0) {
						reject(new Error(`Exited with code ${exitCode}`));
						return;
					}

					subprocess.unref();
					resolve(subprocess);
				});
			});
		});
	}

	subprocess.unref();

	// Handle spawn errors before the caller can attach listeners.
	// This prevents unhandled error events from crashing the process.
	return new Promise((resolve, reject) => {
		subprocess.once('error', reject);

		// Wait for the subprocess to spawn before resolving.
		// This ensures the process is established before the caller continues,
		// preventing issues when process.exit() is called immediately after.
		subprocess.once('spawn', () => {
			subprocess.off('error', reject);
			resolve(subprocess);
		});
	});
};

const open_open = (target, options) => {
	if (typeof target !== 'string') {
		throw new TypeError('Expected a `target`');
	}

	return baseOpen({
		...options,
		target,
	});
};

const openApp = (name, options) => {
	if (typeof name !== 'string' && !Array.isArray(name)) {
		throw new TypeError('Expected a valid `name`');
	}

	const {arguments: appArguments = []} = options ?? {};
	if (appArguments !== undefined && appArguments !== null && !Array.isArray(appArguments)) {
		throw new TypeError('Expected `appArguments` as Array type');
	}

	return baseOpen({
		...options,
		app: {
			name,
			arguments: appArguments,
		},
	});
};

function detectArchBinary(binary) {
	if (typeof binary === 'string' || Array.isArray(binary)) {
		return binary;
	}

	const {[arch]: archBinary} = binary;

	if (!archBinary) {
		throw new Error(`${arch} is not supported`);
	}

	return archBinary;
}

function detectPlatformBinary({[platform]: platformBinary}, {wsl} = {}) {
	if (wsl && is_wsl) {
		return detectArchBinary(wsl);
	}

	if (!platformBinary) {
		throw new Error(`${platform} is not supported`);
	}

	return detectArchBinary(platformBinary);
}

const apps = {
	browser: 'browser',
	browserPrivate: 'browserPrivate',
};

defineLazyProperty(apps, 'chrome', () => detectPlatformBinary({
	darwin: 'google chrome',
	win32: 'chrome',
	// `chromium-browser` is the older deb package name used by Ubuntu/Debian before snap.
	linux: ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'],
}, {
	wsl: {
		ia32: '/mnt/c/Program Files (x86)/Google/Chrome/Application/chrome.exe',
		x64: ['/mnt/c/Program Files/Google/Chrome/Application/chrome.exe', '/mnt/c/Program Files (x86)/Google/Chrome/Application/chrome.exe'],
	},
}));

defineLazyProperty(apps, 'brave', () => detectPlatformBinary({
	darwin: 'brave browser',
	win32: 'brave',
	linux: ['brave-browser', 'brave'],
}, {
	wsl: {
		ia32: '/mnt/c/Program Files (x86)/BraveSoftware/Brave-Browser/Application/brave.exe',
		x64: ['/mnt/c/Program Files/BraveSoftware/Brave-Browser/Application/brave.exe', '/mnt/c/Program Files (x86)/BraveSoftware/Brave-Browser/Application/brave.exe'],
	},
}));

defineLazyProperty(apps, 'firefox', () => detectPlatformBinary({
	darwin: 'firefox',
	win32: String.raw`C:\Program Files\Mozilla Firefox\firefox.exe`,
	linux: 'firefox',
}, {
	wsl: '/mnt/c/Program Files/Mozilla Firefox/firefox.exe',
}));

defineLazyProperty(apps, 'edge', () => detectPlatformBinary({
	darwin: 'microsoft edge',
	win32: 'msedge',
	linux: ['microsoft-edge', 'microsoft-edge-dev'],
}, {
	wsl: '/mnt/c/Program Files (x86)/Microsoft/Edge/Application/msedge.exe',
}));

defineLazyProperty(apps, 'safari', () => detectPlatformBinary({
	darwin: 'Safari',
}));

/* harmony default export */ const node_modules_open = (open_open);

;// CONCATENATED MODULE: ./build/src/cli/live-terminal.js





const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const INTERRUPTED = 130;
function liveProcess() {
    process.exitCode = 1;
    const interruption = new AbortController();
    const interrupt = () => {
        if (interruption.signal.aborted)
            process.exit(INTERRUPTED);
        process.stderr.write('Interrupting: what is under way is finished first. Again, and it ends at once.\n');
        interruption.abort();
    };
    for (const signal of SIGNALS)
        process.on(signal, interrupt);
    const { signal: interrupted } = interruption;
    return {
        argv: process.argv.slice(2),
        interrupted,
        terminal: liveTerminal(interrupted, interrupt),
        exitWith: (status) => {
            process.exitCode = status;
            process.stdin.destroy();
        },
    };
}
function liveTerminal(interrupted, interrupt) {
    const { stdin: input, stdout, stderr: output } = process;
    const environment = claimEnvironment(process.env);
    const streams = { input, output, interrupted, interrupt };
    stdout.on('error', () => { });
    output.on('error', () => { });
    return {
        asksSomebody: input.isTTY === true,
        showsOutput: stdout.isTTY === true,
        hostName: (0,external_node_os_namespaceObject.hostname)(),
        environment: (name) => environment[name],
        say: (text) => void output.write(`${text}\n`),
        print,
        confirm: async (question) => isYes(await askLine(question, streams, (answer) => (isYes(answer) ? 'yes' : 'no'))),
        askSecret: (question) => askLine(question, streams, () => ''),
        openBrowser,
    };
}
function isYes(answer) {
    return /^y(es)?$/i.test(answer.trim());
}
function print(line) {
    return new Promise((resolve, reject) => {
        process.stdout.write(`${line}\n`, (error) => {
            if (error)
                reject(new NobodyReadsError({ cause: error }));
            else
                resolve();
        });
    });
}
async function openBrowser(url) {
    try {
        const browser = await node_modules_open(url);
        browser.on('error', () => { });
        return true;
    }
    catch {
        return false;
    }
}
function enforceCertificateChecks() {
    const ignored = process.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0';
    if (ignored)
        delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
    return ignored;
}
async function askLine(question, streams, echo) {
    const { input, output, interrupted, interrupt } = streams;
    const terminal = input.isTTY === true;
    const lines = (0,external_node_readline_namespaceObject.createInterface)({ input, output: silence(), terminal, historySize: 0 });
    return new Promise((resolve, reject) => {
        let answer = '';
        const stop = () => lines.close();
        interrupted.addEventListener('abort', stop, { once: true });
        lines.on('SIGINT', interrupt);
        lines.once('close', () => {
            interrupted.removeEventListener('abort', stop);
            if (terminal)
                output.write(interrupted.aborted ? '\n' : `${echo(answer)}\n`);
            if (interrupted.aborted)
                reject(new InterruptedError());
            else
                resolve(answer);
        });
        if (interrupted.aborted)
            return lines.close();
        lines.once('line', (line) => {
            answer = line;
            lines.close();
        });
        if (terminal)
            output.write(question);
        lines.setPrompt('');
        lines.prompt();
    });
}
function silence() {
    return new external_node_stream_namespaceObject.Writable({ write: (_chunk, _encoding, done) => done() });
}
const SECRET_NAME = /TOKEN|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(^|_)(PASS|PWD|PAT|KEY|AUTH|COOKIE|JWT|DSN)$|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY/i;
const OWN_NAME = /^(MATRIX|MAS)_/i;
const PUBLIC_NAMES = new Set(['PWD', 'OLDPWD']);
const TOKEN_PREFIX = /(^|[^A-Za-z0-9])(syt_|syr_|m[acpr][tr]_|gh[a-z]_|github_pat_|glpat-)/;
const URL_PASSWORD = /^[a-z][\w+.-]*:\/\/[^/?#@\s]*:[^/?#@\s]*@/i;
const PROXY_NAME = /^(https?|all|ftp|no)_proxy$/i;
function isSecretVariable(name, value) {
    if (PUBLIC_NAMES.has(name))
        return false;
    if (OWN_NAME.test(name) || SECRET_NAME.test(name) || TOKEN_PREFIX.test(value))
        return true;
    return URL_PASSWORD.test(value) && !PROXY_NAME.test(name);
}
function claimEnvironment(environment) {
    const claimed = { ...environment };
    for (const [name, value = ''] of Object.entries(claimed)) {
        if (isSecretVariable(name, value))
            delete environment[name];
    }
    return claimed;
}

;// CONCATENATED MODULE: ./build/src/cli/terminal-ports.js



function terminalPorts(terminal, options) {
    const say = (message) => terminal.say(redact(nameOptions(message)));
    return {
        inputs: {
            input: (name) => options.get(name) ?? '',
            environment: (name) => terminal.environment(name),
            inputNames: () => [...options.keys()],
        },
        masks: { mask: registerSecret },
        log: {
            debug: () => { },
            info: say,
            notice: (message) => say(`Note: ${message}`),
            warning: (message) => say(`Warning: ${message}`),
            group: (title, lines) => say([title, ...lines].join('\n  ')),
        },
    };
}
const PLACES = {
    'store-token': 'GH_TOKEN',
    'store-in': '--store',
    'access-token': 'the access token',
    'login-token': 'the login token',
    'refresh-token': 'the refresh token',
    'oauth-client-id': 'the client ID',
    'device-id': 'the device ID',
    password: 'the password',
    'recovery-key': 'the recovery key',
    'recovery-passphrase': 'the recovery passphrase',
};
const terminal_ports_WORDS = [
    [/\bThe inputs have\b/g, 'The options have'],
    [/\bthe inputs named above\b/g, 'the options named above'],
    [/\ba bug in (?:the|this) action\b/g, 'a bug in this command'],
    [/\bThis action\b/g, 'This command'],
    [/\blet this action log in for each run\b/g, 'log in again'],
    [/\buse a self-hosted runner there\b/g, 'run the command there'],
    [/\bthe (?:runner|job)\b/g, 'this machine'],
];
function nameOptions(message) {
    return message
        .split(/(“[^”]*”)/)
        .map((part) => (part.startsWith('“') ? part : translate(part)))
        .join('');
}
function translate(text) {
    const named = text.replace(/`([a-z][a-z-]*)(?:: ([^`]*))?`/g, (all, name, value) => {
        const place = isInputName(name) ? PLACES[name] : undefined;
        const option = place ?? (OPTION_NAMES.has(name) ? `--${name}` : undefined);
        if (option === undefined)
            return all;
        return value === undefined || value === 'true' ? option : `${option} ${value}`;
    });
    return terminal_ports_WORDS.reduce((changed, [pattern, words]) => changed.replace(pattern, words), named);
}

;// CONCATENATED MODULE: ./build/src/cli/index.js















async function cli() {
    const { argv, terminal, interrupted, exitWith } = liveProcess();
    if (enforceCertificateChecks())
        terminal.say('Warning: NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored. For a private authority set NODE_EXTRA_CA_CERTS.');
    const status = await main(argv, {
        terminal,
        transport: toolkitTransport(USER_AGENT, terminal.environment),
        clock: clockUntil(interrupted),
        random: liveRandom,
        waitFor: (promise, ms) => terminal_waitFor(promise, ms, interrupted),
        isInterrupted: () => interrupted.aborted,
    });
    exitWith(status);
}
const STATUS = { done: 0, failed: 1, misused: 2, interrupted: 130 };
const COMMANDS = {
    'browser-login': browserLogin,
    login: login,
    whoami: whoami_whoami,
    logout: commands_logout_logout,
    sessions: sessions,
    verify: verify,
    'create-identity': create_identity_createIdentity,
};
async function main(argv, outside) {
    const { terminal } = outside;
    const invocation = parseArguments(argv);
    if (invocation.kind === 'answer') {
        await terminal.print(invocation.text.trimEnd());
        return STATUS.done;
    }
    if (invocation.kind === 'misuse') {
        terminal.say(invocation.text.trimEnd());
        return STATUS.misused;
    }
    const { options } = invocation;
    const ports = { ...outside, options, ...terminalPorts(terminal, options) };
    try {
        await COMMANDS[invocation.name](ports);
        return STATUS.done;
    }
    catch (error) {
        return report(error, ports);
    }
}
function report(error, { log, clock, isInterrupted }) {
    const fail = (message) => log.info(`Error: ${message}`);
    if (isInterrupted() || error instanceof InterruptedError) {
        log.info('Interrupted.');
        return STATUS.interrupted;
    }
    if (error instanceof NobodyReadsError) {
        fail('Nobody reads standard output: the command behind the pipe has ended.');
        return STATUS.failed;
    }
    const { word, message, hint } = explain(error, clock.now());
    fail(hint === '' ? message : `${message}\n${hint}`);
    return word === 'invalid-input' ? STATUS.misused : STATUS.failed;
}

})();

module.exports = __webpack_exports__;
/******/ })()
;