import {html, hooks} from '../base.js';
import {api, Problem} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {transfer} from '../files.js';
import {focusOn, navigate} from '../router.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {useForm} from '../form.js';
import {Badge, Button, Empty, Facts, Field, Form, Links, Notice, Page, ProblemNotice, Remote, Section, Upload} from '../ui.js';

const WORKING = ['RUNNING', 'APPLYING', 'UNDOING'];
const LOOK_AGAIN = 1_000;
const FIELDS = ['name', 'birthDate', 'gender', 'cardNumber', 'admittedOn', 'officialOn', 'cell', 'phone'];
const kindOf = state => ({APPLIED: 'good', FAILED: 'bad', COLUMNS: 'late', STAGED: 'late'})[state];

const unitsOf = who => who.mandates.filter(mandate => mandate.role === 'OFFICER').map(mandate => mandate.unit);

/** Lists of members that an officer has sent, and a way to send another. */
export function Rosters() {
    const units = unitsOf(caller.value);
    const jobs = useRemote('/api/jobs?limit=50');
    const unit = useRemote(`/api/units/${units[0]}`);
    const send = (file, progress) => {
        const form = new FormData();
        form.append('unit', units[0]);
        form.append('file', file);
        return transfer('POST', '/api/members/import', form, progress);
    };
    return html`<${Page} title=${t('rosters.title')} lead=${t('rosters.lead', {unit: unit.data?.name ?? '…'})}>
        <${Upload} id="roster-upload" label=${t('rosters.upload')} accept=".csv,.txt,.xlsx" multiple=${false} most=${50 * 1024 * 1024}
            transfer=${send}
            onSent=${job => navigate(`/rosters/${job.id}`)} />
        <${Section} title=${t('rosters.before')}>
            <${Remote} of=${jobs}>${page => page.items.length === 0
                ? html`<${Empty} title=${t('rosters.none')}>${t('rosters.none-more')}<//>`
                : html`<${Links} label=${t('rosters.before')} rows=${page.items.map(job => ({
                    href: `/rosters/${job.id}`,
                    title: format.when(job.startedAt),
                    text: job.result && t('rosters.taken', {count: job.result.taken, refused: job.result.refusedLines}),
                    state: html`<${Badge} kind=${kindOf(job.state)}>${t(`job.${job.state}`)}<//>`,
                }))} />`}<//>
        <//>
    <//>`;
}

/** One list: what was found in it, line by line, and what to do with it. */
export function Roster({id}) {
    const job = useRemote(`/api/jobs/${id}`);
    const works = WORKING.includes(job.data?.state);
    hooks.useEffect(() => {
        if (!works || job.loading) {
            return undefined;
        }
        const timer = setTimeout(job.reload, LOOK_AGAIN);
        return () => clearTimeout(timer);
    }, [works, job.loading]);
    return html`<${Page} title=${t('roster.title')} lead=${job.data && format.when(job.data.startedAt)} back="/rosters"
        backTitle=${t('rosters.title')}>
        <${Remote} of=${job}>${one => html`
            <p role="status" id="job-state"><${Badge} kind=${kindOf(one.state)}>${t(`job.${one.state}`)}<//>
                ${works && ` ${t('job.progress', {percent: one.progress})}`}</p>
            <p>${t(`job.${one.state}-more`)}</p>
            ${one.state === 'COLUMNS' && html`<${Columns} job=${one} />`}
            ${!works && html`<${Actions} job=${one} reload=${job.reload} />`}
            ${one.result && one.state !== 'COLUMNS' && html`<${Report} result=${one.result} />`}
        `}<//>
    <//>`;
}

function Actions({job, reload}) {
    const [busy, setBusy] = hooks.useState(null);
    const [problem, setProblem] = hooks.useState(null);
    const act = async action => {
        if (busy) {
            return;
        }
        setBusy(action);
        setProblem(null);
        try {
            await api.post(`/api/jobs/${job.id}/${action.toLowerCase()}`);
        } catch (failure) {
            if (!(failure instanceof Problem)) {
                throw failure;
            }
            setProblem(failure);
        } finally {
            setBusy(null);
            reload();
            focusOn('job-state');
        }
    };
    const icons = {APPLY: 'check', UNDO: 'undo-2', CANCEL: 'x'};
    return html`<${ProblemNotice} problem=${problem} />
        <div class="actions">${job.actions.map(action => html`<${Button} key=${action} id=${`job-${action.toLowerCase()}`} icon=${icons[action]}
            kind=${action === 'APPLY' ? 'main' : undefined} busy=${busy === action && t('job.doing')} onClick=${() => act(action)}>
            ${t(`job.do-${action}`, {count: job.result?.taken ?? 0})}<//>`)}</div>`;
}

/** Asks what the columns hold whose heads are not those of the province's form. */
function Columns({job}) {
    const form = useForm(`columns-${job.id}`, Object.fromEntries(job.columns.map(one => [one.column, FIELDS.includes(one.field) ? one.field : ''])));
    const submit = () => form.submit(values => api.post(`/api/jobs/${job.id}/confirm`, {
        columns: job.columns.filter(one => values[one.column]).map(one => ({column: one.column, field: values[one.column]})),
    }));
    return html`<${Form} form=${form} onSubmit=${submit}>
        ${job.columns.map(one => html`<${Field} key=${one.column} form=${form} name=${String(one.column)} as="select"
            label=${t('roster.column', {number: one.column, head: one.head})}>
            <option value="">${t('roster.leave-out')}</option>
            ${FIELDS.map(field => html`<option value=${field} selected=${form.value(one.column) === field}>${t(`field.${field}`)}</option>`)}
        <//>`)}
        <${Button} kind="main" type="submit" icon="check" id="columns-confirm" busy=${form.sending && t('job.doing')}>${t('roster.confirm')}<//>
    <//>`;
}

function Report({result}) {
    return html`
        ${result.failure && html`<${Notice} kind="error" title=${result.failure} />`}
        <${Facts} rows=${['taken', 'added', 'changed', 'unchanged'].map(name => [t(`roster.${name}`), result[name]])} />
        <${Lines} title=${t('roster.refused', {count: result.refusedLines})} lines=${result.refused} />
        <${Lines} title=${t('roster.warnings', {count: result.warnedLines})} lines=${result.warnings} />
        <${Lines} title=${t('roster.kept', {count: result.kept.length})} lines=${result.kept} />`;
}

function Lines({title, lines}) {
    return lines.length > 0 && html`<${Section} title=${title}>
        <ul class="rows">${lines.map((one, i) => html`<li class="row" key=${i}>
            <span class="row-text"><span class="row-title">
                ${one.line && t('roster.line', {number: one.line})}${one.field && ` · ${t(`field.${one.field}`)}`}</span><span>
                    ${one.reason}</span></span>
        </li>`)}</ul>
    <//>`;
}
