/**
 * What members tell the leaders beside a meeting, also when it is over: above all what came too late to be an answer or an opinion, and
 * what the server refused as one.
 */
export function messages(app, parts) {
    const {html, t, format, ui, api, focusOn, newId, useAction, useRemote} = app;
    const {say} = parts;
    const MOST_ABOUT = 600;
    /** Milliseconds on the way from which on it is said that it was written earlier than it came. */
    const LONG = 10 * 60_000;

    /** For a member the list has the own messages alone. */
    function useMessages(meeting) {
        const found = useRemote(`/api/meetings/${meeting.id}/messages?limit=500`);
        const items = [...(found.data?.items ?? [])].sort((one, other) => (one.at < other.at ? 1 : -1));
        return {items, unseen: items.filter(one => !one.seenAt && !one.waiting)};
    }

    const when = one => (one.writtenAt && Date.parse(one.at) - Date.parse(one.writtenAt) > LONG
        ? t('messages.written', {written: format.when(one.writtenAt), arrived: format.when(one.at)})
        : format.when(one.at));

    const words = one => html`
        ${one.about && html`<span class="row-more">${one.about}</span>`}
        <span class="meetings-text">${one.text}</span>
        <span class="row-more">${when(one)}</span>`;

    const Messages = ({meeting}) => (say.leads(meeting) ? html`<${Told} meeting=${meeting} />` : html`<${Own} meeting=${meeting} />`);

    /** For the leaders. */
    function Told({meeting}) {
        const {items, unseen} = useMessages(meeting);
        const {nameOf} = parts.useCell(meeting.cell);
        return items.length > 0 && html`<${ui.Section} title=${t('messages.title', {count: items.length})} class="no-print" id="messages">
            ${unseen.length > 0 && html`<p><${ui.Badge} kind="late" icon="circle-alert">${t('messages.unseen', {count: unseen.length})}<//></p>`}
            <ul class="rows">${items.map(one => html`<${Row} key=${one.id} meeting=${meeting} one=${one} name=${nameOf(one.member)} />`)}</ul>
        <//>`;
    }

    function Row({meeting, one, name}) {
        const {busy, problem, run} = useAction();
        const see = async () => (await run(() => api.put(`/api/meetings/${meeting.id}/messages/${one.id}/seen`))) && focusOn(`message-${one.id}`);
        return html`<li class="row meetings-request" id=${`message-${one.id}`}>
            <div class="row-text">
                <span class="row-title name">${name}</span>
                ${words(one)}
                <${ui.Unsent} of=${one} />
                <${ui.ProblemNotice} problem=${problem} />
                ${one.seenAt ? html`<span><${ui.Badge} kind="good">${t('messages.seen')}<//></span>` : !one.waiting && html`<div
                    class="meetings-buttons"><${ui.Button} icon="check" busy=${busy && t('answer.sending')} onClick=${see}>${t('messages.see')}<span
                        class="only-read"> ${name}</span><//></div>`}
            </div>
        </li>`;
    }

    /** For who wrote them. */
    function Own({meeting}) {
        const {items} = useMessages(meeting);
        return items.length > 0 && html`<${ui.Section} title=${t('messages.mine')} class="no-print" id="messages">
            <ul class="rows">${items.map(one => html`<li class="row" key=${one.id} id=${`message-${one.id}`}><div class="row-text">
                ${words(one)}
                ${one.waiting ? html`<${ui.Unsent} of=${one} />` : html`<span><${ui.Badge} kind=${one.seenAt && 'good'}>${
                    one.seenAt ? t('messages.was-seen', {time: format.ago(one.seenAt)}) : t('messages.not-seen')}<//></span>`}
            </div></li>`)}</ul>
        <//>`;
    }

    /** Today, for who leads the cell: that somebody wrote, beside this meeting. */
    function NewMessages({meeting}) {
        const {unseen} = useMessages(meeting);
        return unseen.length > 0 && html`<${ui.Card} title=${t('messages.unseen', {count: unseen.length})} icon="message-square"
            id=${`messages-${meeting.id}`}><${ui.Links} label=${t('messages.look')} rows=${[
            {href: `/meetings/${meeting.id}`, title: t('messages.look'), text: say.title(meeting)}]} /><//>`;
    }

    // ---- instead of what was refused

    /** The same words as a message; null if there is no way: who may not know of the meeting any more writes nothing beside it either. */
    function instead(item, meeting, member, text) {
        const {caller} = app;
        const own = caller.member && (!member || member === caller.member.id);
        if (!own || !caller.cell || item.problem.status === 404 || caller.holds(['SECRETARY'], caller.cell.id)) {
            return null;
        }
        const about = item.title.slice(0, MOST_ABOUT);
        const body = {text, about, writtenAt: new Date(item.at).toISOString()};
        return {
            path: `/api/meetings/${meeting}/messages/${newId()}`,
            title: t('outbox.message', {about}),
            body,
            shown: {...body, meeting, member: caller.member.id, at: new Date().toISOString()},
        };
    }

    const sentence = (...said) => said.filter(Boolean).join(': ');
    const opined = ({method, body}) => (method === 'DELETE' ? t('messages.withdraw') : sentence(t(`stance.${body.stance}`), body.text));

    const refused = [
        {
            path: '/api/meetings/:id/answers/:member',
            text: () => t('messages.instead'),
            instead: (item, {id, member}) => instead(item, id, member, parts.said(item.body)),
        },
        {
            path: '/api/meetings/:id/items/:item/opinions/:opinion',
            text: () => t('messages.instead'),
            instead: (item, {id}) => instead(item, id, item.body?.member, opined(item)),
        },
    ];

    return {Messages, NewMessages, refused};
}
