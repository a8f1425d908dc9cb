import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {language, languages, store} from '../device.js';
import {speak, t} from '../texts.js';
import {ended, signIn} from '../session.js';
import {useForm} from '../form.js';
import {Header} from '../frame.js';
import {Button, Field, Form, Icon, Loading, Notice, Page} from '../ui.js';

/** The languages, each in its own words. */
export function Languages() {
    return html`<div class="languages" role="group" aria-label=${t('language.title')}>
        ${languages.map(one => html`<button type="button" class="button quiet" id=${`language-${one}`} lang=${one}
            aria-pressed=${language.value === one ? 'true' : 'false'}
            onClick=${() => speak(one)}>${t(`language.${one}`)}</button>`)}
    </div>`;
}

/** Whom this device asks for the PIN: undefined until it is known, null if for the login as well. */
function useOwner() {
    const [owner, setOwner] = hooks.useState(undefined);
    hooks.useEffect(() => {
        api.get('/api/session/device', null, {quiet: true}).then(setOwner, () => setOwner(null));
    }, []);
    return [owner, setOwner];
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

/** A page for those who are not signed in. */
export const Outside = ({title, lead, children}) => html`
    <${Header} />
    <main class="alone" id="main"><${Page} title=${title} lead=${lead}>${children}<${Languages} /><//></main>`;

/** Signs in, and asks for the code of the second factor when the server does: what was typed before stays. */
function useSecondStep(form) {
    const [asked, setAsked] = hooks.useState(false);
    const send = async begin => {
        try {
            await begin(form.value('code')?.trim());
        } catch (problem) {
            if (problem.body?.type?.endsWith('second-factor') && !asked) {
                setAsked(true);
                requestAnimationFrame(() => document.getElementById(`${form.id}-code`)?.focus());
                return;
            }
            throw problem;
        }
    };
    return [asked, send];
}

const SecondStep = ({form}) => html`<${Field} form=${form} name="code" label=${t('signin.code')} hint=${t('signin.code-hint')}
    autocomplete="one-time-code" autocapitalize="characters" spellcheck=${false} />`;

function Known({owner, another}) {
    const digits = store.get('pin') !== false;
    const form = useForm('pin', {password: '', code: ''}, {keep: false});
    const [asked, send] = useSecondStep(form);
    const submit = () => {
        if (!form.value('password')) {
            form.refuse({status: 422, title: t('signin.missing'), errors: [{field: 'password', message: t('signin.pin-missing')}]});
            return;
        }
        form.submit(({password}) => send(code => signIn(undefined, password, false, code)));
    };
    return html`
        <${Form} form=${form} onSubmit=${submit} shown=${['password', 'code']}>
            <p class="greeting">${t('signin.greeting')} <strong class="name">${owner.name}</strong></p>
            <${Secret} form=${form} name="password" label=${t(digits ? 'signin.pin' : 'signin.password')} complete="current-password" digits=${digits} />
            ${asked && html`<${SecondStep} form=${form} />`}
            <${Button} kind="main" type="submit" icon="log-in" id="pin-submit" busy=${form.sending && t('signin.going')}>${t('signin.submit')}<//>
        <//>
        <div class="actions"><${Button} kind="quiet" icon="user" id="signin-another" onClick=${another}>${t('signin.another')}<//></div>`;
}

function Unknown() {
    const form = useForm('signin', {login: '', password: '', code: '', keep: false}, {keep: false});
    const [asked, send] = useSecondStep(form);
    const submit = () => {
        const missing = ['login', 'password'].filter(name => !form.value(name).trim());
        if (missing.length) {
            form.refuse({status: 422, title: t('signin.missing'), errors: missing.map(field => ({field, message: t(`signin.${field}-missing`)}))});
            return;
        }
        form.submit(({login, password, keep}) => send(code => signIn(login.trim(), password, keep, code)));
    };
    return html`
        <${Form} form=${form} onSubmit=${submit} shown=${['login', 'password', 'code']}>
            <${Field} form=${form} name="login" label=${t('signin.login')} autocomplete="username" autocapitalize="none"
                spellcheck=${false} />
            <${Secret} form=${form} name="password" label=${t('signin.password')} complete="current-password" />
            ${asked && html`<${SecondStep} form=${form} />`}
            <${Keep} form=${form} />
            <${Button} kind="main" type="submit" icon="log-in" id="signin-submit" busy=${form.sending && t('signin.going')}>
                ${t('signin.submit')}<//>
        <//>
        <div class="actions"><${Button} icon="id-card" href="/card" id="signin-card">${t('signin.card')}<//></div>`;
}

export function SignIn() {
    const [owner, setOwner] = useOwner();
    const another = () => {
        setOwner(null);
        api.delete('/api/session/device', {quiet: true}).catch(() => {});
    };
    return html`<${Outside} title=${t('signin.title')} lead=${t('signin.lead')}>
        ${ended.value && html`<${Notice} kind="late" title=${t('signin.ended')}>${t('signin.ended-kept')}<//>`}
        ${owner === undefined ? html`<${Loading} />` : owner ? html`<${Known} owner=${owner} another=${another} />` : html`<${Unknown} />`}
        <p class="help"><${Icon} name="circle-help" /><span>${t('signin.help')}</span></p>
    <//>`;
}
