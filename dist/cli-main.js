/******/ (() => { // webpackBootstrap
/******/ 	var __webpack_modules__ = ({

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

/***/ 708:
/***/ ((module) => {

"use strict";
module.exports = require("node:process");

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
const process = __nccwpck_require__(708);

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
  cli: () => (cli),
  nameOptions: () => (nameOptions),
  terminalPorts: () => (terminalPorts)
});

;// CONCATENATED MODULE: ./build/parts/cli-main/from-explain.js
const { accountFailure, explain, fetchLoginFlows, hasOAuth, refusal, refusedToken, requireOwner } = require('./explain.js')

;// CONCATENATED MODULE: ./build/parts/cli-main/from-core.js
const { ApiError, Failure, NetworkError, PROJECT_URL, Problems, Secret, ServerText, SessionRecorder, USER_AGENT, VERSION, WaitBudget, choiceValue, clockUntil, connect, describeRefusal, describeUser, expiryOf, fitDisplayName, isAnswerLost, isInputName, isInsecure, isPrintable, isRefusedWith, isSameUser, isToken, isUnrecognized, issueSession, joinServerTexts, lifetimeOf, lifetimeValue, liveRandom, loginContext, malformed, optionalObject, optionalText, password: from_core_password, randomDeviceId, readAllowHttp, readHomeserver, readMaxWait, readUser, redact, registerSecret, secretMember, secretText, sleepUnless, stringMember, toolkitTransport, verifySession, withWaitBudget } = require('./core.js')

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

;// CONCATENATED MODULE: ./build/parts/cli-main/from-rotate-main.js
const { listedLines, prepareTargets, readForge, readSecretName, readTargets, refuseSameNames, refusedEverywhere, reportWrites, storedIn, writeEverywhere } = require('./rotate-main.js')

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/arguments.js






const OUTPUT_FORMS = ['access-token', 'refresh-token', 'json'];
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
        if (error.exitCode === 0 || isHelp)
            return { kind: 'answer', text };
        return { kind: 'misuse', text: withoutTyped(text, argv) };
    }
    return chosen ?? { kind: 'misuse', text: program.helpInformation() };
}
function withoutTyped(text, argv) {
    const typed = argv.flatMap((argument) => [argument, argument.replace(/^[^=]*=/, '')]);
    const longestFirst = typed.filter(({ length }) => length >= 4).sort((a, b) => b.length - a.length);
    return longestFirst.reduce((rest, argument) => rest.replaceAll(argument, shownArgument(argument)), text);
}
function shownArgument(argument) {
    const [option] = /^--[a-z]+(?:-[a-z]+)*(?==|$)/.exec(argument) ?? [];
    if (option !== undefined)
        return option === argument ? option : `${option}=…`;
    return /^(?=.{1,12}$)[a-z]+(?:-[a-z]+)?$/.test(argument) ? argument : `(${[...argument].length} characters)`;
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
        user('whose session it must be (@name:example.org); the session of another user is ended again'),
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
function readServerOptions({ inputs: runner }) {
    const problems = new Problems();
    const allowHttp = readAllowHttp(runner, problems);
    const homeserver = readHomeserver(runner, 'no-such-input', allowHttp, problems);
    const maxWaitMs = readMaxWait(runner, problems);
    problems.throwIfAny();
    if (homeserver === undefined)
        throw new Error('invalid options were not reported');
    return { homeserver, maxWaitMs, allowHttp };
}
function readAccountOptions(inputs, problems) {
    const allowHttp = readAllowHttp(inputs, problems);
    const user = readUser(inputs, undefined, problems);
    const homeserver = readHomeserver(inputs, user, allowHttp, problems);
    const maxWaitMs = readMaxWait(inputs, problems);
    return homeserver === undefined ? undefined : { homeserver, user, allowHttp, maxWaitMs };
}
function readSessionOptions(ports) {
    const { inputs, options } = ports;
    const problems = new Problems();
    const account = readAccountOptions(inputs, problems);
    const form = choiceValue('--output', options.get('output') ?? '', OUTPUT_FORMS, problems);
    const store = readStore(ports, problems);
    if (store !== undefined && options.has('output'))
        problems.add('--output is about standard output, where nothing goes with --store.');
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('invalid options were not reported');
    return { ...account, deviceName: inputs.input('device-name').trim(), store, form };
}
function requireUser({ user }) {
    if (user !== undefined)
        return user;
    throw new Failure('invalid-input', '--user is missing: whose password is it?', 'Give --user @name:example.org.');
}
function readStore(ports, problems) {
    const { inputs } = ports;
    const secretName = readSecretName(inputs, 'secret-name', 'MATRIX_ACCESS_TOKEN', problems);
    const refreshSecretName = readSecretName(inputs, 'refresh-secret-name', 'MATRIX_REFRESH_TOKEN', problems);
    const access = readStoreAccess(ports, problems);
    if (access === undefined)
        return undefined;
    refuseSameNames(secretName, refreshSecretName, problems);
    return { ...access, secretName, refreshSecretName };
}
function readStoreAccess({ inputs, options, masks }, problems) {
    const lines = listedLines(options.get('store') ?? '');
    if (lines.length === 0)
        return undefined;
    const forge = readForge(inputs, problems);
    const targets = readTargets(lines, { forge, reportMalformed: true }, problems);
    const storeToken = secretText(inputs.environment('GH_TOKEN') ?? '', 'token')?.value ?? '';
    if (storeToken === '')
        problems.add(NO_STORE_TOKEN);
    else
        masks.mask(storeToken);
    return { targets, forge, storeToken };
}
const NO_STORE_TOKEN = '--store needs a token that may write secrets, in the variable GH_TOKEN, for example GH_TOKEN="$(gh auth token)".';

;// CONCATENATED MODULE: ./build/parts/cli-main/from-logout-main.js
const { FIND_OAUTH, accountManagementUrl, discoverOAuth, endIssued, endSessionOf, whereToEnd } = require('./logout-main.js')

;// CONCATENATED MODULE: ./build/parts/cli-main/oauth/polling.js
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

;// CONCATENATED MODULE: ./build/parts/cli-main/from-credentials.js
const { AdminApi, DEVICE_CODE_GRANT, OAUTH, REGISTER_CLIENT, apiScopes, endAccountSession, explainMasRefusal, findUser, isOAuthRefusal, listAccountSessions, loginToken, registerClient, reopening, requestToken } = require('./credentials.js')

;// CONCATENATED MODULE: ./build/parts/cli-main/oauth/device-grant.js






const GET_CODE = { phrase: 'give a code for a login in the browser' };
const REDEEM_CODE = { phrase: 'say whether the code was entered' };
const INTERVAL_MS = 5_000;
const MIN_INTERVAL_MS = 1_000;
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
    const userCode = stringMember(answer, 'user_code');
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
    return Math.max(MIN_INTERVAL_MS, interval < lifetimeMs ? interval : lifetimeMs / 2);
}
function webAddress(answer, member, allowHttp) {
    const text = stringMember(answer, member);
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
    if (error instanceof NetworkError)
        return error.cause.isTransient ? { kind: 'no-answer' } : undefined;
    if (!(error instanceof ApiError))
        return undefined;
    const { problem } = error;
    if (problem.kind === 'refused')
        return { kind: 'error', error: problem.errcode };
    if (problem.kind === 'rate-limited')
        return { kind: 'rate-limited', retryAfterMs: problem.retryAfterMs };
    return problem.kind === 'server-error' ? { kind: 'no-answer' } : undefined;
}

;// CONCATENATED MODULE: ./build/parts/cli-main/credentials/device-code.js








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
            throw new Failure('token-invalid', EXPIRED, AGAIN, { cause: error });
        throw error;
    }
}
const EXPIRED = 'The code was not entered in time.';
const AGAIN = 'Run the command again and enter the new code on the page that it names.';
function requireEndpoints(server, baseUrl) {
    const { registrationEndpoint, deviceAuthorizationEndpoint, tokenEndpoint } = server;
    if (deviceAuthorizationEndpoint === undefined)
        throw new Failure('method-unavailable', `${baseUrl} has no login by a code in the browser.`, NO_CODES);
    if (registrationEndpoint === undefined)
        throw new Failure('method-unavailable', `${baseUrl} does not let a program register itself.`, NO_REGISTRATION);
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
        return new Failure('denied', 'The login was refused in the browser.', REFUSED, cause);
    if (refused('expired_token'))
        return new Failure('token-invalid', EXPIRED, AGAIN, cause);
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

;// CONCATENATED MODULE: ./build/parts/cli-main/from-given-token.js
const { checkTokenAge, rotationTime, whoami } = require('./given-token.js')

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = require("node:http");
;// CONCATENATED MODULE: ./build/parts/cli-main/cli/browser-listener.js


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
    return isToken(token) && otherTokens.length === 0 ? { kind: 'login-token', token } : NOT_FOUND;
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
const MAX_HEADER_BYTES = 8 * 1024;
const SLOWEST_REQUEST_MS = 10_000;
async function listen(bytes) {
    const server = (0,external_node_http_namespaceObject.createServer)({
        maxHeaderSize: MAX_HEADER_BYTES,
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
            return answer(response, 200, { 'content-type': 'text/html; charset=utf-8' }, PAGE, page.resolve);
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
    return { rendezvous, loginToken: token.promise, pageShown: page.promise, close: () => browser_listener_close(server) };
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
function browser_listener_close(server) {
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
const PAGE = `<!doctype html>
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

;// CONCATENATED MODULE: ./build/parts/cli-main/from-verify-main.js
const { DEFAULT_KEY, KEY_BYTES, KeysApi, MASTER, SELF_SIGNING, USER_SIGNING, checkIdentity, crossSigningKeyIn, decodeRecoveryKey, describeStorageKey, encodeRecoveryKey, encodeUnpadded, encryptSecret, keyIdOf, keyType, maskPrivateKey, maskRecoveryKey, maskStorageKey, openStorage, publicKeyOf, readDeviceKey, readShownKeys, readStoredSecret, signatureOf, verifyDevice } = require('./verify-main.js')

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/delivery.js






function checkDelivery(delivery, lifespan) {
    if (delivery.to === 'stores')
        return;
    if (lifespan === 'short' && delivery.to === 'output' && delivery.form === 'access-token') {
        throw new Failure('invalid-input', ACCESS_TOKEN_IS_NOT_ENOUGH, SHORT_HINT);
    }
    if (lifespan === 'lasting' && delivery.form === 'refresh-token') {
        throw new Failure('invalid-input', 'This login gives no refresh token: its access token lasts.', LASTING_HINT);
    }
}
const ACCESS_TOKEN_IS_NOT_ENOUGH = 'This server gives access tokens of minutes, and a refresh token that renews them. On standard output, where one value ' +
    'goes, the access token alone would be of no use. Nothing was done.';
const SHORT_HINT = 'Use --store, which keeps both, or --output refresh-token (… | gh secret set MATRIX_REFRESH_TOKEN), or --output json.';
const LASTING_HINT = 'Leave --output out.';
async function deliverToken(session, delivery, { terminal, log }, onWriting) {
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
    return new Failure('server-error', `${homeserverUrl} gave no refresh token.`, 'Ask its administrator, or use --output json.');
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
async function planDestination({ terminal }, api, store, { name, secretNames }) {
    if (store !== undefined)
        return { to: 'stores', targets: await prepareTargets(api, store, secretNames) };
    if (!terminal.showsOutput)
        return { to: 'output' };
    const elsewhere = `Pipe the ${name} to where it is wanted (… | gh secret set ${secretNames[0]}), or let it be stored: ` +
        '--store repos/OWNER/REPO.';
    if (!terminal.isInteractive)
        throw new Failure('invalid-input', noTerminal(name), elsewhere);
    const question = `The ${name} will be shown here, where scrollback and recordings keep it. Go on? [y/N] `;
    if (!(await terminal.confirm(question)))
        throw new Failure('denied', 'Nothing was done.', elsewhere);
    return { to: 'screen' };
}
function noTerminal(name) {
    return (`Standard output is a terminal, but standard input is not: no user can be asked whether to show the ${name}. ` +
        'Nothing was done.');
}
async function planDelivery(ports, api, { store, form }) {
    const { secretName = 'MATRIX_ACCESS_TOKEN', refreshSecretName = 'MATRIX_REFRESH_TOKEN' } = store ?? {};
    const destination = await planDestination(ports, api, store, {
        name: 'token',
        secretNames: [secretName, refreshSecretName],
    });
    if (destination.to === 'stores')
        return { ...destination, secretName, refreshSecretName };
    return { ...destination, form };
}
function credentialReader(secret) {
    const nothing = () => '';
    return { secret, companion: nothing, text: nothing, environment: nothing, validForMs: undefined };
}
async function askPassword({ terminal, masks }, whose) {
    const password = secretText(await terminal.askSecret(`Password of ${whose} (it is not shown): `), 'password')?.value;
    if (password === undefined)
        throw new Failure('missing-credentials', 'No password was given.', PASSWORD_HINT);
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
        throw new Failure('missing-credentials', 'No access token was given.', TOKEN_HINT);
    return token.reveal();
}
async function readTokenBesides(ports) {
    const set = tokenInEnvironment(ports);
    if (set !== undefined)
        return set;
    if (ports.terminal.isInteractive)
        return new Secret(await readAccessToken(ports));
    throw new Failure('missing-credentials', 'No access token was given.', `Set ${VARIABLE}.`);
}
async function askRecoveryKey({ terminal, masks }) {
    const text = await terminal.askSecret('Recovery key (it is not shown): ');
    if (text.trim() === '')
        throw new Failure('missing-credentials', 'No recovery key was given.', RECOVERY_KEY_HINT);
    maskRecoveryKey(masks, text);
    const decoded = decodeRecoveryKey(text);
    if ('key' in decoded)
        return decoded.key;
    throw new Failure('wrong-recovery-key', `The recovery key ${decoded.problem}. Nothing was sent.`, RECOVERY_KEY_HINT);
}
const RECOVERY_KEY_HINT = 'Type or pipe in the whole recovery key of the account: 48 letters and digits that begin with Es. It is never an argument.';
function tokenInEnvironment(ports) {
    return checkedToken(ports, ports.terminal.environment(VARIABLE) ?? '');
}
function checkedToken({ masks }, text) {
    const token = secretText(text, 'token')?.value;
    if (token === undefined)
        return undefined;
    masks.mask(token);
    if (isToken(token))
        return new Secret(token);
    throw new Failure('token-invalid', `${IMPOSSIBLE} (${token.length} characters). It was not sent.`, TOKEN_HINT);
}
const IMPOSSIBLE = 'The access token holds white space or characters that no token has';
const TOKEN_HINT = `Set ${VARIABLE}, or pipe the token in. It is never an argument, which every process could see.`;

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/terminal.js

class ClosedOutputError extends Error {
    constructor(options) {
        super('standard output is closed', options);
        this.name = 'ClosedOutputError';
    }
}
class InterruptedError extends Error {
    constructor() {
        super('interrupted');
        this.name = 'InterruptedError';
    }
}
async function waitFor(promise, ms, interrupted) {
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

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/log-in.js









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
        await deliverToken(session, login.delivery, ports, (held) => {
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
    const { log, random, terminal } = ports;
    const { allowHttp, user, deviceName } = options;
    const deviceId = randomDeviceId(random.bytes, DEVICE_PREFIX);
    const name = deviceName === '' ? `matrix-access-token on ${terminal.hostName}` : deviceName;
    const device = { deviceId, displayName: fitDisplayName(name) };
    const context = loginContext(ports, { client, allowHttp, user, device });
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
    throw new Failure('wrong-user', message, 'Log out there in the browser, or use a private window, and run the command again.');
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

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/commands/login.js



















async function loginCommand(ports) {
    const options = readSessionOptions(ports);
    const user = requireUser(options);
    const credential = from_core_password.read(credentialReader(await askPassword(ports, describeUser(user))));
    const api = withWaitBudget(ports, options.maxWaitMs);
    const delivery = await planDelivery(ports, api, options);
    checkDelivery(delivery, 'lasting');
    const client = await connect(ports, options, api);
    const session = await logIn(ports, { credential, client, options, delivery });
    adviseAfterLogin(ports.log, session, delivery);
}
async function whoamiCommand(ports) {
    const { options: given, terminal, clock, log } = ports;
    const options = readServerOptions(ports);
    const problems = new Problems();
    const maxAgeMs = lifetimeValue('max-age', given.get('max-age') ?? '', problems);
    problems.throwIfAny();
    const token = new Secret(await readAccessToken(ports));
    const owner = await ownerOf(token, await connect(ports, options));
    await terminal.print(`${owner.userId} ${owner.deviceId ?? ''}`.trim());
    checkTokenAge(owner, maxAgeMs, clock.now(), log);
}
async function ownerOf(token, client) {
    try {
        return await whoami(client, token);
    }
    catch (error) {
        throw (error instanceof ApiError ? refusedToken(error, 'access-token', INVALID) : undefined) ?? error;
    }
}
const INVALID = 'It was logged out, has expired, belongs to another server, or is cut off.';
async function logoutCommand(ports) {
    const options = readServerOptions(ports);
    await endSessionOf(ports, { ...options, accessToken: await readAccessToken(ports) });
}
async function browserLogin(ports) {
    const { log } = ports;
    const options = readSessionOptions(ports);
    const api = withWaitBudget(ports, options.maxWaitMs);
    const delivery = await planDelivery(ports, api, options);
    const client = await connect(ports, options, api);
    const way = await chooseWay(client);
    checkDelivery(delivery, LIFESPANS[way]);
    const credential = way === 'code' ? deviceCodeCredential((code) => showCode(log, code)) : await ssoCredential(ports, client);
    const session = await logIn(ports, { credential, client, options, delivery });
    adviseAfterLogin(log, session, delivery);
}
const LIFESPANS = { 'single-sign-on': 'lasting', code: 'short' };
async function chooseWay(client) {
    const flows = await fetchLoginFlows(client);
    if (flows === undefined)
        return 'code';
    if (flows.includes('m.login.sso'))
        return 'single-sign-on';
    if (await hasOAuth(client))
        return 'code';
    const offered = flows.length === 0 ? 'nothing' : joinServerTexts(flows);
    throw new Failure('method-unavailable', `${client.baseUrl} has no login in a browser; it offers: ${offered}.`, flows.includes('m.login.password') ? 'With a password: matrix-access-token login.' : undefined);
}
async function ssoCredential(ports, client) {
    const { masks, options } = ports;
    const choice = { open: !options.has('no-open'), paste: options.has('paste') };
    const token = await loginInBrowser(ports, client.baseUrl, choice);
    masks.mask(token);
    return loginToken.read(credentialReader(token));
}
const MAX_MS = 5 * 60_000;
const PAGE_MS = 2_000;
const MAX_PASTES = 3;
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
    const waited = await waitFor(loginToken, MAX_MS);
    if (waited.came) {
        await waitFor(pageShown, PAGE_MS);
        return waited.value;
    }
    if (waited.why === 'interrupted')
        throw new InterruptedError();
    throw new Failure('missing-credentials', 'The login in the browser was not completed within five minutes.', 'Run the command again. If the browser runs on another machine, use --paste.');
}
async function loginElsewhere({ terminal, random }, baseUrl) {
    const rendezvous = makeRemoteRendezvous(random.bytes);
    terminal.say(`Open this address in a browser, on any machine, and log in:\n\n  ${loginUrl(baseUrl, rendezvous)}\n`);
    terminal.say(`After the login the browser shows an error, because ${rendezvous.origin}/ cannot be reached. That is expected. Copy the ` +
        'whole address from the address bar. It is valid for half a minute (Matrix Authentication Service) or two minutes (Synapse).');
    for (let tries = 0; tries < MAX_PASTES; tries += 1) {
        const pasted = await terminal.askSecret('Paste the address here (it is not shown): ');
        const token = readPasted(pasted, rendezvous);
        if (token !== undefined)
            return token;
        if (pasted === '')
            break;
        terminal.say('That is not the address that this login was sent to.');
    }
    throw new Failure('missing-credentials', 'No address of this login was pasted.', 'Run the command again.');
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

;// CONCATENATED MODULE: ./build/parts/cli-main/session/selection.js

function selectSessions(sessions, filter, context) {
    let kept = 0;
    return sessions
        .filter((session) => matches(session, filter, context.now))
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
function matches({ lastSeenAt, displayName }, filter, now) {
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

;// CONCATENATED MODULE: ./build/parts/cli-main/from-retire.js
const { deleteDevices, listDevices, sendWithPassword } = require('./retire.js')

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/session-directory.js














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
        throw error instanceof ApiError ? refusal(error, 'wrong-credentials', WRONG_PASSWORD) : error;
    }
}
const WRONG_PASSWORD = 'No session was ended. Run the command again with the current password of the account.';
async function endElsewhere(client, result, ids) {
    const [only = '', ...others] = ids;
    const url = others.length === 0
        ? await accountManagementUrl(client, 'org.matrix.device_delete', only)
        : await accountManagementUrl(client, 'org.matrix.devices_list');
    const asked = result.kind === 'not-offered'
        ? 'has no endpoint that deletes devices'
        : `asks for ${joinServerTexts(result.stages)} instead of the password`;
    const where = url === undefined ? IN_A_CLIENT : `End them on the account page of the server:\n\n  ${url}\n`;
    return new Failure('method-unavailable', `${client.baseUrl} ${asked}. No session was ended.`, `${where}\n${WITH_ADMIN_API}`);
}
const IN_A_CLIENT = 'End them in the list of sessions of the account, for example in Element.';
const WITH_ADMIN_API = 'An administrator of Matrix Authentication Service can set MAS_CLIENT_ID and MAS_CLIENT_SECRET: then this command ends them.';
function readAdminVariables({ terminal, masks }) {
    const clientId = secretText(terminal.environment('MAS_CLIENT_ID') ?? '', 'text')?.value;
    const clientSecret = secretText(terminal.environment('MAS_CLIENT_SECRET') ?? '', 'token')?.value;
    if (clientSecret !== undefined)
        masks.mask(clientSecret);
    if (clientId === undefined && clientSecret === undefined)
        return undefined;
    if (clientId !== undefined && clientSecret !== undefined)
        return { clientId, clientSecret: new Secret(clientSecret) };
    const [set, missing] = clientId === undefined ? ['MAS_CLIENT_SECRET', 'MAS_CLIENT_ID'] : ['MAS_CLIENT_ID', 'MAS_CLIENT_SECRET'];
    throw new Failure('invalid-input', `${set} is set, but ${missing} is not.`, 'Set both variables, or neither.');
}
function adminDirectory(ports, access) {
    const opened = reopening(() => openApi(access));
    const open = () => opened(ports.clock);
    return {
        list: () => explained(access, async () => {
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
async function explained({ client }, work) {
    try {
        return await work();
    }
    catch (error) {
        throw (error instanceof ApiError ? await explainMasRefusal(error, client) : undefined) ?? error;
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
    throw new Failure('denied', `${failed} of ${sessions.length} sessions could not be ended.`, 'Run the command again.');
}

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/commands/sessions.js















async function sessions(ports) {
    const options = readSessionsOptions(ports);
    const admin = readAdminVariables(ports);
    const token = tokenInEnvironment(ports);
    if (admin === undefined && token === undefined)
        return withPassword(ports, options);
    const client = await connect(ports, options);
    const owner = token === undefined ? undefined : await sessions_ownerOf(client, token, options.user);
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
    const credential = from_core_password.read(credentialReader(typed));
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
    throw new Failure('invalid-input', 'The admin API does not find a user by e-mail address or phone number.', USER_ID);
}
const USER_ID = 'Set --user to the user ID (@name:example.org).';
async function sessions_ownerOf(client, token, user) {
    try {
        const owner = await whoami(client, token);
        requireOwner(owner.userId, user);
        return owner;
    }
    catch (error) {
        throw (error instanceof ApiError ? refusedToken(error, 'access-token', INVALID_TOKEN) : undefined) ?? error;
    }
}
const INVALID_TOKEN = 'Unset MATRIX_ACCESS_TOKEN to log in with the password instead.';
function devicesInUse({ userId, deviceId }, { mode }) {
    if (deviceId !== undefined)
        return [deviceId.raw];
    if (mode === 'list')
        return [];
    throw new Failure('denied', `The access token of ${userId} has no device, so its session cannot be told from the others. No session was ended.`, INVALID_TOKEN);
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
        throw new Failure('denied', 'No session was ended.', 'Choose others with --older-than, --name and --keep.');
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
function readSessionsOptions({ inputs, options, terminal }) {
    const problems = new Problems();
    const account = readAccountOptions(inputs, problems);
    const olderThanMs = lifetimeValue('older-than', options.get('older-than') ?? '', problems);
    const keep = readKeep(options.get('keep') ?? '0', problems);
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('invalid options were not reported');
    const filter = { olderThanMs, name: options.get('name'), keep };
    const mode = options.has('end') ? (options.has('yes') ? 'end' : 'ask') : 'list';
    if (mode === 'ask' && !terminal.isInteractive)
        throw new Failure('invalid-input', NO_TERMINAL, 'Add --yes.');
    return { ...account, filter, mode };
}
const NO_TERMINAL = '--end asks before it ends sessions, but standard input is not a terminal. Nothing was done.';
function readKeep(raw, problems) {
    if (/^\d{1,6}$/.test(raw.trim()))
        return Number(raw);
    problems.refuse('keep', raw, 'must be a whole number, 0 or more');
    return 0;
}
const MAX_NAME_LENGTH = 40;
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
    return characters.length <= MAX_NAME_LENGTH ? name : `${characters.slice(0, MAX_NAME_LENGTH - 1).join('')}…`;
}
function describeTime(ms) {
    if (ms === undefined || ms > MAX_TIME)
        return ms === undefined ? 'never' : 'unknown';
    return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

;// CONCATENATED MODULE: ./build/parts/cli-main/verification/create-identity.js











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
        throw new Failure('wrong-credentials', describeRefusal(error), undefined, { cause: error });
    }
}
function otherStages({ stages, params }, { client }) {
    const url = stages.map((stage) => optionalText(optionalObject(params, stage), 'url')).find(isWebAddress);
    const asked = stages.length === 0 ? 'something unknown' : new ServerText(stages.join(', '));
    const message = `${client.baseUrl} asks for ${asked} before it accepts a cross-signing identity.`;
    const where = url === undefined ? 'in Element (Settings → Encryption)' : `at ${new ServerText(url)}`;
    return new Failure('method-unavailable', message, `Confirm it ${where}, then run the command again.`);
}
function isWebAddress(text) {
    return text !== undefined && /^https?:\/\//.test(text) && URL.canParse(text);
}
async function createIdentity(ports, user) {
    const { api, log } = ports;
    const owner = await api.owner();
    requireOwner(owner.userId, user);
    const userId = owner.userId.raw;
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
    if ((optionalText(await api.accountData(userId, DEFAULT_KEY), 'key') ?? '') === '')
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
    return new Failure('denied', `${what} It is never replaced; nothing was changed.`, hint);
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
    const lost = error instanceof NetworkError ? error.answerLost : error instanceof ApiError && error.answerLost;
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
    const master = await readStoredSecret(api, masks, userId, storage, MASTER);
    const selfSigning = await readStoredSecret(api, masks, userId, storage, SELF_SIGNING);
    const userSigning = await readStoredSecret(api, masks, userId, storage, USER_SIGNING);
    const shown = readShownKeys(await api.queryKeys(userId), userId, '');
    const checked = checkIdentity(shown, userId, { master, selfSigning });
    if (checked instanceof Failure)
        throw checked;
    if (isOurs(shown, userId, identity) && publicKeyOf(userSigning).equals(publicKeyOf(identity.userSigning)))
        return;
    throw new Failure('identity-mismatch', `The server shows another identity of ${new ServerText(userId)} than the one that was made.`);
}
function isOurs(shown, userId, { master, userSigning }) {
    const shownMaster = crossSigningKeyIn(shown.master, userId, 'master');
    const shownUserSigning = crossSigningKeyIn(shown.userSigning, userId, 'user_signing');
    return (shownMaster?.equals(publicKeyOf(master)) === true && shownUserSigning?.equals(publicKeyOf(userSigning)) === true);
}

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/commands/verification.js














async function verifyCommand(ports) {
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
    const problems = new Problems();
    const account = readAccountOptions(inputs, problems);
    const expectedKey = readDeviceKey(inputs, problems);
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('invalid options were not reported');
    return { ...account, expectedKey };
}
async function createIdentityCommand(ports) {
    const { masks, log, random } = ports;
    const options = readIdentityOptions(ports);
    const { user, store, secretName } = options;
    const accessToken = await readTokenBesides(ports);
    const shared = withWaitBudget(ports, options.maxWaitMs);
    const destination = await planDestination(ports, shared, store, { name: 'recovery key', secretNames: [secretName] });
    const api = new KeysApi(await connect(ports, options, shared), accessToken);
    const identityPorts = {
        api,
        masks,
        log,
        random,
        deliver: (recoveryKey) => deliver(ports, destination, secretName, recoveryKey),
        askPassword: async () => new Secret(await askPassword(ports, 'the account')),
    };
    const { userId, masterKey } = await createIdentity(identityPorts, user);
    log.info(`The account ${new ServerText(userId)} has a cross-signing identity now: ${masterKey}`);
}
function readIdentityOptions(ports) {
    const problems = new Problems();
    const account = readAccountOptions(ports.inputs, problems);
    const secretName = readSecretName(ports.inputs, 'secret-name', 'MATRIX_RECOVERY_KEY', problems);
    const store = readStoreAccess(ports, problems);
    problems.throwIfAny();
    if (account === undefined)
        throw new Error('invalid options were not reported');
    return { ...account, store, secretName };
}
async function deliver({ terminal, log, isInterrupted }, destination, secretName, recoveryKey) {
    if (isInterrupted())
        throw new InterruptedError();
    if (destination.to !== 'stores')
        return terminal.print(recoveryKey.reveal());
    const written = await writeEverywhere(destination.targets, [[secretName, recoveryKey.reveal()]], log);
    const stored = storedIn(written);
    if (stored.length === written.length)
        return;
    const list = written.map(({ name, failed }) => `- ${name}: ${failed ?? 'stored, but this key opens nothing'}`);
    throw new Failure(stored.length === 0 ? 'store-refused' : 'store-partial', `Not every target took the recovery key, so no identity was made:\n${list.join('\n')}`, 'Correct what is said of each target and run the command again, which makes another recovery key.');
}

;// CONCATENATED MODULE: external "node:os"
const external_node_os_namespaceObject = require("node:os");
;// CONCATENATED MODULE: external "node:readline"
const external_node_readline_namespaceObject = require("node:readline");
;// CONCATENATED MODULE: external "node:stream"
const external_node_stream_namespaceObject = require("node:stream");
// EXTERNAL MODULE: external "node:process"
var external_node_process_ = __nccwpck_require__(708);
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

;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = require("node:util");
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

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/live-terminal.js





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
        isInteractive: input.isTTY === true,
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
                reject(new ClosedOutputError({ cause: error }));
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
function restoreCertificateChecks() {
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

;// CONCATENATED MODULE: ./build/parts/cli-main/cli/index.js












async function cli() {
    const { argv, terminal, interrupted, exitWith } = liveProcess();
    if (restoreCertificateChecks())
        terminal.say('Warning: NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored. For a private authority set NODE_EXTRA_CA_CERTS.');
    const status = await main(argv, {
        terminal,
        transport: toolkitTransport(USER_AGENT, terminal.environment),
        clock: clockUntil(interrupted),
        random: liveRandom,
        waitFor: (promise, ms) => waitFor(promise, ms, interrupted),
        isInterrupted: () => interrupted.aborted,
    });
    exitWith(status);
}
const STATUS = { done: 0, failed: 1, misused: 2, interrupted: 130 };
const COMMANDS = {
    'browser-login': browserLogin,
    login: loginCommand,
    whoami: whoamiCommand,
    logout: logoutCommand,
    sessions: sessions,
    verify: verifyCommand,
    'create-identity': createIdentityCommand,
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
    if (error instanceof ClosedOutputError) {
        fail('Standard output is closed: the command behind the pipe has ended.');
        return STATUS.failed;
    }
    const { code, message, hint } = explain(error, clock.now());
    fail(hint === '' ? message : `${message}\n${hint}`);
    return code === 'invalid-input' ? STATUS.misused : STATUS.failed;
}
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
const WORDS = [
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
    return WORDS.reduce((changed, [pattern, words]) => changed.replace(pattern, words), named);
}

;// CONCATENATED MODULE: ./build/parts/cli-main.js


})();

module.exports = __webpack_exports__;
/******/ })()
;