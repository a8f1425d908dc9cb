/**
 * The pages of the library. This file has what members see, reader.js the text of a document; what editors do is in desk.js, what there is without a network in
 * local.js.
 */
import {LEVELS, words} from './words.js';
import {acknowledge} from './acknowledge.js';
import {cites} from './cites.js';
import {finds, local} from './local.js';
import {mine} from './mine.js';
import {opinions} from './opinions.js';
import {reader} from './reader.js';

/** What is said of what came of looking for a file's text. */
const READINGS = {
    WAITS: 'reading.WAITS', PICTURES: 'reading.PICTURES', LOCKED: 'rule.file-locked', SCRIPT: 'rule.file-script', BROKEN: 'rule.file-broken',
    TOO_LARGE: 'rule.file-unpacked', SECRET: 'rule.secret',
};

export default function (app) {
    const {html, t, format, ui, hooks, later, useRemote} = app;
    const say = words(app);
    const {useCited, linked, Cited} = cites(app);
    const parts = {say, useCited, linked};
    const {Queue, Actions, New, Edit} = later(() => import('./desk.js').then(({desk}) => desk(app, parts)));
    const {Folder, Import} = later(() => import('./folder.js').then(({folder}) => folder(app)));
    const {Acknowledge, Given, Asked} = acknowledge(app, parts);
    const {Editions} = later(() => import('./editions.js').then(({editions}) => editions(app, parts)));
    const {marked, useNew, Own, isThere} = mine(app);
    Object.assign(parts, opinions(app, parts));
    const {useDraft, DraftBanner, Whole, Mine, Waiting, refused} = parts;
    const {Reader} = reader(app, parts);
    const {Cell, CellCard} = later(() => import('./summing.js').then(({summing}) => summing(app, parts)));
    const {Report} = later(() => import('./report.js').then(({report}) => report(app, parts)));
    const {Scans, Correct} = later(() => import('./scan.js').then(({scan}) => scan(app)));

    const reads = who => who.cell || who.holds(['OFFICER', 'EDITOR']);

    const row = (document, isNew) => {
        const {text, kind} = say.force(document);
        return {
            href: `/documents/${document.id}`,
            title: document.title,
            text: [say.called(document), document.issuer, document.signed && format.date(document.signed)].filter(Boolean).join(' · '),
            state: html`<${ui.Badge} kind=${kind}>${text}<//>${isNew === true && html` <${ui.Badge} kind="mark">${t('mine.new')}<//>`}`,
        };
    };

    /** Today: what came in the last thirty days. */
    function Newest() {
        const newest = useRemote('/api/documents?limit=20');
        const since = new Date(Date.now() - 30 * 86_400_000).toISOString();
        const items = (newest.data?.items ?? []).filter(one => one.publishedAt && one.publishedAt > since);
        return items.length > 0 && html`<${ui.Card} title=${t('new.title')} icon="book-open" id="new-documents">
            <${ui.Links} label=${t('new.title')} rows=${items.slice(0, 3).map(one => row(one))} />
            <${ui.Links} rows=${[{href: '/documents', title: t('new.all')}]} />
        <//>`;
    }

    /** A choice of one of some words, or of all. */
    const Pick = ({name, label, value, options, onPick}) => html`<${ui.Field} name=${`documents-${name}`} as="select" label=${label} value=${value}
        onChange=${event => onPick(event.target.value)}>
        <option value="">${t('filter.all')}</option>
        ${options.map(([key, text]) => html`<option key=${key} value=${key} selected=${key === value}>${text}</option>`)}
    <//>`;

    function All() {
        const [level, setLevel] = hooks.useState('');
        const [topic, setTopic] = hooks.useState('');
        const [inForce, setInForce] = hooks.useState(false);
        const [limit, setLimit] = hooks.useState(50);
        const all = useRemote('/api/documents?limit=500');
        const topics = [...new Set((all.data?.items ?? []).flatMap(one => one.topics))].sort((a, b) => a.localeCompare(b, 'vi'));
        const isNew = useNew(all.data?.items);
        const [onlyMarked, setOnlyMarked] = hooks.useState(false);
        const today = format.today();
        const marks = marked();
        const count = (all.data?.items ?? []).filter(isNew).length;
        const found = (all.data?.items ?? []).filter(one => (!level || one.level === level) && (!topic || one.topics.includes(topic))
            && (!inForce || say.isInForce(one, today)) && (!onlyMarked || marks.includes(one.id)));
        return html`<${ui.Page} title=${t('title')} lead=${t('lead')}>
            ${say.edits() && html`<${Queue} />`}
            <${ui.Remote} of=${all} loading=${t('loading')}>${page => (page.items.length === 0
                ? html`<${ui.Empty} title=${t('none')}>${t('none-more')}<//>`
                : html`
                ${count > 0 && html`<p role="status" id="documents-new">${t('mine.count', {count})}</p>`}
                <div class="documents-filter" role="group" aria-label=${t('filter.title')}>
                    <${Pick} name="level" label=${t('filter.level')} value=${level} onPick=${setLevel}
                        options=${LEVELS.map(one => [one, t(`level.${one}`)])} />
                    ${topics.length > 0 && html`<${Pick} name="topic" label=${t('filter.topic')} value=${topic} onPick=${setTopic}
                        options=${topics.map(one => [one, one])} />`}
                    <${ui.Button} id="documents-in-force" icon=${inForce && 'check'} aria-pressed=${inForce ? 'true' : 'false'}
                        onClick=${() => setInForce(!inForce)}>${t('filter.in-force')}<//>
                    ${isThere() && html`<${ui.Button} id="documents-marked" icon=${onlyMarked && 'check'} aria-pressed=${onlyMarked ? 'true' : 'false'}
                        onClick=${() => setOnlyMarked(!onlyMarked)}>${t('mine.marked', {count: marks.length})}<//>`}
                </div>
                ${found.length === 0
                    ? html`<${ui.Empty} title=${t('none-found')}>${t('none-found-more')}<//>`
                    : html`<${ui.Links} label=${t('title')} rows=${found.slice(0, limit).map(one => row(one, isNew(one)))} />`}
                ${found.length > limit && html`<div class="actions"><${ui.Button} onClick=${() => setLimit(limit + 50)}>${t('more')}<//></div>`}
            `)}<//>
        <//>`;
    }

    /** The first thing that a reader of an old document must know. */
    function Banner({document}) {
        const next = say.replacing(document, format.today()) ?? (document.replacedBy ?? [])[0];
        const absent = !next && document.relations.find(one => one.kind === 'REPLACED_BY');
        return absent ? html`<${ui.Notice} kind="late" id="replaced" title=${t('replaced.title', {document: say.other(absent)})}>
            ${[t('replaced.from', {day: format.day(document.expires)}), !absent.document && t('replaced.absent')].filter(Boolean).join(' ')}<//>` : next ? html`<${ui.Notice} kind="late" id="replaced" title=${t('replaced.title', {document: say.other(next)})}
            actions=${html`<${ui.Button} icon="chevron-right" href=${`/documents/${next.document}`}>${t('replaced.open')}<//>`}>
            ${[next.title, next.from && t('replaced.from', {day: format.day(next.from)})].filter(Boolean).join('. ')}<//>` : null;
    }

    function Relations({document}) {
        return document.relations.length > 0 && html`<${ui.Section} title=${t('relation.title')}>
            <ul class="plain">${document.relations.map((one, i) => {
                const words = t(`relation.${one.kind}`, {document: say.other(one)});
                return html`<li key=${i}>${one.document ? html`<a class="documents-link" href=${`/documents/${one.document}`}>${words}</a>` : words}</li>`;
            })}</ul>
        <//>`;
    }

    /** For the editors of a document: where it is named. */
    function Citing({document}) {
        const found = useRemote(document.number ? `/api/documents/${document.id}/citing` : null);
        const items = found.data?.items ?? [];
        return items.length > 0 && html`<${ui.Section} title=${t('citing.title', {count: items.length})} id="document-citing">
            ${document.state === 'PUBLISHED' && !say.isInForce(document, format.today()) && html`<p class="hint">${t('citing.old')}</p>`}
            <${ui.Links} label=${t('citing.title', {count: items.length})} rows=${items.map(one => row(one))} /><//>`;
    }

    /** What a reader must know of a file whose text is not there; what editors must, too, where one was published before files were looked at. */
    function readingOf({text}) {
        const words = text && !text.file && READINGS[text.reading];
        return words && html`<span class="row-more">${t(words)}</span>`;
    }

    /** The text of a draft, with what the reader says of its paragraphs. */
    function DraftText({document}) {
        const draft = useDraft(document);
        return html`<${Reader} files=${document.files} title=${document.title} draft=${draft} /><${Whole} draft=${draft} />`;
    }

    function One({id}) {
        const remote = useRemote(`/api/documents/${id}`);
        const called = remote.data && say.called(remote.data);
        return html`<${ui.Page} key=${id} title=${remote.data?.title ?? t('title')} lead=${called} back="/documents" backTitle=${t('title')}>
            <${ui.Remote} of=${remote} loading=${t('loading')}>${document => html`
                <${Banner} document=${document} />
                <${DraftBanner} document=${document} />
                <p><${ui.Badge} kind=${document.state === 'PUBLISHED' ? say.force(document).kind : 'late'}>${document.state === 'PUBLISHED'
                    ? say.force(document).text : t(`state.${document.state}`)}<//>${document.state === 'PUBLISHED' && document.edition > 1 && html` <${ui.Badge} kind="mark">${
                        t('edition.revised', {day: format.date(format.dayOf(document.publishedAt))})}<//>`}</p>
                ${say.edits() && html`${remote.etag && html`<${Actions} document=${document} etag=${remote.etag} reload=${remote.reload} />`}<${Editions} document=${document} /><${Citing} document=${document} />`}
                <${ui.Section} title=${t('one.files')}>${document.files.length > 0
                    ? html`<${ui.Documents} documents=${document.files} state=${readingOf} />`
                    : html`<p class="hint">${t('one.no-files')}</p>`}
                    ${say.edits() && html`<${Scans} document=${document} reload=${remote.reload} />`}<//>
                <${ui.Facts} rows=${[
                    [t('one.number'), document.number],
                    [t('one.kind'), t(`kind.${document.kind}`)],
                    [t('one.issuer'), document.issuer],
                    [t('one.level'), t(`level.${document.level}`)],
                    [t('one.signed'), document.signed && format.date(document.signed)],
                    [t('one.effective'), document.effective && format.date(document.effective)],
                    [t('one.expires'), document.expires && format.date(document.expires)],
                    [t('one.topics'), document.topics.join(', ')],
                ]} />
                <${Relations} document=${document} />
                ${document.opinionsUntil && document.state === 'PUBLISHED' ? html`<${DraftText} document=${document} />`
                    : html`<${Reader} files=${document.files} title=${document.title} />`}
                <${Own} document=${document} />
                <${Acknowledge} document=${document} />
                <${Given} document=${document} />
            `}<//>
        <//>`;
    }

    /** The newest that are in force: what there is to be taken along. */
    function useNewest() {
        const newest = useRemote('/api/documents?limit=20');
        const items = (newest.data?.items ?? []).filter(one => say.isInForce(one, format.today()));
        return {of: newest, documents: items.slice(0, 10).flatMap(one => one.files)};
    }

    return {
        routes: [
            {path: '/documents', page: All, for: reads},
            {path: '/documents/new', page: New, for: who => who.holds('EDITOR')},
            {path: '/documents/import', page: Folder, for: who => who.holds('EDITOR')},
            {path: '/documents/import/:job', page: Import, for: who => who.holds('EDITOR')},
            {path: '/documents/opinions', page: Mine, for: who => who.member && who.cell},
            {path: '/documents/:id/cell', page: Cell, for: who => who.holds(['SECRETARY', 'DEPUTY'])},
            {path: '/documents/:id/report', page: Report, for: who => who.holds(['OFFICER', 'INSPECTOR', 'EDITOR'])},
            {path: '/documents/:id', page: One, for: reads},
            {path: '/documents/:id/edit', page: Edit, for: who => who.holds('EDITOR')},
            {path: '/documents/:id/text/:file', page: Correct, for: who => who.holds('EDITOR')},
        ],
        local: local(app, parts),
        finds: finds(app, parts),
        refused,
        words: [{component: Cited, for: reads}],
        along: [{text: () => t('along'), use: useNewest, order: 20, for: who => who.cell}],
        menu: [{path: '/documents', icon: 'book-open', text: () => t('menu'), order: 20, for: reads}],
        cards: [{card: Asked, order: 15, for: who => who.member && who.cell}, {card: Waiting, order: 17, for: who => who.member && who.cell},
            {card: CellCard, order: 19, for: who => who.holds(['SECRETARY', 'DEPUTY'])}, {card: Newest, order: 30, for: reads}],
    };
}
