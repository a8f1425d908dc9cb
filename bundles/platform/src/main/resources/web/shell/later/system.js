import {html, hooks} from '../base.js';
import {api, Problem} from '../api.js';
import {transfer} from '../files.js';
import {t, has} from '../texts.js';
import {useRemote} from '../data.js';
import {loadModules} from '../modules.js';
import {RetentionSection} from './personal.js';
import {Badge, Button, Empty, Icon, Page, ProblemNotice, Remote, Section, Upload} from '../ui.js';

const kinds = {RUNNING: 'good', STOPPED: 'late', BROKEN: 'bad', UP: 'good', WARN: 'late', DOWN: 'bad'};
const word = (prefix, value) => (has('shell', `${prefix}.${value}`) ? t(`${prefix}.${value}`) : value);

function ModuleRow({module, reload}) {
    const [busy, setBusy] = hooks.useState(null);
    const [problem, setProblem] = hooks.useState(null);
    const runs = module.state === 'RUNNING';
    const turn = async () => {
        if (busy) {
            return;
        }
        setBusy(t(runs ? 'system.stopping' : 'system.starting'));
        setProblem(null);
        try {
            await api.post(`/api/modules/${module.id}/${runs ? 'stop' : 'start'}`);
            await loadModules();
        } catch (failure) {
            if (!(failure instanceof Problem)) {
                throw failure;
            }
            setProblem(failure);
        } finally {
            setBusy(null);
            reload();
        }
    };
    return html`<li class="row module" id=${`module-${module.id}`}>
        <div class="row-text">
            <span class="row-title">${module.name}</span>
            <span class="row-more">${module.id} ${module.version}</span>
            <span><${Badge} kind=${kinds[module.state]}>${word('state', module.state)}<//></span>
            ${module.problem && html`<p class="field-error"><${Icon} name="circle-alert" /><span lang="en">${module.problem}</span></p>`}
            <${ProblemNotice} problem=${problem} />
        </div>
        <${Button} id=${`turn-${module.id}`} icon=${runs ? 'square' : 'play'} busy=${busy} onClick=${turn}>${t(runs ? 'system.stop' : 'system.start')}<span
            class="only-read"> ${module.id}</span><//>
    </li>`;
}

/** For the administrator: which modules run, and how the house is. */
export function System() {
    const modules = useRemote('/api/modules');
    const asked = useRemote('/health');
    // a house with troubles says so with 503, and which
    const health = asked.problem?.body?.checks ? {...asked, data: asked.problem.body, problem: null} : asked;
    const [taken, setTaken] = hooks.useState(null);
    const reload = () => Promise.all([modules.reload(), asked.reload()]);
    return html`<${Page} title=${t('system.title')}>
        <${Section} title=${t('health.title')} actions=${html`<${Button} kind="quiet" icon="refresh-cw" onClick=${health.reload}>
            ${t('health.again')}<//>`}>
            <${Remote} of=${health}>${report => html`
                <p>${report.status === 'UP' ? html`<${Badge} kind="good" icon="check">${t('health.UP')}<//>` : html`<${Badge} kind="bad"
                    icon="circle-alert">${t('health.DOWN')}<//>`}</p>
                <ul class="rows">${report.checks.map(check => html`<li class="row" key=${check.name}>
                    <span class="row-text"><span class="row-title">${word('check', check.name)}</span>
                        <span class="row-more" lang="en">${check.detail}</span></span>
                    <${Badge} kind=${kinds[check.status]}>${word('health', check.status)}<//>
                </li>`)}</ul>`}<//>
        <//>
        <${Section} title=${t('audit.title')}>
            <p class="hint">${t('audit.lead')}</p>
            <${Button} id="mandates-way" icon="user-cog" href="/mandates">${t('mandates.title')}<//>
            <${Button} id="emergency-way" icon="circle-alert" href="/emergencies">${t('emergency.title')}<//>
            <${Button} id="to-audit" icon="clipboard-list" href="/audit">${t('audit.open')}<//>
        <//>
        <${RetentionSection} />
        <${Section} title=${t('system.modules')}>
            <p class="hint">${t('system.modules-more')}</p>
            <${Remote} of=${modules}>${list => {
                const items = list.items;
                return items.length === 0
                    ? html`<${Empty} title=${t('system.none')} />`
                    : html`<ul class="rows">${items.map(module => html`<${ModuleRow} key=${module.id} module=${module}
                        reload=${reload} />`)}</ul>`;
            }}<//>
            <${Upload} id="module-upload" accept=".jar" multiple=${false}
                transfer=${(file, progress) => {
                    setTaken(null);
                    return transfer('PUT', '/api/modules', file, progress);
                }} label=${t('system.upload')}
                onSent=${async module => {
                    setTaken(module.name);
                    await loadModules();
                    await reload();
                }} />
            ${taken && html`<p class="done" role="status"><${Icon} name="circle-check" /><span>${t('system.taken', {name: taken})}</span></p>`}
        <//>
    <//>`;
}
