import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t} from '../texts.js';
import {begin, caller} from '../session.js';
import {useForm} from '../form.js';
import {Button, Field, Form, Icon, Notice, ProblemNotice, Section} from '../ui.js';

/** The secret as a picture for a camera and as letters, and the first code that proves that the app has it. */
function SetUp({started, done}) {
    const form = useForm('factor', {code: ''}, {keep: false});
    const submit = () => form.submit(async ({code}) => done((await api.put('/api/me/factors/totp', {code: code.trim()})).codes));
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
const Recovery = ({codes}) => html`
    <${Notice} kind="late" title=${t('factor.codes')}>${t('factor.codes-more')}<//>
    <ul class="factor-codes plain" id="factor-codes" tabindex="-1">${codes.map(code => html`<li>${code}</li>`)}</ul>
    <div class="actions">
        <${Button} icon="printer" id="factor-print" onClick=${() => window.print()}>${t('factor.print')}<//>
        <${Button} kind="main" icon="check" id="factor-kept" onClick=${begin}>${t('factor.kept')}<//>
    </div>`;

/** By a code, so that nobody does it who finds the device. */
function Remove() {
    const form = useForm('factor-removal', {code: ''}, {keep: false});
    const submit = async () => {
        if (await form.submit(({code}) => api.post('/api/me/factors/totp/removal', {code: code.trim()}))) {
            await begin();
        }
    };
    return html`<${Form} form=${form} onSubmit=${submit} shown=${['code']}>
        <${Field} form=${form} name="code" label=${t('factor.remove-code')} autocomplete="one-time-code" autocapitalize="characters" />
        <${Button} kind="danger" type="submit" icon="x" id="factor-removed" busy=${form.sending && t('job.doing')}>${t('factor.remove-sure')}<//>
    <//>`;
}

/** The caller's second factor: none, one that is being set up, or one that counts. */
export function Factor() {
    const [started, setStarted] = hooks.useState(null);
    const [codes, setCodes] = hooks.useState(null);
    const [removing, setRemoving] = hooks.useState(false);
    const [problem, setProblem] = hooks.useState(null);
    const state = caller.value.factor;
    const attempt = work => work().then(() => setProblem(null), setProblem);
    const focus = id => requestAnimationFrame(() => document.getElementById(id)?.focus());
    const start = () => attempt(async () => {
        setStarted(await api.post('/api/me/factors/totp'));
        focus('factor-code');
    });
    const kept = all => {
        setCodes(all);
        focus('factor-codes');
    };
    return html`<${Section} title=${t('factor.title')}>
        ${state === 'REQUIRED' && !codes && html`<${Notice} kind="late" title=${t('factor.required')}>${t('factor.required-more')}<//>`}
        <${ProblemNotice} problem=${problem} />
        ${codes
            ? html`<${Recovery} codes=${codes} />`
            : state === 'SET'
                ? html`<p class="done"><${Icon} name="circle-check" /><span>${t('factor.set')}</span></p>
                    ${removing
                        ? html`<${Remove} />`
                        : html`<div class="actions"><${Button} icon="x" id="factor-remove" onClick=${() => setRemoving(true)}>${t('factor.remove')}<//></div>`}`
                : started
                    ? html`<${SetUp} started=${started} done=${kept} />`
                    : html`<p>${t('factor.none')}</p>
                        <div class="actions"><${Button} kind=${state === 'REQUIRED' ? 'main' : undefined} icon="check" id="factor-start"
                            onClick=${start}>${t('factor.start')}<//></div>`}
    <//>`;
}
