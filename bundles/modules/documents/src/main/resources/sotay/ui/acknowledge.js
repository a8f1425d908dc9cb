/** "Đã đọc, đã hiểu": a member says so with one touch, also without a network; leaders see how many have, a secretary who has not. */
export function acknowledge(app, {say}) {
    const {html, t, format, ui, outbox, focusOn, useAction, useRemote} = app;

    const useOwn = document => {
        const all = useRemote(`/api/documents/${document.id}/acknowledgements?limit=500`);
        const own = (all.data?.items ?? []).find(one => one.member === app.caller.member?.id && one.edition >= document.edition);
        return {all, own};
    };

    const by = document => document.acknowledgeBy && t('ack.by', {day: format.date(document.acknowledgeBy)});

    /** Until when; in another colour when that is over. */
    const By = ({document}) => document.acknowledgeBy && html`<p><${ui.Badge} kind=${document.acknowledgeBy < format.today() ? 'bad' : 'late'} icon="clock">${by(document)}<//></p>`;

    function Acknowledge({document}) {
        const {all, own} = useOwn(document);
        const {busy, problem, run} = useAction();
        const member = app.caller.member?.id;
        const give = () => run(async () => {
            const shown = {document: document.id, member, edition: document.edition, at: new Date().toISOString()};
            await outbox.put(`/api/documents/${document.id}/acknowledgements/${member}`, {edition: document.edition},
                {title: t('ack.outbox', {document: say.called(document)}), shown, id: 'member'});
            all.reload();
            focusOn('acknowledged');
        });
        if (!document.acknowledge || document.state !== 'PUBLISHED' || !member || !app.caller.cell || all.loading && !all.data) {
            return null;
        }
        return html`<${ui.Section} title=${t('ack.title')} id="acknowledgement" class="no-print">
            ${own ? html`<p id="acknowledged" tabindex="-1"><${ui.Badge} kind="good" icon="check">${t('ack.given', {time: format.when(own.at)})}<//> <${ui.Unsent} of=${own} /></p>`
                : html`<p>${t('ack.asked')}</p><${By} document=${document} /><${ui.ProblemNotice} problem=${problem} />
                    <${ui.Button} kind="main" icon="check" id="acknowledge" busy=${busy && t('desk.doing')} onClick=${give}>${t('ack.give')}<//>`}
        <//>`;
    }

    const share = one => t('ack.share', {count: one.acknowledged, members: one.members});

    /** For who leads or works for a unit. */
    function Given({document}) {
        if (!document.acknowledge || document.state !== 'PUBLISHED') {
            return null;
        }
        const leads = app.caller.mandates.find(one => ['SECRETARY', 'DEPUTY'].includes(one.role));
        const works = app.caller.mandates.find(one => ['OFFICER', 'INSPECTOR'].includes(one.role));
        return html`${works && html`<${ByUnit} document=${document} unit=${works.unit} />`}
            ${leads && html`<${InCell} document=${document} cell=${leads.unit} />`}`;
    }

    function ByUnit({document, unit}) {
        const found = useRemote(`/api/documents/${document.id}/share?unit=${unit}`);
        return html`<${ui.Section} title=${t('ack.leaders')} id="acknowledged-by-unit"><${ui.Remote} of=${found}>${one => html`
            <${By} document=${document} /><p>${share(one)}</p>
            <ul class="rows">${one.parts.filter(part => part.members > 0).map(part => html`<li class="row" key=${part.unit}><span class="row-text"><span class="row-title">${part.name}</span><span
                class="row-more">${share(part)}</span></span></li>`)}</ul>`}<//><//>`;
    }

    function InCell({document, cell}) {
        const missing = useRemote(`/api/documents/${document.id}/missing?cell=${cell}`);
        return html`<${ui.Section} title=${t('ack.leaders')} id="acknowledged-in-cell"><${ui.Remote} of=${missing}>${page => (page.items.length === 0
            ? html`<p>${t('ack.all')}</p>`
            : html`<p>${t('ack.missing', {count: page.items.length})}</p>
                <ul class="plain">${page.items.map(one => html`<li class="name" key=${one.member}>${one.name}</li>`)}</ul>`)}<//><//>`;
    }

    function Row({document}) {
        const {own} = useOwn(document);
        return !own && html`<${ui.Links} label=${t('ack.card')} rows=${[{href: `/documents/${document.id}`, title: document.title, text: [by(document), say.called(document)].filter(Boolean).join(' · ')}]} />`;
    }

    /** Today: what asks the reader. What waits on the phone to be sent is given. */
    function Asked() {
        const asked = useRemote('/api/documents?toAcknowledge=true&limit=20');
        // what is to be read first
        const items = [...asked.data?.items ?? []].sort((one, other) => (one.acknowledgeBy ?? '9999').localeCompare(other.acknowledgeBy ?? '9999'));
        return items.length > 0 && html`<${ui.Card} title=${t('ack.card')} icon="check" id="documents-asked">
            ${items.map(one => html`<${Row} key=${one.id} document=${one} />`)}
        <//>`;
    }

    return {Acknowledge, Given, Asked};
}
