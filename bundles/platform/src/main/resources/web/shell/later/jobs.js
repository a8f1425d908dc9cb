import {html, hooks} from '../base.js';
import {api, Problem} from '../api.js';
import {t} from '../texts.js';
import {focusOn} from '../router.js';
import {useRemote} from '../data.js';
import {Badge, Button, Facts, Notice, ProblemNotice, Remote, Section} from '../ui.js';

const WORKING = ['RUNNING', 'APPLYING', 'UNDOING'];
const LOOK_AGAIN = 1_000;
export const kindOf = state => ({APPLIED: 'good', FAILED: 'bad', COLUMNS: 'late', STAGED: 'late'})[state];

/**
 * A job: how far it is, what was found line by line, and what to do with it.
 *
 * @param say texts of whoever's job it is: {@code job.…}, {@code roster.…} and {@code field.…}, else the shell's
 * @param columns a component that asks what the columns of its file hold, given {@code job}
 */
export function Job({id, say = t, columns: Columns}) {
    const job = useRemote(`/api/jobs/${id}`);
    const works = WORKING.includes(job.data?.state);
    hooks.useEffect(() => {
        if (!works || job.loading) {
            return undefined;
        }
        const timer = setTimeout(job.reload, LOOK_AGAIN);
        return () => clearTimeout(timer);
    }, [works, job.loading]);
    return html`<${Remote} of=${job}>${one => html`
        <p role="status" id="job-state"><${Badge} kind=${kindOf(one.state)}>${say(`job.${one.state}`)}<//>
            ${works && ` ${t('job.progress', {percent: one.progress})}`}</p>
        <p>${say(`job.${one.state}-more`)}</p>
        ${one.state === 'COLUMNS' && html`<${Columns} job=${one} />`}
        ${!works && html`<${Actions} job=${one} say=${say} reload=${job.reload} />`}
        ${one.result && one.state !== 'COLUMNS' && html`<${Report} result=${one.result} say=${say} />`}
    `}<//>`;
}

function Actions({job, say, reload}) {
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
            ${say(`job.do-${action}`, {count: job.result?.taken ?? 0})}<//>`)}</div>`;
}

function Report({result, say}) {
    return html`
        ${result.failure && html`<${Notice} kind="error" title=${result.failure} />`}
        <${Facts} rows=${['taken', 'added', 'changed', 'unchanged'].map(name => [say(`roster.${name}`), result[name]])} />
        <${Lines} say=${say} title=${say('roster.refused', {count: result.refusedLines})} lines=${result.refused} />
        <${Lines} say=${say} title=${say('roster.warnings', {count: result.warnedLines})} lines=${result.warnings} />
        <${Lines} say=${say} title=${say('roster.kept', {count: result.kept.length})} lines=${result.kept} />`;
}

function Lines({title, lines, say}) {
    return lines.length > 0 && html`<${Section} title=${title}>
        <ul class="rows">${lines.map((one, i) => html`<li class="row" key=${i}>
            <span class="row-text"><span class="row-title">
                ${one.line && t('roster.line', {number: one.line})}${one.field && ` · ${say(`field.${one.field}`)}`}</span><span>
                    ${one.reason}</span></span>
        </li>`)}</ul>
    <//>`;
}
