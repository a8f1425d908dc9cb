/** All that is kept about the reader, and who has read it. */
import {html} from '../base.js';
import {t, has, textsOf} from '../texts.js';
import * as format from '../format.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {Button, Empty, Facts, Page, Remote, Section} from '../ui.js';
import {ConsentSection} from './privacy.js';
import {PurposeSection} from './personal.js';
import {WhoSees} from '../pages/who-sees.js';

const INSTANT = /^\d{4}-\d\d-\d\dT/;
const DAY = /^\d{4}-\d\d-\d\d$/;

/** Words of a module if it has them, of the shell if that has; else the name itself. */
const word = (module, key, name) => (has(module, key) || has('shell', key) ? textsOf(module)(key) : name);

function shown(module, name, value) {
    if (value === true || value === false) {
        return t(value ? 'data.yes' : 'data.no');
    }
    if (INSTANT.test(value)) {
        return format.when(value);
    }
    if (DAY.test(value)) {
        return format.date(value);
    }
    // of dues that is an amount
    if (name === 'correction' && has('shell', `correction.field.${value}`)) {
        return t(`correction.field.${value}`);
    }
    if (name === 'consent') {
        const [owner, what] = value.split('.');
        return word(owner === 'platform' ? 'shell' : owner, `consent.${what}`, value);
    }
    if (name === 'state' && has('shell', `correction.state.${value}`)) {
        return t(`correction.state.${value}`);
    }
    if (name === 'unit' || name === 'cell') {
        return html`<${Unit} id=${value} />`;
    }
    return word(module, `${{role: 'role', status: 'status', gender: 'gender', reason: 'reason'}[name] ?? `data.value`}.${value}`, value);
}

function Unit({id}) {
    const unit = useRemote(`/api/units/${id}`);
    return unit.data?.name ?? (unit.problem ? t('data.unit-closed') : '…');
}

function Part({part}) {
    const [module, kind] = part.what.split('.');
    return html`<${Section} title=${word(module, `data.${kind}`, part.what)}>
        <ul class="rows">${part.records.map((record, i) => html`<li key=${i} class="row"><${Facts} rows=${Object.entries(record).map(([name, value]) =>
            [word(module, `data.field.${name}`, name), shown(module, name, value)])} /></li>`)}</ul>
    <//>`;
}

export function MyData() {
    const data = useRemote('/api/me/data');
    const reads = useRemote('/api/me/reads?limit=50');
    const self = caller.value.member?.id;
    return html`<${Page} title=${t('data.title')} lead=${t('data.lead')} back="/me" backTitle=${t('me.title')}>
        <div class="actions no-print">
            <${Button} icon="download" href="/api/me/data?format=pdf" download="so-tay.pdf" id="data-pdf">${t('data.pdf')}<//>
            <${Button} icon="download" href="/api/me/data" download="so-tay.json" id="data-json">${t('data.json')}<//>
            <${Button} icon="printer" id="data-print" onClick=${() => print()}>${t('data.print')}<//>
            <${Button} icon="pencil" href="/me/corrections" id="correction-way">${t('correction.ask')}<//>
        </div>
        ${self && html`<${WhoSees} resource="member" id=${self} />`}
        <${ConsentSection} />
        <${Section} title=${t('data.reads')}>
            <${Remote} of=${reads}>${({items}) => items.length === 0
                ? html`<${Empty} title=${t('data.no-reads')}>${t('data.no-reads-more')}<//>`
                : html`<ul class="rows">${items.map((one, i) => html`<li key=${i} class="row"><span class="row-text">
                    <span class="row-title">${one.name ?? t('data.somebody')}</span>
                    <span class="row-more">${[format.when(one.at), ...one.posts.map(post => [t(`role.${post.role}`), post.unit].filter(Boolean).join(', '))].join(' · ')}</span></span></li>`)}</ul>`}<//>
        <//>
        <${Remote} of=${data}>${({parts}) => parts.map(part => html`<${Part} key=${part.what} part=${part} />`)}<//>
        <${PurposeSection} />
    <//>`;
}
