/** Whom of the cell no channel has reached: what they are to be told, and that they were. */
import {hooks, html} from '../base.js';
import {useAction} from '../action.js';
import {useRemote} from '../data.js';
import * as format from '../format.js';
import {wordsOf} from '../notices.js';
import {waiting, write} from '../outbox.js';
import {focusOn} from '../router.js';
import {caller} from '../session.js';
import {t} from '../texts.js';
import {Badge, Button, Empty, Icon, Page, ProblemNotice, Remote, Section, Unsent} from '../ui.js';

const pathOf = ({notice}, {member}) => `/api/notices/${notice}/calls/${member}`;
const idOf = ({notice}, {member}) => `${notice.slice(0, 8)}-${member.slice(0, 8)}`;

/** What was written of somebody here and has not arrived; what is looked at is drawn anew when it has. */
const unsentOf = path => waiting.value.filter(item => item.path === path).pop() ?? null;

function Contact({person}) {
    return html`${person.reachedBy && html`<span class="row-more">${person.reachedBy}</span>`}<${Phone} person=${person} />`;
}

function Phone({person}) {
    return person.phone
        ? html`<a class="row-more" href=${`tel:${person.phone}`}><${Icon} name="phone" /> ${person.phone}</a>`
        : !person.reachedBy && html`<span class="row-more">${t('calls.no-phone')}</span>`;
}

function Person({call, person, onTold}) {
    const {busy, problem, run} = useAction();
    const path = pathOf(call, person);
    const tell = () => run(async () => {
        await write('PUT', path, {on: format.today()}, {title: t('calls.told-title', {name: person.name})});
        onTold(call, person);
        focusOn(`undo-${idOf(call, person)}`);
    });
    return html`<li class="row">
        <span class="row-text"><span class="row-title name">${person.name}</span>
            <${Contact} person=${person} />
            <${Unsent} of=${{waiting: unsentOf(path)}} /><${ProblemNotice} problem=${problem} /></span>
        <${Button} icon="check" class="call-told" id=${`told-${idOf(call, person)}`} busy=${busy && t('job.doing')}
            aria-label=${t('calls.told-name', {name: person.name})} onClick=${tell}>${t('calls.told')}<//>
    </li>`;
}

/** Somebody who was told just now, until the page is left, or until that has arrived. */
function Told({call, person, onUndone}) {
    const {busy, problem, run} = useAction();
    const path = pathOf(call, person);
    const undo = () => run(async () => {
        await write('PUT', path, {on: null}, {title: t('calls.undone-title', {name: person.name})});
        onUndone(call, person);
        focusOn(`told-${idOf(call, person)}`);
    });
    return html`<li class="row">
        <span class="row-text"><span class="row-title"><${Icon} name="check" /> ${t('calls.told-name', {name: person.name})}</span>
            <span class="row-more">${wordsOf(call).title}</span>
            <${Unsent} of=${{waiting: unsentOf(path)}} /><${ProblemNotice} problem=${problem} />
            <span><${Button} kind="quiet" icon="undo-2" id=${`undo-${idOf(call, person)}`} busy=${busy && t('job.doing')}
                aria-label=${t('calls.undo-name', {name: person.name})} onClick=${undo}>${t('calls.undo')}<//></span></span>
    </li>`;
}

function Call({call, people, onTold}) {
    const {title, text} = wordsOf(call);
    return html`<${Section} title=${title}>
        <p>${text}</p>
        <p class="hint">${format.ago(call.sentAt)}${call.urgency === 'URGENT' && html` <${Badge} kind="bad" icon="circle-alert">${t('notices.urgent')}<//>`}</p>
        <ul class="rows sessions" aria-label=${title}>${people.map(person => html`<${Person} key=${person.member} call=${call} person=${person} onTold=${onTold} />`)}</ul>
    <//>`;
}

/** Who of these is to be told, and who was: here since the page was opened, or on this device before, which has not arrived. */
function parted(calls, here) {
    const told = {...here};
    calls.forEach(call => call.people.forEach(person => {
        const path = pathOf(call, person);
        const item = unsentOf(path);
        if (item?.body.on && !item.problem) {
            told[path] = {call, person};
        }
    }));
    const open = calls.map(call => ({call, people: call.people.filter(person => !told[pathOf(call, person)])}));
    return {told: Object.values(told), open: open.filter(one => one.people.length > 0)};
}

export function CallsPage() {
    const cell = caller.value.cell.id;
    const calls = useRemote(`/api/notices/calls?unit=${cell}`);
    const [here, setHere] = hooks.useState({});
    const note = (call, person) => setHere(all => ({...all, [pathOf(call, person)]: {call, person}}));
    const unnote = (call, person) => setHere(({[pathOf(call, person)]: gone, ...rest}) => rest);
    const {told, open} = parted(calls.data?.items ?? [], here);
    return html`<${Page} title=${t('calls.title')} lead=${t('calls.lead')} back="/notices" backTitle=${t('notices.title')}>
        ${open.length > 0 && html`<div class="actions no-print">
            <${Button} kind="main" icon="printer" href=${`/api/notices/calls?unit=${cell}&format=pdf`} download="can-bao-truc-tiep.pdf" id="calls-pdf">${t('calls.pdf')}<//>
            <${Button} icon="download" href=${`/api/notices/calls?unit=${cell}&format=csv`} download="can-bao-truc-tiep.csv" id="calls-csv">${t('calls.csv')}<//>
        </div>`}
        <${Remote} of=${calls}>${() => (open.length === 0
            ? html`<${Empty} title=${t('calls.none')}>${t('calls.none-more')}<//>`
            : open.map(({call, people}) => html`<${Call} key=${call.notice} call=${call} people=${people} onTold=${note} />`))}<//>
        ${told.length > 0 && html`<${Section} title=${t('calls.just')} id="calls-told">
            <ul class="rows sessions" aria-label=${t('calls.just')}>${told.map(({call, person}) => html`<${Told} key=${pathOf(call, person)} call=${call} person=${person} onUndone=${unnote} />`)}</ul>
        <//>`}
    <//>`;
}
