import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {language, languages, store} from '../device.js';
import {speak, t} from '../texts.js';
import {another as forgetOwner, ended, goToProvider, signIn, signInByPasskey} from '../session.js';
import {hasPasskeys} from '../passkey.js';
import {countOwners} from '../vault.js';
import {useForm} from '../form.js';
import {Header} from '../frame.js';
import {Button, Field, Form, Icon, Loading, Notice, Page, ProblemNotice} from '../ui.js';

/** The languages, each in its own words. */
export function Languages() {
    return html`<div class="languages" role="group" aria-label=${t('language.title')}>
        ${languages.map(one => html`<button type="button" class="button quiet" id=${`language-${one}`} lang=${one}
            aria-pressed=${language.value === one ? 'true' : 'false'}
            onClick=${() => speak(one)}>${t(`language.${one}`)}</button>`)}
    </div>`;
}

/** What the server says at a path to those who are not signed in: undefined until it has, null for nothing. */
function useSaid(path) {
    const [said, setSaid] = hooks.useState(undefined);
    hooks.useEffect(() => {
        api.get(path, null, {quiet: true}).then(setSaid, () => setSaid(null));
    }, []);
    return [said, setSaid];
}

/** The password, and whether it is shown; digits get the keys of a telephone where it is a PIN. */
export function Secret({form, name, label, hint, digits, complete}) {
    const [shown, setShown] = hooks.useState(false);
    return html`
        <${Field} form=${form} name=${name} label=${label} hint=${hint} type=${shown ? 'text' : 'password'} autocomplete=${complete}
            inputmode=${digits ? 'numeric' : undefined} autocapitalize="none" spellcheck=${false} />
        <label class="check"><input type="checkbox" id=${`${form.id}-show`} checked=${shown}
            onChange=${event => setShown(event.target.checked)} /><span>${t(digits ? 'signin.show-pin' : 'signin.show')}</span></label>`;
}

/** Whether this device stays with one person. */
export const Keep = ({form}) => html`<label class="check"><input type="checkbox" id=${`${form.id}-keep`} checked=${form.value('keep')}
    onChange=${event => form.set('keep', event.target.checked)} /><span>${t('signin.keep')}</span></label>`;

/** A page for those who are not signed in. @param waits whether it is not known yet what it shows: what stands below would be pushed down */
export const Outside = ({title, lead, waits, children}) => html`
    <${Header} />
    <main class="alone" id="main"><${Page} title=${title} lead=${lead}>${waits ? html`<${Loading} />` : html`${children}<${Languages} />`}<//></main>`;

/**
 * Signs in, and asks for the second factor when the server does: what was typed before stays.
 *
 * @returns what is asked for, {@code code}, {@code passkey} or null; a function that sends; one that asks for a code instead
 */
function useSecondStep(form) {
    const [asked, setAsked] = hooks.useState(null);
    const ask = what => {
        setAsked(what);
        requestAnimationFrame(() => document.getElementById(`${form.id}-${what}`)?.focus());
    };
    const send = async (byCode, byPasskey) => {
        if (asked === 'passkey') {
            await byPasskey();
            return;
        }
        try {
            await byCode(form.value('code')?.trim());
        } catch (problem) {
            const step = /:second-factor(-passkey)?$/.exec(problem.body?.type ?? '');
            if (!step || asked) {
                throw problem;
            }
            ask(step[1] && hasPasskeys ? 'passkey' : 'code');
        }
    };
    return [asked, send, () => ask('code')];
}

const SecondStep = ({form, asked, other}) => html`
    ${asked === 'code' && html`<${Field} form=${form} name="code" label=${t('signin.code')} hint=${t('signin.code-hint')}
        autocomplete="one-time-code" autocapitalize="characters" spellcheck=${false} />`}
    ${asked === 'passkey' && html`<${Notice} title=${t('signin.passkey-asked')} actions=${html`<${Button} kind="quiet"
        id=${`${form.id}-recovery`} onClick=${other}>${t('passkey.by-code')}<//>`}>${t('signin.passkey-asked-more')}<//>`}`;

const Submit = ({form, asked}) => html`<${Button} kind="main" type="submit" icon=${asked === 'passkey' ? 'key-round' : 'log-in'}
    id=${asked === 'passkey' ? `${form.id}-passkey` : `${form.id}-submit`} busy=${form.sending && t('signin.going')}>${
    t(asked === 'passkey' ? 'signin.passkey-confirm' : 'signin.submit')}<//>`;

/** Signs in by a passkey alone: nothing needs to be typed. */
export function ByPasskey({done}) {
    const [problem, setProblem] = hooks.useState(null);
    const [going, setGoing] = hooks.useState(false);
    const go = async () => {
        setGoing(true);
        setProblem(null);
        try {
            await signInByPasskey();
            done?.();
        } catch (failure) {
            setProblem(failure);
            setGoing(false);
        }
    };
    return hasPasskeys && html`
        <${ProblemNotice} problem=${problem} />
        <div class="actions"><${Button} icon="key-round" id="signin-by-passkey" busy=${going && t('signin.going')} onClick=${go}>${t('signin.passkey')}<//></div>`;
}

