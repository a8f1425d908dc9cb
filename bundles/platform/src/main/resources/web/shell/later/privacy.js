/** What the reader may do about what is kept: have it corrected, agree to more; and the requests that a leader answers. */
import {html, hooks} from '../base.js';
import {api, newId} from '../api.js';
import {t, textsOf} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {refresh, useRemote} from '../data.js';
import {useForm} from '../form.js';
import {Badge, Button, Card, Empty, Facts, Field, Form, Icon, Links, Page, ProblemNotice, Remote, Section} from '../ui.js';
import {Place} from './members.js';

const FIELDS = ['NAME', 'BIRTH', 'GENDER', 'CARD', 'ADMITTED', 'OFFICIAL', 'PHONE', 'OTHER'];
const DAYS = ['ADMITTED', 'OFFICIAL'];
const VIETNAMESE_DAY = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/;

const isOpen = one => ['ASKED', 'ACKNOWLEDGED'].includes(one.state);
const value = (field, text) => (!text ? t('correction.nothing')
    : field === 'GENDER' ? t(`gender.${text}`)
        : /^\d{4}-\d\d-\d\d$/.test(text) ? format.date(text) : text);

/** 26/3/1979 as people write it; else as it was typed. */
function sent(field, typed) {
    const text = typed.trim();
    const day = [...DAYS, 'BIRTH'].includes(field) && VIETNAMESE_DAY.exec(text);
    return day ? `${day[3]}-${day[2].padStart(2, '0')}-${day[1].padStart(2, '0')}` : text;
}

function State({one}) {
    const kind = {DONE: 'good', REFUSED: 'bad', ASKED: one.late ? 'late' : 'mark', ACKNOWLEDGED: one.late ? 'late' : 'mark'}[one.state];
    return html`<${Badge} kind=${kind}>${t(`correction.state.${one.state}`)}<//>`;
}

// ---- the member

/** @param path where it is sent to, before its id @param id of the form @param words of the sending button */
function Ask({path, id = 'correction', words = 'correction.send', done}) {
    const form = useForm(id, {field: 'NAME', value: '', reason: ''});
    const submit = async () => {
        const missing = ['value', 'reason'].filter(name => !form.value(name).trim());
        if (missing.length) {
            form.refuse({status: 422, title: t('correction.missing'), errors: missing.map(field => ({field, message: t('correction.missing')}))});
            return;
        }
        const {field} = form.values;
        if (await form.submit(({value: typed, reason}) => api.put(`${path}/${newId()}`, {field, value: sent(field, typed), reason: reason.trim()}))) {
            form.discard({field: 'NAME', value: '', reason: ''});
            done();
        }
    };
    const field = form.value('field');
    return html`<${Form} form=${form} onSubmit=${submit} shown=${['field', 'value', 'reason']}>
        <${Field} form=${form} name="field" as="select" label=${t('correction.field')}>
            ${FIELDS.map(one => html`<option value=${one} selected=${one === field}>${t(`correction.field.${one}`)}</option>`)}<//>
        ${field === 'GENDER'
            ? html`<${Field} form=${form} name="value" as="select" label=${t('correction.value')}>
                ${['', 'MALE', 'FEMALE'].map(one => html`<option value=${one} selected=${one === form.value('value')}>${one && t(`gender.${one}`)}</option>`)}<//>`
            : html`<${Field} form=${form} name="value" label=${t('correction.value')} autocomplete="off"
                inputmode=${field === 'PHONE' ? 'tel' : undefined} hint=${[...DAYS, 'BIRTH'].includes(field) ? t('correction.day-hint') : undefined} />`}
        <${Field} form=${form} name="reason" as="textarea" rows="3" label=${t('correction.reason')} hint=${t('correction.reason-hint')} />
        <${Button} kind="main" type="submit" icon="send" id="correction-send" busy=${form.sending && t('job.doing')}>${t(words)}<//>
    <//>`;
}

