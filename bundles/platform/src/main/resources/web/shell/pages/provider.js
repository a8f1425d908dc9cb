/** Where the identity provider sends people back to. */
import {html, hooks} from '../base.js';
import {t} from '../texts.js';
import {comeFromProvider} from '../session.js';
import {navigate} from '../router.js';
import {useForm} from '../form.js';
import {Button, Field, Form, Loading, Notice, ProblemNotice} from '../ui.js';
import {ByPasskey, Outside} from './sign-in.js';

/** What the provider has put into the address; it is taken out of it at once, so that nobody reads it there or sends it again. */
function useBrought() {
    const [brought] = hooks.useState(() => {
        const query = new URLSearchParams(location.search);
        history.replaceState(null, '', location.pathname);
        return {state: query.get('state'), code: query.get('code'), issuer: query.get('iss') ?? undefined, denied: query.has('error')};
    });
    return brought;
}

export function FromProvider() {
    const {state, code, issuer, denied} = useBrought();
    const form = useForm('provider', {code: ''}, {keep: false});
    const [asked, setAsked] = hooks.useState(null);
    const [problem, setProblem] = hooks.useState(null);
    const stopped = denied || !state || !code;
    hooks.useEffect(() => {
        if (stopped) {
            return;
        }
        comeFromProvider({state, code, issuer}).then(() => navigate('/', {replace: true}), failure => {
            const step = /:second-factor(-passkey)?$/.exec(failure.body?.type ?? '');
            if (!step) {
                setProblem(failure);
                return;
            }
            setAsked(step[1] ? 'passkey' : 'code');
            requestAnimationFrame(() => document.getElementById('provider-code')?.focus());
        });
    }, []);
    const submit = async () => {
        if (await form.submit(values => comeFromProvider({state, factor: values.code.trim()}))) {
            navigate('/', {replace: true});
        }
    };
    const back = html`<div class="actions"><${Button} icon="arrow-left" href="/" id="provider-back">${t('provider.back')}<//></div>`;
    return html`<${Outside} title=${t('signin.title')}>
        ${stopped
            ? html`<${Notice} kind="error" title=${t('provider.stopped')}>${t('provider.denied')}<//>${back}`
            : problem
                ? html`<${ProblemNotice} problem=${problem} />${back}`
                : asked
                    ? html`<p>${t('provider.code-lead')}</p>
                        ${asked === 'passkey' && html`<${ByPasskey} done=${() => navigate('/', {replace: true})} />`}
                        <${Form} form=${form} onSubmit=${submit} shown=${['code']}>
                            <${Field} form=${form} name="code" label=${t(asked === 'passkey' ? 'passkey.recovery' : 'signin.code')}
                                hint=${asked === 'code' && t('signin.code-hint')} autocomplete="one-time-code" autocapitalize="characters" spellcheck=${false} />
                            <${Button} kind="main" type="submit" icon="log-in" id="provider-submit" busy=${form.sending && t('signin.going')}>${t('signin.submit')}<//>
                        <//>${back}`
                    : html`<${Loading}>${t('provider.going')}<//>`}
    <//>`;
}
