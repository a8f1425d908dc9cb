import {html, hooks} from '../base.js';
import {language, languages} from '../device.js';
import {speak, t} from '../texts.js';
import {ended, signIn} from '../session.js';
import {useForm} from '../form.js';
import {Header} from '../frame.js';
import {Button, Field, Form, Icon, Notice, Page} from '../ui.js';

/** The languages, each in its own words. */
export function Languages() {
    return html`<div class="languages" role="group" aria-label=${t('language.title')}>
        ${languages.map(one => html`<button type="button" class="button quiet" id=${`language-${one}`} lang=${one}
            aria-pressed=${language.value === one ? 'true' : 'false'}
            onClick=${() => speak(one)}>${t(`language.${one}`)}</button>`)}
    </div>`;
}

export function SignIn() {
    const form = useForm('signin', {login: '', password: ''}, {keep: false});
    const [shown, setShown] = hooks.useState(false);
    const submit = () => {
        const missing = ['login', 'password'].filter(name => !form.value(name).trim());
        if (missing.length) {
            form.refuse({status: 422, title: t('signin.missing'), errors: missing.map(field => ({field, message: t(`signin.${field}-missing`)}))});
            return;
        }
        form.submit(({login, password}) => signIn(login.trim(), password));
    };
    return html`
        <${Header} />
        <main class="alone" id="main">
            <${Page} title=${t('signin.title')} lead=${t('signin.lead')}>
                ${ended.value && html`<${Notice} kind="late" title=${t('signin.ended')}>${t('signin.ended-kept')}<//>`}
                <${Form} form=${form} onSubmit=${submit} shown=${['login', 'password']}>
                    <${Field} form=${form} name="login" label=${t('signin.login')} autocomplete="username" autocapitalize="none"
                        spellcheck=${false} />
                    <${Field} form=${form} name="password" label=${t('signin.password')} type=${shown ? 'text' : 'password'}
                        autocomplete="current-password" />
                    <label class="check"><input type="checkbox" id="signin-show" checked=${shown}
                        onChange=${event => setShown(event.target.checked)} /><span>${t('signin.show')}</span></label>
                    <${Button} kind="main" type="submit" icon="log-in" id="signin-submit" busy=${form.sending && t('signin.going')}>
                        ${t('signin.submit')}<//>
                <//>
                <p class="help"><${Icon} name="circle-help" /><span>${t('signin.help')}</span></p>
                <${Languages} />
            <//>
        </main>`;
}
