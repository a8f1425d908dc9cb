/** Passkeys: what the server asks for, as the browser wants it, and what the browser answers, as the server wants it. */
import {Problem} from './api.js';
import {t} from './texts.js';

/** Whether this browser has them: under HTTPS, and on the very machine. */
export const hasPasskeys = Boolean(window.PublicKeyCredential && navigator.credentials);

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0));

function text(buffer) {
    const letters = Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join('');
    return btoa(letters).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

const known = passkeys => passkeys.map(({id, transports}) => ({type: 'public-key', id: bytes(id),
    ...(transports.length ? {transports} : {})}));

/** Asks the browser; what it says no to becomes a sentence. */
async function asked(question) {
    try {
        return await question();
    } catch (failure) {
        const there = failure.name === 'InvalidStateError';
        throw new Problem({status: 409, title: t(there ? 'passkey.there' : 'passkey.stopped'),
            detail: t(there ? 'passkey.there-more' : 'passkey.stopped-more')});
    }
}

/** Lets one of the reader's passkeys sign. */
export async function sign({challenge, host, timeout, passkeys}) {
    const {rawId, response} = await asked(() => navigator.credentials.get({publicKey: {
        challenge: bytes(challenge), rpId: host, timeout, userVerification: 'required', allowCredentials: known(passkeys)}}));
    return {
        credential: text(rawId),
        clientData: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        user: response.userHandle?.byteLength ? text(response.userHandle) : undefined,
    };
}

/** Makes a passkey. */
export async function make({challenge, host, timeout, user, name, algorithms, passkeys}) {
    const {response} = await asked(() => navigator.credentials.create({publicKey: {
        challenge: bytes(challenge),
        rp: {id: host, name: t('app.name')},
        user: {id: bytes(user), name, displayName: name},
        pubKeyCredParams: algorithms.map(alg => ({type: 'public-key', alg})),
        timeout,
        excludeCredentials: known(passkeys),
        authenticatorSelection: {residentKey: 'preferred', userVerification: 'required'},
        attestation: 'none',
    }}));
    return {
        clientData: text(response.clientDataJSON),
        attestation: text(response.attestationObject),
        transports: response.getTransports?.() ?? [],
    };
}
