import {html, hooks} from '../base.js';
import {api, Problem, url} from '../api.js';
import {t, has} from '../texts.js';
import * as format from '../format.js';
import {focusOn} from '../router.js';
import {useRemote} from '../data.js';
import {Badge, Button, Empty, Field, Notice, Page, ProblemNotice, Remote, Section} from '../ui.js';

const ACTIONS = ['WRITE', 'READ', 'EXPORT', 'SIGN_IN', 'SIGN_IN_FAILED', 'SIGN_OUT', 'ACCOUNT', 'MANDATE', 'RETENTION'];
/** Of signing in officers are told nothing. */
const OF_UNIT = ['WRITE', 'READ', 'EXPORT', 'ACCOUNT', 'MANDATE'];
const LATE = ['SIGN_IN_FAILED', 'EXPORT', 'RETENTION'];
const SHOWN = 25;
const MOST_FAULTS = 20;

const action = line => (has('shell', `audit.action.${line.action}`) ? t(`audit.action.${line.action}`) : line.action);
const thing = line => (has('shell', `audit.type.${line.type}`) ? t(`audit.type.${line.type}`) : line.type);
const by = line => (line.by ? line.by.name ?? t('audit.unknown') : line.action.startsWith('SIGN_IN') ? t('audit.nobody') : t('audit.system'));

/** What a phone or computer is called in lists of sessions. */
const named = on => on.name || t('sessions.unknown');
/** All on one that stays with its owner, else the one session. */
const sameOn = on => (on.device ? {device: on.device} : {session: on.session});

/** What a write did: the digests tell. */
const deed = line => (line.action !== 'WRITE' ? action(line) : t(line.before ? (line.after ? 'audit.changed' : 'audit.removed') : 'audit.made'));

function Line({line, only, onlyOn}) {
    return html`<li class="row module">
        <div class="row-text">
            <span class="row-title">${deed(line)}: ${thing(line)}${line.concerns?.name && ` · ${line.concerns.name}`}</span>
            <span class="row-more">${t('audit.by', {when: format.when(line.at), who: by(line)})}</span>
            ${line.on && html`<span class="row-more">${t('audit.on', {device: named(line.on)})}</span>`}
            <span class="row-more">${t('audit.number', {number: line.seq})}</span>
            ${LATE.includes(line.action) && html`<span><${Badge} kind="late">${action(line)}<//></span>`}
        </div>
        ${line.by && only && html`<${Button} kind="quiet" icon="search" onClick=${() => only({id: line.by.account, name: by(line)})}>
            ${t('audit.only')}<span class="only-read"> ${by(line)}, ${line.seq}</span><//>`}
        ${line.on && onlyOn && html`<${Button} kind="quiet" icon="search" onClick=${() => onlyOn({...sameOn(line.on), name: named(line.on)})}>
            ${t('audit.only-on')}<span class="only-read"> ${named(line.on)}, ${line.seq}</span><//>`}
    </li>`;
}

/** Says in words whether somebody has touched the trail. */
function Verify() {
    const [busy, setBusy] = hooks.useState(false);
    const [verdict, setVerdict] = hooks.useState(null);
    const [problem, setProblem] = hooks.useState(null);
    const look = async () => {
        if (busy) {
            return;
        }
        setBusy(true);
        setVerdict(null);
        setProblem(null);
        try {
            setVerdict(await api.get('/api/audit/verify'));
            focusOn('audit-verdict');
        } catch (failure) {
            if (!(failure instanceof Problem)) {
                throw failure;
            }
            setProblem(failure);
        } finally {
            setBusy(false);
        }
    };
    return html`<${Section} title=${t('audit.whole')}>
        <p class="hint">${t('audit.whole-more')}</p>
        <${Button} id="audit-verify" icon="list-checks" busy=${busy && t('audit.verifying')} onClick=${look}>${t('audit.verify')}<//>
        <${ProblemNotice} problem=${problem} />
        ${verdict?.ok && html`<${Notice} id="audit-verdict" kind="good" title=${t('audit.ok')}>
            ${t('audit.ok-more', {rows: format.number(verdict.rows), open: format.number(verdict.open)})}<//>`}
        ${verdict && !verdict.ok && html`<${Notice} id="audit-verdict" kind="error" title=${t('audit.touched', {count: verdict.faults.length})}>
            <ul>${verdict.faults.slice(0, MOST_FAULTS).map((fault, i) => html`<li key=${i}>
                ${t(`audit.fault.${fault.kind}`, {number: fault.seq, other: fault.other ?? ''})}
                ${fault.at && ` (${format.when(fault.at)})`}</li>`)}</ul>
            ${verdict.faults.length > MOST_FAULTS && html`<p>${t('audit.faults-more', {count: verdict.faults.length - MOST_FAULTS})}</p>`}
        <//>`}
    <//>`;
}

