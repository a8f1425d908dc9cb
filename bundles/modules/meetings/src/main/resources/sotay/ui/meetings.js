/**
 * The pages of cell meetings. This file says what they bring to the shell; the parts are in the files beside it: what a member does
 * (answer.js, opinions.js, messages.js, reads.js), what a secretary does (desk.js, edit.js, roll.js, minutes.js: loaded when it is looked at), what there is without a network (local.js).
 */
import {words} from './words.js';
import {answers} from './answer.js';
import {cell} from './cell.js';
import {opinions} from './opinions.js';
import {messages} from './messages.js';
import {reads} from './reads.js';
import {finds, local} from './local.js';

export default function (app) {
    const {html, t, format, ui, later, useRemote} = app;
    const say = words(app);
    const parts = {say};
    Object.assign(parts, answers(app, parts), opinions(app, parts), messages(app, parts), reads(app, parts));
    Object.assign(parts, cell(app, parts));
    const {Answer, Items, Messages, NewMessages, Opened} = parts;
    const {Desk, DeskCard, Unfinished, Figures, NotAnswered, VoteOf} = later(() => import('./desk.js').then(({desk}) => desk(app, parts)));
    const {Conflicts, Edit, New} = later(() => import('./edit.js').then(({edit}) => edit(app, parts)));
    const {LateCalls, NewLateCalls, Roll} = later(() => import('./roll.js').then(({roll}) => roll(app, parts)));
    const {Minutes, MinutesPage} = later(() => import('./minutes.js').then(({minutes}) => minutes(app, parts)));
    Object.assign(parts, {Conflicts, LateCalls, VoteOf});

    const leads = () => Boolean(app.caller.cell && app.caller.leads(app.caller.cell.id));
    const writes = () => Boolean(app.caller.cell && app.caller.holds(['SECRETARY', 'DEPUTY'], app.caller.cell.id));

    const mayRead = who => who.cell || who.holds('OFFICER');

    /** An officer reads figures, no names. */
    const watches = () => !app.caller.cell && app.caller.holds('OFFICER');

    /** The meetings of the reader's cell of the last year, or those of the last month of all cells that the reader may see. */
    function useMeetings() {
        const cell = app.caller.cell?.id;
        const from = format.plusDays(format.today(), cell ? -400 : -31);
        const meetings = useRemote(`/api/meetings?limit=100&from=${from}${cell ? `&cell=${cell}` : ''}`);
        const items = [...(meetings.data?.items ?? [])].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
        return {meetings, coming: items.filter(one => !say.isOver(one)), past: items.filter(say.isOver).reverse()};
    }

    /** Whose meeting it is, for readers of more than one cell: many cells are called alike, so what they belong to is said, too. */
    function Cell({meeting}) {
        const path = useRemote(`/api/units/${meeting.cell}/path`);
        return (path.data?.items ?? []).slice(1).map(one => one.name).reverse().join(', ') || '…';
    }

    /** Today: the next meeting of my cell and what I answered. */
    function NextMeeting() {
        const {meetings, coming} = useMeetings();
        return html`<${ui.Remote} of=${meetings} loading=${t('list.loading')}>${() => {
            const next = coming[0];
            if (!next) {
                return html`<${ui.Card} title=${t('card.title')} icon="calendar-days" id="next-meeting">
                    <${ui.Empty} title=${t('card.none')}>${writes() ? t('card.none-leader') : t('card.none-member')}<//>
                    ${writes() && html`<${ui.Button} kind="main" icon="plus" href="/meetings/new">${t('edit.new')}<//>`}
                <//>`;
            }
            return html`<${ui.Card} title=${t('card.title')} icon="calendar-days" id="next-meeting">
                <${When} meeting=${next} />
                <p class="meetings-title">${say.title(next)}</p>
                <${ui.Unsent} of=${next} />
                ${say.isThere(next) && app.caller.member && html`<${Answer} meeting=${next} />`}
                ${say.isThere(next) && html`<${Documents} meeting=${next} />`}
                <${ui.Links} label=${t('card.title')}
                    rows=${[{href: `/meetings/${next.id}`, title: t('card.open'), text: t('card.open-more', {count: next.items.length})}]} />
            <//>`;
        }}<//>`;
    }

    /** For an officer: the next meetings of the cells. */
    function Cells() {
        const {meetings, coming} = useMeetings();
        return html`<${ui.Card} title=${t('cells.title')} icon="calendar-days" id="cells">
            <${ui.Remote} of=${meetings} loading=${t('list.loading')}>${() => coming.length === 0
                ? html`<${ui.Empty} title=${t('cells.none')}>${t('cells.none-more')}<//>`
                : html`<${ui.Links} label=${t('cells.title')} rows=${coming.slice(0, 5).map(one => ({
                    href: `/meetings/${one.id}`,
                    title: html`<${Cell} meeting=${one} />`,
                    text: format.when(one.startsAt),
                    state: html`<${ui.Badge} kind=${say.stateKind(one)}>${say.state(one)}<//>`,
                }))} />`}<//>
        <//>`;
    }

    /** For who leads the cell: what the next meeting still needs. */
    function NextDesk() {
        const {coming, past} = useMeetings();
        const next = coming.find(say.isThere);
        const since = format.plusDays(format.today(), -60);
        const unfinished = writes() ? past.filter(one => say.isNotified(one) && one.state !== 'REPORTED' && format.dayOf(one.startsAt) > since) : [];
        return html`${next && html`<${DeskCard} meeting=${next} />`}
            ${unfinished.length > 0 && html`<${Unfinished} meetings=${unfinished.slice(0, 3)} />`}`;
    }

    /** For who leads the cell: what was written beside the next meeting and the two before it, or came too late for their rolls. */
    function Told() {
        const {coming, past} = useMeetings();
        return html`${[...coming.filter(say.isThere).slice(0, 1), ...past.slice(0, 2)].map(one => html`<${NewMessages} key=${one.id} meeting=${one} /><${NewLateCalls}
            key=${`late-${one.id}`} meeting=${one} />`)}`;
    }

    /** When and where, as people say it. */
    function When({meeting}) {
        const left = say.isOver(meeting) ? null : format.until(meeting.startsAt);
        return html`<div class="meetings-when">
            <p class="meetings-time"><${ui.Icon} name="clock" /><span>${format.when(meeting.startsAt)} <span
                class="meetings-lunar">(${format.lunar(meeting.startsAt)})</span>${left && html`, <strong class="meetings-left">${left}</strong>`}</span></p>
            ${meeting.place && html`<p><${ui.Icon} name="map-pin" /><span>${meeting.place}</span></p>`}
        </div>`;
    }

    /** All documents of a meeting, to be taken along. */
    function Documents({meeting}) {
        const documents = meeting.items.flatMap(item => item.documents ?? []);
        return documents.length === 0
            ? html`<p class="hint">${t('documents.none', {day: format.day(meeting.documentsDue)})}</p>`
            : html`<div><h3>${t('documents.count', {count: documents.length})}</h3><${DocumentList} documents=${documents} due=${meeting.documentsDue} /></div>`;
    }

    /** What there is to be taken along: the documents of the meetings to come, of the next one first. */
    function useComing() {
        const {meetings, coming} = useMeetings();
        const documents = coming.flatMap(one => one.items).flatMap(item => item.documents ?? []);
        return {of: meetings, documents: documents.filter((one, i) => documents.findIndex(other => other.file === one.file) === i)};
    }

    const DocumentList = ({documents, due}) => html`<${ui.Documents} documents=${documents} state=${one =>
        one.late && html`<span><${ui.Badge} kind="late">${t('documents.late', {day: format.day(due)})}<//></span>`} />`;
    Object.assign(parts, {When, DocumentList});

    function List({current}) {
        const {meetings, coming, past} = useMeetings();
        const row = one => ({
            href: `/meetings/${one.id}`,
            current: one.id === current,
            title: format.when(one.startsAt),
            text: html`${watches() && html`<${Cell} meeting=${one} /> · `}${[say.title(one), one.place].filter(Boolean).join(' · ')}`,
            state: html`<${ui.Badge} kind=${say.stateKind(one)}>${say.state(one)}<//>`,
        });
        return html`<div class="meetings-list">
            ${writes() && html`<${ui.Button} icon="plus" href="/meetings/new" class="meetings-new">${t('edit.new')}<//>`}
            <${ui.Remote} of=${meetings} loading=${t('list.loading')}>${() => html`
                ${coming.length > 0 && html`<h2>${t('list.coming')}</h2><${ui.Links} label=${t('list.coming')} rows=${coming.map(row)} />`}
                ${past.length > 0 && html`<h2>${t('list.past')}</h2><${ui.Links} label=${t('list.past')} rows=${past.map(row)} />`}
                ${coming.length + past.length === 0 && html`<${ui.Empty} title=${t('list.none')}>${t('list.none-more')}<//>`}
            `}<//>
        </div>`;
    }

    function All() {
        return html`<${ui.Page} title=${t('title')} lead=${app.caller.cell?.name}><${ui.Panes} listTitle=${t('title')}
            list=${html`<${List} />`} /><//>`;
    }

    /** What was planned on this device and waits. */
    const Planned = ({meeting}) => html`
        <${ui.Unsent} of=${meeting} />
        <${When} meeting=${meeting} />
        <ol class="rows">${meeting.items.map((item, i) => html`<li class="row" key=${item.id}><span class="row-text">${i + 1}. ${item.title}</span></li>`)}</ol>
        <div class="actions"><${ui.Button} icon="pencil" href=${`/meetings/${meeting.id}/edit`}>${t('edit.change')}<//></div>`;

    const isMine = meeting => app.caller.cell?.id === meeting.cell;

    function Meeting({id}) {
        const meeting = useRemote(`/api/meetings/${id}`);
        return html`<div class="page"><${ui.Panes} listTitle=${t('title')} list=${html`<${List} current=${id} />`} detail=${html`
            <${ui.Page} key=${id} title=${meeting.data ? say.title(meeting.data) : t('one')}
                lead=${watches() && meeting.data && html`<${Cell} meeting=${meeting.data} />`} back="/meetings" backTitle=${t('title')}>
                <${ui.Remote} of=${meeting} loading=${t('one.loading')}>${one => !say.isThere(one) ? html`<${Planned} meeting=${one} />` : html`
                    <p><${ui.Badge} kind=${say.stateKind(one)}>${say.state(one)}<//></p>
                    <${ui.Unsent} of=${one} />
                    <${When} meeting=${one} />
                    ${isMine(one) && say.isNotified(one) && !say.isClosed(one) && html`<${Opened} meeting=${one} />`}
                    ${say.leads(one) && html`<${Desk} meeting=${one} /><${NotAnswered} meeting=${one} />`}
                    ${watches() && html`<${Figures} meeting=${one} />`}
                    ${isMine(one) && html`<${ui.Section} title=${t('answer.title')} class="no-print"><${Answer}
                        meeting=${one} /><//>`}
                    ${(isMine(one) || say.leads(one)) && html`<${Messages} meeting=${one} />`}
                    <${Items} meeting=${one} />
                    ${say.isClosed(one) && html`<${Minutes} meeting=${one} />`}
                    <${ui.WhoSees} resource="meeting" id=${id} />
                    <div class="actions no-print"><${ui.Button} kind="quiet" icon="printer" onClick=${() => print()}>${t('print')}<//></div>
                `}<//>
            <//>`} /></div>`;
    }

    return {
        routes: [
            {path: '/meetings', page: All, for: mayRead},
            {path: '/meetings/new', page: New, for: writes},
            {path: '/meetings/:id', page: Meeting, for: mayRead},
            {path: '/meetings/:id/edit', page: Edit, for: mayRead},
            {path: '/meetings/:id/roll', page: Roll, for: mayRead},
            {path: '/meetings/:id/minutes', page: MinutesPage, for: mayRead},
        ],
        local: local(app),
        finds: finds(app),
        along: [{text: () => t('along'), use: useComing, order: 10, for: who => who.cell}],
        refused: parts.refused,
        menu: [{path: '/meetings', icon: 'calendar-days', text: () => t('menu'), order: 10, for: mayRead}],
        cards: [
            {card: NextMeeting, order: 10, for: who => who.cell},
            {card: NextDesk, order: 20, for: leads},
            {card: Told, order: 21, for: leads},
            {card: Cells, order: 10, for: watches},
        ],
    };
}
