import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t} from '../texts.js';
import {ask, caller} from '../session.js';
import {useRemote} from '../data.js';
import {useForm} from '../form.js';
import {hasPasskeys} from '../passkey.js';
import {Button, Field, Form, Icon, Notice, ProblemNotice, Remote, Section} from '../ui.js';
import {Passkeys} from './passkeys.js';
import {Prove, signed} from './prove.js';

/** The secret as a picture for a camera and as letters, and the first code that proves that the app has it. */
function SetUp({started, proved, done}) {
    const form = useForm('factor', {code: ''}, {keep: false});
    // who has passkeys proves by one that this is no stranger's app
    const submit = () => form.submit(async ({code}) =>
        done((await api.put('/api/me/factors/totp', {code: code.trim(), passkey: proved ? await signed() : undefined})).codes));
    return html`
        <p>${t('factor.scan')}</p>
        <svg class="factor-qr" viewBox=${`-4 -4 ${started.qr.size + 8} ${started.qr.size + 8}`} role="img" aria-label=${t('factor.qr')}>
            <rect x="-4" y="-4" width=${started.qr.size + 8} height=${started.qr.size + 8} fill="#fff" /><path d=${started.qr.path} fill="#000" />
        </svg>
        <p>${t('factor.type')} <strong class="factor-secret" id="factor-secret">${started.secret.replace(/(.{4})(?=.)/g, '$1 ')}</strong></p>
        <p><a href=${started.uri}>${t('factor.open')}</a></p>
        <${Form} form=${form} onSubmit=${submit} shown=${['code']}>
            <${Field} form=${form} name="code" label=${t('factor.code')} inputmode="numeric" autocomplete="one-time-code" />
            <${Button} kind="main" type="submit" icon="check" id="factor-confirm" busy=${form.sending && t('job.doing')}>${t('factor.confirm')}<//>
        <//>`;
}

/** Shown once. Only then is the caller asked for anew, so that nothing hides them before they are written down. */
const Recovery = ({codes, kept}) => html`
    <${Notice} kind="late" title=${t('factor.codes')}>${t('factor.codes-more')}<//>
    <ul class="factor-codes plain" id="factor-codes" tabindex="-1">${codes.map(code => html`<li>${code}</li>`)}</ul>
    <div class="actions">
        <${Button} icon="printer" id="factor-print" onClick=${() => window.print()}>${t('factor.print')}<//>
        <${Button} kind="main" icon="check" id="factor-kept" onClick=${kept}>${t('factor.kept')}<//>
    </div>`;

/** An app of the reader's: none, one that is being set up, or one that counts. */
function App({factors, required, kept}) {
    const [started, setStarted] = hooks.useState(null);
    const [removing, setRemoving] = hooks.useState(false);
    const [problem, setProblem] = hooks.useState(null);
    const start = () => api.post('/api/me/factors/totp', undefined, {quiet: true}).then(begun => {
        setProblem(null);
        setStarted(begun);
        requestAnimationFrame(() => document.getElementById('factor-code')?.focus());
    }, setProblem);
    const remove = async proof => {
        await api.post('/api/me/factors/totp/removal', proof);
        setRemoving(false);
        setStarted(null);
        await ask();
    };
    return html`<${Section} title=${t('factor.title')}>
        <${ProblemNotice} problem=${problem} />
        ${factors.app
            ? html`<p class="done"><${Icon} name="circle-check" /><span>${t('factor.set')}</span></p>
                ${removing
                    ? html`<${Prove} id="factor-removal" factors=${factors} kind="danger" icon="x"
                        label=${t(factors.passkeys.length ? 'factor.remove' : 'factor.remove-sure')} act=${remove} />`
                    : html`<div class="actions"><${Button} icon="x" id="factor-remove" onClick=${() => setRemoving(true)}>${t('factor.remove')}<//></div>`}`
            : started
                ? html`<${SetUp} started=${started} proved=${factors.passkeys.length > 0} done=${kept} />`
                : html`<p>${t('factor.none')}</p>
                    <div class="actions"><${Button} kind=${required && !hasPasskeys ? 'main' : undefined} icon="check" id="factor-start"
                        onClick=${start}>${t('factor.start')}<//></div>`}
    <//>`;
}

/** What the reader signs in by besides the password: passkeys, an app. */
export function Factors() {
    const factors = useRemote('/api/me/factors');
    const [codes, setCodes] = hooks.useState(null);
    const required = caller.value.factor === 'REQUIRED';
    const kept = all => {
        setCodes(all);
        requestAnimationFrame(() => document.getElementById('factor-codes')?.focus());
    };
    if (codes) {
        return html`<${Section} title=${t('factor.recovery')}><${Recovery} codes=${codes} kept=${() => {
            setCodes(null);
            ask();
        }} /><//>`;
    }
    return html`
        ${required && html`<${Notice} kind="late" title=${t('factor.required')}>${t('factor.required-more')}<//>`}
        <${Remote} of=${factors}>${found => html`
            <${Passkeys} factors=${found} required=${required} kept=${kept} />
            <${App} factors=${found} required=${required} kept=${kept} />`}<//>`;
}
