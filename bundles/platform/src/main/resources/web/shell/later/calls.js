/** Whom of the cell no channel has reached: what they are to be told, and that they were. */
import {html} from '../base.js';
import {useAction} from '../action.js';
import {useRemote} from '../data.js';
import * as format from '../format.js';
import {wordsOf} from '../notices.js';
import {write} from '../outbox.js';
import {caller} from '../session.js';
import {t} from '../texts.js';
import {Badge, Button, Empty, Icon, Page, ProblemNotice, Remote, Section, Unsent} from '../ui.js';

function Person({call, person}) {
    const {busy, problem, run} = useAction();
    const tell = () => run(() => write('PUT', `/api/notices/${call.notice}/calls/${person.member}`, {on: format.today()},
        {title: t('calls.told-title', {name: person.name})}));
    return html`<li class="row">
        <span class="row-text"><span class="row-title name">${person.name}</span>
            ${person.phone
                ? html`<a class="row-more" href=${`tel:${person.phone}`}><${Icon} name="phone" /> ${person.phone}</a>`
                : html`<span class="row-more">${t('calls.no-phone')}</span>`}
            <${Unsent} of=${person} /><${ProblemNotice} problem=${problem} /></span>
        <${Button} icon="check" class="call-told" id=${`told-${call.notice.slice(0, 8)}-${person.member.slice(0, 8)}`} busy=${busy && t('job.doing')}
            aria-label=${t('calls.told-name', {name: person.name})} onClick=${tell}>${t('calls.told')}<//>
    </li>`;
}

function Call({call}) {
    const {title, text} = wordsOf(call);
    return html`<${Section} title=${title}>
        <p>${text}</p>
        <p class="hint">${format.ago(call.sentAt)}${call.urgency === 'URGENT' && html` <${Badge} kind="bad" icon="circle-alert">${t('notices.urgent')}<//>`}</p>
        <ul class="rows sessions" aria-label=${title}>${call.people.map(person => html`<${Person} key=${person.member} call=${call} person=${person} />`)}</ul>
    <//>`;
}

export function CallsPage() {
    const cell = caller.value.cell.id;
    const calls = useRemote(`/api/notices/calls?unit=${cell}`);
    const any = (calls.data?.items ?? []).length > 0;
    return html`<${Page} title=${t('calls.title')} lead=${t('calls.lead')} back="/notices" backTitle=${t('notices.title')}>
        ${any && html`<div class="actions no-print">
            <${Button} kind="main" icon="printer" href=${`/api/notices/calls?unit=${cell}&format=pdf`} download="can-bao-truc-tiep.pdf" id="calls-pdf">${t('calls.pdf')}<//>
            <${Button} icon="download" href=${`/api/notices/calls?unit=${cell}&format=csv`} download="can-bao-truc-tiep.csv" id="calls-csv">${t('calls.csv')}<//>
        </div>`}
        <${Remote} of=${calls}>${({items}) => (items.length === 0
            ? html`<${Empty} title=${t('calls.none')}>${t('calls.none-more')}<//>`
            : items.map(call => html`<${Call} key=${call.notice} call=${call} />`))}<//>
    <//>`;
}
