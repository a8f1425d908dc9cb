/**
 * Every part that pages are put together from, in every state: for who writes a page, and for who looks whether all is well in the
 * dark, in large text, in another language. Names are those of {@code app.ui}; the words are those of other pages.
 */
import {html, hooks} from '../base.js';
import {Documents} from '../along.js';
import {Problem} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {useForm} from '../form.js';
import {Badge, Button, Card, Choice, Empty, Facts, Field, Form, Icon, Links, Loading, Notice, Page, Panes, ProblemNotice, Section, Unsent} from '../ui.js';
import {icons} from '../icons.js';

const long = 'Nguyễn Thị Phương Thảo Quỳnh Hương';
const nothing = () => {};

function Buttons() {
    const [busy, setBusy] = hooks.useState(false);
    return html`<${Section} title="Button · Loading">
        <div class="actions">
            <${Button} kind="main" icon="send" onClick=${nothing}>${t('outbox.send')}<//>
            <${Button} icon="pencil" onClick=${nothing}>${t('outbox.edit')}<//>
            <${Button} kind="quiet" icon="undo-2" onClick=${nothing}>${t('outbox.undo')}<//>
            <${Button} kind="danger" icon="log-out" onClick=${nothing}>${t('sessions.end')}<//>
            <${Button} icon="house" href="/ui/style">${t('page.home')}<//>
            <${Button} icon="clock" busy=${busy && t('outbox.sending')} onClick=${() => setBusy(!busy)}>${t('outbox.again')}<//>
        </div>
        ${busy && html`<${Loading}>${t('outbox.sending')}<//>`}
    <//>`;
}

function Badges() {
    return html`<${Section} title="Badge · Unsent">
        <p><${Badge}>${t('sessions.bound')}<//> <${Badge} kind="good" icon="circle-check">${t('along.all')}<//>
            <${Badge} kind="late" icon="clock">${t('outbox.waits')}<//> <${Badge} kind="bad" icon="circle-alert">${t('outbox.refused')}<//>
            <${Badge} kind="mark">${t('role.SECRETARY')}<//></p>
        <${Unsent} of=${{waiting: {}}} />
        <${Unsent} of=${{waiting: {problem: {title: t('error.title')}}}} />
    <//>`;
}

function Notices() {
    return html`<${Section} title="Notice · ProblemNotice · Empty">
        <${Notice} title=${t('newer.title')} actions=${html`<${Button} icon="refresh-cw" onClick=${nothing}>${t('newer.load')}<//>`} />
        <${Notice} kind="good" title=${t('along.all')} />
        <${Notice} kind="late" title=${t('signin.ended')}>${t('signin.ended-kept')}<//>
        <${ProblemNotice} problem=${new Problem({status: 0, title: t('network.title'), detail: t('network.kept')})} retry=${nothing} />
        <${Empty} title=${t('outbox.none')}>${t('outbox.none-more')}<//>
    <//>`;
}

function Forms() {
    const form = useForm('style', {name: '', reason: '', chosen: 'vi', text: ''}, {keep: false});
    const wrong = useForm('style-wrong', {name: '', chosen: ''}, {keep: false});
    hooks.useEffect(() => {
        wrong.refuse({status: 422, title: t('signin.missing'), errors: [
            {field: 'name', message: t('signin.login-missing')}, {field: 'chosen', message: t('signin.pin-missing')}]});
    }, []);
    const languages = ['vi', 'en', 'ko'].map(one => [one, t(`language.${one}`)]);
    return html`<${Section} title="Form · Field · Choice">
        <${Form} form=${form} onSubmit=${nothing} aria-label="Form">
            <${Field} form=${form} name="name" label=${t('signin.login')} hint=${t('card.code-hint')} />
            <${Field} form=${form} name="text" as="textarea" label=${t('card.name')} optional />
            <${Field} form=${form} name="reason" as="select" label=${t('language.title')}>
                ${languages.map(([value, text]) => html`<option value=${value}>${text}</option>`)}<//>
            <${Choice} form=${form} name="chosen" label=${t('language.title')} options=${languages} />
            <${Button} kind="main" type="submit" icon="check" onClick=${nothing}>${t('me.password-change')}<//>
        <//>
        <${Form} form=${wrong} onSubmit=${nothing} shown=${['name', 'chosen']} aria-label="Form, refused">
            <${Field} form=${wrong} name="name" label=${t('signin.login')} />
            <${Choice} form=${wrong} name="chosen" label=${t('language.title')} options=${languages} />
        <//>
    <//>`;
}

function Lists() {
    const now = new Date().toISOString();
    const rows = [
        {key: 1, href: '/ui/style', title: long, text: format.when(now), state: html`<${Badge} kind="good">${t('role.MEMBER')}<//>`},
        {key: 2, href: '/ui/style', title: t('outbox.title'), text: t('outbox.lead'), current: true},
    ];
    return html`
        <${Section} title="Links · Facts · Documents">
            <${Links} label="Links" rows=${rows} />
            <${Facts} rows=${[[t('card.name'), long], [t('me.code'), '38.168.053.000.001'], [t('card.expires'), format.when(now)]]} />
            <${Documents} documents=${[{file: 'none', name: 'Dự thảo nghị quyết về phát triển kinh tế biển.pdf', type: 'application/pdf', size: 2_100_000}]} />
        <//>
        <${Section} title="Card · Panes">
            <div class="cards"><${Card} title=${t('today.title')} icon="calendar-days"><p class="name">${long}</p><//>
                <${Card} title=${t('system.title')} icon="settings"><p>${t('kept.open')}</p><//></div>
            <${Panes} listTitle="Panes" list=${html`<${Links} label="Panes" rows=${rows} />`} detail=${html`<p>${format.longDay(format.today())}</p>`} />
        <//>
        <${Section} title="Icon"><p>${Object.keys(icons).map(name => html`<${Icon} key=${name} name=${name} /> `)}</p><//>`;
}

export function Style() {
    return html`<${Page} title="Sotay UI" lead=${t('outbox.none-more')} back="/" actions=${html`<${Button} kind="quiet" icon="printer"
        onClick=${() => print()}>A4<//>`}>
        <${Buttons} /><${Badges} /><${Notices} /><${Forms} /><${Lists} />
    <//>`;
}
