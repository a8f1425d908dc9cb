/**
 * The lunar day in Viet Nam, by a table of its months: for each year from FIRST on six hexadecimal digits, which are, from the highest
 * bit on, how many days after 1 January it begins (6 bits), its leap month or 0 (4), and whether each of its months has 30 days rather
 * than 29 (13, the first month highest). LunarTableTest computes it from the moon and the sun at UTC+7, and writes it here.
 */
const FIRST = 1990;
const YEARS = '34a92f5a092e440c962c6d4a501d4a3d0d55620ad44a155a36b26d5c125c46192c2e9a95541a943e1b4a2a4b554e0ad438f4da5e14ba4a125632b52b'
    + '58152a4216942c96aa5015aa3d2ab56209744c14b636ca575c0a4e460d26308e93540d543e15aa2a49b550096c38d4ae5e149c481a4c32bd26561aa4'
    + '401b542c6b6a520ada3d695d62093a4c149a36da4b5a164a4416a42ebb525416b43e0aba2a495b5009363af4975e149648154a32b6a5580da44015ac'
    + '2c6ab6520a6e3f092e60192e4c0c9636cd4a5a1b4a440b542e956a54155a400a5c28792e4e192a38fa955e1a94461b2a32ab55580ad44214da2c8a5d'
    + '520a563d152b6215264a169234d6aa5a15aa460ab42e94ba5414ae400a562a75174e0d2638ed535e0d544815aa32a5b558056c4214ae2e8a2e501a2c'
    + '3b1d25601aa44a1b5234cb6a5a0ada46055c30949d54145a3e1a2a285a954e16a4';
const DAY = 86_400_000;

const start = index => Date.UTC(FIRST + index, 0, 1) + (parseInt(YEARS.substr(index * 6, 6), 16) >> 17) * DAY;

/** The lunar day of a day such as {@code 2026-11-28}: {day, month, leap}; null before or after the years of the table. */
export function lunar(value) {
    const time = Date.parse(`${value}T00:00:00Z`);
    let index = Number(value.slice(0, 4)) - FIRST;
    if (index >= 0 && index * 6 < YEARS.length && time < start(index)) {
        index--;
    }
    if (!(index >= 0 && index * 6 < YEARS.length)) {
        return null;
    }
    const code = parseInt(YEARS.substr(index * 6, 6), 16);
    const leap = code >> 13 & 15;
    let left = Math.round((time - start(index)) / DAY);
    for (let i = 0; i < 13; i++) {
        const days = code >> 12 - i & 1 ? 30 : 29;
        if (left < days) {
            const isLeap = leap > 0 && i === leap;
            return {day: left + 1, month: leap > 0 && i >= leap ? i : i + 1, leap: isLeap};
        }
        left -= days;
    }
    return null;
}
