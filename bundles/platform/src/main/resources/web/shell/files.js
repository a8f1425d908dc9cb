/** Sends a file under the hash of its content: sent twice, it is kept once. */
import {networkProblem, problemOf} from './api.js';
import {language} from './device.js';

const hex = bytes => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');

/** The SHA-256 of a file's content. */
export async function sha256(file) {
    const content = await file.arrayBuffer();
    if (globalThis.crypto?.subtle) {
        return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', content)));
    }
    return hex(digest(new Uint8Array(content)));
}

/** SHA-256 for pages that come by plain HTTP within an office, where browsers offer no cryptography. FIPS 180-4. */
export function digest(message) {
    const primes = [];
    for (let candidate = 2; primes.length < 64; candidate++) {
        if (primes.every(prime => candidate % prime)) {
            primes.push(candidate);
        }
    }
    const fraction = root => ((root - Math.floor(root)) * 2 ** 32) | 0;
    const k = Int32Array.from(primes, prime => fraction(Math.cbrt(prime)));
    const hash = Int32Array.from(primes.slice(0, 8), prime => fraction(Math.sqrt(prime)));
    const padded = new Uint8Array(((message.length + 72) >> 6) << 6);
    padded.set(message);
    padded[message.length] = 0x80;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 8, Math.floor(message.length / 2 ** 29));
    view.setUint32(padded.length - 4, (message.length << 3) >>> 0);
    const w = new Int32Array(64);
    const turn = (word, by) => (word >>> by) | (word << (32 - by));
    for (let block = 0; block < padded.length; block += 64) {
        for (let i = 0; i < 16; i++) {
            w[i] = view.getInt32(block + 4 * i);
        }
        for (let i = 16; i < 64; i++) {
            const s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
            const s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
            w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
        }
        let [a, b, c, d, e, f, g, h] = hash;
        for (let i = 0; i < 64; i++) {
            const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
            const one = (h + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
            const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
            const two = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
            [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
        }
        [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = (hash[i] + word) | 0));
    }
    const result = new DataView(new ArrayBuffer(32));
    hash.forEach((word, i) => result.setInt32(4 * i, word));
    return new Uint8Array(result.buffer);
}

/** Sends bytes or a form, telling how many bytes have gone; gives the reply's body. */
export function transfer(method, url, body, progress = () => {}) {
    return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open(method, url);
        if (body instanceof Blob) {
            request.setRequestHeader('Content-Type', body.type || 'application/octet-stream');
        }
        request.setRequestHeader('Accept-Language', language.value);
        request.upload.onprogress = event => progress(event.loaded);
        request.onerror = () => reject(networkProblem());
        request.onload = () => {
            if (request.status >= 300) {
                reject(problemOf(request.status, request.responseText));
            } else {
                resolve(request.responseText ? JSON.parse(request.responseText) : null);
            }
        };
        request.send(body);
    });
}

/**
 * Sends a file.
 *
 * @param progress called with the bytes sent so far
 * @returns what a document is named by: {@code {file, name, type, size}}
 */
export async function upload(file, progress) {
    const hash = await sha256(file);
    await transfer('PUT', `/api/files/${hash}`, file, progress);
    return {file: hash, name: file.name.normalize('NFC'), type: file.type || 'application/octet-stream', size: file.size};
}
