/** The device has been left for a while: the PIN opens what it keeps, with or without a network. */
import {html, hooks} from '../base.js';
import {store} from '../device.js';
import {t} from '../texts.js';
import {unlock, withoutPin} from '../session.js';
import {unsent} from '../vault.js';
import {useForm} from '../form.js';
import {Button, Form, Icon} from '../ui.js';
import {Outside, Secret} from './sign-in.js';

export function Unlock() {
    const digits = store.get('pin') !== false;
    const form = useForm('unlock', {password: ''}, {keep: false});
    const [leaving, setLeaving] = hooks.useState(false);
    const submit = () => {
        if (!form.value('password')) {
            form.refuse({status: 422, title: t('signin.missing'), errors: [{field: 'password', message: t('signin.pin-missing')}]});
            return;
        }
        form.submit(({password}) => unlock(password));
    };
    const leave = () => {
        setLeaving(true);
        withoutPin();
    };
    return html`<${Outside} title=${t('unlock.title')} lead=${t('unlock.lead')}>
        ${unsent.value > 0 && html`<p>${t('unlock.unsent', {count: unsent.value})}</p>`}
        <${Form} form=${form} onSubmit=${submit} shown=${['password']}>
            <${Secret} form=${form} name="password" label=${t(digits ? 'signin.pin' : 'signin.password')} complete="current-password" digits=${digits} />
            <${Button} kind="main" type="submit" icon="lock-open" id="unlock-submit" busy=${form.sending && t('unlock.opening')}>${t('unlock.submit')}<//>
        <//>
        <div class="actions"><${Button} kind="quiet" icon="user" id="unlock-leave" busy=${leaving && t('signin.going')} onClick=${leave}>${
            t('unlock.leave')}<//></div>
        <p class="help"><${Icon} name="circle-help" /><span>${t('unlock.help')}</span></p>
    <//>`;
}
