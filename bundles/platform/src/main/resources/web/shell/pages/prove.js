import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t} from '../texts.js';
import {useForm} from '../form.js';
import {hasPasskeys, sign} from '../passkey.js';
import {Button, Field, Form} from '../ui.js';

/** Lets a passkey of the reader sign what is done to the account. */
export const signed = async () => sign(await api.post('/api/me/factors/challenge', undefined, {quiet: true}));

/**
 * Asks for a proof, so that nobody does this who has found the device: a passkey, a code, or the password where there is neither.
 *
 * @param factors what the reader has
 * @param label of the button
 * @param act is given the proof, and throws the problem if it was not taken
 */
export function Prove({id, factors, label, kind = 'main', icon, act}) {
    const form = useForm(id, {password: '', code: ''}, {keep: false});
    const keys = hasPasskeys && factors.passkeys.length > 0;
    const none = !factors.app && factors.passkeys.length === 0;
    const [typing, setTyping] = hooks.useState(!keys);
    const submit = () => form.submit(async ({password, code}) => act(none ? {password} : typing ? {code: code.trim()} : {passkey: await signed()}));
    return html`<${Form} form=${form} onSubmit=${submit} shown=${['password', 'code']}>
        ${none && html`<${Field} form=${form} name="password" type="password" label=${t('passkey.password')} autocomplete="current-password" />`}
        ${!none && typing && html`<${Field} form=${form} name="code" label=${t(factors.app ? 'factor.remove-code' : 'passkey.recovery')}
            autocomplete="one-time-code" autocapitalize="characters" />`}
        ${!none && !typing && html`<p>${t('passkey.prove')}</p>`}
        <${Button} kind=${kind} type="submit" icon=${icon} id=${`${id}-submit`} busy=${form.sending && t('job.doing')}>${label}<//>
        ${keys && html`<${Button} kind="quiet" id=${`${id}-other`} onClick=${() => setTyping(!typing)}>${t(typing ? 'passkey.by-key' : 'passkey.by-code')}<//>`}
    <//>`;
}
