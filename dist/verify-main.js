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
  DEFAULT_KEY: () => (DEFAULT_KEY),
  KEY_BYTES: () => (KEY_BYTES),
  KeysApi: () => (KeysApi),
  MASTER: () => (MASTER),
  SELF_SIGNING: () => (SELF_SIGNING),
  USER_SIGNING: () => (USER_SIGNING),
  checkIdentity: () => (checkIdentity),
  crossSigningKeyIn: () => (crossSigningKeyIn),
  decodeRecoveryKey: () => (decodeRecoveryKey),
  describeStorageKey: () => (describeStorageKey),
  encodeRecoveryKey: () => (encodeRecoveryKey),
  encodeUnpadded: () => (encodeUnpadded),
  encryptSecret: () => (encryptSecret),
  keyIdOf: () => (keyIdOf),
  keyType: () => (keyType),
  maskPrivateKey: () => (maskPrivateKey),
  maskRecoveryKey: () => (maskRecoveryKey),
  maskStorageKey: () => (maskStorageKey),
  openStorage: () => (openStorage),
  publicKeyOf: () => (publicKeyOf),
  readDeviceKey: () => (readDeviceKey),
  readShownKeys: () => (readShownKeys),
  readStoredSecret: () => (readStoredSecret),
  readVerifyInputs: () => (readVerifyInputs),
  signatureOf: () => (signatureOf),
  verifyAction: () => (verifyAction),
  verifyDevice: () => (verifyDevice)
});

