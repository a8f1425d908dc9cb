/** The shell begins here: who are you, which modules run, which page is shown. */
import {html, render, signals, Component} from './base.js';
import {listen} from './api.js';
import {refresh, useRemote} from './data.js';
import './device.js';
import {load, t} from './texts.js';
import {ask, begin, caller, lost, trouble} from './session.js';
import {listen as follow, readFor} from './copy.js';
import {state as kept} from './vault.js';
import {later} from './later.js';
import {match, path} from './router.js';
import {all, loadModules, modules} from './modules.js';
import {Header, Navigation, Standing, States} from './frame.js';
import {begin as keep, look as lookForNewer} from './worker.js';
import {keep as keepPush} from './push.js';
import {Button, Empty, Loading, Notice, Page, ProblemNotice} from './ui.js';
import {OpenCard} from './pages/card.js';
import {FromProvider} from './pages/provider.js';
import {SignIn} from './pages/sign-in.js';
import {Today} from './pages/today.js';
import {Me} from './pages/me.js';
import {Waiting} from './pages/waiting.js';
import {Unlock} from './pages/unlock.js';

const issues = who => who.cell && who.holds(['SECRETARY', 'DEPUTY'], who.cell.id);
const leads = who => who.cell && who.leads(who.cell.id);
const watches = who => who.holds('OFFICER');
const runs = who => who.holds('ADMINISTRATOR');

const routes = [
    {path: '/', page: Today},
    {path: '/me', page: Me},
    {path: '/search', page: later('search', 'SearchPage')},
    {path: '/waiting', page: Waiting},
    {path: '/notices', page: later('notices', 'NoticesPage')},
    {path: '/notices/calls', page: later('calls', 'CallsPage'), for: leads},
    {path: '/me/notices', page: later('notice-settings', 'NoticeSettings'), for: who => Boolean(who.member)},
    {path: '/adoption', page: later('adoption', 'AdoptionPage'), for: who => leads(who) || watches(who)},
    {path: '/adoption/:unit', page: later('adoption', 'AdoptionPage'), for: who => leads(who) || watches(who)},
    {path: '/ui/style', page: later('style', 'Style')},
    {path: '/me/along', page: later('along', 'Along')},
    {path: '/me/data', page: later('data', 'MyData'), for: who => Boolean(who.member)},
    {path: '/me/corrections', page: later('privacy', 'OwnCorrections'), for: who => Boolean(who.member)},
    {path: '/me/contacts', page: later('privacy', 'Contacts'), for: who => Boolean(who.cell)},
    {path: '/corrections', page: later('privacy', 'Corrections'), for: who => issues(who) || watches(who)},
    {path: '/corrections/:member/:id', page: later('privacy', 'CorrectionPage'), for: who => issues(who) || watches(who)},
    {path: '/members', page: later('members', 'Members'), for: leads},
    {path: '/members/:member/corrections', page: later('privacy', 'AssistedCorrections'), for: leads},
    {path: '/members/:id', page: later('members', 'MemberPage'), for: who => leads(who) || watches(who)},
    {path: '/mandates', page: later('mandates', 'OwnMandates'), for: who => issues(who) || runs(who)},
    {path: '/mandates/:unit', page: later('mandates', 'Mandates'), for: who => watches(who) || runs(who)},
    {path: '/emergencies', page: later('emergency', 'Emergencies'), for: who => watches(who) || runs(who)},
    {path: '/erasures', page: later('personal', 'Erasures'), for: watches},
    {path: '/erasures/:member', page: later('personal', 'ErasurePage'), for: watches},
    {path: '/cards', page: later('cards', 'OwnCards'), for: issues},
    {path: '/cards/:unit', page: later('cards', 'Cards'), for: watches},
    {path: '/units', page: later('units', 'Units'), for: watches},
    {path: '/units/:id', page: later('units', 'UnitPage'), for: watches},
    {path: '/rosters', page: later('rosters', 'Rosters'), for: watches},
    {path: '/rosters/:id', page: later('rosters', 'Roster'), for: watches},
    {path: '/rules', page: later('rules', 'Rules')},
    {path: '/rules/:pack', page: later('rules', 'RulePack')},
    {path: '/system', page: later('system', 'System'), for: runs},
    {path: '/audit', page: later('audit', 'Audit'), for: runs},
    {path: '/audit/:unit', page: later('audit', 'UnitAudit'), for: watches},
];

/** Today first, the reader's own page last; between them the modules' entries and, by the same order, what the shell has for some. */
function ways(who) {
    if (who.factor === 'REQUIRED') {
        return [{path: '/me', icon: 'user', text: t('me.title'), last: true}];
    }
    return [
        {path: '/', icon: 'house', text: t('today.title')},
        ...[
            ...all('menu')
                .filter(entry => !entry.for || entry.for(who))
                .map(entry => ({...entry, text: entry.text()})),
            ...(leads(who) ? [{path: '/members', icon: 'users', text: t('members.menu'), order: 25}] : []),
            ...(watches(who) ? [{path: '/units', icon: 'building-2', text: t('units.menu'), order: 25}] : []),
        ].sort((one, other) => (one.order ?? 100) - (other.order ?? 100)),
        ...(watches(who) ? [{path: '/rosters', icon: 'clipboard-list', text: t('rosters.menu')}] : []),
        ...(watches(who) ? [{path: '/rules', icon: 'list-checks', text: t('rules.menu')}] : []),
        ...(runs(who) ? [{path: '/system', icon: 'settings', text: t('system.title')}] : []),
        {path: '/me', icon: 'user', text: t('me.title'), last: true},
    ];
}

