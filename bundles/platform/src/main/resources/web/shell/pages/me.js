import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t, has} from '../texts.js';
import * as format from '../format.js';
import {caller, changePassword, signOut} from '../session.js';
import {useRemote} from '../data.js';
import {useForm} from '../form.js';
import {all} from '../modules.js';
import {TextSize} from '../frame.js';
import {Button, Card, Facts, Field, Form, Icon, Links, Notice, Page, ProblemNotice, Section} from '../ui.js';
import {Factors} from './factor.js';
import {OnThisDevice} from './kept.js';
import {waiting} from '../outbox.js';
import {gone} from '../vault.js';
import {Sessions} from './sessions.js';
import {Languages} from './sign-in.js';

function Password() {
    const form = useForm('password', {current: '', password: ''}, {keep: false});
    const [open, setOpen] = hooks.useState(false);
    const [done, setDone] = hooks.useState(false);
    const submit = async () => {
        const missing = ['current', 'password'].filter(name => !form.value(name));
        if (missing.length) {
            form.refuse({status: 422, title: t('me.password-missing'), errors: missing.map(field => ({field, message: t('me.password-missing')}))});
            return;
        }
        if (await form.submit(changePassword)) {
            form.discard();
            setOpen(false);
            setDone(true);
        }
    };
    return html`<${Section} title=${t('me.password')}>
        ${done && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('me.password-done')}</span></p>`}
        ${open
            ? html`<${Form} form=${form} onSubmit=${submit} shown=${['current', 'password']}>
                <${Field} form=${form} name="current" type="password" label=${t('me.password-current')} autocomplete="current-password" />
                <${Field} form=${form} name="password" type="password" label=${t('me.password-new')} autocomplete="new-password" />
                <${Button} kind="main" type="submit" icon="check" id="password-change" busy=${form.sending && t('job.doing')}>
                    ${t('me.password-change')}<//>
            <//>`
            : html`<div class="actions"><${Button} icon="pencil" id="password-open" onClick=${() => setOpen(true)}>${t('me.password')}<//></div>`}
    <//>`;
}

/** A role that is held at a unit, with the unit's name when it may be known. */
function Mandate({mandate}) {
    const known = caller.value.cell?.id === mandate.unit ? caller.value.cell.name : null;
    const unit = useRemote(known ? null : `/api/units/${mandate.unit}`);
    const role = has('shell', `role.${mandate.role}`) ? t(`role.${mandate.role}`) : mandate.role;
    return html`<li><strong>${role}</strong>, ${known ?? unit.data?.name ?? '…'}${mandate.to && html` (${t('me.until', {day: format.date(mandate.to)})})`}</li>`;
}

export function Me() {
    const who = caller.value;
    const [problem, setProblem] = hooks.useState(null);
    const more = all('menu').filter(entry => !entry.for || entry.for(who));
    return html`<${Page} title=${t('me.title')}>
        ${who.factor === 'REQUIRED' && html`<${Factors} />`}
        ${gone.value && html`<${OnThisDevice} />`}
        <div class="cards">
            <${Card} title=${who.name} icon="user">
                <${Facts} rows=${[[t('me.cell'), who.cell?.name], [t('me.code'), who.cell?.code], [t('me.login'), who.login]]} />
                ${who.mandates.length > 0 && html`<h3>${t('me.mandates')}</h3><ul class="plain">${who.mandates.map(mandate => html`<${Mandate}
                    key=${mandate.role + mandate.unit} mandate=${mandate} />`)}</ul>`}
            <//>
            <${Card} title=${t('me.reading')} icon="eye">
                <h3>${t('size.title')}</h3>
                <${TextSize} />
                <h3>${t('language.title')}</h3>
                <${Languages} />
            <//>
        </div>
        ${more.length > 2 && html`<${Section} title=${t('me.more')}><${Links}
            rows=${more.map(entry => ({href: entry.path, title: entry.text()}))} /><//>`}
        ${who.member && html`<${Section} title=${t('data.title')}><p>${t('data.lead')}</p>
            <div class="actions"><${Button} icon="eye" href="/me/data" id="data-way">${t('data.see')}<//>
            ${who.cell && html`<${Button} icon="phone" href="/me/contacts" id="contacts-way">${t('contacts.title')}<//>`}</div><//>`}
        ${!gone.value && html`<${OnThisDevice} />`}
        <${Sessions} path="/api/me/sessions" title=${t('sessions.mine')} empty=${t('sessions.none')} />
        <${Password} />
        ${who.factor !== 'REQUIRED' && html`<${Factors} />`}
        <${Section} title=${t('me.leave')}>
            <p>${t('me.leave-more')}</p>
            ${waiting.value.length > 0 && html`<${Notice} kind="late" title=${t('outbox.lost', {count: waiting.value.length})} actions=${html`<${Button}
                icon="send" href="/waiting">${t('outbox.title')}<//>`} />`}
            <${ProblemNotice} problem=${problem} />
            <${Button} icon="log-out" id="sign-out" onClick=${() => signOut().catch(setProblem)}>${t('me.sign-out')}<//>
        <//>
    <//>`;
}
