/**
 * Documents that are taken along, to be read without a network: in the vault, in parts, so that a download that was cut off goes on
 * where it stood, and checked by their hash when they are whole.
 */
import {html, hooks, signals} from './base.js';
import {api, networkProblem, Problem} from './api.js';
import {online, store} from './device.js';
import {sha256} from './files.js';
import {t} from './texts.js';
import * as format from './format.js';
import {Badge, Button, Icon, ProblemNotice} from './ui.js';
import * as vault from './vault.js';

const STORE = 'files';
const PART = 256 * 1024;

/** The names of what was taken along, whole or in part, stand beside it. */
const INDEX = 'index';
const MB = 1_000_000;
export const budgets = [20, 50, 200, 1000].map(one => one * MB);

/** How many bytes of documents this device is to keep. */
export const budget = signals.signal(budgets.includes(store.get('along')) ? store.get('along') : 50 * MB);

export function setBudget(bytes) {
    budget.value = bytes;
    store.set('along', bytes);
}

/** What was taken along: {@code {hash: document}}. */
export async function taken() {
    return await vault.has(STORE, INDEX) ? JSON.parse(new TextDecoder().decode(await vault.readBytes(STORE, INDEX))) : {};
}

let changing = Promise.resolve();

/** Changes what was taken along by a function of it, one change after the other: two piles may be brought at once. */
function change(to) {
    const changed = changing.then(async () => vault.writeBytes(STORE, INDEX, new TextEncoder().encode(JSON.stringify(to(await taken())))));
    changing = changed.catch(() => {});
    return changed;
}

/** What documents take on this device. */
export const sizeOf = documents => Object.values(documents).reduce((sum, one) => sum + one.size, 0);

const partsOf = ({size}) => Math.max(1, Math.ceil(size / PART));
const nameOf = ({file}, part) => `${file} ${part}`;

/** How many of its parts are here, without a gap. */
async function here(document) {
    let parts = 0;
    while (parts < partsOf(document) && await vault.has(STORE, nameOf(document, parts))) {
        parts++;
    }
    return parts;
}

const isWhole = async document => await here(document) === partsOf(document);

/** A document and the text that was found of it, which is taken along with it and counts as no document of its own. */
const withText = document => (document.text?.file && document.text.file !== document.file
    ? [document, {...document.text, name: document.name, type: 'text/plain', beside: true}]
    : [document]);

async function bytesOf(document) {
    const parts = [];
    for (let i = 0; i < partsOf(document); i++) {
        parts.push(await vault.readBytes(STORE, nameOf(document, i)));
    }
    return new Blob(parts, {type: document.type ?? 'application/octet-stream'});
}

async function drop(document) {
    for (let i = 0; i < partsOf(document); i++) {
        await vault.erase(STORE, nameOf(document, i));
    }
    await change(({[document.file]: none, ...others}) => others);
}

/** Removes all documents from this device. */
export async function dropAll() {
    for (const one of Object.values(await taken())) {
        await drop(one);
    }
}

/** Brings what is missing of a document. @param arrived called with the number of bytes of each part */
async function take(document, arrived) {
    const before = await here(document);
    const {file, name, size, type, beside} = document;
    await change(documents => {
        if (!documents[file] && sizeOf(documents) + size > budget.value) {
            throw new Problem({status: 0, title: t('along.full', {size: format.bytes(budget.value)}), detail: t('along.full-more')});
        }
        return {...documents, [file]: {file, name, size, type, beside}};
    });
    arrived(Math.min(document.size, before * PART));
    for (let i = before; i < partsOf(document); i++) {
        const end = Math.min(document.size, (i + 1) * PART);
        const {data} = await api.read(`/api/files/${document.file}`, {bytes: '*', headers: {Range: `bytes=${i * PART}-${end - 1}`}});
        if (data.size !== end - i * PART) {
            // something between us and the server answered
            throw networkProblem('GET');
        }
        await vault.writeBytes(STORE, nameOf(document, i), await data.arrayBuffer());
        arrived(data.size);
    }
    if (await sha256(await bytesOf(document)) !== document.file) {
        await drop(document);
        throw new Problem({status: 0, title: t('along.broken', {name: document.name})});
    }
}

