/** The reader's passkeys: which there are, another one, one less. */
import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {ask} from '../session.js';
import {hasPasskeys, make} from '../passkey.js';
import {Badge, Button, Icon, Section} from '../ui.js';
import {Prove} from './prove.js';

/** Browsers offer a passkey on the host that it was made for, and below it. */
const isHere = host => location.hostname === host || location.hostname.endsWith(`.${host}`);
const named = one => one.name || t('sessions.unknown');

/** @param kept is given recovery codes if there are new ones */
export function Passkeys({factors, required, kept}) {
    const [adding, setAdding] = hooks.useState(false);
    const [removing, setRemoving] = hooks.useState(null);
    const [done, setDone] = hooks.useState(null);
    const focus = id => requestAnimationFrame(() => document.getElementById(id)?.focus());
    const add = async proof => {
        const made = await make(await api.post('/api/me/passkeys/challenge', proof, {quiet: true}));
        const {passkey, codes} = await api.post('/api/me/passkeys', made);
        setAdding(false);
        setDone(t('passkey.added', {name: named(passkey)}));
        if (codes.length) {
            kept(codes);
        } else {
            focus('passkey-done');
        }
    };
    const remove = one => async proof => {
        await api.post(`/api/me/passkeys/${one.id}/removal`, proof);
        setRemoving(null);
        setDone(t('passkey.removed', {name: named(one)}));
        if (factors.passkeys.length === 1 && !factors.app) {
            await ask();
        }
        focus('passkey-done');
    };
    if (!hasPasskeys && factors.passkeys.length === 0) {
        return null;
    }
    return html`<${Section} title=${t('passkey.title')}>
        <p>${t('passkey.lead')}</p>
        ${done && html`<p class="done" role="status" id="passkey-done" tabindex="-1"><${Icon} name="circle-check" /><span>${done}</span></p>`}
        ${factors.passkeys.length > 0 && html`<ul class="rows">${factors.passkeys.map(one => html`<li key=${one.id} class="row passkey">
            <span class="row-text"><span class="row-title">${named(one)}</span>
                <span class="row-more">${one.used ? t('sessions.used', {time: format.ago(Date.parse(one.used))}) : t('passkey.unused')} · ${
                    t('passkey.made', {time: format.when(one.made)})}</span>
                ${!isHere(one.host) && html`<span><${Badge}>${t('passkey.host', {host: one.host})}<//></span>`}</span>
            ${removing !== one.id && html`<${Button} kind="danger" icon="x" class="passkey-remove"
                aria-label=${t('passkey.remove-of', {name: named(one)})} onClick=${() => setRemoving(one.id)}>${t('passkey.remove')}<//>`}
        </li>
        ${removing === one.id && html`<li key=${`${one.id}-prove`} class="row"><${Prove} id="passkey-removal" factors=${factors} kind="danger" icon="x"
            label=${t('passkey.remove-of', {name: named(one)})} act=${remove(one)} /></li>`}`)}</ul>`}
        ${hasPasskeys && (adding
            ? html`<${Prove} id="passkey-proof" factors=${factors} icon="key-round" label=${t('passkey.make')} act=${add} />`
            : html`<div class="actions"><${Button} kind=${required ? 'main' : undefined} icon="key-round" id="passkey-add" onClick=${() => {
                setDone(null);
                setAdding(true);
                focus('passkey-proof-password');
            }}>${t('passkey.add')}<//></div>`)}
    <//>`;
}