;// CONCATENATED MODULE: ./build/parts/verify-main/from-core.js
const { ApiError, Failure, Problems, Secret, ServerText, WHOAMI, checkToken, connect, isBlank, isJsonObject, isRefusedWith, listMember, missingSecretsCause, optionalObject, optionalText, readAllowHttp, readHomeserver, readMaxWait, readUser, screenInputs, secretText } = require('./core.js')

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = require("node:crypto");
;// CONCATENATED MODULE: external "node:util"
const external_node_util_namespaceObject = require("node:util");
;// CONCATENATED MODULE: ./build/parts/verify-main/verification/keys.js



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
    const algorithm = optionalText(passphrase, 'algorithm');
    if (algorithm !== 'm.pbkdf2')
        return { problem: 'derives its key from a passphrase in a way that is not supported' };
    const salt = optionalText(passphrase, 'salt');
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
    return encodeUnpadded((0,external_node_crypto_namespaceObject.sign)(null, signedBytes(object), privateKeyOf(seed)));
}
function signatureIn(object, userId, keyId) {
    return optionalText(optionalObject(optionalObject(object, 'signatures'), userId), keyId);
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

;// CONCATENATED MODULE: ./build/parts/verify-main/from-given-token.js
const { whoami } = require('./given-token.js')

;// CONCATENATED MODULE: ./build/parts/verify-main/from-explain.js
const { refusedToken, requireOwner } = require('./explain.js')

;// CONCATENATED MODULE: ./build/parts/verify-main/verification/keys-api.js





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
    queryKeys(userId, deviceId) {
        const body = { device_keys: { [userId]: deviceId === undefined ? [] : [deviceId] } };
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
        const users = Object.values(optionalObject(answer, 'failures') ?? {});
        return users.flatMap((user) => (isJsonObject(user) ? Object.values(user) : [user])).map(describeFailure);
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
            throw (error instanceof ApiError ? refusedAccess(error) : undefined) ?? error;
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
    if (!isJsonObject(failure))
        return 'no reason given';
    const { status } = failure;
    const text = optionalText(failure, 'error') ?? optionalText(failure, 'message');
    const parts = [
        typeof status === 'number' ? String(status) : '',
        optionalText(failure, 'errcode') ?? '',
        text === undefined ? '' : `“${text}”`,
    ];
    return String(new ServerText(parts.filter((part) => part !== '').join(' '))) || 'no reason given';
}

;// CONCATENATED MODULE: ./build/parts/verify-main/verification/identity.js



function readShownKeys(answer, userId, deviceId) {
    return {
        device: optionalObject(optionalObject(optionalObject(answer, 'device_keys'), userId), deviceId),
        master: optionalObject(optionalObject(answer, 'master_keys'), userId),
        selfSigning: optionalObject(optionalObject(answer, 'self_signing_keys'), userId),
        userSigning: optionalObject(optionalObject(answer, 'user_signing_keys'), userId),
    };
}
function crossSigningKeyIn(object, userId, usage) {
    if (optionalText(object, 'user_id') !== userId || listMember(object, 'usage')?.includes(usage) !== true)
        return undefined;
    const [entry, ...others] = Object.entries(optionalObject(object, 'keys') ?? {});
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
        return new Failure('no-device-keys', `The device ${name} of ${new ServerText(userId)} has no encryption keys.`);
    const keyId = `ed25519:${deviceId}`;
    const publicKey = decodeKey(optionalText(optionalObject(device, 'keys'), keyId) ?? '');
    if (publicKey === undefined)
        return mismatch(`The server shows no usable Ed25519 key of the device ${name}.`);
    if (optionalText(device, 'user_id') !== userId || optionalText(device, 'device_id') !== deviceId) {
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
    return new Failure('device-key-mismatch', message);
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
    return new Failure('not-cross-signed', `The account ${new ServerText(userId)} has no cross-signing identity.`);
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
    return new Failure('identity-mismatch', `The cross-signing identity of ${new ServerText(userId)} does not match. ${what}`);
}
function decideSigning(shown, subject, seeds) {
    const publicKey = checkDevice(shown, subject);
    if (publicKey instanceof Failure)
        return publicKey;
    const selfSigning = checkIdentity(shown, subject.userId, seeds);
    if (selfSigning instanceof Failure)
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

;// CONCATENATED MODULE: ./build/parts/verify-main/verification/secret-storage.js



const ALGORITHM = 'm.secret_storage.v1.aes-hmac-sha2';
const IV_BYTES = 16;
const MAC_BYTES = 32;
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
function bytesIn(object, name, wanted) {
    const bytes = decodeBase64(optionalText(object, name) ?? '');
    const { length } = bytes ?? [];
    return length > 0 && (wanted === undefined || length === wanted) ? bytes : undefined;
}
function checkStorageKey(storageKey, description) {
    const iv = bytesIn(description, 'iv', IV_BYTES);
    const mac = bytesIn(description, 'mac', MAC_BYTES);
    if (iv === undefined || mac === undefined)
        return 'unknown';
    const { aes, hmac } = deriveKeys(storageKey, CHECK_NAME);
    return (0,external_node_crypto_namespaceObject.timingSafeEqual)(mac, authenticate(hmac, counterMode(aes, iv, CHECK_PLAINTEXT))) ? 'fits' : 'does-not-fit';
}
function decryptSecret(storageKey, name, encrypted) {
    const iv = bytesIn(encrypted, 'iv', IV_BYTES);
    const ciphertext = bytesIn(encrypted, 'ciphertext');
    const mac = bytesIn(encrypted, 'mac', MAC_BYTES);
    if (iv === undefined || ciphertext === undefined || mac === undefined)
        return { problem: 'malformed' };
    const { aes, hmac } = deriveKeys(storageKey, name);
    if (!(0,external_node_crypto_namespaceObject.timingSafeEqual)(mac, authenticate(hmac, ciphertext)))
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

;// CONCATENATED MODULE: ./build/parts/verify-main/verification/open-storage.js




const DEFAULT_KEY = 'm.secret_storage.default_key';
const keyType = (keyId) => `m.secret_storage.key.${keyId}`;
const MASTER = 'm.cross_signing.master';
const SELF_SIGNING = 'm.cross_signing.self_signing';
const USER_SIGNING = 'm.cross_signing.user_signing';
async function openStorage(api, masks, userId, secret) {
    const keyId = optionalText(await api.accountData(userId, DEFAULT_KEY), 'key') ?? '';
    const isUsable = keyId !== '' && keyId.isWellFormed();
    const description = !isUsable ? undefined : await api.accountData(userId, keyType(keyId));
    const algorithm = optionalText(description, 'algorithm');
    if (description === undefined || algorithm === undefined) {
        throw new Failure('not-cross-signed', `The account ${new ServerText(userId)} has no secret storage.`, SET_UP);
    }
    if (algorithm !== ALGORITHM) {
        throw new Failure('not-cross-signed', `The secret storage of ${new ServerText(userId)} uses an algorithm that is not supported.`, SET_UP);
    }
    const storageKey = await storageKeyOf(secret, description);
    maskStorageKey(masks, storageKey);
    if (checkStorageKey(storageKey, description) === 'does-not-fit')
        throw wrongKey(secret, userId);
    return { keyId, storageKey };
}
const SET_UP = 'Set up recovery for the account in Element (Settings → Encryption). An account without a cross-signing identity can ' +
    'get both from the command `create-identity` (docs/command.md).';
const CHANGE_KEY = 'A client replaced the key of secret storage and did not encrypt the secrets again. In a session that is verified, ' +
    'change the recovery key in Element (Settings → Encryption), and give the new one.';
async function storageKeyOf(secret, description) {
    if (secret.kind === 'recovery-key')
        return secret.key;
    const parameters = readPassphraseParameters(optionalObject(description, 'passphrase'));
    if (!('problem' in parameters))
        return deriveFromPassphrase(secret.passphrase.reveal(), parameters);
    const message = `\`recovery-passphrase\` cannot be used: the account's secret storage ${parameters.problem}.`;
    throw new Failure('wrong-recovery-key', message, 'Set `recovery-key` to the recovery key of the account instead.');
}
function wrongKey(secret, userId) {
    const message = `\`${secret.kind}\` does not open the secret storage of ${new ServerText(userId)}.`;
    return new Failure('wrong-recovery-key', message);
}
async function readStoredSecret(api, masks, userId, { keyId, storageKey }, name) {
    const entries = optionalObject(await api.accountData(userId, name), 'encrypted') ?? {};
    const encrypted = optionalObject(entries, keyId);
    const opened = encrypted === undefined ? { problem: whyMissing(entries, keyId) } : decryptSecret(storageKey, name, encrypted);
    if ('seed' in opened) {
        maskPrivateKey(masks, opened.seed);
        return opened.seed;
    }
    throw unreadable(opened.problem, name, userId);
}
function whyMissing(entries, keyId) {
    if (Object.hasOwn(entries, keyId))
        return 'malformed';
    return Object.keys(entries).length === 0 ? 'absent' : 'not-for-default-key';
}
function unreadable(problem, name, userId) {
    switch (problem) {
        case 'absent':
            return new Failure('not-cross-signed', `The secret storage of ${new ServerText(userId)} does not hold ${name}.`, SET_UP);
        case 'not-for-default-key':
            return new Failure('not-cross-signed', `${name} in the secret storage of ${new ServerText(userId)} is not encrypted with its default key.`, CHANGE_KEY);
        case 'malformed':
            return new Failure('not-cross-signed', `${name} in the secret storage of ${new ServerText(userId)} is malformed.`, SET_UP);
        case 'other-key':
            return new Failure('wrong-recovery-key', `The key does not open ${name} in the secret storage of ${new ServerText(userId)}.`);
        case 'not-a-key':
            return new Failure('identity-mismatch', `${name} in the secret storage of ${new ServerText(userId)} is not a private key.`);
    }
}

;// CONCATENATED MODULE: ./build/parts/verify-main/verification/verify-device.js






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
    if (result instanceof Failure)
        throw result;
    return result;
}
async function findSubject(api, { user, expectedKey }) {
    const owner = await api.owner();
    const userId = owner.userId.raw;
    const deviceId = owner.deviceId?.raw;
    requireOwner(owner.userId, user);
    if (deviceId === undefined) {
        const hint = 'Use the token of a session with a device: a login by password has one, an admin token of Synapse has not.';
        throw new Failure('no-device-keys', `The access token of ${new ServerText(userId)} has no device.`, hint);
    }
    return { userId, deviceId, ...(expectedKey === undefined ? {} : { expectedKey }) };
}
async function queryKeys(api, { userId, deviceId }) {
    return readShownKeys(await api.queryKeys(userId, deviceId), userId, deviceId);
}
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 5_000;
const PAUSE_GROWTH = 1.5;
const PROMPT_MS = 1_000;
async function waitForKeys({ api, log }, subject) {
    const { budget, clock } = api.client.ports;
    for (let pauseMs = FIRST_PAUSE_MS;; pauseMs = Math.min(pauseMs * PAUSE_GROWTH, MAX_PAUSE_MS)) {
        const askedAt = clock.now();
        const shown = await queryKeys(api, subject);
        budget.spend(Math.max(0, clock.now() - askedAt - PROMPT_MS));
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
    const master = await readStoredSecret(api, masks, userId, storage, MASTER);
    return { master, selfSigning: await readStoredSecret(api, masks, userId, storage, SELF_SIGNING) };
}
async function upload(api, { userId, deviceId }, { signed }) {
    const failures = await api.uploadSignature(userId, deviceId, signed);
    if (failures.length === 0)
        return;
    const message = `${api.client.baseUrl} did not store the signature of the device: ${failures.join('; ')}.`;
    throw new Failure('denied', message, 'If the bot was restarted or logged out meanwhile, verify again.');
}
function verify_device_confirm(outcome, deviceKey, deviceId) {
    const decision = orThrow(outcome);
    const name = `${new ServerText(deviceId)}`;
    if (decision.deviceKey !== deviceKey) {
        throw new Failure('device-key-mismatch', `The keys of the device ${name} changed while it was verified.`);
    }
    if (decision.kind === 'signed')
        return;
    if (decision.hasInvalid)
        throw new Failure('device-key-mismatch', keptOld(name));
    throw new Failure('server-error', `The server reported success, but shows no signature of the device ${name}.`);
}
function keptOld(name) {
    return (`The device ID ${name} has a signature of earlier keys, which the server keeps (Synapse never replaces it). ` +
        'The bot made new keys on a device ID that was verified before.');
}

;// CONCATENATED MODULE: ./build/parts/verify-main/actions/verify.js









async function verifyAction(ports) {
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
const SECRETS = ['recovery-key', 'recovery-passphrase', 'self-signing-key'];
function readVerifyInputs(source) {
    maskKeys(source);
    const problems = new Problems();
    const inputs = screenInputs('verify', source, problems);
    const token = secretText(inputs.input('access-token'), 'token')?.value;
    checkToken('access-token', token ?? '', problems);
    const secret = readSecret(inputs, problems);
    reportMissing(inputs, source, problems);
    const user = readUser(inputs, undefined, problems);
    const allowHttp = readAllowHttp(inputs, problems);
    const homeserver = readHomeserver(inputs, user, allowHttp, problems);
    const expectedKey = readDeviceKey(inputs, problems);
    const maxWaitMs = readMaxWait(inputs, problems);
    problems.throwIfAny();
    if (token === undefined || secret === undefined || homeserver === undefined) {
        throw new Error('invalid inputs were not reported');
    }
    return { homeserver, user, accessToken: new Secret(token), secret, expectedKey, maxWaitMs, allowHttp };
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
        const passphrase = secretText(inputs.input('recovery-passphrase'), 'password')?.value ?? '';
        return { kind: 'recovery-passphrase', passphrase: new Secret(passphrase) };
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
    problems.add(text, 'missing-credentials', MISSING_HINTS[missingSecretsCause(source)]);
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

;// CONCATENATED MODULE: ./build/parts/verify-main.js








module.exports = __webpack_exports__;
/******/ })()
;