/** Whose data one account, or one of its devices, has reached in the days of the filter: for when either was in other hands. */
function Reach({who, period}) {
    const [asked, setAsked] = hooks.useState(false);
    const [on, setOn] = hooks.useState({});
    return html`<${Section} title=${t('audit.reach', {who: who.name})} id="audit-reach">
        <p class="hint">${t('audit.reach-more')}</p>
        <div class="actions no-print">
            ${!asked && html`<${Button} id="audit-reach-ask" icon="list-checks" onClick=${() => setAsked(true)}>${t('audit.reach-ask')}<//>`}
            ${asked && html`<${Button} icon="printer" onClick=${() => print()}>${t('audit.reach-print')}<//>`}
            <${Button} icon="download" href=${url(`/api/accounts/${who.id}/reach/export`, {...period, ...on})} download="">${t('audit.export')}<//>
        </div>
        ${asked && html`<${Devices} who=${who} period=${period} on=${on} choose=${setOn} />
            <${Reached} key=${on.device ?? on.session ?? ''} who=${who} period=${period} on=${on} />`}
    <//>`;
}

/** On which phone or computer; each told apart by its times, since two may be called alike. */
function Devices({who, period, on, choose}) {
    const report = useRemote(url(`/api/accounts/${who.id}/reach`, period));
    const devices = report.data?.devices ?? [];
    const id = one => one.device ?? one.session;
    const words = one => (one.begun
        ? t('audit.device', {device: named(one), begun: format.when(one.begun), used: format.when(one.used), times: format.number(one.times)})
        : t('audit.device-old', {device: named(one), times: format.number(one.times)}));
    return html`<${Field} label=${t('audit.device-of')} hint=${t('audit.device-more')} as="select" name="reach-device" value=${id(on) ?? ''}
        onInput=${event => {
            const one = devices.find(device => id(device) === event.target.value);
            choose(one ? sameOn(one) : {});
        }}>
        <option value="">${t('audit.devices')}</option>
        ${devices.map(one => html`<option key=${id(one)} value=${id(one)}>${words(one)}</option>`)}
    <//>`;
}

function Reached({who, period, on}) {
    const report = useRemote(url(`/api/accounts/${who.id}/reach`, {...period, ...on}));
    return html`<${Remote} of=${report}>${found => html`
        <p role="status">${t('audit.reach-count', {from: format.day(found.from), to: format.day(found.to), count: format.number(found.count)})}</p>
        ${(on.device || on.session) && found.unknown > 0 && html`<p>${t('audit.reach-unknown', {count: format.number(found.unknown)})}</p>`}
        <p>${t('audit.reach-could', {count: format.number(found.couldReach)})}</p>
        ${found.people.length > 0 && html`<ul class="rows">${found.people.map(one => html`<li key=${one.member} class="row">
            <div class="row-text">
                <span class="row-title">${one.name ?? t('audit.reach-gone')}${one.cell && ` · ${one.cell}`}</span>
                <span class="row-more">${one.how.map(how => t(`audit.reach.${how}`)).join(', ')}</span>
                <span class="row-more">${t('audit.reach-last', {when: format.when(one.last), times: one.times})}</span>
            </div></li>`)}</ul>`}
        ${found.count > found.people.length && html`<p>${t('audit.reach-first', {count: format.number(found.people.length)})}</p>`}
        ${found.others.length > 0 && html`<h3>${t('audit.reach-others')}</h3>
            <ul>${found.others.map((other, i) => html`<li key=${i}>${action(other)}: ${thing(other)}
                (${t('audit.reach-last', {when: format.when(other.last), times: other.times})})</li>`)}</ul>`}
    `}<//>`;
}

