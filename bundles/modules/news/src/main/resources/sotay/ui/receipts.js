/** "Đã đọc": a member says so with one touch, also without a network; or the page tells that it was opened, where the editors ask for that. */
export function receipts(app) {
    const {html, t, format, ui, hooks, outbox, focusOn, useAction, useRemote} = app;

    const useOwn = news => {
        const all = useRemote(news.asks ? `/api/news/${news.id}/receipts?limit=500` : null);
        const own = (all.data?.items ?? []).find(one => one.member === app.caller.member?.id && one.edition >= news.edition);
        return {all, own};
    };

    const isAsked = news => news.asks && news.state === 'PUBLISHED' && app.caller.member && app.caller.cell;

    const send = (news, more) => {
        const member = app.caller.member.id;
        const shown = {news: news.id, member, edition: news.edition, at: new Date().toISOString()};
        return outbox.put(`/api/news/${news.id}/receipts/${member}`, {edition: news.edition},
            {title: t('receipt.outbox', {news: news.title}), shown, id: 'member', ...more});
    };

    function Receipt({news}) {
        return html`${isAsked(news) && news.asks === 'ACKNOWLEDGED' && html`<${Acknowledge} news=${news} />`}
            ${isAsked(news) && news.asks === 'OPENED' && html`<${Opened} news=${news} />`}`;
    }

    /** Says so to the reader as well: nobody is counted behind their back. */
    function Opened({news}) {
        const {all, own} = useOwn(news);
        const isThere = Boolean(all.data);
        hooks.useEffect(() => {
            if (isThere && !own) {
                send(news, {silent: true, quiet: true}).catch(() => {});
            }
        }, [isThere, Boolean(own)]);
        return html`<p class="hint no-print" id="news-opened">${t('receipt.opened')}</p>`;
    }

    function Acknowledge({news}) {
        const {all, own} = useOwn(news);
        const {busy, problem, run} = useAction();
        const give = () => run(async () => {
            await send(news);
            all.reload();
            focusOn('news-acknowledged');
        });
        if (all.loading && !all.data) {
            return null;
        }
        return html`<${ui.Section} title=${t('receipt.title')} id="news-receipt" class="no-print">
            ${own ? html`<p id="news-acknowledged" tabindex="-1"><${ui.Badge} kind="good" icon="check">${t('receipt.given', {time: format.when(own.at)})}<//> <${ui.Unsent} of=${own} /></p>`
                : html`<p>${t('receipt.asked')}</p><${ui.ProblemNotice} problem=${problem} />
                    <${ui.Button} kind="main" icon="check" id="news-acknowledge" busy=${busy && t('desk.doing')} onClick=${give}>${t('receipt.give')}<//>`}
        <//>`;
    }

    const share = one => t('receipt.share', {count: one.read, members: one.members});

    /** For who leads or works for a unit, and for the editors. */
    function Given({news}) {
        if (news.state !== 'PUBLISHED') {
            return null;
        }
        const leads = app.caller.mandates.find(one => ['SECRETARY', 'DEPUTY'].includes(one.role));
        const works = app.caller.mandates.find(one => ['OFFICER', 'INSPECTOR', 'EDITOR'].includes(one.role));
        return html`${news.urgent && (works || leads) && html`<${ui.Section} title=${t('receipt.told')} id="news-told" class="no-print"><${ui.Reached} about=${`news:${news.id}`} /><//>`}
            ${news.asks && works && html`<${ByUnit} news=${news} unit=${works.unit} />`}
            ${news.asks && leads && (news.asks === 'ACKNOWLEDGED' && leads.unit === app.caller.cell?.id ? html`<${InCell} news=${news} cell=${leads.unit} />` : html`<${ByUnit} news=${news} unit=${leads.unit} />`)}`;
    }

    function ByUnit({news, unit}) {
        const found = useRemote(`/api/news/${news.id}/share?unit=${unit}`);
        return html`<${ui.Section} title=${t('receipt.leaders')} id="news-read-by-unit" class="no-print"><${ui.Remote} of=${found}>${one => html`
            <p>${share(one)}</p>
            <ul class="rows">${one.parts.filter(part => part.members > 0).map(part => html`<li class="row" key=${part.unit}><span class="row-text"><span class="row-title">${part.name}</span><span
                class="row-more">${share(part)}</span></span></li>`)}</ul>`}<//><//>`;
    }

    function InCell({news, cell}) {
        const missing = useRemote(`/api/news/${news.id}/missing?cell=${cell}`);
        return html`<${ui.Section} title=${t('receipt.leaders')} id="news-read-in-cell" class="no-print"><${ui.Remote} of=${missing}>${page => (page.items.length === 0
            ? html`<p>${t('receipt.all')}</p>`
            : html`<p>${t('receipt.missing', {count: page.items.length})}</p>
                <ul class="plain">${page.items.map(one => html`<li class="name" key=${one.member}>${one.name}</li>`)}</ul>`)}<//><//>`;
    }

    /** Learns whether the reader has given its receipt, also one that waits on the phone to be sent. */
    function Watch({news, onLook}) {
        const {own} = useOwn(news);
        hooks.useEffect(() => onLook(news.id, Boolean(own)), [Boolean(own)]);
        return null;
    }

    /** Today: what asks the reader. */
    function Asked() {
        const asked = useRemote('/api/news?toAcknowledge=true&limit=20');
        const [given, setGiven] = hooks.useState({});
        const items = asked.data?.items ?? [];
        const open = items.filter(one => !given[one.id]);
        return html`${items.map(one => html`<${Watch} key=${one.id} news=${one} onLook=${(id, isGiven) => setGiven(all => ({...all, [id]: isGiven}))} />`)}
            ${open.length > 0 && html`<${ui.Card} title=${t('receipt.card')} icon="bell" id="news-asked">
                <${ui.Links} label=${t('receipt.card')} rows=${open.map(one => ({href: `/news/${one.id}`, title: one.title, text: one.lead}))} />
            <//>`}`;
    }

    return {Receipt, Given, Asked};
}