/** One page that breaks leaves the others alone. */
class Guard extends Component {
    componentDidCatch(problem) {
        console.error(problem);
        this.setState({broken: true});
    }

    render({children}, {broken}) {
        return broken
            ? html`<${Notice} kind="error" title=${t('error.page')} actions=${html`<${Button} icon="refresh-cw"
                onClick=${() => location.reload()}>${t('error.reload')}<//>`}>${t('error.page-kept')}<//>`
            : children;
    }
}

/** No page has this path: because there is none, or because its module does not run. */
function NoPage() {
    const id = path.value.split('/')[1];
    const owner = (modules.value ?? []).find(module => module.id === id);
    const asked = useRemote(/^[a-z][a-z0-9-]*$/.test(id) ? `/api/${id}` : null);
    if (owner?.failure) {
        return html`<${Page} title=${t('module.broken')}>
            <${Empty} title=${t('module.broken-more')} actions=${html`<${Button} kind="main" icon="refresh-cw"
                onClick=${() => location.reload()}>${t('error.reload')}<//>`} />
        <//>`;
    }
    if (asked.loading) {
        return html`<${Loading} />`;
    }
    if (asked.problem?.status === 503) {
        const again = () => asked.reload().then(look);
        return html`<${Page} title=${asked.problem.title}>
            <${Empty} title=${t('module.waits')} actions=${html`<${Button} kind="main" icon="refresh-cw" onClick=${again}>
                ${t('error.again')}<//>`} />
        <//>`;
    }
    return html`<${Page} title=${t('page.none')}>
        <${Empty} title=${t('page.none-more')} actions=${html`<${Button} kind="main" icon="house" href="/">${t('page.home')}<//>`} />
    <//>`;
}

function Current() {
    if (caller.value.factor === 'REQUIRED') {
        return html`<${Guard} key="/me"><${Me} /><//>`;
    }
    const found = match([...routes, ...all('routes')], path.value);
    if (!found && modules.value === null) {
        return html`<${Loading} />`;
    }
    if (!found) {
        return html`<${NoPage} />`;
    }
    const {route, params} = found;
    if (route.for && !route.for(caller.value)) {
        return html`<${Page} title=${t('page.forbidden')}><${Empty} title=${t('page.forbidden-more')} /><//>`;
    }
    return html`<${Guard} key=${route.path}><${route.page} ...${params} /><//>`;
}

caller.subscribe(readFor);
follow({moved: () => ask().then(() => refresh('/api/')).then(look)});

const modulesTrouble = signals.signal(null);
const look = () => loadModules().then(problem => (modulesTrouble.value = problem));
caller.subscribe(who => who && look());
caller.subscribe(who => who?.member && keepPush().catch(() => {}));
const again = () => {
    if (document.visibilityState === 'visible') {
        lookForNewer();
        caller.value && look();
    }
};
document.addEventListener('visibilitychange', again);
setInterval(again, 60_000);

function App() {
    const who = caller.value;
    if (path.value === '/card' && who !== undefined) {
        return html`<${OpenCard} />`;
    }
    if (path.value === '/provider' && who !== undefined) {
        return html`<${FromProvider} />`;
    }
    if (kept.value === 'LOCKED') {
        return html`<${Unlock} />`;
    }
    if (who === undefined) {
        return html`<main class="alone">${trouble.value
            ? html`<h1>${t('app.name')}</h1><${ProblemNotice} problem=${trouble.value} retry=${begin} />`
            : html`<p class="opening">${t('app.opening')}</p>`}</main>`;
    }
    if (who === null) {
        return html`<${SignIn} />`;
    }
    return html`
        <a class="skip" href="#main">${t('nav.skip')}</a>
        <${Header} />
        <div class="frame">
            <${Navigation} entries=${ways(who)} />
            <main id="main" tabindex="-1">
                <${States} />
                <${ProblemNotice} problem=${modules.value === null ? modulesTrouble.value : null} retry=${look} />
                <${Current} />
                <${Standing} />
            </main>
        </div>`;
}

listen({
    signedOut: lost,
    // what a write changed is read again before the form says that it is done
    written: written => refresh(`/api/${written.split(/[/?]/)[2]}`),
});

const root = document.getElementById('app');
Promise.all([load('shell'), begin()]).then(
    () => {
        root.replaceChildren();
        render(html`<${App} />`, root);
        keep();
    },
    // without texts nothing can be said but what the page brought itself
    () => root.classList.add('slow'),
);