/** @param path of the list, in which it can be taken back @param own whether the reader is who asks */
function Own({path, one, own = true}) {
    const [problem, setProblem] = hooks.useState(null);
    const withdraw = () => api.put(`${path}/${one.id}/withdrawal`).then(() => setProblem(null), setProblem);
    return html`<li class="row"><span class="row-text">
        <span class="row-title">${t(`correction.field.${one.field}`)}: ${value(one.field, one.wanted)}</span>
        <span class="row-more">${t('correction.asked', {day: format.when(one.askedAt)})}</span>
        <span><${State} one=${one} /></span>
        ${isOpen(one) && html`<span class="row-more">${t(one.state === 'ASKED' ? 'correction.acknowledge-by' : 'correction.answer-by',
            {day: format.date(one.state === 'ASKED' ? one.acknowledgeBy : one.answerBy)})}</span>`}
        ${own && one.recordedBy && html`<span class="row-more">${t('correction.recorded-by', {name: one.recordedByName ?? t('members.one')})}</span>`}
        ${!own && one.passedUp && isOpen(one) && html`<span class="row-more">${t('correction.passed-up')}</span>`}
        ${one.answer && html`<span>${one.answer}</span>`}
        <${ProblemNotice} problem=${problem} /></span>
        ${!own && html`<${Button} icon="printer" class="correction-slip" href=${`${path}/${one.id}/slip`}
            download="phieu-ghi-ho.pdf">${t('assist.slip-print')}<//>`}
        ${isOpen(one) && html`<${Button} icon="undo-2" class="correction-withdraw" onClick=${withdraw}>${t('correction.withdraw')}<//>`}
    </li>`;
}

export function OwnCorrections() {
    const list = useRemote('/api/me/corrections');
    const [done, setDone] = hooks.useState(false);
    return html`<${Page} title=${t('correction.title')} lead=${t('correction.lead')} back="/me/data" backTitle=${t('data.title')}>
        ${done && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('correction.sent')}</span></p>`}
        <${Section} title=${t('correction.ask')}><${Ask} path="/api/me/corrections" done=${() => setDone(true)} /><//>
        <${Section} title=${t('correction.mine')}>
            <${Remote} of=${list}>${({items}) => items.length === 0
                ? html`<${Empty} title=${t('correction.none')} />`
                : html`<ul class="rows sessions">${items.map(one => html`<${Own} key=${one.id} path="/api/me/corrections" one=${one} />`)}</ul>`}<//>
        <//>
    <//>`;
}

// ---- who writes it down for a member without a phone

export function AssistedCorrections({member}) {
    const path = `/api/members/${member}/corrections`;
    const who = useRemote(`/api/members/${member}`);
    const list = useRemote(path);
    const [done, setDone] = hooks.useState(false);
    return html`<${Page} title=${t('assist.correction')} lead=${who.data?.name} back=${`/members/${member}`} backTitle=${who.data?.name ?? t('members.one')}>
        ${done && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('assist.written')}</span></p>`}
        <${Section} title=${t('assist.write')}>
            <p>${t('assist.lead')}</p>
            <${Ask} path=${path} id=${`correction-${member}`} words="assist.send" done=${() => setDone(true)} />
        <//>
        <${Section} title=${t('assist.mine')}>
            <${Remote} of=${list}>${({items}) => items.length === 0
                ? html`<${Empty} title=${t('assist.none')} />`
                : html`<ul class="rows sessions">${items.map(one => html`<${Own} key=${one.id} path=${path} one=${one} own=${false} />`)}</ul>`}<//>
        <//>
    <//>`;
}

function Consent({one}) {
    const [problem, setProblem] = hooks.useState(null);
    const [module, name] = one.id.split('.');
    const word = key => textsOf(module === 'platform' ? 'shell' : module)(key);
    const say = () => api.put(`/api/me/consents/${one.id}`, {version: one.version, given: !one.given}).then(() => setProblem(null), setProblem);
    return html`<li class="row"><span class="row-text">
        <span class="row-title">${word(`consent.${name}`)}</span>
        <span>${word(`consent.${name}.more`)}</span>
        <span>${one.given
            ? html`<${Badge} kind="good">${t('consent.given', {day: format.when(one.since)})}<//>`
            : html`<${Badge}>${t('consent.not-given')}<//>`}</span>
        <${ProblemNotice} problem=${problem} /></span>
        <${Button} id=${`consent-${name}`} icon=${one.given ? 'undo-2' : 'check'} onClick=${say}>${t(one.given ? 'consent.withdraw' : 'consent.give')}<//>
    </li>`;
}

/** What the reader has agreed to; nothing is agreed to before it is said. */
export function ConsentSection() {
    const list = useRemote('/api/me/consents');
    return html`<${Section} title=${t('consent.title')}><p>${t('consent.lead')}</p>
        <${Remote} of=${list}>${({items}) => html`<ul class="rows sessions">${items.map(one => html`<${Consent} key=${one.id} one=${one} />`)}</ul>`}<//>
    <//>`;
}

export function Contacts() {
    const list = useRemote('/api/me/contacts');
    return html`<${Page} title=${t('contacts.title')} lead=${caller.value.cell?.name} back="/me" backTitle=${t('me.title')}>
        <p>${t('contacts.lead')} <a href="/me/data">${t('contacts.agree')}</a></p>
        <${Remote} of=${list}>${({items}) => items.length === 0
            ? html`<${Empty} title=${t('contacts.none')}>${t('contacts.none-more')}<//>`
            : html`<ul class="rows links">${items.map((one, i) => html`<li key=${i}><a class="row" href=${`tel:${one.phone}`}>
                <${Icon} name="phone" /><span class="row-text"><span class="row-title name">${one.name}</span>
                <span class="row-more">${one.phone}</span></span></a></li>`)}</ul>`}<//>
    <//>`;
}

// ---- who answers

