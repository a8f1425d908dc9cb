import {html} from '../base.js';
import {api} from '../api.js';
import {t} from '../texts.js';
import * as format from '../format.js';
import {transfer} from '../files.js';
import {navigate} from '../router.js';
import {caller} from '../session.js';
import {useRemote} from '../data.js';
import {useForm} from '../form.js';
import {Badge, Button, Empty, Field, Form, Links, Page, Remote, Section, Upload} from '../ui.js';
import {Job, kindOf} from './jobs.js';

const FIELDS = ['name', 'birthDate', 'gender', 'cardNumber', 'admittedOn', 'officialOn', 'cell', 'phone'];
const KIND = 'members.import';

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
            <${Remote} of=${jobs}>${page => !page.items.some(job => job.kind === KIND)
                ? html`<${Empty} title=${t('rosters.none')}>${t('rosters.none-more')}<//>`
                : html`<${Links} label=${t('rosters.before')} rows=${page.items.filter(job => job.kind === KIND).map(job => ({
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
    return html`<${Page} title=${t('roster.title')} lead=${job.data && format.when(job.data.startedAt)} back="/rosters"
        backTitle=${t('rosters.title')}>
        <${Job} id=${id} columns=${Columns} />
    <//>`;
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
