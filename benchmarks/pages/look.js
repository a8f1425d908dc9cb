/**
 * Looks at the pages in a Chromium that starts with nothing: how long they take on a slow line, and what Lighthouse says of them.
 * Prints one line of JSON. Arguments: the browser's program, the server's address, login and password of one of the demo's people.
 */
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';

const [program, address, login, password] = process.argv.slice(2);
/** 400 ms until an answer begins, 400 kbit/s. */
const LINE = {latency: 400, download: 50_000, upload: 50_000};
const PHONE = {width: 360, height: 740, isMobile: true, hasTouch: true};
const SCORES = ['accessibility', 'best-practices', 'performance'];

const browser = await puppeteer.launch({executablePath: program, headless: true, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']});
try {
    const page = await browser.newPage();
    await page.setViewport(PHONE);

    /** Until something can be seen; not until all is loaded. */
    const timed = async (on, begin, css) => {
        const start = performance.now();
        begin().catch(() => undefined);
        await on.waitForSelector(css, {visible: true, timeout: 60_000});
        return performance.now() - start;
    };
    await page.emulateNetworkConditions(LINE);
    const first = await timed(page, () => page.goto(address), '#signin-login');
    await page.type('#signin-login', login);
    await page.type('#signin-password', password);
    // a phone of one's own
    await page.$eval('#signin-keep', one => one.click());
    const signedIn = await timed(page, () => page.click('#signin-submit'), '#next-meeting');
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await page.waitForFunction(() => navigator.serviceWorker.controller, {timeout: 60_000});
    await page.waitForFunction(() => caches.open('sotay-modules').then(cache => cache.keys()).then(keys => keys.length > 3), {timeout: 60_000});
    await page.waitForSelector('.standing', {timeout: 60_000});
    await page.close();
    const later = [];
    for (let i = 0; i < 5; i++) {
        const again = await browser.newPage();
        await again.setViewport(PHONE);
        await again.emulateNetworkConditions(LINE);
        later.push(await timed(again, () => again.goto(address), '#next-meeting'));
        await again.close();
    }

    const port = Number(new URL(browser.wsEndpoint()).port);
    const look = async (path, fresh) => {
        const {lhr} = await lighthouse(`${address}${path}`, {port, onlyCategories: SCORES, disableStorageReset: !fresh, logLevel: 'silent'});
        const wrong = Object.values(lhr.audits).filter(one => one.score !== null && one.score < 0.9 && one.scoreDisplayMode === 'binary').map(one => one.id);
        return {path, wrong, ...Object.fromEntries(SCORES.map(name => [name, lhr.categories[name].score]))};
    };
    const looks = [];
    for (const path of ['', 'meetings', 'me']) {
        looks.push({who: login, ...await look(path, false)});
    }
    looks.push({who: '', ...await look('', true)});
    console.log(JSON.stringify({first, signedIn, later, looks}));
} finally {
    await browser.close();
}
