/** Who is what at a unit: given, limited to a day, ended. */
import {html, hooks} from '../base.js';
import {api, newId, url} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {useForm} from '../form.js';
import {Badge, Button, Choice, Empty, Field, Form, Icon, Page, ProblemNotice, Remote, Section} from '../ui.js';
import {Search, useTyped} from './members.js';

/** Of the cell of who leads one; of the province's root for who runs the system. */
export function OwnMandates() {
    const unit = caller.value.mandates.find(one => one.role === 'ADMINISTRATOR')?.unit ?? caller.value.cell?.id;
    return html`<${Mandates} unit=${unit} />`;
}

export const Mandates = ({unit}) => html`<${AtUnit} key=${unit} unit=${unit} />`;

function AtUnit({unit}) {
    const place = useRemote(`/api/units/${unit}`);
    const held = useRemote(url('/api/mandates', {unit}));
    const [done, setDone] = hooks.useState(null);
    const leads = caller.value.leads(unit);
    const back = leads ? '/members' : caller.value.holds('OFFICER') ? `/units/${unit}` : '/system';
    return html`<${Page} title=${t('mandates.title')} lead=${place.data?.name} back=${back}
        backTitle=${leads ? t('members.title') : caller.value.holds('OFFICER') ? place.data?.name : t('system.title')}>
        ${done && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${done}</span></p>`}
        <${Remote} of=${held}>${({items, roles}) => html`
            ${items.length === 0
                ? html`<${Empty} title=${t('mandates.none')}>${t('mandates.none-more')}<//>`
                : html`<ul class="rows sessions">${items.map(one => html`<${Held} key=${one.id} one=${one} roles=${roles} onDone=${setDone} />`)}</ul>`}
            ${roles.length > 0 && html`<${Give} unit=${unit} place=${place.data} roles=${roles} onDone=${setDone} />`}
        `}<//>
    <//>`;
}

function Held({one, roles, onDone}) {
    const [asks, setAsks] = hooks.useState(false);
    const [problem, setProblem] = hooks.useState(null);
    const end = async () => {
        try {
            await api.delete(`/api/mandates/${one.id}`);
            onDone(t('mandates.ended', {name: one.name, role: t(`role.${one.role}`)}));
        } catch (failure) {
            setProblem(failure);
        }
    };
    const mine = one.member ? one.member === caller.value.member?.id : one.name === caller.value.login;
    return html`<li class="row">
        <span class="row-text"><span class="row-title name">${one.name}</span>
            <span class="row-more">${t(`role.${one.role}`)} · ${t('mandates.from', {day: format.date(one.from)})}</span>
            ${one.to && html`<span><${Badge} kind="late">${t('mandates.to', {day: format.date(one.to)})}<//></span>`}
            ${asks && html`<span>${t('mandates.ends-now', {name: one.name})}</span>`}
            <${ProblemNotice} problem=${problem} /></span>
        ${!mine && roles.includes(one.role) && (asks
            ? html`<${Button} kind="danger" icon="x" class="mandate-end" onClick=${end}>${t('mandates.end-now')}<//>`
            : html`<${Button} kind="quiet" icon="x" class="mandate-asks" aria-label=${t('mandates.end-of', {name: one.name})}
                onClick=${() => setAsks(true)}>${t('mandates.end')}<//>`)}
    </li>`;
}

const OF_UNIT = ['SECRETARY', 'DEPUTY', 'HELPER'];

function Give({unit, place, roles, onDone}) {
    const form = useForm(`mandate-${unit}`, {role: roles[0], member: null, name: '', holder: '', from: '', to: ''}, {keep: false});
    const search = useTyped();
    const sees = caller.value.holds('OFFICER') || caller.value.leads(unit);
    const found = useRemote(sees && search.asked ? url('/api/members', {unit, q: search.asked, limit: 10}) : null);
    const role = form.value('role');
    // an officer lives in any cell of the province: who cannot be looked up is named by a number
    const looks = sees && OF_UNIT.includes(role);
    const submit = async () => {
        const {member, name, holder, from, to} = form.values;
        if (looks ? !member : !holder.trim()) {
            const message = t(looks ? 'mandates.choose' : 'mandates.holder-missing');
            form.refuse({status: 422, title: message, errors: looks ? [] : [{field: 'holder', message}]});
            return;
        }
        const body = {unit, role, ...(looks ? {member} : {holder: holder.trim()}), from: from || undefined, to: to || undefined};
        let given;
        if (await form.submit(async () => {
            given = await api.put(`/api/mandates/${newId()}`, body);
        })) {
            onDone(t('mandates.given', {name: given.name ?? name, role: t(`role.${role}`)}));
            form.discard();
            search.setTyped('');
        }
    };
    return html`<${Section} title=${t('mandates.give')}>
        <${Form} form=${form} onSubmit=${submit} shown=${['holder', 'from', 'to']}>
            <${Choice} form=${form} name="role" label=${t('mandates.role')} options=${roles.map(one => [one, t(`role.${one}`)])} />
            ${looks
                ? html`<div>
                    <${Search} id="mandate-search" label=${t('mandates.who', {unit: place?.name ?? ''})} of=${search} />
                    ${form.value('member') && html`<p class="done"><${Icon} name="user" /><span class="name">${form.value('name')}</span></p>`}
                    <${Remote} of=${found.data || found.problem ? found : {data: {items: []}}}>${({items}) => html`<ul class="rows">${items.map(one => html`<li key=${one.id}>
                        <button type="button" class="row option-row" aria-pressed=${form.value('member') === one.id ? 'true' : 'false'} onClick=${() => {
                            form.set('member', one.id);
                            form.set('name', one.name);
                        }}><span class="row-text"><span class="row-title name">${one.name}</span><span class="row-more">${one.cardNumber ?? ''}</span></span></button>
                    </li>`)}</ul>`}<//>
                </div>`
                : html`<${Field} form=${form} name="holder" label=${t('mandates.holder')} hint=${t('mandates.holder-hint')} autocomplete="off"
                    autocapitalize="none" spellcheck=${false} />`}
            <${Field} form=${form} name="from" type="date" label=${t('mandates.first')} optional />
            <${Field} form=${form} name="to" type="date" label=${t('mandates.last')} optional hint=${t('mandates.last-hint')} />
            <${Button} kind="main" type="submit" icon="check" id="mandate-give" busy=${form.sending && t('job.doing')}>${t('mandates.give-now')}<//>
        <//>
    <//>`;
}
