/** What personal data are kept for and how long, and the deletion of former members. */
import {html, hooks} from '../base.js';
import {api} from '../api.js';
import {t, textsOf} from '../texts.js';
import * as format from '../format.js';
import {refresh, useRemote} from '../data.js';
import {useForm} from '../form.js';
import {Badge, Button, Card, Empty, Facts, Field, Form, Icon, Links, Notice, Page, ProblemNotice, Remote, Section} from '../ui.js';
import {Place} from './members.js';

const PAUSE = 1000;
const REASONS = ['ASKED', 'MISTAKE', 'KEPT_LONG_ENOUGH'];

/** What something is kept for, in the words of its module; its name while that does not run. */
const purpose = one => {
    const words = textsOf(one.module === 'platform' ? 'shell' : one.module);
    return words(`purpose.${one.purpose}`);
};

/** On My data: what each thing is kept for. */
export function PurposeSection() {
    const register = useRemote('/api/personal-data');
    return html`<${Section} title=${t('purposes.title')}><p>${t('purposes.lead')}</p>
        <${Remote} of=${register}>${({items}) => html`<ul class="rows" id="purposes">${items.map(one => html`<li key=${`${one.module}.${one.purpose}`} class="row">
            <span class="row-text"><span>${purpose(one)}</span>
                ${one.sensitive && html`<span><${Badge}>${t('purposes.sensitive')}<//></span>`}</span></li>`)}</ul>`}<//>
    <//>`;
}

function State({one}) {
    return html`<${Badge} kind=${{WAITING: 'late', STOPPED: 'mark', DONE: 'good'}[one.state]}>${t(`erasure.state.${one.state}`)}<//>`;
}

const rows = items => items.map(one => ({
    key: one.member,
    href: `/erasures/${one.member}`,
    title: one.name ?? t('erasures.nameless'),
    text: [t(`erasure.reason.${one.reason}`), one.state === 'WAITING' ? t('erasure.due', {day: format.date(one.dueOn)})
        : format.when(one.doneAt ?? one.askedAt)].join('. '),
    state: html`<${State} one=${one} />`,
}));

/** On Today: who is deleted soon. */
export function ErasuresCard() {
    const {data} = useRemote('/api/erasures');
    return data && data.items.length > 0 && html`<${Card} title=${t('erasures.title')} icon="trash-2">
        <p>${t('erasures.card')}</p><${Links} rows=${rows(data.items.slice(0, 3))} label=${t('erasures.title')} />
        ${data.items.length > 3 && html`<div class="actions"><${Button} href="/erasures">${t('erasures.all', {count: data.items.length})}<//></div>`}
    <//>`;
}

export function Erasures() {
    const [done, setDone] = hooks.useState(false);
    const list = useRemote(done ? '/api/erasures?done=true' : '/api/erasures');
    return html`<${Page} title=${t('erasures.title')} lead=${t('erasures.lead')} back="/units" backTitle=${t('units.title')}
        actions=${html`<${Button} icon="file-text" id="erasures-done" onClick=${() => setDone(!done)}>${t(done ? 'erasures.waiting' : 'erasures.done')}<//>`}>
        <${Remote} of=${list}>${({items}) => items.length === 0
            ? html`<${Empty} title=${t('erasures.none')}>${!done && t('erasures.none-more')}<//>`
            : html`<${Links} rows=${rows(items)} label=${t('erasures.title')} />`}<//>
    <//>`;
}

function What({all}) {
    const words = one => ['removed', 'cleared', 'kept'].filter(kind => one[kind] > 0).map(kind => t(`erasure.${kind}`, {count: one[kind]})).join('; ');
    return all.length > 0 && html`<h2>${t('erasure.what')}</h2><${Facts} rows=${all.map(one => [purpose(one), words(one)])} />`;
}

function Ask({path, again}) {
    const form = useForm(path, {reason: 'ASKED'});
    const submit = async () => {
        if (await form.submit(({reason}) => api.put(path, {reason}))) {
            refresh('/api/erasures');
            again();
        }
    };
    return html`<${Form} form=${form} onSubmit=${submit} shown=${['reason']}>
        <${Field} form=${form} name="reason" as="select" label=${t('erasure.reason')}>
            ${REASONS.map(one => html`<option value=${one} selected=${one === form.value('reason')}>${t(`erasure.reason.${one}`)}</option>`)}<//>
        <${Button} kind="danger" type="submit" icon="trash-2" id="erasure-ask" busy=${form.sending && t('job.doing')}>${t('erasure.ask')}<//>
    <//>`;
}

/** One former member: what would go, and the way to begin or stop it. */
export function ErasurePage({member}) {
    const path = `/api/members/${member}/erasure`;
    const found = useRemote(path);
    const [problem, setProblem] = hooks.useState(null);
    const stop = () => api.delete(path).then(() => {
        setProblem(null);
        refresh('/api/erasures');
        found.reload();
    }, setProblem);
    return html`<${Page} title=${found.data?.erasure?.name ?? t('erasure.title')} back="/erasures" backTitle=${t('erasures.title')}>
        <${Remote} of=${found}>${({possible, erasure, rows: all}) => html`
            ${erasure && html`<p><${State} one=${erasure} /></p><${Facts} rows=${[
                [t('field.cell'), html`<${Place} unit=${erasure.cell} />`],
                [t('erasure.reason'), t(`erasure.reason.${erasure.reason}`)],
            ]} />`}
            ${erasure?.state === 'WAITING' && html`<p class="done" role="status"><${Icon} name="clock" /><span>${t('erasure.due', {day: format.date(erasure.dueOn)})}</span></p>`}
            ${possible && html`<p>${t('erasure.lead')}</p>`}
            <${What} all=${all} />
            <${ProblemNotice} problem=${problem} />
            ${erasure?.state === 'WAITING'
                ? html`<div class="actions"><${Button} kind="main" icon="undo-2" id="erasure-stop" onClick=${stop}>${t('erasure.stop')}<//></div>`
                : possible && html`<${Ask} path=${path} again=${found.reload} />`}
        `}<//>
    <//>`;
}

/** For the administrator: what the nightly job would end. */
export function RetentionSection() {
    const plan = useRemote('/api/retention');
    const [busy, setBusy] = hooks.useState(false);
    const [done, setDone] = hooks.useState(false);
    const [problem, setProblem] = hooks.useState(null);
    const run = async () => {
        setBusy(true);
        setDone(false);
        try {
            let job = await api.post('/api/retention');
            while (job.state === 'RUNNING') {
                await new Promise(later => setTimeout(later, PAUSE));
                job = await api.get(`/api/jobs/${job.id}`);
            }
            setProblem(null);
            setDone(job.state === 'APPLIED');
            plan.reload();
        } catch (failure) {
            setProblem(failure);
        } finally {
            setBusy(false);
        }
    };
    return html`<${Section} title=${t('retention.title')}><p>${t('retention.lead')}</p>
        <${Remote} of=${plan}>${one => html`
            ${one.leftOut.length > 0 && html`<${Notice} kind="warning" title=${t('retention.left-out', {tables: one.leftOut.join(', ')})} />`}
            <${Facts} rows=${[
                [t('retention.former'), String(one.former)],
                [t('retention.waiting'), String(one.waiting)],
                [t('retention.due'), String(one.due)],
                ...one.tables.map(each => [`${purpose(each)} (${each.table})`, t('retention.rows', {count: each.rows, days: each.days})]),
            ]} />`}<//>
        <${ProblemNotice} problem=${problem} />
        ${done && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('retention.running')}</span></p>`}
        <div class="actions"><${Button} icon="play" id="retention-run" busy=${busy && t('job.doing')} onClick=${run}>${t('retention.run')}<//></div>
    <//>`;
}
