/** What editors do: drafts, and what waits for another editor's approval. */
import {agesOf} from './ages.js';
import {pictureFields} from './picture-fields.js';

export function desk(app, parts) {
    const {html, t, format, ui, api, hooks, newId, navigate, focusOn, useAction, useForm, useRemote} = app;
    const {Blocks, Picture} = parts;
    const {PictureFields} = pictureFields(app);

    const of = (state, words) => ({state, words});
    const PILES = [of('REVIEW', 'desk.review'), of('APPROVED', 'desk.approved'), of('DRAFT', 'desk.drafts')];

    function Pile({state, words}) {
        const found = useRemote(`/api/news?state=${state}&limit=100`);
        const items = found.data?.items ?? [];
        return items.length > 0 && html`<h3>${t(words, {count: items.length})}</h3>
            <${ui.Links} label=${t(words, {count: items.length})} rows=${items.map(one => ({
                href: `/news/${one.id}`, title: one.title, text: one.state === 'APPROVED' ? t('desk.at', {time: format.when(one.publishAt)}) : one.lead}))} />`;
    }

    /** Drafts and what waits, above the list that everybody sees; what is over is behind a button. */
    function Queue() {
        const [over, setOver] = hooks.useState(false);
        return html`<${ui.Section} title=${t('desk.title')} id="news-desk">
            <div class="actions"><${ui.Button} kind="main" icon="plus" href="/news/new" id="news-new">${t('desk.new')}<//></div>
            ${PILES.map(pile => html`<${Pile} key=${pile.state} ...${pile} />`)}
            ${over ? html`<${Pile} state="EXPIRED" words="desk.over" />`
                : html`<div class="actions"><${ui.Button} kind="quiet" icon="clock" id="news-over" onClick=${() => setOver(true)}>${t('desk.show-over')}<//></div>`}
        <//>`;
    }

    const whom = ({target}, unit) => t(target.ages ? 'to.ages' : `to.${target.to}`, {unit: unit ?? '…', ages: agesOf(t, target)});

    /** The steps that are open, the likeliest first. */
    function Actions({news, etag, reload}) {
        const {busy, problem, run} = useAction();
        const unit = useRemote(`/api/units/${news.target.unit}`);
        // what somebody has changed meanwhile is read before it is approved
        const asRead = async work => {
            try {
                await work();
            } catch (refused) {
                reload();
                throw refused;
            }
        };
        const step = name => () => run(() => asRead(async () => {
            await api.post(`/api/news/${news.id}/${name}`, undefined, {etag});
            focusOn('news-actions');
        }));
        const remove = () => run(() => asRead(async () => {
            await api.delete(`/api/news/${news.id}`, {etag});
            navigate('/news');
        }));
        const button = (name, icon, words, onClick, kind) => html`<${ui.Button} kind=${kind} icon=${icon} id=${`news-${name}`}
            busy=${busy && t('desk.doing')} onClick=${onClick}>${words}<//>`;
        const is = (...states) => states.includes(news.state);
        const isOwn = is('REVIEW') && news.changedBy === app.caller.account;
        return html`<${ui.Section} title=${t('desk.title')} id="news-actions" class="no-print">
            <p><${ui.Badge} kind=${is('PUBLISHED') ? 'good' : 'late'}>${t(`state.${news.state}`)}<//> ${whom(news, unit.data?.name)}</p>
            <${ui.ProblemNotice} problem=${problem} />
            ${is('DRAFT') && html`<p class="hint">${t('desk.submit-more')}</p>`}
            ${is('PUBLISHED') && html`<p class="hint">${t('desk.withdraw-more')}</p>`}
            ${is('APPROVED') && html`<p class="hint">${t('desk.approved-more', {time: format.when(news.publishAt)})}</p>`}
            ${is('REVIEW') && news.publishAt && html`<p class="hint">${t('desk.publish-at', {time: format.when(news.publishAt)})}</p>`}
            ${news.expiresAt && !is('EXPIRED') && html`<p class="hint">${t('desk.expires-at', {time: format.when(news.expiresAt)})}</p>`}
            ${isOwn && html`<p class="hint">${t('desk.own')}</p>`}
            <div class="actions">
                ${is('DRAFT') && button('submit', 'send', t('desk.submit'), step('submit'), 'main')}
                ${is('REVIEW') && button('approve', 'check', t('desk.approve', {whom: whom(news, unit.data?.name)}), step('approve'), isOwn ? undefined : 'main')}
                ${is('APPROVED') && button('return', 'undo-2', t('desk.take-back'), step('return'))}
                ${is('DRAFT', 'REVIEW') && html`<${ui.Button} icon="pencil" href=${`/news/${news.id}/edit`} id="news-edit">${t('desk.edit')}<//>`}
                ${is('REVIEW') && button('return', 'undo-2', t('desk.return'), step('return'))}
                ${is('PUBLISHED', 'EXPIRED') && button('withdraw', 'undo-2', t(is('EXPIRED') ? 'desk.again' : 'desk.withdraw'), step('withdraw'))}
                ${is('DRAFT') && button('delete', 'trash-2', t('desk.delete'), remove, 'quiet')}
            </div>
        <//>`;
    }

    /** How it was each time it was published. */
    function Editions({news}) {
        const found = useRemote(news.edition ? `/api/news/${news.id}/editions` : null);
        const [shown, setShown] = hooks.useState(null);
        if (!news.edition) {
            return null;
        }
        return html`<${ui.Section} title=${t('edition.title')} id="news-editions" class="no-print"><${ui.Remote} of=${found}>${page => html`
            <ul class="rows">${page.items.map(one => html`<li class="row" key=${one.edition}><span class="row-text"><span class="row-title">${t('edition.one', {number: one.edition})}</span>
                <span class="row-more">${format.when(one.publishedAt)}</span>
                <span><${ui.Button} id=${`news-edition-${one.edition}`} aria-expanded=${shown === one.edition ? 'true' : 'false'}
                    onClick=${() => setShown(shown === one.edition ? null : one.edition)}>${t(shown === one.edition ? 'edition.hide' : 'edition.show')}<//></span>
                ${shown === one.edition && html`<div class="news-edition"><p class="news-lead">${one.news.title}</p><p>${one.news.lead}</p><${Blocks} blocks=${one.news.blocks} />
                    ${one.news.pictures.map(picture => html`<${Picture} key=${picture.file} picture=${picture} />`)}</div>`}</span></li>`)}</ul>`}<//><//>`;
    }

    const blank = unit => ({
        id: newId(), title: '', lead: '', text: '', unit, to: 'MEMBERS', agesFrom: '', agesTo: '', urgent: false, asks: '', pictures: [], publishDay: '', publishTime: '', expiresDay: '',
    });

    const valuesOf = news => ({
        id: news.id,
        title: news.title,
        lead: news.lead,
        text: news.text ?? '',
        unit: news.target.unit,
        to: news.target.to,
        agesFrom: String(news.target.ages?.from ?? ''),
        agesTo: String(news.target.ages?.to ?? ''),
        urgent: Boolean(news.urgent),
        asks: news.asks ?? '',
        pictures: news.pictures,
        publishDay: news.publishAt ? format.dayOf(news.publishAt) : '',
        publishTime: news.publishAt ? format.timeOf(news.publishAt) : '',
        // the day after which it is over
        expiresDay: news.expiresAt ? format.plusDays(format.dayOf(news.expiresAt), -1) : '',
    });

    function New() {
        const unit = app.caller.mandates.find(one => one.role === 'EDITOR').unit;
        const [initial] = hooks.useState(() => blank(unit));
        return html`<${ui.Page} title=${t('edit.new')} back="/news" backTitle=${t('title')}>
            <${EditForm} id="news-new-form" unit=${unit} initial=${initial} />
        <//>`;
    }

    function Edit({id}) {
        const remote = useRemote(`/api/news/${id}`);
        return html`<${ui.Page} title=${t('edit.title')} back=${`/news/${id}`} backTitle=${t('title')}>
            <${ui.Remote} of=${remote} loading=${t('loading')}>${news => (!['DRAFT', 'REVIEW'].includes(news.state)
                ? html`<${ui.Empty} title=${t('problem.news.published')}>${t('problem.news.published.detail')}<//>`
                : html`<${EditForm} id=${`news-${id}`} unit=${news.unit} initial=${valuesOf(news)} etag=${remote.etag} />`)}<//>
        <//>`;
    }

    /** How a text will look, asked of the server that will show it so. */
    function Preview({form}) {
        const {busy, problem, run} = useAction();
        const [preview, setPreview] = hooks.useState(null);
        const look = () => run(async () => {
            setPreview(await api.post('/api/news/preview', {text: form.value('text')}));
            focusOn('news-preview');
        });
        return html`<div class="actions"><${ui.Button} icon="eye" id="news-look" busy=${busy && t('desk.doing')} onClick=${look}>${t('edit.preview')}<//></div>
            <${ui.ProblemNotice} problem=${problem} />
            ${preview && html`<div class="news-preview" id="news-preview" tabindex="-1" role="group" aria-label=${t('edit.preview-title')}>
                ${preview.faults.map(one => html`<p key=${one} class="field-error">${t(`rule.${one}`)}</p>`)}
                <p class="news-lead">${form.value('lead')}</p><${Blocks} blocks=${preview.blocks} /></div>`}`;
    }

    const AGES = [['agesFrom', 'from'], ['agesTo', 'to']];
    const typed = (form, name) => (form.value('to') === 'MEMBERS' ? (form.value(name) ?? '').trim() : '');

    const MISSING = [['title', 'edit.title-missing'], ['lead', 'edit.lead-missing'], ['text', 'edit.text-missing']];

    function bodyOf(form, unit) {
        const value = name => form.value(name);
        const body = {
            unit,
            target: {unit: value('unit'), to: value('to')},
            title: value('title').trim(),
            lead: value('lead').trim(),
            text: value('text').trim(),
            pictures: value('pictures').map(({file, alt}) => ({file, alt: alt.trim()})),
        };
        const ages = AGES.filter(([name]) => typed(form, name)).map(([name, end]) => [end, Number(typed(form, name))]);
        if (ages.length) {
            body.target.ages = Object.fromEntries(ages);
        }
        if (value('urgent')) {
            body.urgent = true;
        }
        if (value('asks')) {
            body.asks = value('asks');
        }
        if (value('publishDay')) {
            const time = /^\d{1,2}:\d{2}$/.test(value('publishTime')) ? value('publishTime').padStart(5, '0') : '00:00';
            body.publishAt = format.instantOf(value('publishDay'), time);
        }
        if (value('expiresDay')) {
            body.expiresAt = format.instantOf(format.plusDays(value('expiresDay'), 1), '00:00');
        }
        return body;
    }

    function EditForm({id, unit, initial, etag}) {
        const form = useForm(id, initial);
        const own = useRemote(`/api/units/${unit}`);
        const below = useRemote(`/api/units?parent=${unit}&limit=500`);
        const value = name => form.value(name);
        const submit = async () => {
            const missing = MISSING.filter(([name]) => !value(name).trim()).map(([field, text]) => ({field, message: t(text)}));
            value('pictures').forEach((one, i) => !one.alt.trim() && missing.push({field: `pictures[${i}].alt`, message: t('edit.alt-missing')}));
            AGES.forEach(([name, end]) => /\D/.test(typed(form, name)) && missing.push({field: `target.ages.${end}`, message: t('edit.ages-number')}));
            if (missing.length) {
                form.refuse({status: 422, title: t('edit.missing'), errors: missing});
                return;
            }
            const path = value('id');
            if (await form.submit(() => api.put(`/api/news/${path}`, bodyOf(form, unit), etag ? {etag} : undefined))) {
                form.discard();
                navigate(`/news/${path}`);
            }
        };
        const toggle = (name, words) => html`<${ui.Button} id=${`news-${name}`} icon=${value(name) && 'check'} aria-pressed=${value(name) ? 'true' : 'false'}
            onClick=${() => form.set(name, !value(name))}>${t(words)}<//>`;
        const places = [own.data, ...(below.data?.items ?? [])].filter(Boolean);
        return html`<${ui.Form} form=${form} onSubmit=${submit} shown=${['title', 'lead', 'text', 'publishAt', 'expiresAt', 'asks', 'target.unit', 'target.ages.from', 'target.ages.to',
            ...value('pictures').map((one, i) => `pictures[${i}].alt`)]}>
            <${ui.Field} form=${form} name="title" label=${t('edit.name')} maxlength="200" />
            <${ui.Field} form=${form} name="lead" as="textarea" label=${t('edit.lead')} hint=${t('edit.lead-hint')} maxlength="500" />
            <${ui.Field} form=${form} name="text" as="textarea" rows="12" label=${t('edit.text')} hint=${t('edit.text-hint')} maxlength="16000" />
            <${Preview} form=${form} />
            <${PictureFields} form=${form} id=${id} />
            <${ui.Choice} form=${form} name="to" label=${t('edit.to')} options=${['MEMBERS', 'LEADERS', 'OFFICERS'].map(one => [one, t(`edit.to-${one}`)])} />
            ${value('to') === 'MEMBERS' && AGES.map(([name, end]) => html`<${ui.Field} key=${name} form=${form} name=${name} label=${t(`edit.ages-${end}`)} hint=${end === 'from' ? t('edit.ages-hint') : undefined}
                error=${form.error(`target.ages.${end}`)} inputmode="numeric" autocomplete="off" maxlength="3" optional />`)}
            ${places.length > 1 && html`<${ui.Field} form=${form} name="unit" as="select" label=${t('edit.unit')} error=${form.error('target.unit')}>
                ${places.map((one, i) => html`<option key=${one.id} value=${one.id} selected=${one.id === value('unit')}>${i === 0 ? t('edit.all-of', {unit: one.name}) : one.name}</option>`)}<//>`}
            ${toggle('urgent', 'edit.urgent')}
            <${ui.Choice} form=${form} name="asks" label=${t('edit.asks')} hint=${t('edit.asks-hint')} options=${['', 'OPENED', 'ACKNOWLEDGED'].map(one => [one, t(`edit.asks-${one || 'NOTHING'}`)])} />
            <${ui.Field} form=${form} name="publishDay" type="date" label=${t('edit.publish-day')} hint=${t('edit.publish-hint')} optional />
            ${value('publishDay') && html`<${ui.Field} form=${form} name="publishTime" type="time" label=${t('edit.publish-time')} optional />`}
            <${ui.Field} form=${form} name="expiresDay" type="date" label=${t('edit.expires-day')} hint=${t('edit.expires-hint')} error=${form.error('expiresAt')} optional />
            <div class="actions"><${ui.Button} kind="main" type="submit" icon="check" id="save-news" busy=${form.sending && t('edit.saving')}>${t('edit.save')}<//></div>
        <//>`;
    }

    return {Queue, Actions, Editions, New, Edit};
}
