/**
 * Opinions on a draft, for members: of a paragraph or of all of it, also without a network. What the cell makes of them is in summing.js, what
 * all say in report.js.
 */
const STANCES = ['AGREE', 'AMEND', 'AGAINST'];
const WHOLE = 'all';
const KIND = {AGREE: 'good', AMEND: 'mark', AGAINST: 'late'};

/** Kinds of blocks that are something to have an opinion on; heads of parts are not. */
const REMARKED = ['p', 'li', 'table', 'h3'];
const SHORT = 60;

export function opinions(app, {say}) {
    const {html, t, format, ui, hooks, signals, newId, outbox, focusOn, useAction, useForm, useRemote} = app;

    /** The draft whose paragraphs can be touched. */
    const touched = signals.signal(null);

    const asks = () => Boolean(app.caller.member && app.caller.cell);
    const short = text => (text.length <= SHORT ? text : `${text.slice(0, SHORT).replace(/\s+\S*$/, '')} …`);
    const pathOf = document => `/api/documents/${document.id}/opinions`;

    /** What one says of a draft, and whether more can be said. */
    function useDraft(document) {
        const own = useRemote(document.opinionsUntil && asks() ? `${pathOf(document)}?limit=500` : null);
        const on = touched.value === document.id;
        const open = say.takesOpinions(document);
        const items = own.data?.items;
        return hooks.useMemo(() => ({document, on: on && open, open: open && Boolean(items), items: items ?? []}), [document, on, open, items]);
    }

    /** The own one of a paragraph: of this edition, or of one before in which it said the same. */
    const ownOf = ({document, items}, block) => items.find(one => one.anchor === block.anchor && one.edition === document.edition)
        ?? items.find(one => one.anchor === block.anchor && (block.anchor === WHOLE || one.quote === block.text));

    /** First of all: that this is a draft, and until when one may say something. */
    function Banner({document}) {
        if (!document.opinionsUntil || document.state !== 'PUBLISHED') {
            return null;
        }
        const day = format.date(document.opinionsUntil);
        const open = say.takesOpinions(document);
        const begin = () => {
            touched.value = document.id;
            focusOn('opine-hint');
        };
        const actions = [
            open && asks() && html`<${ui.Button} key="begin" kind="main" icon="message-square" id="opine-begin" onClick=${begin}>${t('draft.begin')}<//>`,
            say.leads() && html`<${ui.Button} key="cell" icon="users" href=${`/documents/${document.id}/cell`} id="draft-cell">${t('cell.open')}<//>`,
            say.reports(document) && html`<${ui.Button} key="report" icon="file-text" href=${`/documents/${document.id}/report`} id="draft-report">${t('report.open')}<//>`,
        ].filter(Boolean);
        return html`<${ui.Notice} kind=${open ? undefined : 'late'} id="draft-banner" title=${t(open ? 'draft.until' : 'draft.over', {day})}
            actions=${actions.length > 0 && actions}>${t('draft.not-in-force')}<//>`;
    }

    /** Above the text, while its paragraphs can be touched. */
    function Hint({draft}) {
        return draft.on && html`<div class="documents-opine-hint no-print"><p id="opine-hint" tabindex="-1">${t('draft.hint')}</p>
            <${ui.Button} icon="check" id="opine-end" onClick=${() => {
                touched.value = null;
                focusOn('draft-banner');
            }}>${t('draft.end')}<//></div>`;
    }

    /** Below a paragraph: what one says of it, and the way to say it. */
    function Remark({draft, block}) {
        const [open, setOpen] = hooks.useState(false);
        const {busy, problem, run} = useAction();
        const own = ownOf(draft, block);
        const {document} = draft;
        const id = `opine-${block.anchor}`;
        if (!own && !draft.on && !open && block.anchor !== WHOLE) {
            return null;
        }
        const write = () => {
            setOpen(true);
            focusOn(`${document.id}-${id}-form-stance-${own?.stance ?? STANCES[0]}`);
        };
        const close = sent => {
            setOpen(false);
            focusOn(sent ? `${id}-said` : id);
        };
        const withdraw = () => run(async () => {
            await outbox.delete(`${pathOf(document)}/${own.id}`, {title: t('opine.outbox-back', {document: short(document.title)})});
            focusOn(id);
        });
        if (open) {
            return html`<div class="documents-opinion no-print"><${OpinionForm} draft=${draft} block=${block} own=${own} id=${`${id}-form`} done=${close} /></div>`;
        }
        const of = html`<span class="only-read"> ${block.anchor === WHOLE ? t('opine.whole') : short(block.text)}</span>`;
        if (!own) {
            return draft.open && html`<p class="documents-opine no-print"><${ui.Button} icon="message-square" kind="quiet" id=${id} onClick=${write}>${t('opine.write')}${of}<//></p>`;
        }
        return html`<div class="documents-opinion" id=${`${id}-said`} tabindex="-1">
            <p><strong>${t('opine.mine')}</strong> <${Stance} of=${own} /></p>
            <${Said} of=${own} />
            <${ui.Unsent} of=${own} />
            <${ui.ProblemNotice} problem=${problem} />
            ${draft.open && html`<div class="actions no-print"><${ui.Button} kind="quiet" icon="pencil" id=${id} onClick=${write}>${t('opine.change')}${of}<//>
                <${ui.Button} kind="quiet" icon="trash-2" busy=${busy && t('opine.sending')} onClick=${withdraw}>${t('opine.withdraw')}${of}<//></div>`}
        </div>`;
    }

    function OpinionForm({draft, block, own, id, done}) {
        const {document} = draft;
        const form = useForm(`${document.id}-${id}`, {id: own?.id ?? newId(), edition: own?.edition ?? document.edition, stance: own?.stance ?? '', text: own?.text ?? '', wording: own?.wording ?? ''});
        const value = name => form.value(name);
        const submit = async () => {
            const [text, wording] = [value('text').trim(), value('stance') === 'AGREE' ? '' : value('wording').trim()];
            const missing = !value('stance') ? {field: 'stance', message: t('opine.stance-missing')}
                : value('stance') !== 'AGREE' && !text && !wording ? {field: 'text', message: t('opine.text-missing')} : null;
            if (missing) {
                form.refuse({status: 422, title: missing.message, errors: [missing]});
                return;
            }
            const body = {edition: value('edition'), anchor: block.anchor, stance: value('stance'), ...(text ? {text} : {}), ...(wording ? {wording} : {})};
            const shown = {...body, text: text || undefined, wording: wording || undefined, document: document.id, title: document.title,
                quote: block.anchor === WHOLE ? undefined : block.text, at: new Date().toISOString()};
            if (await form.submit(() => outbox.put(`${pathOf(document)}/${value('id')}`, body, {title: t('opine.outbox', {document: short(document.title)}), shown, page: `/documents/${document.id}`}))) {
                form.discard();
                done(true);
            }
        };
        return html`<${ui.Form} form=${form} id=${id} onSubmit=${submit} shown=${['stance', 'text', 'wording']} aria-label=${t('opine.write')}>
            <${ui.Choice} form=${form} name="stance" label=${t(block.anchor === WHOLE ? 'opine.stance-whole' : 'opine.stance')} options=${STANCES.map(one => [one, t(`opine.${one}`)])} />
            <${ui.Field} form=${form} name="text" as="textarea" rows="3" label=${t('opine.text')} optional=${value('stance') === 'AGREE'} maxlength="4000" />
            ${value('stance') === 'AMEND' && block.anchor !== WHOLE && html`<${ui.Field} form=${form} name="wording" as="textarea" rows="4" label=${t('opine.wording')} hint=${t('opine.wording-hint')} optional maxlength="4000" />`}
            <p class="hint">${t('opine.who-sees')}</p>
            <div class="actions"><${ui.Button} kind="main" type="submit" icon="send" busy=${form.sending && t('opine.sending')}>${t('opine.send')}<//>
                <${ui.Button} kind="quiet" onClick=${() => done(false)}>${t('opine.cancel')}<//></div>
        <//>`;
    }

    const Stance = ({of}) => html`<${ui.Badge} kind=${KIND[of.stance]}>${t(`opine.${of.stance}`)}<//>`;

    /** Its words, and those that should stand there instead. */
    const Said = ({of}) => html`${of.text && html`<p class="documents-said">${of.text}</p>`}
        ${of.wording && html`<p class="documents-said"><span class="row-more">${t('opine.wording-is')}</span> <ins>${of.wording}</ins></p>`}`;

    /** Of the draft as a whole, at its end. */
    function Whole({draft}) {
        const {document, open} = draft;
        const block = {anchor: WHOLE, text: document.title};
        if (!document.opinionsUntil || !asks() || !open && !ownOf(draft, block)) {
            return null;
        }
        return html`<${ui.Section} title=${t('opine.whole-title')} id="opine-whole"><${Remark} draft=${draft} block=${block} />
            <${ui.Links} rows=${[{href: '/documents/opinions', title: t('opine.all-mine')}]} /><//>`;
    }

    /** All that one has said. */
    function Mine() {
        const own = useRemote('/api/documents/opinions?limit=500');
        const titles = items => [...new Map(items.map(one => [one.document, one.title])).entries()];
        return html`<${ui.Page} title=${t('opine.all-mine')} back="/documents" backTitle=${t('title')}>
            <${ui.Remote} of=${own} loading=${t('loading')}>${page => (page.items.length === 0
                ? html`<${ui.Empty} title=${t('opine.none')}>${t('opine.none-more')}<//>`
                : titles(page.items).map(([id, title]) => html`<${ui.Section} key=${id} title=${title}>
                    <ul class="rows">${page.items.filter(one => one.document === id).map(one => html`<li class="row" key=${one.id}><div class="row-text">
                        <span class="row-more">${one.quote ?? t('opine.whole')}</span><span><${Stance} of=${one} /></span><${Said} of=${one} />
                        <span class="row-more">${format.ago(one.at)}</span></div></li>`)}</ul>
                    <${ui.Links} rows=${[{href: `/documents/${id}`, title: t('draft.open')}]} /><//>`))}<//>
        <//>`;
    }

    /** Today: drafts on which the reader has said nothing yet. */
    function Waiting() {
        const drafts = useRemote('/api/documents?forOpinions=true&limit=20');
        const own = useRemote('/api/documents/opinions?limit=500');
        const items = own.data ? (drafts.data?.items ?? []).filter(one => !own.data.items.some(said => said.document === one.id)) : [];
        return items.length > 0 && html`<${ui.Card} title=${t('draft.card')} icon="message-square" id="drafts-asked">
            <${ui.Links} label=${t('draft.card')} rows=${items.slice(0, 3).map(one => ({href: `/documents/${one.id}`, title: one.title,
                text: t('draft.until-short', {day: format.date(one.opinionsUntil)})}))} /><//>`;
    }

    /** What was said of a paragraph that is there no longer can be said of all. */
    const refused = [{
        path: '/api/documents/:id/opinions/:opinion',
        text: () => t('opine.as-whole'),
        instead: (item, {id}) => (item.body && item.problem.errors.some(error => error.field === 'anchor')
            ? {path: `/api/documents/${id}/opinions/${newId()}`, body: {...item.body, anchor: WHOLE}, title: item.title, shown: {...item.body, anchor: WHOLE, document: id, at: new Date(item.at).toISOString()}} : null),
    }];

    const isRemarked = block => REMARKED.includes(block.kind) && (block.kind !== 'h3' || block.id);

    return {useDraft, DraftBanner: Banner, Hint, Remark, Whole, Mine, Waiting, Stance, Said, isRemarked, refused, STANCES};
}