/** Signs in by the province's own identity provider, where there is one. */
function ByProvider({provider}) {
    const [problem, setProblem] = hooks.useState(null);
    const [going, setGoing] = hooks.useState(false);
    const go = async () => {
        setGoing(true);
        setProblem(null);
        try {
            await goToProvider();
        } catch (failure) {
            setProblem(failure);
            setGoing(false);
        }
    };
    return provider && html`
        <${ProblemNotice} problem=${problem} />
        <div class="actions"><${Button} icon="building-2" id="signin-provider" busy=${going && t('signin.going')} onClick=${go}>${
            provider.title ?? t('provider.signin')}<//></div>`;
}

/**
 * Asks for the PIN on a device that knows whose it is, and for the second factor where there is one.
 *
 * @param children other ways to go, until the second factor is asked for
 */
export function OwnersPin({id, lead, submit: Submitting, children}) {
    const digits = store.get('pin') !== false;
    const form = useForm(id, {password: '', code: ''}, {keep: false});
    const [asked, send, byCode] = useSecondStep(form);
    const submit = () => {
        if (!form.value('password')) {
            form.refuse({status: 422, title: t('signin.missing'), errors: [{field: 'password', message: t('signin.pin-missing')}]});
            return;
        }
        form.submit(({password}) => send(code => signIn(undefined, password, false, code), () => signInByPasskey({password})));
    };
    return html`<${Form} form=${form} onSubmit=${submit} shown=${['password', 'code']}>
        ${lead}
        <${Secret} form=${form} name="password" label=${t(digits ? 'signin.pin' : 'signin.password')} complete="current-password" digits=${digits} />
        <${SecondStep} form=${form} asked=${asked} other=${byCode} />
        <${Submitting} form=${form} asked=${asked} />
    <//>
    ${!asked && children}`;
}

function Known({owner, provider, another}) {
    const [unsent, setUnsent] = hooks.useState(0);
    hooks.useEffect(() => {
        countOwners().then(setUnsent, () => {});
    }, []);
    return html`
        <${OwnersPin} id="pin" submit=${Submit} lead=${html`<p class="greeting">${t('signin.greeting')} <strong class="name">${owner.name}</strong></p>`}>
            <${ByPasskey} /><${ByProvider} provider=${provider} />
        <//>
        ${unsent > 0 && html`<p>${t('signin.another-loses', {count: unsent, name: owner.name})}</p>`}
        <div class="actions"><${Button} kind="quiet" icon="user" id="signin-another" onClick=${another}>${t('signin.another')}<//></div>`;
}

function Unknown({provider}) {
    const form = useForm('signin', {login: '', password: '', code: '', keep: false}, {keep: false});
    const [asked, send, byCode] = useSecondStep(form);
    const submit = () => {
        const missing = ['login', 'password'].filter(name => !form.value(name).trim());
        if (missing.length) {
            form.refuse({status: 422, title: t('signin.missing'), errors: missing.map(field => ({field, message: t(`signin.${field}-missing`)}))});
            return;
        }
        form.submit(({login, password, keep}) => send(code => signIn(login.trim(), password, keep, code),
            () => signInByPasskey({login: login.trim(), password}, keep)));
    };
    return html`
        <${Form} form=${form} onSubmit=${submit} shown=${['login', 'password', 'code']}>
            <${Field} form=${form} name="login" label=${t('signin.login')} autocomplete="username" autocapitalize="none"
                spellcheck=${false} />
            <${Secret} form=${form} name="password" label=${t('signin.password')} complete="current-password" />
            <${SecondStep} form=${form} asked=${asked} other=${byCode} />
            <${Keep} form=${form} />
            <${Submit} form=${form} asked=${asked} />
        <//>
        <div class="actions"><${Button} icon="id-card" href="/card" id="signin-card">${t('signin.card')}<//></div>
        ${!asked && html`<${ByPasskey} /><${ByProvider} provider=${provider} />`}`;
}

export function SignIn() {
    // whom this device asks for the PIN; nobody if for the login as well
    const [owner, setOwner] = useSaid('/api/session/device');
    const [provider] = useSaid('/api/session/provider');
    const another = () => {
        setOwner(null);
        forgetOwner();
    };
    return html`<${Outside} title=${t('signin.title')} lead=${t('signin.lead')} waits=${owner === undefined || provider === undefined}>
        ${ended.value && html`<${Notice} kind="late" title=${t(ended.value === 'wiped' ? 'unlock.wiped' : 'signin.ended')}>${
            t(ended.value === 'wiped' ? 'unlock.wiped-more' : 'signin.ended-kept')}<//>`}
        ${owner ? html`<${Known} owner=${owner} provider=${provider} another=${another} />` : html`<${Unknown} provider=${provider} />`}
        <p class="help"><${Icon} name="circle-help" /><span>${t('signin.help')}</span></p>
    <//>`;
}
