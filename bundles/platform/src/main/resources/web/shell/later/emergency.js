/** Emergency access: an administrator reads members' content until midnight, before the eyes of the officers. */
import {html, hooks} from '../base.js';
import {api, newId, url} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {useForm} from '../form.js';
import {Badge, Button, Card, Empty, Field, Form, Icon, Page, ProblemNotice, Remote, Section} from '../ui.js';
import {Place, Search, useTyped} from './members.js';

const path = '/api/access/emergencies';
const runs = who => who.holds('ADMINISTRATOR');

function One({one}) {
    const [problem, setProblem] = hooks.useState(null);
    const seen = () => api.put(`${path}/${one.id}/seen`).catch(setProblem);
    return html`<li class="row">
        <span class="row-text"><span class="row-title name">${one.name}, ${one.unitName}</span>
            <span class="row-more">${format.when(one.at)} · ${t('emergency.until', {day: format.date(one.until)})}</span>
            <span>${one.reason}</span>
            <span>${one.seenBy
                ? html`<${Badge} kind="good">${t('emergency.seen-by', {name: one.seenBy})}<//>`
                : html`<${Badge} kind="late">${t('emergency.unseen')}<//>`}</span>
            <${ProblemNotice} problem=${problem} /></span>
        ${!one.seenBy && caller.value.holds('OFFICER') && html`<${Button} icon="check" class="emergency-seen" onClick=${seen}>${t('emergency.seen')}<//>`}
    </li>`;
}

/** For officers: what nobody has taken note of yet. */
export function EmergencyCard() {
    const {data} = useRemote(path);
    const unseen = (data?.items ?? []).filter(one => !one.seenBy);
    return unseen.length > 0 && html`<${Card} title=${t('emergency.title')} icon="circle-alert">
        <p>${t('emergency.card')}</p><ul class="rows sessions">${unseen.map(one => html`<${One} key=${one.id} one=${one} />`)}</ul><//>`;
}

export function Emergencies() {
    const list = useRemote(path);
    return html`<${Page} title=${t('emergency.title')} lead=${t('emergency.lead')} back=${runs(caller.value) ? '/system' : '/'}
        backTitle=${t(runs(caller.value) ? 'system.title' : 'today.title')}>
        ${runs(caller.value) && html`<${Take} />`}
        <${Section} title=${t('emergency.list')}>
            <${Remote} of=${list}>${({items}) => items.length === 0
                ? html`<${Empty} title=${t('emergency.none')} />`
                : html`<ul class="rows sessions">${items.map(one => html`<${One} key=${one.id} one=${one} />`)}</ul>`}<//>
        <//>
    <//>`;
}

function Take() {
    const province = caller.value.mandates.find(one => one.role === 'ADMINISTRATOR').unit;
    const form = useForm('emergency', {reason: '', unit: province}, {keep: false});
    const search = useTyped();
    const found = useRemote(search.asked ? url('/api/units', {q: search.asked, limit: 8}) : null);
    const [done, setDone] = hooks.useState(false);
    const submit = async () => {
        setDone(false);
        if (form.value('reason').trim().length < 10) {
            form.refuse({status: 422, title: t('emergency.reason-short'), errors: [{field: 'reason', message: t('emergency.reason-short')}]});
            return;
        }
        if (await form.submit(({reason, unit}) => api.put(`${path}/${newId()}`, {reason: reason.trim(), unit}))) {
            form.discard({reason: '', unit: province});
            search.setTyped('');
            setDone(true);
        }
    };
    return html`<${Section} title=${t('emergency.take')}>
        ${done && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('emergency.taken')}</span></p>`}
        <${Form} form=${form} onSubmit=${submit} shown=${['reason']}>
            <p>${t('emergency.where')} <strong><${Place} unit=${form.value('unit')} /></strong></p>
            <${Search} id="emergency-unit" label=${t('emergency.other')} of=${search} />
            <${Remote} of=${found.data || found.problem ? found : {data: {items: []}}}>${({items}) => html`<ul class="rows">${items.map(one => html`<li key=${one.id}>
                <button type="button" class="row option-row" aria-pressed=${form.value('unit') === one.id ? 'true' : 'false'}
                    onClick=${() => form.set('unit', one.id)}><span class="row-text"><span class="row-title"><${Place} unit=${one.id} /></span></span></button>
            </li>`)}</ul>`}<//>
            <${Field} form=${form} name="reason" as="textarea" rows="3" label=${t('emergency.reason')} hint=${t('emergency.reason-hint')} />
            <${Button} kind="danger" type="submit" icon="eye" id="emergency-take" busy=${form.sending && t('job.doing')}>${t('emergency.take-now')}<//>
        <//>
    <//>`;
}
