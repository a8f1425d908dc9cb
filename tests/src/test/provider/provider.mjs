/**
 * A real identity provider (oidc-provider, certified for OpenID Connect) for the tests of the pages: node provider.mjs PORT SECRET REDIRECT.
 * It lets in whoever types a name, as that. It prints "ready" when it answers.
 */
import {Provider} from 'oidc-provider';

const [port, secret, redirect] = process.argv.slice(2);

const provider = new Provider(`http://localhost:${port}`, {
    clients: [{client_id: 'sotay', client_secret: secret, redirect_uris: [redirect]}],
    claims: {openid: ['sub'], profile: ['preferred_username']},
    cookies: {keys: ['of the test']},
    pkce: {required: () => true},
    findAccount: (context, id) => ({accountId: id, claims: () => ({sub: id, preferred_username: id})}),
});

provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