/** What was done with what, of whom: as who answers for a unit is told. */
function UnitLine({line, unit, only}) {
    const what = line.deed ? t(`audit.deed.${line.deed}`) : action(line);
    const of = line.type === 'member' && !line.concerns ? t('audit.type.members') : thing(line);
    const whom = line.concerns?.name ?? line.mandate?.holder;
    return html`<li class="row module">
        <div class="row-text">
            <span class="row-title">${what}: ${of}${whom && ` · ${whom}`}</span>
            ${line.mandate && html`<span class="row-more">${t(`role.${line.mandate.role}`)}</span>`}
            <span class="row-more">${t('audit.by', {when: format.when(line.at), who: by(line)})}</span>
            ${line.unit.id !== unit && html`<span class="row-more">${line.unit.name}</span>`}
            ${(line.action === 'EXPORT' || line.type === 'emergency') && html`<span><${Badge} kind="late">${
                line.type === 'emergency' ? thing(line) : action(line)}<//></span>`}
        </div>
        ${line.by && only && html`<${Button} kind="quiet" icon="search" onClick=${() => only({id: line.by.account, name: by(line)})}>
            ${t('audit.only')}<span class="only-read"> ${by(line)}, ${line.seq}</span><//>`}
    </li>`;
}

/** For officers: what the trail tells of a unit and those below it. */
export const UnitAudit = ({unit}) => html`<${OfUnit} key=${unit} unit=${unit} />`;

function OfUnit({unit}) {
    const place = useRemote(`/api/units/${unit}`);
    return html`<${Page} title=${t('audit.title')} lead=${place.data?.name} back=${`/units/${unit}`} backTitle=${place.data?.name}>
        <p class="hint">${t('audit.unit-lead')}</p>
        <${List} path=${`/api/units/${unit}/audit`} actions=${OF_UNIT}
            line=${(line, only) => html`<${UnitLine} key=${line.seq} line=${line} unit=${unit} only=${only} />`} />
    <//>`;
}

/**
 * Rows of the trail, by pages and filtered.
 *
 * @param line shows a row, with what to press for its person and device alone, unless one is chosen already
 * @param above what stands above the list, for whom is chosen and the days
 */
function List({path, actions, line, above}) {
    const [filter, setFilter] = hooks.useState({from: '', to: '', action: ''});
    const [who, setWho] = hooks.useState(null);
    const [on, setOn] = hooks.useState(null);
    // where each page begins, up to the one that is shown
    const [afters, setAfters] = hooks.useState(['']);
    const asked = {...filter, account: who?.id, session: on?.session, device: on?.device};
    const page = useRemote(url(path, {...asked, limit: SHOWN, after: afters[afters.length - 1]}));
    const show = pages => {
        setAfters(pages);
        focusOn('audit-list');
    };
    const set = (name, value) => {
        setFilter({...filter, [name]: value});
        setAfters(['']);
    };
    const only = one => {
        setWho(one);
        show(['']);
    };
    const onlyOn = one => {
        setOn(one);
        show(['']);
    };
    const field = name => ({name, value: filter[name], onInput: event => set(name, event.target.value)});
    return html`${above?.(who, filter)}
        <${Section} title=${t('audit.list')} id="audit-list">
            <form class="filter" onSubmit=${event => event.preventDefault()}>
                <${Field} label=${t('audit.from')} type="date" ...${field('from')} />
                <${Field} label=${t('audit.to')} type="date" ...${field('to')} />
                <${Field} label=${t('audit.action')} as="select" ...${field('action')}>
                    <option value="">${t('audit.all')}</option>
                    ${actions.map(one => html`<option key=${one} value=${one}>${t(`audit.action.${one}`)}</option>`)}
                <//>
            </form>
            ${who && html`<p role="status">${t('audit.of', {who: who.name})}
                <${Button} kind="quiet" icon="x" onClick=${() => only(null)}>${t('audit.of-all')}<//></p>`}
            ${on && html`<p role="status">${t('audit.on-only', {device: on.name})}
                <${Button} kind="quiet" icon="x" onClick=${() => onlyOn(null)}>${t('audit.on-all')}<//></p>`}
            <p><${Button} icon="download" href=${url(`${path}/export`, asked)} download="">${t('audit.export')}<//></p>
            <${Remote} of=${page}>${found => html`
                ${found.items.length === 0
                    ? html`<div role="status"><${Empty} title=${t(found.next ? 'audit.none-here' : 'audit.none')} /></div>`
                    : html`<ul class="rows">${found.items.map(one => line(one, !who && only, !on && onlyOn))}</ul>`}
                <div class="actions">
                    ${afters.length > 1 && html`<${Button} id="audit-newer" icon="chevron-left" onClick=${() => show(afters.slice(0, -1))}>
                        ${t('audit.newer')}<//>`}
                    ${found.next && html`<${Button} id="audit-older" icon="chevron-right" onClick=${() => show([...afters, found.next])}>
                        ${t('audit.older')}<//>`}
                </div>`}<//>
        <//>`;
}

/** For the administrator: who did what, and whether the trail is whole. */
export function Audit() {
    return html`<${Page} title=${t('audit.title')} lead=${t('audit.lead')} back="/system" backTitle=${t('system.title')}>
        <${Verify} />
        <${List} path="/api/audit" actions=${ACTIONS}
            above=${(who, {from, to}) => who && html`<${Reach} key=${`${who.id} ${from} ${to}`} who=${who} period=${{from, to}} />`}
            line=${(line, only, onlyOn) => html`<${Line} key=${line.seq} line=${line} only=${only} onlyOn=${onlyOn} />`} />
    <//>`;
}