const rows = items => items.map(one => ({
    key: one.id,
    href: `/corrections/${one.member}/${one.id}`,
    title: `${one.name}: ${t(`correction.field.${one.field}`)}`,
    text: isOpen(one)
        ? t(one.state === 'ASKED' ? 'correction.acknowledge-by' : 'correction.answer-by', {day: format.date(one.state === 'ASKED' ? one.acknowledgeBy : one.answerBy)})
        : t('correction.asked', {day: format.when(one.askedAt)}),
    state: html`<${State} one=${one} />`,
}));

/** On Today: what waits for an answer. */
export function CorrectionsCard() {
    const {data} = useRemote('/api/corrections');
    return data && data.items.length > 0 && html`<${Card} title=${t('corrections.title')} icon="user-cog">
        <p>${t('corrections.card')}</p><${Links} rows=${rows(data.items.slice(0, 5))} label=${t('corrections.title')} />
        ${data.items.length > 5 && html`<div class="actions"><${Button} href="/corrections">${t('corrections.all', {count: data.items.length})}<//></div>`}
    <//>`;
}

export function Corrections() {
    const [decided, setDecided] = hooks.useState(false);
    const list = useRemote(decided ? '/api/corrections?decided=true' : '/api/corrections');
    return html`<${Page} title=${t('corrections.title')} lead=${t('corrections.lead')} back="/" backTitle=${t('today.title')}
        actions=${html`<${Button} icon="file-text" id="corrections-decided" onClick=${() => setDecided(!decided)}>${t(decided ? 'corrections.open' : 'corrections.decided')}<//>`}>
        <${Remote} of=${list}>${({items}) => items.length === 0
            ? html`<${Empty} title=${t(decided ? 'corrections.none-decided' : 'corrections.none')} />`
            : html`<${Links} rows=${rows(items)} label=${t('corrections.title')} />`}<//>
    <//>`;
}

function Answer({one, path, again}) {
    const form = useForm(`answer-${one.id}`, {answer: ''});
    const [problem, setProblem] = hooks.useState(null);
    const changed = () => {
        refresh('/api/corrections');
        again();
    };
    const tell = way => api.put(`${path}/${way}`).then(changed, setProblem);
    const decide = async done => {
        if (!done && !form.value('answer').trim()) {
            form.refuse({status: 422, title: t('correction.no-answer'), errors: [{field: 'answer', message: t('correction.no-answer')}]});
            return;
        }
        if (await form.submit(({answer}) => api.put(`${path}/decision`, {done, answer: answer.trim() || undefined}))) {
            changed();
        }
    };
    return html`
        <${ProblemNotice} problem=${problem} />
        ${one.state === 'ASKED' && html`<div class="actions"><${Button} kind="main" icon="check" id="correction-acknowledge"
            onClick=${() => tell('acknowledgement')}>${t('correction.acknowledge')}<//></div>`}
        <${Form} form=${form} onSubmit=${() => decide(true)} shown=${['answer']}>
            <${Field} form=${form} name="answer" as="textarea" rows="3" label=${t('correction.answer')} hint=${t('correction.answer-hint')} />
            <div class="actions">
                <${Button} kind=${one.state === 'ASKED' ? undefined : 'main'} type="submit" icon="circle-check" id="correction-done" busy=${form.sending && t('job.doing')}>
                    ${t(one.field === 'OTHER' ? 'correction.done-by-hand' : 'correction.done')}<//>
                <${Button} kind="danger" icon="x" id="correction-refuse" onClick=${() => decide(false)}>${t('correction.refuse')}<//>
                ${!one.passedUp && !caller.value.holds('OFFICER') && html`<${Button} icon="send" id="correction-pass"
                    onClick=${() => tell('passing')}>${t('correction.pass')}<//>`}
            </div>
        <//>`;
}

export function CorrectionPage({member, id}) {
    const path = `/api/members/${member}/corrections/${id}`;
    const found = useRemote(path);
    return html`<${Page} title=${found.data ? t('correction.of', {name: found.data.name}) : t('correction.one')} back="/corrections" backTitle=${t('corrections.title')}>
        <${Remote} of=${found}>${one => html`
            <p><${State} one=${one} /></p>
            <${Facts} rows=${[
                [t('field.cell'), html`<${Place} unit=${one.cell} />`],
                [t('correction.field'), t(`correction.field.${one.field}`)],
                [t('correction.now'), one.field !== 'OTHER' && value(one.field, one.now)],
                [t('correction.value'), value(one.field, one.wanted)],
                [t('correction.reason'), one.reason],
                [t('correction.asked-at'), format.when(one.askedAt)],
                [t('correction.recorder'), one.recordedBy && (one.recordedByName ?? t('members.one'))],
                [t('correction.acknowledge-day'), one.state === 'ASKED' && format.date(one.acknowledgeBy)],
                [t('correction.answer-day'), isOpen(one) && format.date(one.answerBy)],
                [t('correction.answered-at'), one.decidedAt && format.when(one.decidedAt)],
                [t('correction.answer'), one.answer],
            ]} />
            ${isOpen(one) && html`<${Answer} one=${one} path=${path} again=${found.reload} />`}
            ${!isOpen(one) && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('correction.told')}</span></p>`}
        `}<//>
    <//>`;
}