/** What is in a document that was taken along, as a blob; null if it is not whole on this device. */
export const keptContentOf = async document => (vault.state.value === 'OPEN' && await isWhole(document) ? bytesOf(document) : null);

/** What is in a document, as a blob: from this device if it was taken along, else from the server. */
export const contentOf = async document =>
    await keptContentOf(document) ?? (await api.read(`/api/files/${document.file}`, {bytes: '*'})).data;

/** Gives a document that was taken along to the device, as a download. */
async function give(document) {
    const address = URL.createObjectURL(await bytesOf(document));
    const link = Object.assign(window.document.createElement('a'), {href: address, download: document.name});
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/**
 * Documents, each to be downloaded, and all of them to be taken along on a device that keeps things.
 *
 * @param documents {@code [{file, name, type, size, text}]}, with {@code text: {file, size}} what was found of its text, if anything was
 * @param state what else is said of one, by a function of it
 * @param done called when what is here may have changed
 */
export function Documents({documents, state, done}) {
    const keeps = vault.state.value === 'OPEN';
    const [kept, setKept] = hooks.useState(new Set());
    const [arrived, setArrived] = hooks.useState(null);
    const [problem, setProblem] = hooks.useState(null);
    const all = documents.flatMap(withText).map(one => one.file).join();
    const look = async () => {
        done?.();
        const whole = await Promise.all(documents.map(async one => (await Promise.all(withText(one).map(isWhole))).every(Boolean)));
        setKept(new Set(documents.filter((one, i) => whole[i]).map(one => one.file)));
    };
    hooks.useEffect(() => {
        if (keeps) {
            look();
        }
    }, [keeps, all]);
    const missing = documents.filter(one => !kept.has(one.file)).flatMap(withText);
    const size = missing.reduce((sum, one) => sum + one.size, 0);
    const bring = async () => {
        setProblem(null);
        let sum = 0;
        setArrived(0);
        try {
            for (const document of missing) {
                await take(document, bytes => setArrived(sum += bytes));
            }
        } catch (failure) {
            if (!(failure instanceof Problem)) {
                throw failure;
            }
            setProblem(failure);
        }
        await look();
        setArrived(null);
    };
    const open = (event, document) => {
        if (kept.has(document.file)) {
            event.preventDefault();
            give(document);
        }
    };
    return html`<div class="documents">
        <ul class="rows">
            ${documents.map(one => html`<li key=${one.file}>
                <a class="row" href=${`/api/files/${one.file}`} download=${one.name} onClick=${event => open(event, one)}>
                    <${Icon} name="file-text" />
                    <span class="row-text"><span class="row-title">${one.name}</span>
                        <span class="row-more">${format.bytes(one.size)} · ${t(kept.has(one.file) ? 'along.here' : 'along.download')}</span>
                        ${state?.(one)}</span>
                    <${Icon} name=${kept.has(one.file) ? 'circle-check' : 'download'} />
                </a>
            </li>`)}
        </ul>
        <${ProblemNotice} problem=${problem} retry=${problem?.isNetwork ? bring : undefined} />
        ${keeps && documents.length > 0 && (missing.length === 0
            ? html`<p><${Badge} kind="good" icon="circle-check">${t('along.all')}<//></p>`
            : online.value && html`<div class="actions"><${Button} class="take-along" icon="download" busy=${arrived !== null && t('along.taking',
                {sent: format.bytes(arrived), size: format.bytes(size)})} onClick=${bring}>${t('along.take', {size: format.bytes(size)})}<//></div>`)}
    </div>`;
}
