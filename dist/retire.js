/******/ (() => { // webpackBootstrap
/******/ 	"use strict";
/******/ 	// The require scope
/******/ 	var __nccwpck_require__ = {};
/******/ 	
/************************************************************************/
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
// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  deleteDevices: () => (deleteDevices),
  listDevices: () => (listDevices),
  retire: () => (retire),
  sendWithPassword: () => (sendWithPassword)
});

;// CONCATENATED MODULE: ./build/parts/retire/from-core.js
const { ApiError, Failure, LOGOUT, Secret, ServerText, SessionRecorder, isAsRequested, isJsonObject, isUnrecognized, issueSession, malformed, objectMember, stringMember, withinTime } = require('./core.js')

;// CONCATENATED MODULE: ./build/parts/retire/from-explain.js
const { explain } = require('./explain.js')

;// CONCATENATED MODULE: ./build/parts/retire/from-given-token.js
const { isOfBase, isTokenActive, isUnknownToken, planRetirement } = require('./given-token.js')

;// CONCATENATED MODULE: ./build/parts/retire/matrix/devices.js


const LIST_DEVICES = { phrase: 'list the devices' };
const MAX_LIST_BYTES = 32 * 1024 * 1024;
async function listDevices(client, accessToken) {
    const request = { operation: LIST_DEVICES, method: 'GET', path: '/devices', maxBytes: MAX_LIST_BYTES };
    const answer = await client.send({ ...request, accessToken });
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
const PASSWORD = 'm.login.password';
async function sendWithPassword(send, stage) {
    const first = await attempt(() => send(stage.password === undefined ? {} : auth(stage, stage.password)));
    if (first === undefined)
        return undefined;
    if (first.isRefused)
        throw first.error;
    if (!first.takesPassword)
        return first;
    const password = stage.password ?? (await stage.askPassword());
    const second = await attempt(() => send(auth(stage, password, first.session)));
    if (second?.isRefused === true)
        throw second.error;
    return second;
}
function auth({ userId }, password, session) {
    const identifier = { type: 'm.id.user', user: userId };
    const known = session === undefined ? {} : { session };
    return { auth: { type: PASSWORD, identifier, password: password.reveal(), ...known } };
}
async function attempt(send) {
    try {
        await send();
        return undefined;
    }
    catch (error) {
        const challenge = error instanceof ApiError ? readChallenge(error) : undefined;
        if (challenge === undefined)
            throw error;
        return challenge;
    }
}
function readChallenge(error) {
    const { problem } = error;
    if (problem.kind !== 'refused' || problem.status !== 401 || !Array.isArray(problem.body['flows']))
        return undefined;
    const flows = problem.body['flows'].map((flow) => (isJsonObject(flow) ? textsIn(flow['stages']) : []));
    const done = textsIn(problem.body['completed']);
    const left = flows.map((stages) => stages.filter((each) => !done.includes(each)));
    return {
        error,
        isRefused: problem.errcode === 'M_FORBIDDEN',
        takesPassword: left.some(([only, ...others]) => only === PASSWORD && others.length === 0),
        stages: [...new Set(flows.flat())],
        params: objectMember(problem.body, 'params'),
        session: stringMember(problem.body, 'session'),
    };
}
function textsIn(value) {
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

;// CONCATENATED MODULE: ./build/parts/retire/from-logout-main.js
const { TeardownError, endSession, whereToEnd } = require('./logout-main.js')

;// CONCATENATED MODULE: ./build/parts/retire/actions/rotate/replaced.js




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
        return inputs.keepDevice ? { kind: 'unknown' } : { kind: 'foreign', isGuess: true };
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
async function endForeign(rotation, current, { name, isGuess }, previous) {
    const { client, inputs, session: successor } = rotation;
    if (previous?.directory === undefined || !inputs.currentToken.startsWith('mpt_')) {
        const accessToken = new Secret(inputs.currentToken);
        return void (await endSession({ client, teardown: LOGOUT, accessToken, successor }));
    }
    const sessions = await previous.directory.list();
    const [only, ...more] = sessions.filter((each) => name === undefined ? mayBeForeign(each, current, rotation) : each.isMarked && each.name === name);
    const isShared = sessions.some((each) => each.isMarked && each.isOn(current.deviceId?.raw ?? ''));
    if (only === undefined || more.length > 0 || isNew(only, rotation) || (isGuess === true && isShared)) {
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

;// CONCATENATED MODULE: ./build/parts/retire/actions/rotate/retire.js












const MAX_RETIRED = 100;
const DEADLINE_MS = 60_000;
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
        retired.push(...(await retireForeign(retiring, current, replaced, previous)));
    if (previous === undefined || inputs.retire === 'never')
        return retired;
    if (replaced.kind === 'unknown' && inputs.retire === 'next-rotation')
        return retired;
    try {
        retired.push(...(await retireListed(retiring, previous, replaced.kind === 'own' ? replaced.name : undefined)));
    }
    catch (error) {
        if (previous.directory === undefined)
            await requireActive(retiring, error);
        ports.runner.warning(`Older sessions could not be listed; the next rotation tries again. ${messageOf(error, retiring)}`);
    }
    return retired;
}
async function requireActive({ client, session }, error) {
    if (!isUnknownToken(error) || (await isTokenActive(client, session.accessToken).catch(() => true)))
        return;
    throw new Failure('token-invalid', DEAD, ROTATE_AGAIN, { cause: error });
}
const DEAD = 'The new token was stored, and the server does not know it any more: the stored token is dead. Probably another ' +
    'rotation of this secret ended it in the meantime.';
const ROTATE_AGAIN = 'Rotate again now. Give all workflows that rotate this secret the same `concurrency` group.';
function warnOfUnknown({ ports, inputs }) {
    if (inputs.retire === 'never')
        return;
    ports.runner.warning(`The server does not say which session \`current-token\` belongs to. ${inputs.retire === 'now'
        ? 'If no rotation made it, it stays valid: end it in the list of sessions of the account.'
        : 'Nothing is retired; the next rotation tries again.'}`);
}
function withinDeadline(rotation) {
    const client = rotation.client.withPorts(withinTime(rotation.client.ports, DEADLINE_MS));
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
            end: ({ name }, ownToken) => endDevice(name, ownToken, attempt, session),
        };
    }
    const directory = credential.previousSessions(context);
    return {
        directory,
        list: () => directory.list(),
        end: async ({ teardown }) => {
            const { adminClient } = session;
            const admin = adminClient === undefined ? {} : { adminClient };
            await endSession({ client: context.client, teardown, successor: session, ...admin });
        },
    };
}
async function endDevice(deviceId, ownToken, attempt, successor) {
    const { client, device } = attempt.context;
    if (ownToken !== undefined)
        return void (await endSession({ client, teardown: LOGOUT, accessToken: ownToken, successor }));
    const recorder = new SessionRecorder(undefined, { ...attempt.recorder.record, deviceId });
    const issued = await issueSession({
        ...attempt,
        recorder,
        tokensInUse: [...(attempt.tokensInUse ?? []), successor.accessToken],
        context: { ...attempt.context, device: { ...device, deviceId } },
    });
    const { accessToken, teardown } = issued;
    const namedDevice = issued.deviceId?.raw ?? '';
    await endSession({ client, teardown, accessToken, requestedDevice: deviceId, namedDevice, successor });
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
        const why = messageOf(error, retiring);
        const where = previous.directory === undefined ? ` ${await whereToEnd(retiring.client, session.name, error)}` : '';
        ports.runner.warning(`${session.name} could not be retired; the next rotation tries again. ${why}${where}`);
        return false;
    }
}
async function retireForeign(retiring, current, replaced, previous) {
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
        await endForeign(retiring, current, replaced, previous);
        return current.deviceId === undefined ? [] : [`${current.deviceId}`];
    }
    catch (error) {
        const isShared = error instanceof TeardownError || current.deviceId?.raw === retiring.session.deviceId?.raw;
        const where = await whereToEnd(retiring.client, isShared ? '' : (current.deviceId?.raw ?? ''), error);
        ports.runner.warning(`The replaced token (${name}) could not be ended: ${messageOf(error, retiring)} ${where}`);
        return [];
    }
}
function messageOf(error, { ports }) {
    if (error instanceof TeardownError)
        return `${error.message}.`;
    return explain(error, ports.clock.now()).message;
}

;// CONCATENATED MODULE: ./build/parts/retire.js



module.exports = __webpack_exports__;
/******/ })()
;