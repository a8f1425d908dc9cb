/**
 * The words of the pages, asked for while the rest of the shell is still on its way: the page names all else that it needs, and cannot
 * name these, since this device alone knows its language. Imports nothing, so that nothing is waited for.
 */
const file = language => new URL(`../texts/${language}.json`, import.meta.url);

function ask(language) {
    const asked = fetch(file(language)).then(response => (response.ok ? response.json() : Promise.reject(new Error(`${response.status}`))));
    // whoever needs them asks again
    asked.catch(() => {});
    return asked;
}

function chosen() {
    try {
        return JSON.parse(localStorage.getItem('sotay.language'));
    } catch {
        return null;
    }
}

/** By language, each as a promise: Vietnamese, and the one that is shown. */
export const early = {vi: ask('vi')};

if (['en', 'ko'].includes(chosen())) {
    early[chosen()] = ask(chosen());
}
