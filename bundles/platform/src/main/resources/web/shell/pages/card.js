/** Where a member opens a login card: by its QR code, which leads here, or by the eight characters on it. */
import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {caller, redeem} from '../session.js';
import {useForm} from '../form.js';
import {navigate} from '../router.js';
import {Button, Facts, Field, Form, Icon, Notice} from '../ui.js';
import {Keep, Outside, Secret} from './sign-in.js';

/** The code in the address; it is taken out of the address bar, so that nobody finds it in the history. */
function codeOfAddress() {
    const code = location.hash.slice(1);
    if (code) {
        history.replaceState(null, '', location.pathname);
    }
    return code;
}

export function OpenCard() {
    const [opened, setOpened] = hooks.useState(null);
    const form = useForm('card', {code: codeOfAddress()}, {keep: false});
    const open = () => form.submit(async ({code}) => {
        const card = await api.post('/api/session/card', {code}, {quiet: true});
        setOpened({code, card});
    });
    hooks.useEffect(() => {
        if (form.value('code')) {
            open();
        }
    }, []);
    const submit = () => {
        if (!form.value('code').trim()) {
            form.refuse({status: 422, title: t('signin.missing'), errors: [{field: 'code', message: t('card.code-missing')}]});
            return;
        }
        open();
    };
    if (opened) {
        return html`<${Outside} title=${t('card.title')}><${SetPin} ...${opened} back=${() => setOpened(null)} /><//>`;
    }
    return html`<${Outside} title=${t('card.title')} lead=${t('card.lead')}>
        <${Form} form=${form} onSubmit=${submit} shown=${['code']}>
            <${Field} form=${form} name="code" label=${t('card.code')} hint=${t('card.code-hint')} autocomplete="one-time-code"
                autocapitalize="characters" spellcheck=${false} inputClass="code" maxlength="20" />
            <${Button} kind="main" type="submit" icon="id-card" id="card-open" busy=${form.sending && t('job.doing')}>${t('card.open')}<//>
        <//>
        <div class="actions"><${Button} kind="quiet" icon="arrow-left" href="/">${t('card.back')}<//></div>
    <//>`;
}

function SetPin({code, card, back}) {
    const form = useForm('pin-new', {password: '', again: '', keep: true}, {keep: false});
    const submit = async () => {
        const errors = [];
        if (!form.value('password')) {
            errors.push({field: 'password', message: t('signin.pin-missing')});
        } else if (form.value('password') !== form.value('again')) {
            errors.push({field: 'again', message: t('card.again-differs')});
        }
        if (errors.length) {
            form.refuse({status: 422, title: errors[0].message, errors});
            return;
        }
        // with a second factor the card gives the PIN, and the sign-in asks for both
        const both = problem => {
            if (problem.status !== 401) {
                throw problem;
            }
        };
        if (await form.submit(({password, keep}) => redeem(code, password, keep).catch(both))) {
            navigate('/', {replace: true});
        }
    };
    return html`
        <${Facts} rows=${[[t('card.name'), card.name], [t('me.cell'), card.cell], [t('card.expires'), format.when(card.expires)]]} />
        ${caller.value && html`<${Notice} kind="late" title=${t('card.other', {name: caller.value.name})} />`}
        ${card.account && html`<${Notice} title=${t('card.replaces')} />`}
        <${Form} form=${form} onSubmit=${submit} shown=${['password', 'again']}>
            <${Secret} form=${form} name="password" label=${t(card.pin ? 'card.pin' : 'card.password')}
                hint=${t(card.pin ? 'card.pin-hint' : 'card.password-hint')} complete="new-password" digits=${card.pin} />
            <${Field} form=${form} name="again" label=${t('card.again')} type="password" inputmode=${card.pin ? 'numeric' : undefined}
                autocomplete="new-password" />
            <${Keep} form=${form} />
            <${Button} kind="main" type="submit" icon="check" id="pin-set" busy=${form.sending && t('job.doing')}>${t(card.pin ? 'card.set' : 'card.set-password')}<//>
        <//>
        <div class="actions"><${Button} kind="quiet" icon="x" onClick=${back}>${t('card.not-me')}<//></div>
        <p class="help"><${Icon} name="circle-help" /><span>${t('card.help')}</span></p>`;
}
